"""The assets through Dagster, over fakes."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from dagster import AssetKey, DagsterEventType, Definitions, ExecuteInProcessResult, MetadataValue

from sgd_assets.canon.assist.ask import NO_KEY
from sgd_assets.canon.model import Canon
from sgd_resources.errors import BrokenContract, Unavailable
from sgd_resources.ports.statements import FactStatement
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


@dataclass
class Ingested:
    """Three orgs after one run over them: `acme` has a guide, `plain` words without colours, `three` three guides."""

    graph: FakeGraph
    result: ExecuteInProcessResult
    model: FakeCanonModel

    def metadata(self, asset: str, org_id: str) -> Mapping[str, MetadataValue[Any]]:
        """Of the org's partition as this run recorded it."""
        (found,) = [
            event.materialization.metadata
            for event in self.result.all_events
            if event.event_type == DagsterEventType.ASSET_MATERIALIZATION
            and (event.asset_key, event.partition) == (AssetKey(asset), org_id)
        ]
        return found

    def version(self, asset: str, result: ExecuteInProcessResult) -> str:
        """Data version of acme's partition in a run."""
        (found,) = [
            event.materialization.tags["dagster/data_version"]
            for event in result.all_events
            if event.event_type == DagsterEventType.ASSET_MATERIALIZATION
            and (event.asset_key, event.partition) == (AssetKey(asset), "acme")
            and event.materialization.tags is not None
        ]
        return found


@pytest.fixture(scope="module")
def ingested() -> Iterator[Ingested]:
    """A run costs seconds: what only reads a run's traces shares this one, in any order."""
    with fake_graph() as graph:
        model = graph.llm = FakeCanonModel(is_cloud=False)
        graph.drop("acme", "guide.md", GUIDE)
        graph.drop("plain", "words.md", "Nothing about looks here.")
        for copy in range(3):
            graph.drop("three", f"{copy}.md", f"{GUIDE}\n{copy}")
        yield Ingested(graph, graph.run("ingest_job", "acme", "plain", "three"), model)


def test_definitions_load_and_every_job_resolves(graph: FakeGraph) -> None:
    definitions = graph.definitions()
    Definitions.validate_loadable(definitions)
    assert {"ingest_job", "canon_job", "render_job"} <= {job.name for job in definitions.resolve_all_job_defs()}


def test_ingest_takes_an_org_from_quarantine_to_embeddings(ingested: Ingested) -> None:
    assert ingested.result.success
    manifest = json.loads(ingested.graph.store.get(manifest_key("acme", "brand_evidence")))
    assert [item["file_name"] for item in manifest["items"]] == ["guide.md"]
    assert "acme" in {canon[0] for canon in ingested.graph.graph_ledger.canons}
    embeddings = ingested.result.output_for_node("brand_embeddings")["acme"]
    assert embeddings.points == embeddings.chunks > 0


def test_no_model_is_asked_about_the_canon_without_a_key(ingested: Ingested) -> None:
    assert NO_KEY in str(ingested.metadata("brand_canon", "acme")["assistance"].value)
    assert ingested.model.prompts == []


@pytest.mark.slow
def test_a_model_is_asked_about_the_canon_with_a_key(graph: FakeGraph) -> None:
    model = graph.llm = FakeCanonModel(is_cloud=True)
    graph.drop("acme", "guide.md", GUIDE)
    assert graph.run("ingest_job", "acme").success
    event = graph.instance.get_latest_materialization_event(AssetKey("brand_canon"))
    assert event is not None
    assert event.asset_materialization is not None
    assert "claims dropped" in str(event.asset_materialization.metadata["assistance"].value)
    assert len(model.prompts) == 1


def test_metadata_says_what_a_partition_holds(ingested: Ingested) -> None:
    metadata = ingested.metadata("brand_evidence", "acme")
    assert metadata["files"].value == 1
    assert metadata["bytes"].value == len(GUIDE)
    assert "guide.md" in str(metadata["evidence"].value)


