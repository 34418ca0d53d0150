"""Prometheus metrics of one gateway, in the registry it is given.

Labels hold tasks, models and kinds, never orgs or texts. What must not live here: the /metrics route.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

THROTTLED = "sgd_llm_throttled"
_SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 45.0)


class LlmMetrics:
    """Counters of one gateway."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        kept = self.registry
        self.calls = Counter("sgd_llm_calls", "Calls by how they ended", ["task", "outcome"], registry=kept)
        self.failed_tries = Counter("sgd_llm_failed_tries", "Failed tries", ["model", "kind"], registry=kept)
        self.tries = Counter(
            "sgd_llm_tries", "Tries by provider: ok, the class of an error status (4xx, 5xx), or failed without one",
            ["provider", "status"], registry=kept,
        )  # fmt: skip
        self.tokens = Counter("sgd_llm_tokens", "Tokens billed", ["task", "direction"], registry=kept)
        self.cost = Counter("sgd_llm_cost_usd_micros", "Money booked", ["task"], registry=kept)
        self.seconds = Histogram(
            "sgd_llm_call_duration_seconds", "Tries that succeeded", ["task"], buckets=_SECONDS, registry=kept
        )
        self.in_flight = Gauge("sgd_llm_in_flight", "Tries in flight", registry=kept)
        self.throttled = Gauge(
            THROTTLED, "1 for each process that asks the model half as much at a time, since it fails or is slow",
            ["model"], registry=kept,
        )  # fmt: skip
        self.cache_hits = Counter("sgd_llm_cache_hits", "Answers not asked for again", ["layer"], registry=kept)
        self.saved = Counter("sgd_llm_saved_usd_micros", "Money that kept answers did not cost again", registry=kept)
        self.budget_alerts = Counter("sgd_llm_budget_alerts", "Marks passed", ["scope", "percent"], registry=kept)
        self.ledger_dropped = Counter("sgd_llm_ledger_dropped", "Rows of the call log that were lost", registry=kept)
        self.ledger_mended = Counter(
            "sgd_llm_ledger_mended", "Rows of the call log that the database took only after values were cut",
            registry=kept,
        )  # fmt: skip
        self.failed_beside = Counter(
            "sgd_llm_failed_beside", "What failed beside an answer that was given out", ["what"], registry=kept
        )
        self.wrong_model = Counter("sgd_llm_other_model_served", "Replies of a model not asked for", registry=kept)
        self.model_concerns = Gauge("sgd_llm_model_concerns", "Slugs in use that need a look", ["kind"], registry=kept)
        self.unknown_outcomes = Counter(
            "sgd_llm_unknown_outcomes", "Tries whose cost had to be looked up", registry=kept
        )
