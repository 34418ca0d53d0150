"""The assets through Dagster, over fakes."""

import json
from collections.abc import Iterator

import pytest
from dagster import AssetKey, DagsterEventType, Definitions

from sgd_assets.canon.assist import NO_KEY
from sgd_assets.canon.model import Canon
from sgd_resources.errors import BrokenContract, Unavailable
from sgd_resources.storage.keys import manifest_key
from tests.fakes.canon_model import FakeCanonModel
from tests.fakes.graph import FakeGraph, fake_graph

GUIDE = "# Brand colours\n\nPrimary: #0086BF\n\nSecondary: #FFD400\n"
BODY = {
    "project_id": "p1",
    "prompts": {"task": "create", "instruction": "say hello"},
    "outputs": {"count": 1, "format": "png", "dimensions": "64x64"},
}


@pytest.fixture
def graph() -> Iterator[FakeGraph]:
    with fake_graph() as made:
        yield made


def test_definitions_load_and_every_job_resolves(graph: FakeGraph) -> None:
    definitions = graph.definitions()
    Definitions.validate_loadable(definitions)
    assert {"ingest_job", "canon_job", "render_job"} <= {job.name for job in definitions.resolve_all_job_defs()}


def test_ingest_takes_an_org_from_quarantine_to_embeddings(graph: FakeGraph) -> None:
    graph.drop("acme", "guide.md", GUIDE)
    result = graph.run("ingest_job", "acme")
    assert result.success
    manifest = json.loads(graph.store.get(manifest_key("acme", "brand_evidence")))
    assert [item["file_name"] for item in manifest["items"]] == ["guide.md"]
    assert graph.graph_ledger.canons[0][0] == "acme"
    embeddings = result.output_for_node("brand_embeddings")["acme"]
    assert embeddings.points == embeddings.chunks > 0


@pytest.mark.parametrize(("has_key", "note"), [(False, NO_KEY), (True, "claims dropped")])
def test_a_model_is_asked_about_the_canon_only_with_a_key(graph: FakeGraph, has_key: bool, note: str) -> None:
    model = FakeCanonModel(is_cloud=has_key)
    graph.llm = model
    graph.drop("acme", "guide.md", GUIDE)
    assert graph.run("ingest_job", "acme").success
    event = graph.instance.get_latest_materialization_event(AssetKey("brand_canon"))
    assert event is not None
    assert event.asset_materialization is not None
    assert note in str(event.asset_materialization.metadata["assistance"].value)
    assert len(model.prompts) == has_key


def test_metadata_says_what_a_partition_holds(graph: FakeGraph) -> None:
    graph.drop("acme", "guide.md", GUIDE)
    graph.run("ingest_job", "acme")
    event = graph.instance.get_latest_materialization_event(AssetKey("brand_evidence"))
    assert event is not None
    assert event.asset_materialization is not None
    metadata = event.asset_materialization.metadata
    assert metadata["files"].value == 1
    assert metadata["bytes"].value == len(GUIDE)
    assert "guide.md" in str(metadata["evidence"].value)


def test_the_same_content_has_the_same_data_version(graph: FakeGraph) -> None:
    graph.drop("acme", "guide.md", GUIDE)
    versions = []
    for _ in range(2):
        graph.run("ingest_job", "acme")
        event = graph.instance.get_latest_materialization_event(AssetKey("brand_evidence"))
        assert event is not None
        assert event.asset_materialization is not None
        versions.append((event.asset_materialization.tags or {})["dagster/data_version"])
    assert versions[0] == versions[1]


def test_one_run_covers_many_orgs_each_with_its_own_metadata(graph: FakeGraph) -> None:
    for number, org_id in enumerate(("one", "two", "three"), 1):
        for copy in range(number):
            graph.drop(org_id, f"{copy}.md", f"{GUIDE}\n{org_id} {copy}")
    result = graph.run("ingest_job", "one", "two", "three")
    assert result.success
    events = [e for e in result.all_events if e.event_type == DagsterEventType.ASSET_MATERIALIZATION]
    files = {
        event.partition: event.materialization.metadata["files"].value
        for event in events
        if event.asset_key == AssetKey("brand_evidence")
    }
    assert files == {"one": 1, "two": 2, "three": 3}


def test_one_bad_org_of_a_range_leaves_the_others_recorded(graph: FakeGraph) -> None:
    for org_id in ("one", "two", "three"):
        graph.drop(org_id, "guide.md", f"{GUIDE}\n{org_id}")
    graph.gate.error, graph.gate.error_on = BrokenContract("the cleaner broke its word"), b"two"
    result = graph.run("ingest_job", "one", "two", "three")
    assert not result.success
    done = graph.instance.get_materialized_partitions(AssetKey("brand_evidence"))
    assert done == {"one", "three"}
    assert graph.store.stat(manifest_key("three", "brand_evidence")) is not None


def test_a_canon_without_colours_warns_and_does_not_fail_the_run(graph: FakeGraph) -> None:
    graph.drop("plain", "words.md", "Nothing about looks here.")
    result = graph.run("ingest_job", "plain")
    checks = {check.check_name: check for check in result.get_asset_check_evaluations()}
    assert result.success
    assert not checks["at_least_two_colours"].passed
    assert checks["at_least_two_colours"].severity.value == "WARN"
    assert checks["every_fact_is_cited"].passed
    assert checks["points_equal_chunks"].passed


def test_a_render_request_is_claimed_and_finished_once(graph: FakeGraph) -> None:
    graph.drop("acme", "guide.md", GUIDE)
    graph.run("ingest_job", "acme")
    graph.renders.bodies["r1"] = BODY
    config = {"ops": {"render_outputs": {"config": {"render_ids": ["r1"]}}}}
    first = graph.run("render_job", "acme", config=config)
    second = graph.run("render_job", "acme", config=config)
    assert first.success
    assert second.success
    assert graph.renders.owners["r1"] == first.run_id
    assert second.output_for_node("render_outputs")["acme"].renders == ()


def test_something_that_is_down_asks_dagster_for_a_retry(graph: FakeGraph) -> None:
    graph.drop("acme", "guide.md", GUIDE)
    graph.gate.error = Unavailable("the scanner is away", retry_after_s=0.01)
    result = graph.run("ingest_job", "acme")
    kinds = [event.event_type for event in result.all_events]
    assert kinds.count(DagsterEventType.STEP_UP_FOR_RETRY) == 3
    assert not result.success


def test_what_is_taken_back_leaves_documents_canon_and_vectors_with_the_next_run() -> None:
    with fake_graph() as graph:
        graph.drop("acme", "guide.md", "# Brand colours\n\nPrimary: #0086BF\n\nSecondary: #FFD400\n")
        graph.drop("acme", "old.md", "# Old colours\n\nPrimary: #FF0000\n")
        assert graph.run("ingest_job", "acme").success
        old = next(sha256 for sha256, kept in graph.uploads.records["acme"].items() if kept.file_name == "old.md")
        assert old in Canon.model_validate_json(graph.store.get(manifest_key("acme", "brand_canon"))).evidence_sha256s
        del graph.uploads.records["acme"][old]
        assert graph.run("ingest_job", "acme").success
        canon = Canon.model_validate_json(graph.store.get(manifest_key("acme", "brand_canon")))
        assert old not in canon.evidence_sha256s
        points = graph.vectors.points["acme"].values()
        assert points
        assert not [point for point in points if old in str(point)]