@pytest.mark.slow
def test_the_same_content_has_the_same_data_version(ingested: Ingested) -> None:
    again = ingested.graph.run("ingest_job", "acme")
    assert ingested.version("brand_evidence", again) == ingested.version("brand_evidence", ingested.result)


def test_one_run_covers_many_orgs_each_with_its_own_metadata(ingested: Ingested) -> None:
    files = {
        org_id: ingested.metadata("brand_evidence", org_id)["files"].value for org_id in ("acme", "plain", "three")
    }
    assert files == {"acme": 1, "plain": 1, "three": 3}


@pytest.mark.slow
def test_one_bad_org_of_a_range_leaves_the_others_recorded(graph: FakeGraph) -> None:
    for org_id in ("one", "two", "three"):
        graph.drop(org_id, "guide.md", f"{GUIDE}\n{org_id}")
    graph.gate.error, graph.gate.error_on = BrokenContract("the cleaner broke its word"), b"two"
    result = graph.run("ingest_job", "one", "two", "three")
    assert not result.success
    done = graph.instance.get_materialized_partitions(AssetKey("brand_evidence"))
    assert done == {"one", "three"}
    assert graph.store.stat(manifest_key("three", "brand_evidence")) is not None


def test_a_canon_without_colours_warns_and_does_not_fail_the_run(ingested: Ingested) -> None:
    found = {(check.check_name, check.partition): check for check in ingested.result.get_asset_check_evaluations()}
    assert ingested.result.success
    assert not found["at_least_two_colours", "plain"].passed
    assert found["at_least_two_colours", "plain"].severity.value == "WARN"
    assert found["at_least_two_colours", "acme"].passed
    assert found["every_fact_is_cited", "plain"].passed
    assert found["points_equal_chunks", "plain"].passed


@pytest.mark.slow
def test_a_render_request_is_claimed_and_finished_once(ingested: Ingested) -> None:
    graph = ingested.graph
    graph.renders.bodies["r1"] = BODY
    config = {"ops": {"render_outputs": {"config": {"render_ids": ["r1"]}}}}
    first = graph.run("render_job", "acme", config=config)
    second = graph.run("render_job", "acme", config=config)
    assert first.success
    assert second.success
    assert graph.renders.owners["r1"] == first.run_id
    assert second.output_for_node("render_outputs")["acme"].renders == ()


@pytest.mark.slow
def test_something_that_is_down_asks_dagster_for_a_retry(graph: FakeGraph) -> None:
    graph.drop("acme", "guide.md", GUIDE)
    graph.gate.error = Unavailable("the scanner is away", retry_after_s=0.01)
    result = graph.run("ingest_job", "acme")
    kinds = [event.event_type for event in result.all_events]
    assert kinds.count(DagsterEventType.STEP_UP_FOR_RETRY) == 3
    assert not result.success


@pytest.mark.slow
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


@pytest.mark.slow
def test_what_a_person_said_of_a_fact_stays_through_every_run_and_is_told_in_the_metadata() -> None:
    with fake_graph() as graph:
        graph.drop("acme", "guide.md", GUIDE)
        graph.run("ingest_job", "acme")
        key = manifest_key("acme", "brand_canon")
        derived = Canon.model_validate_json(graph.store.get(key))
        stated = FactStatement(
            "correct", next(one.id for one in derived.facts if one.value == "#FFD400"), "colour", "#FFD400",
            "a slip", "user:u1", 7, new_value="#FFD401", evidence_sha256s=derived.evidence_sha256s,
        )  # fmt: skip
        graph.graph_ledger.stated["acme"] = [stated]
        for _ in range(2):
            graph.run("canon_job", "acme")
            found = Canon.model_validate_json(graph.store.get(key))
            assert found.palette_hex == ("#0086BF", "#FFD401")
        event = graph.instance.get_latest_materialization_event(AssetKey("brand_canon"))
        assert event is not None
        assert event.asset_materialization is not None
        assert "a slip" in str(event.asset_materialization.metadata["stated_by_people"].value)
        graph.graph_ledger.stated["acme"] = []
        graph.run("canon_job", "acme")
        assert Canon.model_validate_json(graph.store.get(key)) == derived
