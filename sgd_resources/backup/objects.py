"""Objects of the store copied into a backup and back, each hash checked on the way.

Bytes lie once under their hash. What has not changed since an earlier backup is linked from it and not read again.
What must not live here: databases, key files.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from sgd_resources.backup.manifest import OBJECTS, KeptObject, blob_path, read_objects
from sgd_resources.errors import Conflict, CorruptObject, NotFound
from sgd_resources.ports import ObjectStore, StoredObject

_BLOCK_BYTES = 1 << 20


def copy_out(store: ObjectStore, folder: Path, *, earlier: Path | None = None) -> list[KeptObject]:
    """Write every object of the store to the backup; what was written, in the order of keys.

    Args:
        store: read while others use it; an object that is deleted meanwhile is left out.
        folder: of the backup in the making.
        earlier: a finished backup on the same disk, whose bytes are linked where the store says they are unchanged.

    Raises:
        CorruptObject: an object of the store does not have its hash; named. Unavailable, StorageFull: retry.
    """
    written: list[KeptObject] = []
    with (folder / OBJECTS).open("w", encoding="utf-8") as lines:
        for listed in store.list(""):
            with suppress(NotFound):
                kept = _kept(store, listed, folder, earlier)
                written.append(kept)
                lines.write(kept.model_dump_json() + "\n")
    return written


def check_room(store: ObjectStore, folder: Path) -> None:
    """Nothing when the store holds nothing, or nothing but objects of this very backup (a restore that was cut short).

    Raises:
        Conflict: it holds another object, and which.
    """
    first = next(iter(store.list("")), None)
    if first is None:
        return
    hashes = {kept.key: kept.sha256 for kept in read_objects(folder)}
    for found in store.list(""):
        expected = hashes.get(found.key)
        if expected is None or _sha256_in(store, found) != expected:
            raise Conflict(
                f"the object store holds {found.key}, which is not of this backup: nothing was changed. "
                "Restore into an empty store"
            )


def copy_in(store: ObjectStore, folder: Path) -> Iterator[KeptObject]:
    """Write every object of a backup to the store, telling each.

    Raises:
        CorruptObject: the bytes changed since the backup was verified. Unavailable, StorageFull: retry.
    """
    for kept in read_objects(folder):
        with blob_path(folder, kept.sha256).open("rb") as source:
            stored = store.put(kept.key, source, content_type=kept.content_type)
        if stored.sha256 != kept.sha256:
            raise CorruptObject(f"{kept.key} changed while it was brought back")
        yield kept


def _kept(store: ObjectStore, listed: StoredObject, folder: Path, earlier: Path | None) -> KeptObject:
    known = store.stat(listed.key) or listed
    content_type = known.content_type or "application/octet-stream"
    if known.sha256 is not None and _is_linked(known.sha256, known.size_bytes, folder, earlier):
        return KeptObject(key=listed.key, sha256=known.sha256, size_bytes=known.size_bytes, content_type=content_type)
    sha256, size = _copied(store, listed.key, folder)
    return KeptObject(key=listed.key, sha256=sha256, size_bytes=size, content_type=content_type)


def _is_linked(sha256: str, size_bytes: int, folder: Path, earlier: Path | None) -> bool:
    """Whether these bytes lie in the backup now without being read: they were there, or an earlier one has them."""
    target = blob_path(folder, sha256)
    if target.is_file():
        return True
    if earlier is None:
        return False
    source = blob_path(earlier, sha256)
    if not source.is_file() or source.stat().st_size != size_bytes:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    os.link(source, target)
    return True


def _copied(store: ObjectStore, key: str, folder: Path) -> tuple[str, int]:
    draft = folder / f".{uuid4().hex}"
    digest, size = hashlib.sha256(), 0
    try:
        with store.open(key) as source, draft.open("wb") as sink:
            while block := source.read(_BLOCK_BYTES):
                digest.update(block)
                size += sink.write(block)
            sink.flush()
            os.fsync(sink.fileno())
        target = blob_path(folder, digest.hexdigest())
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return digest.hexdigest(), size


def _sha256_in(store: ObjectStore, found: StoredObject) -> str:
    digest = hashlib.sha256()
    with store.open(found.key) as source:
        while block := source.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()
