"""Vectors in Qdrant's local mode: one folder per org collection, one process at a time, so open, act, close.

Searching and creating go through `QdrantClient(path=...)`. Writing, deleting and listing go straight to the
collection's SQLite file in the client's own row format, because opening a client reads every point first (35 to 60 us
each) and commits each written point alone (1 ms): one more document would cost more the larger its org is. That format
is private to the client, so its minor version is pinned in pyproject.toml, and a test holds its rows beside ours. A
folder that is damaged holds nothing: the next embedding run fills it anew, and until then a search says so. What must
not live here: servers (`server.py`).
"""

import base64
import fcntl
import json
import logging
import os
import pickle
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sgd_resources.errors import IndexDamaged, InvalidInput, StorageFull, Unavailable
from sgd_resources.ports import EmbeddedText, SearchHit
from sgd_resources.storage.keys import vector_collection

_LOCK_WAIT_S = 30.0
_LOCK_POLL_S = 0.01
_DAMAGED = "damaged"
"""A file of this name in a collection's folder: do not believe the rest."""
_UNREADABLE = (
    pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, KeyError, TypeError, ValueError,
)  # fmt: skip
"""What reading damaged rows raises: base64, pickle and the client's own models."""
_DAMAGE_CODES = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CANTOPEN)
"""`SQLITE_ERROR` is a missing table, as in an empty file; `SQLITE_CANTOPEN` a missing file beside its `meta.json`."""
_log = logging.getLogger(__name__)


