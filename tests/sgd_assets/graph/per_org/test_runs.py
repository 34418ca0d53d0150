"""One org's fault in a run over many: who is named, who goes on, and what Dagster's UI then shows."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from dagster import AssetKey, DagsterEventType, ExecuteInProcessResult

from sgd_assets.graph.partitions import orgs
from sgd_assets.graph.per_org.failures import failures_of_run
from sgd_resources.errors import BrokenContract, Unavailable
from sgd_resources.storage.keys import manifest_key
from tests.fakes.graph import FakeGraph, fake_graph

pytestmark = pytest.mark.slow

GUIDE = "# Brand colours\n\nPrimary: #0086BF\n\nSecondary: #FFD400\n"
STAGES = ("brand_evidence", "parsed_documents", "brand_canon", "brand_embeddings")
ORGS = ("one", "two", "three")


@pytest.fixture
def graph() -> Iterator[FakeGraph]:
    with fake_graph() as made:
        for org_id in ORGS:
            made.drop(org_id, "guide.md", f"{GUIDE}\n{org_id}")
        yield made


def fails_for(org_id: str, error: Exception, real: Callable[..., Any]) -> Callable[..., Any]:
    def call(first: Any, *args: Any, **named: Any) -> Any:
        if org_id in str(first):
            raise error
        return real(first, *args, **named)

    return call


def done(graph: FakeGraph) -> dict[str, set[str]]:
    return {stage: set(graph.instance.get_materialized_partitions(AssetKey(stage))) for stage in STAGES}


def statuses(graph: FakeGraph, stage: str) -> Mapping[str, str | None]:
    found = graph.instance.get_status_by_partition(AssetKey(stage), list(ORGS), orgs)
    assert found is not None
    return {org_id: status.value if status else None for org_id, status in found.items()}


def why_the_run_failed(result: ExecuteInProcessResult) -> str:
    failure = next(event for event in result.all_events if event.event_type == DagsterEventType.STEP_FAILURE)
    assert failure.step_failure_data.user_failure_data is not None
    return failure.step_failure_data.user_failure_data.description or ""


ALL, REST = set(ORGS), {"one", "three"}


@pytest.mark.slow
def test_an_org_that_fails_first_leaves_the_others_done_to_the_end_and_is_named(graph: FakeGraph) -> None:
    graph.gate.error, graph.gate.error_on = BrokenContract("the cleaner broke its word"), b"two"
    result = graph.run("ingest_job", *ORGS)
    assert not result.success
    assert done(graph) == dict.fromkeys(STAGES, REST)
    said = "1 of 3 orgs failed: two (brand_evidence: INTERNAL_ERROR: the cleaner broke its word)"
    assert why_the_run_failed(result) == said


@pytest.mark.slow
def test_an_org_that_fails_half_way_keeps_what_it_has_and_shows_failed_from_there_on(graph: FakeGraph) -> None:
    ledger = graph.graph_ledger
    ledger.record_canon = fails_for("two", BrokenContract("no row"), ledger.record_canon)  # type: ignore[method-assign]
    graph.run("ingest_job", *ORGS)
    assert done(graph) == {
        "brand_evidence": ALL, "parsed_documents": ALL, "brand_canon": REST, "brand_embeddings": REST
    }  # fmt: skip
    assert statuses(graph, "parsed_documents")["two"] == "MATERIALIZED"
    for stage in ("brand_canon", "brand_embeddings"):
        assert statuses(graph, stage) == {"one": "MATERIALIZED", "two": "FAILED", "three": "MATERIALIZED"}


@pytest.mark.slow
def test_an_error_that_is_not_ours_fails_its_org_alone_and_its_text_is_kept_from_the_log(graph: FakeGraph) -> None:
    graph.gate.error, graph.gate.error_on = ValueError("password=hunter2"), b"two"
    result = graph.run("ingest_job", *ORGS)
    assert done(graph) == dict.fromkeys(STAGES, REST)
    assert "two (brand_evidence: INTERNAL_ERROR: unexpected ValueError in graph.py, line" in why_the_run_failed(result)
    assert "hunter2" not in "".join(str(entry) for entry in graph.instance.all_logs(result.run_id))


@pytest.mark.slow
def test_an_upstream_value_that_can_neither_be_read_nor_made_anew_fails_its_org_alone(
    graph: FakeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert graph.run("ingest_job", *ORGS).success
    graph.store.put(manifest_key("two", "brand_evidence"), b"{}")
    of_org = graph.uploads.evidence

    def rows(org_id: str) -> Any:
        if org_id == "two":
            raise BrokenContract("the rows of two have another shape")
        return of_org(org_id)

    monkeypatch.setattr(graph.uploads, "evidence", rows)
    result = graph.run("canon_job", *ORGS)
    failure = failures_of_run(graph.instance, result.run_id)["two"]
    assert (failure.stage, failure.code) == ("parsed_documents", "INTERNAL_ERROR")
    assert failure.reason == "the rows of two have another shape"
    assert statuses(graph, "brand_canon") == {"one": "MATERIALIZED", "two": "FAILED", "three": "MATERIALIZED"}


@pytest.mark.slow
def test_what_failed_in_this_run_is_not_built_on_the_value_of_an_earlier_one(graph: FakeGraph) -> None:
    assert graph.run("ingest_job", *ORGS).success
    graph.parser.parsed.clear()
    graph.drop("two", "more.md", "# Voice\n\nWe are warm, says two.\n")
    graph.gate.error, graph.gate.error_on = BrokenContract("x"), b"says two"
    result = graph.run("ingest_job", *ORGS)
    logged = [event.partition for event in result.all_events if event.is_step_materialization]
    assert "two" not in logged
    assert logged.count("one") == len(STAGES)


@pytest.mark.slow
def test_something_that_is_down_for_one_org_is_tried_again_for_all_before_it_fails_that_one(graph: FakeGraph) -> None:
    graph.gate.error, graph.gate.error_on = Unavailable("the scanner is away", retry_after_s=0.01), b"two"
    result = graph.run("ingest_job", *ORGS)
    kinds = [event.event_type for event in result.all_events]
    assert kinds.count(DagsterEventType.STEP_UP_FOR_RETRY) == 3
    assert done(graph) == dict.fromkeys(STAGES, REST)
    assert failures_of_run(graph.instance, result.run_id)["two"].code == "UNAVAILABLE"


@pytest.mark.slow
def test_something_that_is_back_at_the_second_try_fails_nobody(graph: FakeGraph) -> None:
    real, asked = graph.store.get, []

    def away_at_first(key: str) -> bytes:
        asked.append(key)
        if len(asked) == 1:
            raise Unavailable("the store is away", retry_after_s=0.01)
        return real(key)

    graph.store.get = away_at_first  # type: ignore[method-assign]
    result = graph.run("ingest_job", *ORGS)
    assert result.success
    assert done(graph) == dict.fromkeys(STAGES, ALL)


@pytest.mark.slow
def test_when_nothing_answers_not_every_org_waits_for_its_time_out(graph: FakeGraph) -> None:
    assert graph.run("ingest_job", *ORGS).success
    asked = []

    def away(key: str) -> bytes:
        asked.append(key)
        raise Unavailable("the store is away", retry_after_s=0.01)

    graph.store.get = away  # type: ignore[method-assign]
    result = graph.run("canon_job", *ORGS)
    assert not result.success
    assert len(asked) == 4, "one time-out per try of the step"
    assert why_the_run_failed(result).startswith("3 of 3 orgs failed")


@pytest.mark.slow
def test_a_run_that_ends_before_the_last_stage_fails_there(graph: FakeGraph) -> None:
    graph.gate.error, graph.gate.error_on = BrokenContract("x"), b"two"
    graph.instance.add_dynamic_partitions("orgs", list(ORGS))
    job = graph.definitions().resolve_implicit_global_asset_job_def()
    result = job.execute_in_process(
        instance=graph.instance,
        asset_selection=[AssetKey("brand_evidence"), AssetKey("parsed_documents")],
        tags={"dagster/asset_partition_range_start": "one", "dagster/asset_partition_range_end": "three"},
        raise_on_error=False,
    )
    failed = [event.step_key for event in result.all_events if event.event_type == DagsterEventType.STEP_FAILURE]
    assert failed == ["parsed_documents"]
    assert statuses(graph, "parsed_documents") == {"one": "MATERIALIZED", "two": "FAILED", "three": "MATERIALIZED"}


@pytest.mark.slow
def test_each_org_of_a_range_has_the_data_version_it_would_have_alone(graph: FakeGraph) -> None:
    def versions(org_id: str) -> dict[str, str]:
        found = {}
        for stage in STAGES:
            event = graph.instance.get_latest_data_version_record(AssetKey(stage), partition_key=org_id)
            assert event is not None
            assert event.asset_materialization is not None
            found[stage] = (event.asset_materialization.tags or {})["dagster/data_version"]
        return found

    graph.run("ingest_job", *ORGS)
    in_a_range = versions("two")
    graph.run("ingest_job", "two")
    assert versions("two") == in_a_range
    assert versions("one") != in_a_range


@pytest.mark.slow
def test_each_org_names_the_versions_of_its_own_upstreams(graph: FakeGraph) -> None:
    def provenance(org_id: str) -> dict[str, str]:
        event = graph.instance.get_latest_data_version_record(AssetKey("brand_canon"), partition_key=org_id)
        assert event is not None
        assert event.asset_materialization is not None
        tags = event.asset_materialization.tags or {}
        return {name: value for name, value in tags.items() if name.startswith("dagster/input_data_version")}

    graph.run("ingest_job", *ORGS)
    in_a_range = provenance("two")
    graph.run("ingest_job", "two")
    assert list(in_a_range) == ["dagster/input_data_version/parsed_documents"]
    assert provenance("two") == in_a_range
