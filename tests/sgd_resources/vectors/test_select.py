"""Vector stores: local folders, and the server's logic on the client's in-memory engine, held to the same rules."""

import multiprocessing
import sqlite3
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from uuid import UUID, uuid5

import pytest
from qdrant_client import QdrantClient, models

from sgd_resources.errors import InvalidInput, Unavailable
from sgd_resources.ports import EmbeddedText, VectorStore
from sgd_resources.settings import Settings
from sgd_resources.vectors.local import QdrantLocalStore
from sgd_resources.vectors.select import build_vector_store
from sgd_resources.vectors.server import QdrantServerStore, build_qdrant_client

MODEL = "m@1"


def point(name: str, *vector: float, org: str = "acme", **payload: str) -> EmbeddedText:
    return EmbeddedText(str(uuid5(UUID(int=1), f"{org}{name}")), list(vector or (1.0, 0.0)), {"text": name, **payload})


def upsert(
    store: VectorStore, *points: EmbeddedText, org: str = "acme", model: str = MODEL, dimensions: int = 2
) -> int:
    return store.upsert(org, points, model_id=model, dimensions=dimensions)


@pytest.fixture
def memory() -> Iterator[QdrantClient]:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Payload indexes have no effect")
        client = QdrantClient(":memory:")
        yield client
        client.close()


@pytest.fixture(params=["local", "per_org", "tenant", "ceiling"])
def store(request: pytest.FixtureRequest, tmp_path: Path, memory: QdrantClient) -> VectorStore:
    if request.param == "local":
        return QdrantLocalStore(tmp_path / "qdrant")
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


# ---------------------------------------------------------------- server


def test_orgs_beyond_the_ceiling_share_a_collection(memory: QdrantClient) -> None:
    store = QdrantServerStore(memory, collection_ceiling=2)
    for org in ("org1", "org2", "org3", "org4"):
        upsert(store, point("x", org=org), org=org)
    names = sorted(c.name for c in memory.get_collections().collections)
    assert names[1:] == ["brand_assets_org1", "brand_assets_org2"]
    assert names[0].startswith("brand_assets__shared_")
    raised = QdrantServerStore(memory, collection_ceiling=500)
    upsert(raised, point("y", org="org3"), org="org3")
    assert raised.count("org3") == 2


def test_many_points_are_written_in_batches(memory: QdrantClient) -> None:
    store = QdrantServerStore(memory)
    assert upsert(store, *(point(str(n)) for n in range(600))) == 600
    assert len(store.point_ids("acme")) == 600


@pytest.mark.slow
def test_a_server_that_is_down_is_unavailable(tmp_path: Path) -> None:
    store = QdrantServerStore(build_qdrant_client("http://127.0.0.1:1", timeout_s=1))
    with pytest.raises(Unavailable):
        store.count("acme")


# ---------------------------------------------------------------- local


def test_settings_choose_the_store(tmp_path: Path) -> None:
    assert isinstance(build_vector_store(Settings(sgd_var_dir=tmp_path)), QdrantLocalStore)
    assert isinstance(build_vector_store(Settings(qdrant_url="http://127.0.0.1:1")), QdrantServerStore)


def test_each_org_has_its_folder(tmp_path: Path) -> None:
    store = QdrantLocalStore(tmp_path)
    upsert(store, point("a"))
    upsert(store, point("a", org="beta"), org="beta")
    assert sorted(p.name for p in tmp_path.iterdir()) == [".locks", "brand_assets_acme", "brand_assets_beta"]


def test_qdrants_own_client_reads_what_is_written(tmp_path: Path) -> None:
    store = QdrantLocalStore(tmp_path)
    upsert(store, point("a", 1.0, 0.0), point("b", 0.0, 1.0), point("c"))
    store.delete("acme", [point("c").point_id])
    client = QdrantClient(path=str(tmp_path / "brand_assets_acme"))
    try:
        records, _ = client.scroll("brand_assets_acme", with_vectors=True)
        assert {str(r.id): (r.vector, r.payload) for r in records} == {
            point("a").point_id: ([1.0, 0.0], {"text": "a"}),
            point("b").point_id: ([0.0, 1.0], {"text": "b"}),
        }
        changed = models.PointStruct(id=point("a").point_id, vector=[0.5, 0.5], payload={"text": "a2"})
        client.upsert("brand_assets_acme", [changed])
    finally:
        client.close()
    assert store.count("acme") == 2
    assert {hit.payload["text"] for hit in store.search("acme", [1.0, 0.0])} == {"a2", "b"}


