"""`prompt_quality`: the numbers of an org, what they are checked by, and the nightly run over all orgs."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from dagster import AssetKey, DagsterInstance, build_schedule_context
from sqlalchemy import insert

from sgd_assets.graph.nightly import nightly_quality, quality_job, ranges
from sgd_assets.graph.partitions import ORGS
from sgd_assets.prompts.quality import check_quality, measure_quality
from sgd_resources.dagster.resources import as_definition
from sgd_resources.ports import PromptCounts
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.prompts import DatabasePromptLedger
from sgd_resources.postgres.rows import orgs
from sgd_resources.postgres.rows.prompts import reviews
from sgd_resources.postgres.tables.models import inference_calls
from tests.fakes.graph import FakeGraph, fake_graph
from tests.fakes.ledgers import FakePromptLedger
from tests.fakes.resources import fixed

COUNTS = PromptCounts(
    analyses=40, cached=10, cost_usd_micros=4_200, saved_usd_micros=1_000, failed=2, reviews_open=1,
    reviews_accepted=0, reviews_corrected=1,
)  # fmt: skip


def test_rates_are_shares_of_the_analyses_and_absent_without_any() -> None:
    found = measure_quality("acme", FakePromptLedger(COUNTS))
    assert (found.pass_rate, found.cache_hit_rate, found.reviews_open) == (0.95, 0.25, 1)
    none = measure_quality("acme", FakePromptLedger(replace(COUNTS, analyses=0, cached=0, failed=0)))
    assert (none.pass_rate, none.cache_hit_rate) == (None, None)


@pytest.mark.parametrize(
    ("changes", "failing"),
    [
        ({}, []),
        ({"failed": 3}, ["answers_keep_their_schemas"]),
        ({"failed": 3, "analyses": 10}, []),
        ({"reviews_open": 51}, ["reviews_are_decided"]),
    ],
)
def test_many_failures_and_many_reviews_that_wait_are_found(changes: Any, failing: list[str]) -> None:
    found = check_quality(measure_quality("acme", FakePromptLedger(replace(COUNTS, **changes))))
    assert [finding.check for finding in found if finding.why] == failing


def test_every_org_is_in_one_run_and_no_run_has_more_than_a_hundred() -> None:
    ids = [f"org-{n:03}" for n in range(201)]
    assert list(ranges(ids)) == [("org-000", "org-099"), ("org-100", "org-199"), ("org-200", "org-200")]
    assert list(ranges([])) == []


@pytest.mark.embedded
def test_tries_of_one_analysis_are_one_and_other_tasks_are_none(database: Database) -> None:
    with database.org_transaction("acme") as connection:
        orgs.ensure_org(connection, "acme")
        rows = [("t1", "failed", 0, 0), ("t1", "succeeded", 300, 0), ("t1", "succeeded", 200, 0),
                ("t2", "cached", 0, 250), ("t3", "failed", 100, 0)]  # fmt: skip
        for trace, outcome, cost, saved in rows:
            row = {"call_id": str(uuid4()), "task": "analyze", "outcome": outcome, "trace_id": trace}
            money = {"cost_usd_micros": cost, "saved_usd_micros": saved}
            connection.execute(insert(inference_calls).values(org_id="acme", **row, **money))
        other = {"call_id": str(uuid4()), "task": "planner", "outcome": "succeeded", "trace_id": "t4"}
        connection.execute(insert(inference_calls).values(org_id="acme", **other))
        review = reviews.NewReview("r", "prompt", "raw", [], "acme/good")
        reviews.add(connection, "acme", review)
        reviews.decide(connection, "acme", reviews.add(connection, "acme", review), answer=None, decided_by="key_1")
    found = DatabasePromptLedger(database).counts("acme", since_days=30)
    assert (found.analyses, found.cached, found.cost_usd_micros, found.saved_usd_micros) == (2, 1, 600, 250)
    assert (found.failed, found.reviews_open, found.reviews_accepted) == (2, 1, 1)


@pytest.mark.embedded
def test_the_night_asks_for_every_org_also_one_without_a_partition(database: Database, tmp_path: Path) -> None:
    for org_id in ("acme", "globex"):
        with database.org_transaction(org_id) as connection:
            orgs.ensure_org(connection, org_id)
    with DagsterInstance.local_temp(str(tmp_path)) as instance:
        instance.add_dynamic_partitions(ORGS, ["acme"])
        context = build_schedule_context(
            instance=instance,
            scheduled_execution_time=datetime(2026, 11, 30, 2, 41, tzinfo=UTC),
            resources={"database": as_definition(fixed(database))},
        )
        requests: Any = nightly_quality(context)
        asked = list(requests)
        assert set(instance.get_dynamic_partitions(ORGS)) == {"acme", "globex"}
    (request,) = asked
    assert request.run_key == "quality:2026-11-30:acme"


@pytest.mark.slow
def test_a_run_over_two_orgs_keeps_each_ones_numbers() -> None:
    with fake_graph() as graph:
        _checked(graph)


def _checked(graph: FakeGraph) -> None:
    ledger = graph.prompt_ledger = FakePromptLedger(replace(COUNTS, failed=9))
    result = graph.run(quality_job.name, "acme", "globex")
    assert result.success
    assert ledger.expired == ["acme", "globex"]
    event = graph.instance.get_latest_materialization_event(AssetKey("prompt_quality"))
    assert event is not None
    assert event.asset_materialization is not None
    assert event.asset_materialization.metadata["analyses"].value == 40
    failed = [check for check in result.get_asset_check_evaluations() if not check.passed]
    assert {check.check_name for check in failed} == {"answers_keep_their_schemas"}
