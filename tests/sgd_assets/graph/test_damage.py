"""Nothing that was derived can fail an org by being damaged: it is made anew, and a log line says so."""

import json
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from dagster import AssetKey

from sgd_assets.canon.model import Canon
from sgd_assets.embeddings.manifest import EmbeddingsManifest
from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_resources.dagster.io import ManifestIOManager
from sgd_resources.errors import BrokenContract, NotFound
from sgd_resources.storage.keys import manifest_key
from tests.fakes.graph import FakeGraph, fake_graph
from tests.fakes.object_store import FakeObjectStore
from tests.fakes.resources import fixed

pytestmark = pytest.mark.slow

GUIDE = "# Brand colours\n\nPrimary: #0086BF\n\nSecondary: #FFD400\n\n# Voice\n\nWe are warm.\n"
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "truncated": lambda data: data[: len(data) // 2],
    "other bytes": lambda data: b"\x89PNG\r\n\x1a\n\x00\xff",
    "no object": lambda data: b"[1, 2]",
    "another version": lambda data: json.dumps({"schema": 2, "made_by": "a later release"}).encode(),
}
STAGES = ("parsed_documents", "brand_canon", "brand_embeddings", "render_outputs")
# what is damaged, by its keys, and the first stage that reads it: what runs before would write it over
DERIVED = {
    "manifest of evidence": (r"manifests/brand_evidence\.json", "parsed_documents"),
    "manifest of documents": (r"manifests/parsed_documents\.json", "brand_canon"),
    "manifest of the canon": (r"manifests/brand_canon\.json", "brand_embeddings"),
    "manifest of the canon, and its version": (r"brand_canon\.json|canon/[0-9a-f]{64}\.json", "render_outputs"),
    "parsed documents": (r"documents/[0-9a-f]{64}/", "parsed_documents"),
    "parsed documents and claims": (r"documents/[0-9a-f]{64}/|canon/claims/", "brand_canon"),
    "parsed documents and points": (r"documents/", "brand_embeddings"),
    "everything": (r"manifests/|documents/|canon/", "parsed_documents"),
    "everything but the canon's stage": (r"manifests/|documents/|canon/", "brand_embeddings"),
}


@pytest.fixture(scope="module")
def ingested() -> Iterator[tuple[FakeGraph, dict[str, Any]]]:
    """An org after its first ingest, and all that was stored of it."""
    with fake_graph() as made:
        made.drop("acme", "guide.md", GUIDE)
        assert made.run("ingest_job", "acme").success
        yield made, dict(made.store.objects)


@pytest.fixture
def graph(ingested: tuple[FakeGraph, dict[str, Any]]) -> FakeGraph:
    """The same for each test: whatever another one hurt is whole again."""
    made, stored = ingested
    made.store.objects.clear()
    made.store.objects.update(stored)
    return made


def materialize(graph: FakeGraph, asset: str) -> bool:
    job = graph.definitions().resolve_implicit_global_asset_job_def()
    return job.execute_in_process(
        instance=graph.instance, partition_key="acme", asset_selection=[AssetKey(asset)], raise_on_error=False
    ).success


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("derived", DERIVED)
def test_a_damaged_artefact_is_made_anew_by_the_stage_that_reads_it(
    graph: FakeGraph, derived: str, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    pattern, first_reader = DERIVED[derived]
    before = dict(graph.store.objects)
    hurt = [key for key in before if re.search(pattern, key)]
    assert hurt
    for key in hurt:
        graph.store.put(key, DAMAGES[damage](before[key][0]))
    with caplog.at_level(logging.WARNING):
        for asset in STAGES[STAGES.index(first_reader) :]:
            assert materialize(graph, asset), asset
    assert "anew" in caplog.text
    canon = Canon.model_validate_json(graph.store.get(manifest_key("acme", "brand_canon")))
    assert canon == Canon.model_validate_json(before[manifest_key("acme", "brand_canon")][0])
    if first_reader == "parsed_documents":
        assert [key for key in hurt if graph.store.objects[key][0] == DAMAGES[damage](before[key][0])] == []


@pytest.mark.slow
def test_an_org_that_was_never_ingested_is_told_apart_from_a_damaged_one(graph: FakeGraph) -> None:
    graph.store.delete(manifest_key("acme", "parsed_documents"))
    assert not materialize(graph, "brand_canon")


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_manifest_is_made_anew_or_told_where_nobody_can(
    damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    store = FakeObjectStore()
    made = EvidenceManifest(org_id="acme", promoted=0)
    manifests = ManifestIOManager(
        fixed(store),
        {"brand_evidence": EvidenceManifest, "brand_embeddings": EmbeddingsManifest},
        {"brand_evidence": lambda org_id, _: made},
    )
    manifests.write("brand_evidence", "acme", made)
    whole = store.get(manifest_key("acme", "brand_evidence"))
    for bytes_there in (DAMAGES[damage](whole), whole.replace(b"acme", b"globex")):
        store.put(manifest_key("acme", "brand_evidence"), bytes_there)
        assert manifests.read("brand_evidence", "acme") == made
        assert store.get(manifest_key("acme", "brand_evidence")) == whole
    assert "brand_evidence of acme is damaged" in caplog.text
    store.put(manifest_key("acme", "brand_embeddings"), DAMAGES[damage](whole))
    with pytest.raises(BrokenContract, match="materialize it again"):
        manifests.read("brand_embeddings", "acme")
    with pytest.raises(NotFound):
        manifests.read("brand_evidence", "globex")