def test_a_vector_of_another_length_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        upsert(QdrantLocalStore(tmp_path), point("a", 1.0, 0.0, 0.0))


def test_a_collection_whose_making_was_cut_short_is_made_afresh(tmp_path: Path) -> None:
    store = QdrantLocalStore(tmp_path)
    upsert(store, point("a"))
    (tmp_path / "brand_assets_acme" / "meta.json").write_text("")
    assert store.point_ids("acme") == set()
    upsert(store, point("b"))
    assert store.point_ids("acme") == {point("b").point_id}


def test_threads_take_turns(tmp_path: Path) -> None:
    store = QdrantLocalStore(tmp_path)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: upsert(store, point(str(n))), range(12)))
    assert store.count("acme") == 12


def write_in_process(root: str, name: str) -> None:
    upsert(QdrantLocalStore(Path(root)), point(name))


@pytest.mark.slow  # two fresh interpreters
def test_processes_take_turns(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=write_in_process, args=(str(tmp_path), str(n))) for n in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    assert QdrantLocalStore(tmp_path).count("acme") == 2


def test_who_waits_too_long_is_told_to_come_back(tmp_path: Path) -> None:
    store = QdrantLocalStore(tmp_path, lock_wait_s=0.05)
    with store._locked("acme"), pytest.raises(Unavailable):
        store.count("acme")
    assert store.count("acme") == 0


def _hurt(folder: Path, damage: str) -> None:
    file = folder / "collection" / folder.name / "storage.sqlite"
    if damage == "empty":
        file.write_bytes(b"")
    elif damage == "truncated":
        file.write_bytes(file.read_bytes()[:5000])
    elif damage == "other bytes":
        file.write_bytes(b"\x89PNG" * 3000)
    elif damage == "gone":
        file.unlink()
    elif damage == "rows":
        with closing(sqlite3.connect(file)) as database, database:
            database.execute("UPDATE points SET point = ?", (b"\x80no pickle",))
    else:
        (folder / "meta.json").write_text(damage)


@pytest.mark.parametrize("damage", ["empty", "truncated", "other bytes", "gone", "rows", "{", "[]", "7"])
def test_a_damaged_folder_fails_no_org_and_is_filled_anew(
    tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    store = QdrantLocalStore(tmp_path)
    points = [point("a"), point("b", 0.0, 1.0)]
    upsert(store, *points)
    _hurt(tmp_path / "brand_assets_acme", damage)
    with pytest.raises(Unavailable, match="damaged"):
        store.search("acme", [1.0, 0.0])
    assert (store.point_ids("acme"), store.count("acme")) == (set(), 0)
    store.delete("acme", [points[0].point_id])
    assert "makes it anew" in caplog.text
    upsert(store, *points)
    assert store.point_ids("acme") == {made.point_id for made in points}
    assert [hit.payload["text"] for hit in store.search("acme", [1.0, 0.0])] == ["a", "b"]


@pytest.mark.parametrize("damage", ["empty", "truncated", "other bytes", "gone"])
def test_a_folder_that_is_damaged_under_a_write_takes_the_write(tmp_path: Path, damage: str) -> None:
    store = QdrantLocalStore(tmp_path)
    upsert(store, point("a"))
    _hurt(tmp_path / "brand_assets_acme", damage)
    upsert(store, point("b"))
    assert store.point_ids("acme") == {point("b").point_id}


def test_ids_that_cannot_be_read_are_those_of_no_point(tmp_path: Path) -> None:
    store = QdrantLocalStore(tmp_path)
    upsert(store, point("a"), point("b"))
    file = tmp_path / "brand_assets_acme" / "collection" / "brand_assets_acme" / "storage.sqlite"
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE points SET id = 'A' || rowid")
    assert store.point_ids("acme") == set()
    upsert(store, point("a"))
    assert store.point_ids("acme") == {point("a").point_id}
