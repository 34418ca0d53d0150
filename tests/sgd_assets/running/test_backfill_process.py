"""Backfills in this process: what the command line hears, and what Dagster's Backfills page shows."""

import logging
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from dagster import AssetKey, DagsterRunStatus
from dagster._core.execution.backfill import BulkActionStatus, PartitionBackfill

from sgd_assets.running import backfill_process, cancelling
from sgd_assets.running.backfill_process import CANCELLED, backfill
from sgd_resources.errors import BrokenContract
from tests.fakes.graph import FakeGraph, fake_graph

ORGS = ["one", "two", "three"]


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[FakeGraph]:
    with fake_graph(tmp_path) as made:
        for org_id in ORGS:
            made.drop(org_id, "guide.md", f"Primary: #0086BF, Secondary: #FFD400\n{org_id}")
        yield made


def run(graph: FakeGraph) -> dict[str, str]:
    states: dict[str, str] = {}
    for finished in backfill(graph.instance, graph.definitions().resolve_job_def("ingest_job"), ORGS):
        states |= finished
    return states


def row(graph: FakeGraph) -> PartitionBackfill:
    (found,) = graph.instance.get_backfills()
    return found


def counts(graph: FakeGraph, asset: str) -> dict[str, int]:
    data = row(graph).asset_backfill_data
    assert data is not None
    statuses = data.get_backfill_status_per_asset_key(graph.definitions().resolve_asset_graph())
    of_asset: Any = next(status for status in statuses if status.asset_key == AssetKey(asset))
    return {status.value: number for status, number in of_asset.partitions_counts_by_status.items()}


@pytest.mark.slow
def test_a_backfill_is_one_row_with_its_runs_and_its_log_holds_no_debug_events(
    graph: FakeGraph, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(graph) == dict.fromkeys(ORGS, "ok")
    assert row(graph).status == BulkActionStatus.COMPLETED_SUCCESS
    assert row(graph).backfill_end_timestamp is not None
    assert counts(graph, "brand_embeddings") == {"MATERIALIZED": 3, "IN_PROGRESS": 0, "FAILED": 0}
    (made,) = graph.instance.get_runs()
    assert made.tags["dagster/backfill"] == row(graph).backfill_id
    assert made.tags["sgd/why"] == "backfill"
    assert made.tags["dagster/asset_partition_range_start"] == "one"
    assert made.remote_job_origin is not None
    assert made.remote_job_origin.location_name == "sgd"
    assert made.job_snapshot_id is not None
    shown = capfd.readouterr().err
    assert "brand_evidence" in shown
    assert " - DEBUG - " not in shown
    assert any(entry.level == logging.DEBUG for entry in graph.instance.all_logs(made.run_id))


def test_each_org_of_a_failed_run_is_told_by_its_own_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backfill_process, "_through", lambda _: {"one"})
    monkeypatch.setattr(
        backfill_process, "failures_of_run", lambda *_: {"two": "brand_evidence: INTERNAL_ERROR: broken"}
    )
    monkeypatch.setattr(backfill_process, "failed_run_error", lambda _: {"code": "UNAVAILABLE", "message": "away"})
    ended = SimpleNamespace(success=False, run_id="r7", dagster_run=SimpleNamespace(status=DagsterRunStatus.FAILURE))
    told = backfill_process._states(cast(Any, None), cast(Any, ended), ORGS)
    assert told == {
        "one": "ok",
        "two": "brand_evidence: INTERNAL_ERROR: broken",
        "three": "UNAVAILABLE: away (run r7)",
    }


@pytest.mark.slow
def test_an_org_that_fails_is_named_with_stage_and_reason_to_the_operator_and_on_the_page(graph: FakeGraph) -> None:
    graph.gate.error, graph.gate.error_on = BrokenContract("the cleaner broke its word"), b"two"
    states = run(graph)
    assert states == {"one": "ok", "three": "ok", "two": "brand_evidence: INTERNAL_ERROR: the cleaner broke its word"}
    assert row(graph).status == BulkActionStatus.COMPLETED_FAILED
    assert counts(graph, "brand_canon") == {"MATERIALIZED": 2, "IN_PROGRESS": 0, "FAILED": 1}


@pytest.mark.slow
def test_a_run_that_fails_for_no_orgs_reason_says_which_run(graph: FakeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sgd_assets.evidence.asset.materialize_orgs", lambda *args, **named: 1 / 0)
    states = run(graph)
    (made,) = graph.instance.get_runs()
    assert states["one"].startswith("INTERNAL_ERROR: ")
    assert states["one"].endswith(f"(run {made.run_id})")


@pytest.mark.slow
def test_cancel_on_the_page_ends_the_run_between_two_pieces_of_work_and_the_rest_is_not_begun(
    graph: FakeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backfill_process, "ORGS_PER_RUN", 1)
    monkeypatch.setattr(cancelling, "LOOK_EVERY_S", 0.01)
    states: dict[str, str] = {}
    for finished in backfill(graph.instance, graph.definitions().resolve_job_def("ingest_job"), ORGS):
        states |= finished
        graph.instance.update_backfill(row(graph)._replace(status=BulkActionStatus.CANCELING))
    assert states == {"one": "ok", "two": CANCELLED, "three": CANCELLED}
    assert row(graph).status == BulkActionStatus.CANCELED
    assert [made.status for made in graph.instance.get_runs()] == [DagsterRunStatus.SUCCESS]


@pytest.mark.slow
def test_cancel_reaches_a_run_that_is_under_way(graph: FakeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cancelling, "LOOK_EVERY_S", 0.01)
    real = graph.gate.inspect

    def cancel_then_work(source: Any, **named: Any) -> Any:
        if b"two" in source:
            graph.instance.update_backfill(row(graph)._replace(status=BulkActionStatus.CANCELING))
            for _ in range(2_000):
                time.sleep(0.01)
        return real(source, **named)

    monkeypatch.setattr(graph.gate, "inspect", cancel_then_work)
    monkeypatch.setattr(graph.gate, "at_once", 1)
    assert run(graph) == dict.fromkeys(ORGS, CANCELLED)
    assert [made.status for made in graph.instance.get_runs()] == [DagsterRunStatus.CANCELED]
    assert row(graph).status == BulkActionStatus.CANCELED
