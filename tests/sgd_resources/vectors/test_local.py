"""Vectors in local folders: the client's own files, damage, and many processes."""

import base64
import json
import multiprocessing
import pickle
import sqlite3
import tomllib
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from sgd_resources.errors import InvalidInput, Unavailable
from sgd_resources.vectors.local import QdrantLocalStore
from tests.sgd_resources.vectors.points import MODEL, point, upsert


def test_each_org_has_its_folder(tmp_path: Path) -> None:
    store = QdrantLocalStore(tmp_path)
    upsert(store, point("a"))
    upsert(store, point("a", org="beta"), org="beta")
    assert sorted(p.name for p in tmp_path.iterdir()) == [".locks", "brand_assets_acme", "brand_assets_beta"]


def test_qdrants_own_client_reads_what_is_written(tmp_path: Path) -> None:
    from qdrant_client import QdrantClient, models

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


def test_the_installed_client_keeps_its_rows_as_we_write_them(tmp_path: Path) -> None:
    """Of a client's own folder: the file, its table, the key and the pickled point are those of `vectors/local.py`."""
    from qdrant_client import QdrantClient, models

    made = point("a", 0.6, 0.8, kind="canon")
    client = QdrantClient(path=str(tmp_path / "theirs"))
    params = models.VectorParams(size=2, distance=models.Distance.COSINE)
    client.create_collection("brand_assets_acme", vectors_config=params, metadata={"model_id": MODEL})
    stored = models.PointStruct(id=made.point_id, vector=list(made.vector), payload=dict(made.payload))
    client.upsert("brand_assets_acme", [stored])
    client.close()
    assert _layout(tmp_path / "theirs") == {
        "table": "CREATE TABLE points (id TEXT PRIMARY KEY, point BLOB)",
        "key": base64.b64encode(pickle.dumps(made.point_id, protocol=4)).decode("ascii"),
        "point": stored,
        "metadata": {"model_id": MODEL},
    }, (
        f"qdrant-client {version('qdrant-client')} keeps a local collection in another way than vectors/local.py "
        "writes it: compare qdrant_client/local/persistence.py with _row, _encode_id, _database and _metadata before "
        "the pin in pyproject.toml is moved"
    )


def _layout(folder: Path) -> dict[str, object]:
    """What the client keeps of its one point; an error stands for what is not where we look for it."""
    try:
        meta = json.loads((folder / "meta.json").read_text("utf-8"))
        file = folder / "collection" / "brand_assets_acme" / "storage.sqlite"
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            [(table,)] = database.execute("SELECT sql FROM sqlite_master WHERE type = 'table'")
            [(key, blob)] = database.execute("SELECT * FROM points")
        metadata = meta["collections"]["brand_assets_acme"]["metadata"]
        return {"table": table, "key": key, "point": pickle.loads(blob), "metadata": metadata}
    except (OSError, KeyError, TypeError, ValueError, sqlite3.Error, pickle.UnpicklingError) as error:
        return {"unreadable": repr(error)}


def test_the_client_is_pinned_to_the_minor_version_whose_rows_are_written() -> None:
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8"))["project"]
    [pin] = [each for each in project["dependencies"] if each.startswith("qdrant-client")]
    allowed = Requirement(pin).specifier
    major, minor = (int(part) for part in version("qdrant-client").split(".")[:2])
    assert allowed.contains(f"{major}.{minor}.0")
    assert not allowed.contains(f"{major}.{minor + 1}.0")
    assert not allowed.contains(f"{major}.{minor - 1}.9")


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
    upsert(store, point("a"))
    with store._locked("acme"), pytest.raises(Unavailable):
        store.count("acme")
    assert store.count("acme") == 1


def test_to_count_what_is_not_there_leaves_no_file_that_names_the_org(tmp_path: Path) -> None:
    assert QdrantLocalStore(tmp_path).count("acme") == 0
    assert list(tmp_path.rglob("*acme*")) == []


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


@pytest.mark.slow
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
