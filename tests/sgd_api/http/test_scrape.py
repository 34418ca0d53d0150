"""One scrape tells of every process, and the docs name every metric of it."""

import re
import time
from pathlib import Path

import httpx
import pytest
from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from sgd_api.http.metrics import Metrics
from sgd_api.http.scrape import _Standing
from sgd_assets.on_demand.request import request_render
from sgd_assets.running.warm_runs import warm_instance
from sgd_resources.embedded.services import ServiceUrls
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.shown import exposition as models
from sgd_resources.llm.shown.view import SharedView
from sgd_resources.observed.counts import ProcessCounts
from sgd_resources.observed.exposition import exposition
from sgd_resources.observed.view import ProcessesView
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import jobs, orgs, renders
from sgd_resources.postgres.rows.work.standing import OpenJobs, Standing, read_standing
from tests.benchmarks.graph_stack import BODY, graph_stack

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_S = 120.0


def families(text: str) -> dict[str, Metric]:
    return {family.name: family for family in text_string_to_metric_families(text)}


def value(found: dict[str, Metric], name: str, **labels: str) -> float:
    return sum(
        sample.value
        for family in found.values()
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    )


def every_metric() -> dict[str, str]:
    """Name to type of all that a scrape may hold."""
    standing = Standing((OpenJobs("render", "queued", 1, 2.0),), 0, 0, 0, 0, 0)
    text = exposition(ProcessesView(), (Metrics().registry,)) + models.exposition(SharedView())
    text += generate_latest(_Standing(standing))
    return dict(re.findall(r"^# TYPE (\S+) (\S+)$", text.decode(), re.M))


def test_the_docs_name_every_metric_with_its_type() -> None:
    page = (ROOT / "docs" / "observability.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (counter|gauge|histogram) \|", page, re.M)
    assert dict(rows) == every_metric()
    assert len(rows) == len(every_metric())


@pytest.mark.parametrize("registry", [ProcessCounts().registry, Metrics().registry, LlmMetrics().registry])
def test_no_label_names_an_org_or_anything_that_grows_with_use(registry: CollectorRegistry) -> None:
    known = {
        "breaker", "cache", "direction", "event", "definition", "kind", "layer", "method", "model", "name", "operation",
        "outcome", "percent", "provider", "reason", "result", "route", "scope", "sensor", "stage", "status", "step",
        "task", "verdict", "what",
    }  # fmt: skip
    labels = {label for made in registry._collector_to_names for label in getattr(made, "_labelnames", ())}
    assert labels <= known


def test_what_waits_in_the_tables_is_told_by_kind(database: Database) -> None:
    with database.org_transaction("acme") as connection:
        orgs.ensure_org(connection, "acme")
        jobs.create_job(connection, "acme", jobs.NewJob("ingest", {}))
        jobs.create_job(connection, "acme", jobs.NewJob("ingest", {}))
    with database.directory() as connection:
        found = read_standing(connection)
    (waiting,) = found.jobs
    assert (waiting.kind, waiting.status, waiting.jobs) == ("ingest", "queued", 2)
    assert waiting.oldest_s >= 0
    assert (found.orgs, found.uploads, found.spent_today_usd_micros) == (1, 0, 0)


async def test_an_api_process_is_counted_among_the_living(anonymous: httpx.AsyncClient) -> None:
    found = families((await anonymous.get("/metrics")).text)
    assert value(found, "sgd_standing_up") == 1
    assert value(found, "sgd_metrics_view_up") == 1
    assert value(found, "sgd_processes", role="api") == 1


@pytest.mark.slow
async def test_a_render_of_a_worker_is_in_the_scrape_of_the_api(
    anonymous: httpx.AsyncClient, services: ServiceUrls, database: Database, tmp_path: Path
) -> None:
    with graph_stack(tmp_path, services) as stack:
        stack.seed_org("acme")
        before = families((await anonymous.get("/metrics")).text)
        with stack.worker(1):
            ticket = request_render(database, "acme", BODY)
            deadline = time.monotonic() + PATIENCE_S
            while True:
                found = families((await anonymous.get("/metrics")).text)
                is_served = value(found, "sgd_jobs_open", kind="render") == 0 and value(found, "sgd_partitions") >= 1
                told = [value(found, "sgd_processes", role=role) for role in ("worker", "workers")]
                if is_served and told == [1, 1]:  # each tells once a second
                    break
                assert time.monotonic() < deadline, "the render was not served"
                time.sleep(0.2)
        # Its last second is told at its end.
        after = families((await anonymous.get("/metrics")).text)
        with warm_instance(str(stack.dagster_home)) as instance:
            assert instance.has_dynamic_partition("orgs", "acme")
    with database.org_transaction("acme") as connection:
        assert renders.get_request(connection, "acme", ticket.render_id).status == "succeeded"

    def more(name: str, **labels: str) -> float:
        return value(after, name, **labels) - value(before, name, **labels)

    assert more("sgd_job_duration_seconds_count", kind="render", outcome="served") == 1
    assert more("sgd_render_duration_seconds_count", outcome="succeeded") == 1
    assert more("sgd_stage_duration_seconds_count", stage="render_outputs", outcome="done") == 1
    assert more("sgd_db_query_duration_seconds_count") > 0
    assert value(after, "image_success_rate") == 1
    assert more("http_requests_total", route="/metrics") >= 1
    assert value(after, "p95_latency") > 0
    assert value(after, "sgd_processes", role="worker") == 0
