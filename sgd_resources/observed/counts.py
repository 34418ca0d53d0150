"""What every process counts of its own work, whatever it is: queries, caches, jobs, renders, canons, verdicts.

One set per process, told to the others by `told.py`. Labels hold kinds and outcomes that the code names, never orgs,
ids, paths or texts: a metric has as many series with ten thousand orgs as with one. What must not live here: HTTP
requests (`sgd_api/http/metrics.py`), model calls (`sgd_resources/llm/metrics.py`).
"""

from functools import cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_QUERY_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0)
_WORK_S = (0.1, 0.25, 0.5, 1.0, 1.8, 2.5, 5.0, 10.0, 20.0, 60.0, 300.0)
"""1.8 s is what a render is promised to take at most (docs/observability.md)."""
_STEP_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 20.0)


class ProcessCounts:
    """Counters, histograms and gauges of one process."""

    def __init__(self) -> None:
        kept = self.registry = CollectorRegistry()
        self.queries = Histogram(
            "sgd_db_query_duration_seconds", "Statements sent to Postgres, until its answer came", ["operation"],
            buckets=_QUERY_S, registry=kept,
        )  # fmt: skip
        self.database_unavailable = Counter(
            "sgd_db_unavailable", "Transactions that found no free connection (`pool`) or no database (`away`)",
            ["reason"], registry=kept,
        )  # fmt: skip
        self.cache_operations = Counter(
            "sgd_cache_operations", "Keys asked of a cache (`get`: hit or miss) or put there (`set`: stored)",
            ["cache", "operation", "result"], registry=kept,
        )  # fmt: skip
        self.jobs = Histogram(
            "sgd_job_duration_seconds", "Jobs served by warm workers: served, interrupted or crashed",
            ["kind", "outcome"], buckets=_WORK_S, registry=kept,
        )  # fmt: skip
        self.renders = Histogram(
            "sgd_render_duration_seconds", "Render requests, from claim to end: succeeded, or the error's code",
            ["outcome"], buckets=_WORK_S, registry=kept,
        )  # fmt: skip
        self.render_steps = Histogram(
            "sgd_render_step_duration_seconds", "Steps of renders that succeeded", ["step"],
            buckets=_STEP_S, registry=kept,
        )  # fmt: skip
        self.pictures = Counter("sgd_pictures", "Pictures stored", registry=kept)
        self.render_cost = Counter("sgd_render_cost_usd_micros", "What models cost for renders", registry=kept)
        self.stages = Histogram(
            "sgd_stage_duration_seconds", "Stages of the graph over one org: done or failed", ["stage", "outcome"],
            buckets=_WORK_S, registry=kept,
        )  # fmt: skip
        self.canons = Counter("sgd_canon_derivations", "Canons derived, by their status", ["status"], registry=kept)
        self.documents = Counter("sgd_documents", "Documents read: parsed or refused", ["outcome"], registry=kept)
        self.verdicts = Counter("sgd_gate_verdicts", "Files judged by the evidence gate", ["verdict"], registry=kept)
        self.judged = Counter(
            "sgd_pictures_judged", "Pictures held against their brand's rules: passed or failed", ["result"],
            registry=kept,
        )  # fmt: skip
        self.events = Counter("sgd_events", "Events told, as docs/runs.md names them", ["event"], registry=kept)
        self.partitions = Gauge("sgd_partitions", "Partition keys in Dagster", ["definition"], registry=kept)
        self.sensor_tick = Gauge(
            "sgd_sensor_last_tick_timestamp_seconds", "Unix time of the last tick that did not fail", ["sensor"],
            registry=kept,
        )  # fmt: skip
        self.sensor_failing = Gauge(
            "sgd_sensor_failing", "1 while the newest tick of the sensor or schedule is a failed one", ["sensor"],
            registry=kept,
        )  # fmt: skip


@cache
def process_counts() -> ProcessCounts:
    """The counts of this process; made when first counted in."""
    return ProcessCounts()