class QdrantLocalStore:
    """VectorStore on folders below `root`. Safe for many processes and threads of one machine.

    Args:
        root: holds one folder per collection; made on the first write.
        lock_wait_s: how long a call waits for another process before it raises Unavailable.
        collection: what kind of points; each kind has folders of its own.
    """

    def __init__(self, root: Path, *, lock_wait_s: float = _LOCK_WAIT_S, collection: str = "brand_assets") -> None:
        self._root = root
        self._collection = collection
        self._lock_wait_s = lock_wait_s

    def upsert(self, org_id: str, points: Iterable[EmbeddedText], *, model_id: str, dimensions: int) -> int:
        """Write points in one transaction. See VectorStore.upsert.

        Raises:
            InvalidInput: a vector of another length than `dimensions`.
            StorageFull, Unavailable: the disk is full, or another process holds the collection. Retry.
        """
        rows = [_row(point, dimensions) for point in points]
        with self._locked(org_id) as folder:
            wanted = {"model_id": model_id, "dimensions": dimensions}
            if _metadata(folder) != wanted:
                _rebuild(folder, vector_collection(org_id, self._collection), wanted)
            try:
                _insert(folder, rows)
            except sqlite3.DatabaseError as error:
                if not _is_damage(error):
                    raise
                _give_up(folder, error)
                _rebuild(folder, vector_collection(org_id, self._collection), wanted)
                _insert(folder, rows)
        return len(rows)

    def point_ids(self, org_id: str) -> set[str]:
        """All point ids of the org. See VectorStore.point_ids."""
        with self._locked(org_id) as folder, _or_nothing(folder):
            if _metadata(folder) is not None:
                with _database(folder) as database:
                    return {_decode_id(key) for (key,) in database.execute("SELECT id FROM points")}
        return set()

    def delete(self, org_id: str, point_ids: Iterable[str]) -> None:
        """Remove points in one transaction. See VectorStore.delete."""
        keys = [(_encode_id(point_id),) for point_id in point_ids]
        with self._locked(org_id) as folder, _or_nothing(folder):
            if keys and _metadata(folder) is not None:
                with _database(folder) as database, database:
                    database.executemany("DELETE FROM points WHERE id = ?", keys)

    def count(self, org_id: str) -> int:
        """Number of points of the org. See VectorStore.count."""
        if not (self._root / vector_collection(org_id, self._collection)).exists():
            return 0  # without the lock, whose file would name an org that is gone
        with self._locked(org_id) as folder, _or_nothing(folder):
            if _metadata(folder) is not None:
                with _database(folder) as database:
                    return int(database.execute("SELECT count(*) FROM points").fetchone()[0])
        return 0

    def drop(self, org_id: str) -> None:
        """Remove the org's folder and the lock that names it. See VectorStore.drop."""
        with self._locked(org_id) as folder:
            if folder.exists():
                shutil.rmtree(folder)
            # Whoever waits for it holds a file without a name by now, and finds no collection.
            (self._root / ".locks" / folder.name).unlink(missing_ok=True)

    def search(
        self, org_id: str, vector: Sequence[float], *, limit: int = 10, filters: Mapping[str, str] | None = None
    ) -> list[SearchHit]:
        """Nearest by cosine, best first. See VectorStore.search.

        Raises:
            IndexDamaged: the collection waits for the embedding run that fills it anew. Unavailable: as always.
        """
        from sgd_resources.vectors.server import query_collection

        with self._locked(org_id) as folder:
            metadata = _metadata(folder)
            if (folder / _DAMAGED).exists():
                raise _damaged_index()
            if metadata is None:
                return []
            if metadata["dimensions"] != len(vector):
                raise InvalidInput("the collection was made by another embedding model; embed the org again")
            try:
                with _database(folder) as database:
                    # the client takes a file without its table for a new one, and finds nothing in it
                    database.execute("SELECT 1 FROM points LIMIT 1")
                with _client(folder) as client:
                    return query_collection(
                        client, vector_collection(org_id, self._collection), vector, limit=limit, filters=filters or {}
                    )
            except (*_UNREADABLE, sqlite3.DatabaseError) as error:
                if isinstance(error, sqlite3.DatabaseError) and not _is_damage(error):
                    raise
                _give_up(folder, error)
                raise _damaged_index() from error

    @contextmanager
    def _locked(self, org_id: str) -> Iterator[Path]:
        collection = vector_collection(org_id, self._collection)
        locks = self._root / ".locks"
        with _translated():
            locks.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(locks / collection, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            self._wait_for(descriptor)
            with _translated():
                yield self._root / collection
        finally:
            os.close(descriptor)

    def _wait_for(self, descriptor: int) -> None:
        deadline = time.monotonic() + self._lock_wait_s
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                if time.monotonic() >= deadline:
                    raise Unavailable("another process holds this vector collection", retry_after_s=2) from error
                time.sleep(_LOCK_POLL_S)
            else:
                return


def _metadata(folder: Path) -> dict[str, Any] | None:
    """What the collection says of its model, from the client's own `meta.json`; None when there is no collection."""
    if (folder / _DAMAGED).exists():
        return None
    try:
        meta = json.loads((folder / "meta.json").read_text("utf-8"))
        found = meta["collections"][folder.name].get("metadata") or {}
        return {"model_id": found.get("model_id"), "dimensions": found.get("dimensions")}
    except FileNotFoundError:
        return None  # never made, or a crash while making it: it is made afresh
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        _give_up(folder, error)
        return None


def _insert(folder: Path, rows: Sequence[tuple[str, bytes]]) -> None:
    with _database(folder) as database, database:
        database.executemany("INSERT OR REPLACE INTO points VALUES (?, ?)", rows)


@contextmanager
def _or_nothing(folder: Path) -> Iterator[None]:
    """A folder that turns out damaged inside the block is as one without points."""
    try:
        yield
    except (*_UNREADABLE, sqlite3.DatabaseError) as error:
        if isinstance(error, sqlite3.DatabaseError) and not _is_damage(error):
            raise
        _give_up(folder, error)


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether the file itself is at fault; a full disk or a lock is not."""
    code = getattr(error, "sqlite_errorcode", 0)
    # the last byte names the kind, https://sqlite.org/rescode.html (2026-11)
    return code & 0xFF in _DAMAGE_CODES or code == sqlite3.SQLITE_IOERR_SHORT_READ


def _give_up(folder: Path, error: Exception) -> None:
    """Mark the folder: nothing in it is believed any more, until an embedding run makes it anew."""
    _log.warning(
        "the vector collection %s is damaged (%s); the next embedding run makes it anew",
        folder.name,
        type(error).__name__,
    )
    (folder / _DAMAGED).touch()


def _damaged_index() -> IndexDamaged:
    return IndexDamaged("the search index is damaged; the org's next run makes it anew", retry_after_s=60)


def _rebuild(folder: Path, collection: str, metadata: dict[str, Any]) -> None:
    from qdrant_client import models

    if folder.exists():
        shutil.rmtree(folder)
    with _client(folder) as client:
        params = models.VectorParams(size=int(metadata["dimensions"]), distance=models.Distance.COSINE)
        client.create_collection(collection, vectors_config=params, metadata=metadata)


@contextmanager
def _client(folder: Path) -> Iterator[Any]:
    from qdrant_client import QdrantClient

    client = QdrantClient(path=str(folder))
    try:
        yield client
    finally:
        client.close()


@contextmanager
def _database(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(folder / "collection" / folder.name / "storage.sqlite", timeout=5)) as database:
        yield database


def _row(point: EmbeddedText, dimensions: int) -> tuple[str, bytes]:
    from qdrant_client import models

    if len(point.vector) != dimensions:
        raise InvalidInput("a vector has another length than its model says", details={"dimensions": dimensions})
    stored = models.PointStruct(id=point.point_id, vector=list(point.vector), payload=dict(point.payload))
    return _encode_id(point.point_id), pickle.dumps(stored)


def _encode_id(point_id: str) -> str:
    # qdrant_client.local.persistence.CollectionPersistence.encode_key, without the client's import time of 1 s
    return base64.b64encode(pickle.dumps(point_id, protocol=4)).decode("ascii")


def _decode_id(key: str) -> str:
    return str(pickle.loads(base64.b64decode(key)))  # noqa: S301  # our own file, in the client's own format


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error, RuntimeError) as error:
        if "full" in str(error) or (isinstance(error, OSError) and error.errno in (28, 122)):
            raise StorageFull("no room left for vectors", retry_after_s=60) from error
        raise Unavailable(f"the vector store's folder cannot be used ({type(error).__name__})") from error
