"""Vector stores held to the same rules: local folders, the server on the client's engine, and over its wire."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sgd_resources.errors import InvalidInput, Unavailable
from sgd_resources.ports import VectorStore
from sgd_resources.settings import Settings
from sgd_resources.vectors.local import QdrantLocalStore
from sgd_resources.vectors.select import build_vector_store
from tests.sgd_resources.vectors.points import point, upsert

if TYPE_CHECKING:  # the client takes a second to import: only who runs these tests pays for it, not who collects them
    from qdrant_client import QdrantClient


@pytest.fixture
def memory() -> "Iterator[QdrantClient]":
    from qdrant_client import QdrantClient

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Payload indexes have no effect")
        client = QdrantClient(":memory:")
        yield client
        client.close()


@pytest.fixture(params=["local", "per_org", "tenant", "ceiling", "wire", "wire tenant"])
def store(request: pytest.FixtureRequest, tmp_path: Path, memory: "QdrantClient") -> VectorStore:
    if request.param == "local":
        return QdrantLocalStore(tmp_path / "qdrant")
    from sgd_resources.vectors.server import QdrantServerStore

    if request.param.startswith("wire"):
        from tests.fakes.qdrant import FakeQdrant

        mode = "tenant" if "tenant" in request.param else "per_org"
        return QdrantServerStore(FakeQdrant(memory).client(), mode=mode)  # type: ignore[arg-type]  # of these two
    if request.param == "ceiling":
        return QdrantServerStore(memory, collection_ceiling=1)
    return QdrantServerStore(memory, mode=request.param)


def test_an_unknown_org_is_empty(store: VectorStore) -> None:
    assert store.point_ids("acme") == set()
    assert store.count("acme") == 0
    assert store.search("acme", [1.0, 0.0]) == []
    store.delete("acme", ["x"])


def test_the_same_id_replaces(store: VectorStore) -> None:
    assert upsert(store, point("a"), point("b")) == 2
    upsert(store, point("a", 0.0, 1.0))
    assert store.point_ids("acme") == {point("a").point_id, point("b").point_id}
    assert store.count("acme") == 2
    assert store.search("acme", [0.0, 1.0], limit=1)[0].payload["text"] == "a"


def test_the_nearest_come_first_with_their_source(store: VectorStore) -> None:
    upsert(
        store, point("far", 0.0, 1.0), point("near", 1.0, 0.1, kind="canon"), point("same", 1.0, 0.0, kind="document")
    )
    hits = store.search("acme", [1.0, 0.0])
    assert [hit.payload["text"] for hit in hits] == ["same", "near", "far"]
    assert hits[0].score == pytest.approx(1.0, abs=1e-5)
    assert [h.payload["text"] for h in store.search("acme", [1.0, 0.0], filters={"kind": "canon"})] == ["near"]
    assert len(store.search("acme", [1.0, 0.0], limit=2)) == 2


def test_no_org_reaches_anothers_points(store: VectorStore) -> None:
    for org in ("acme", "beta", "beta2"):
        upsert(store, point("x", org=org), org=org)
    for org in ("acme", "beta", "beta2"):
        assert store.point_ids(org) == {point("x", org=org).point_id}
        assert [hit.point_id for hit in store.search(org, [1.0, 0.0])] == [point("x", org=org).point_id]
        stolen = store.search(org, [1.0, 0.0], filters={"org_id": "beta"})
        assert {hit.point_id for hit in stolen} <= {point("x", org=org).point_id}
    store.delete("acme", [point("x", org="beta").point_id])
    assert store.count("beta") == 1
    store.delete("beta", [point("x", org="beta").point_id])
    assert (store.count("acme"), store.count("beta"), store.count("beta2")) == (1, 0, 1)


def test_a_changed_model_or_dimension_starts_afresh(store: VectorStore) -> None:
    upsert(store, point("a"), point("b"))
    upsert(store, point("c"), model="m@2")
    assert store.point_ids("acme") == {point("c").point_id}
    upsert(store, point("d", 1.0, 0.0, 0.0), model="m@2", dimensions=3)
    assert store.point_ids("acme") == {point("d").point_id}
    with pytest.raises(InvalidInput):
        store.search("acme", [1.0, 0.0])


def test_a_changed_model_of_one_org_leaves_the_others(store: VectorStore) -> None:
    upsert(store, point("a"))
    upsert(store, point("b", org="beta"), org="beta")
    upsert(store, point("b2", org="beta"), org="beta", model="m@2")
    assert (store.count("acme"), store.count("beta")) == (1, 1)


@pytest.mark.parametrize("org_id", ["", "../x", "A", "a b", "_shared_1"])
def test_a_bad_org_id_reaches_nothing(store: VectorStore, org_id: str) -> None:
    with pytest.raises(InvalidInput):
        upsert(store, point("a"), org=org_id)
    with pytest.raises(InvalidInput):
        store.search(org_id, [1.0, 0.0])
    with pytest.raises(InvalidInput):
        store.point_ids(org_id)


def test_orgs_beyond_the_ceiling_share_a_collection(memory: "QdrantClient") -> None:
    from sgd_resources.vectors.server import QdrantServerStore

    store = QdrantServerStore(memory, collection_ceiling=2)
    for org in ("org1", "org2", "org3", "org4"):
        upsert(store, point("x", org=org), org=org)
    names = sorted(c.name for c in memory.get_collections().collections)
    assert names[1:] == ["brand_assets_org1", "brand_assets_org2"]
    assert names[0].startswith("brand_assets__shared_")
    raised = QdrantServerStore(memory, collection_ceiling=500)
    upsert(raised, point("y", org="org3"), org="org3")
    assert raised.count("org3") == 2


def test_many_points_are_written_in_batches(memory: "QdrantClient") -> None:
    from sgd_resources.vectors.server import QdrantServerStore

    store = QdrantServerStore(memory)
    assert upsert(store, *(point(str(n)) for n in range(600))) == 600
    assert len(store.point_ids("acme")) == 600


@pytest.mark.slow
def test_a_server_that_is_down_is_unavailable(tmp_path: Path) -> None:
    from sgd_resources.vectors.server import QdrantServerStore, build_qdrant_client

    store = QdrantServerStore(build_qdrant_client("http://127.0.0.1:1", timeout_s=1))
    with pytest.raises(Unavailable):
        store.count("acme")


def test_kinds_of_points_lie_apart(tmp_path: Path, memory: "QdrantClient") -> None:
    from sgd_resources.vectors.server import QdrantServerStore

    pairs: list[tuple[VectorStore, VectorStore]] = [
        (QdrantLocalStore(tmp_path), QdrantLocalStore(tmp_path, collection="style_guides")),
        (QdrantServerStore(memory), QdrantServerStore(memory, mode="tenant", collection="style_guides")),
    ]
    for evidence, guides in pairs:
        upsert(evidence, point("a"))
        upsert(guides, point("b"), point("c"))
        assert (evidence.count("acme"), guides.count("acme")) == (1, 2)
        guides.drop("acme")
        assert (evidence.count("acme"), guides.count("acme")) == (1, 0)
    names = {found.name for found in memory.get_collections().collections}
    assert "brand_assets_acme" in names
    assert any(name.startswith("style_guides__shared_") for name in names)


def test_on_a_server_the_orgs_share_one_collection_of_each_other_kind() -> None:
    store = build_vector_store(Settings(qdrant_url="http://127.0.0.1:1"), "style_guides")
    assert vars(store)["_mode"] == "tenant"


def test_settings_choose_the_store(tmp_path: Path) -> None:
    from sgd_resources.vectors.server import QdrantServerStore

    assert isinstance(build_vector_store(Settings(sgd_var_dir=tmp_path)), QdrantLocalStore)
    assert isinstance(build_vector_store(Settings(qdrant_url="http://127.0.0.1:1")), QdrantServerStore)
