"""Checks per partition: what a finding becomes, and that no org's green hides another's red."""

from collections.abc import Iterator

import pytest
from dagster import AssetCheckKey, AssetKey, DagsterEventType

from sgd_assets.finding import SHOWN_REASONS, Finding, some
from sgd_assets.graph.per_org.checks import HAS_PARTITIONS, check_specs, evaluations_of
from tests.fakes.graph import FakeGraph, fake_graph

CANON = AssetKey("brand_canon")
FOUND = {
    "one": [Finding("has_colours"), Finding("is_cited", is_warning=False)],
    "two": [Finding("has_colours", "0 colours"), Finding("is_cited", "3 facts are not", is_warning=False)],
}


@pytest.fixture
def graph() -> Iterator[FakeGraph]:
    with fake_graph() as made:
        yield made


def test_this_dagster_has_checks_per_partition() -> None:
    assert HAS_PARTITIONS
    assert check_specs("brand_canon", {"x": "y"})[0].partitions_def is not None


def test_each_org_has_its_own_result() -> None:
    results = {(one.partition, one.check_name): one for one in evaluations_of(CANON, FOUND, per_org=True)}
    assert {key: one.passed for key, one in results.items()} == {
        ("one", "has_colours"): True, ("one", "is_cited"): True,
        ("two", "has_colours"): False, ("two", "is_cited"): False,
    }  # fmt: skip
    assert results["two", "has_colours"].severity.value == "WARN"
    assert results["two", "is_cited"].severity.value == "ERROR"
    assert "3 facts are not" in str(results["two", "is_cited"].metadata["by_org"].value)


def test_a_dagster_without_them_gets_one_result_that_names_the_orgs() -> None:
    results = {one.check_name: one for one in evaluations_of(CANON, FOUND, per_org=False)}
    assert not results["has_colours"].passed
    assert results["has_colours"].partition is None
    assert "| two | 0 colours |" in str(results["has_colours"].metadata["by_org"].value)


def test_a_long_list_of_reasons_is_cut_and_says_so() -> None:
    assert some([]) == ""
    assert some([str(n) for n in range(SHOWN_REASONS + 2)]) == "0; 1; 2; 3; 4; and 2 more"


@pytest.mark.slow
def test_every_asset_has_checks_and_each_is_evaluated_for_each_org_of_a_range(graph: FakeGraph) -> None:
    graph.drop("plain", "words.md", "Nothing about looks here.")
    graph.drop("vivid", "guide.md", "# Colours\n\nPrimary: #0086BF\n\nSecondary: #FFD400\n")
    result = graph.run("ingest_job", "plain", "vivid", "empty")
    assert result.success
    nodes = graph.definitions().resolve_asset_graph()
    ingested = {
        key for key in nodes.asset_check_keys if key.asset_key.path[-1] not in ("render_outputs", "prompt_quality")
    }
    assert {key.asset_key.path[-1] for key in nodes.asset_check_keys} == {
        "brand_evidence", "parsed_documents", "brand_canon", "brand_embeddings", "render_outputs", "prompt_quality"
    }  # fmt: skip
    for key in ingested:
        for org_id in ("plain", "vivid", "empty"):
            latest = graph.instance.event_log_storage.get_asset_check_execution_history(key, limit=9)
            assert [row.partition for row in latest].count(org_id) == 1, (key, org_id)
    passed = {
        (one.partition, one.check_name): one.passed
        for event in result.all_events
        if event.event_type == DagsterEventType.ASSET_CHECK_EVALUATION
        for one in (event.asset_check_evaluation_data,)
    }
    assert not passed["plain", "at_least_two_colours"]
    assert passed["vivid", "at_least_two_colours"]
    assert not passed["empty", "org_has_evidence"]
    assert passed["vivid", "org_has_evidence"]


@pytest.mark.slow
def test_an_org_that_failed_has_its_checks_shown_as_not_executed(graph: FakeGraph) -> None:
    graph.drop("fine", "guide.md", "#0086BF")
    graph.drop("poor", "guide.md", "broken")
    graph.gate.error, graph.gate.error_on = ValueError("x"), b"broken"
    result = graph.run("ingest_job", "fine", "poor")
    assert not result.success
    key = AssetCheckKey(CANON, "every_fact_is_cited")
    rows = graph.instance.event_log_storage.get_asset_check_execution_history(key, limit=9)
    assert {row.partition: row.status.value for row in rows} == {"fine": "SUCCEEDED", "poor": "PLANNED"}
