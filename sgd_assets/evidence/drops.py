"""Takes files that somebody laid into quarantine by hand, or synced there, once they lie still.

From -> To: files below `org/{org}/quarantine/` with names of their own -> uploads under server-made keys. What is
judged is a copy that nobody rewrites; a file that is replaced under its name is taken again and takes the place of the
earlier one when it becomes evidence. What must not live here: judging a file (`gate.py`), Dagster's sensor.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from uuid import UUID, uuid4

from sgd_resources.errors import NotFound
from sgd_resources.ports import DroppedFile, KnownDrop, ObjectStore, StoredObject, UploadLedger
from sgd_resources.storage.keys import quarantine_key, quarantine_prefix

_BATCH = 500  # names asked of the ledger in one statement
_TEMP_ENDINGS = (
    # rclone, WinSCP and FileZilla, browsers, aria2, Resilio, editors and office programs
    ".partial", ".filepart", ".part", ".crdownload", ".download", ".aria2", ".!sync", ".!ut", ".swp", ".tmp", ".temp",
    "~",
)  # fmt: skip
_TEMP_BEGINNINGS = (".", "~$", "~syncthing~", "._")
"""Hidden files too: rsync and Syncthing write `.name.XXXXXX` first; `~$` is Word's lock."""
_LEFTOVERS = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class DropRules:
    """How long a file must have lain still: a dropped one before it is read, a stray one before it is swept."""

    settle_s: float
    sweep_age_s: float = 86_400.0


def settled_drops(
    store: ObjectStore,
    org_id: str,
    rules: DropRules,
    *,
    now: Callable[[], float] = time.time,
    passed_over: Callable[[str], object] | None = None,
) -> Iterator[StoredObject]:
    """The org's dropped files that lie still, ordered by key; see `ObjectStore.list` for `passed_over`."""
    prefix = quarantine_prefix(org_id)
    for found in store.list(prefix, passed_over=passed_over):
        if is_dropped(found.key.removeprefix(prefix)) and is_settled(found, rules, now=now):
            yield found


def is_dropped(name: str) -> bool:
    """Whether a name below quarantine is a file dropped in: no upload of the API, no file that a tool still writes."""
    return not _is_uuid(name) and not any(_is_temporary(part) for part in name.split("/"))


def is_settled(found: StoredObject, rules: DropRules, *, now: Callable[[], float] = time.time) -> bool:
    """Whether nothing of the file changed for `settle_s`.

    By the disk's own time of change, which no tool can set: copies that keep the time of the original look old while
    they are written.
    """
    return found.changed_at is None or now() - found.changed_at >= rules.settle_s


def state_of(found: StoredObject) -> str:
    """Changes whenever the file does."""
    return f"{found.size_bytes}:{found.changed_at or found.modified_at}"


def take_drops(
    org_id: str,
    *,
    store: ObjectStore,
    ledger: UploadLedger,
    rules: DropRules,
    max_file_bytes: int,
    now: Callable[[], float] = time.time,
) -> int:
    """Rows for dropped files that are new or were replaced; returns how many. Idempotent.

    Raises:
        Unavailable, StorageFull: the store or the ledger is down. Retry.
    """
    taken = 0
    lying = settled_drops(store, org_id, rules, now=now)
    while batch := list(islice(lying, _BATCH)):
        known = ledger.known_drops(org_id, [found.key for found in batch])
        changed = [found for found in batch if not _is_taken(found, known.get(found.key))]
        taken += sum(_take_all(org_id, changed, known, store, ledger, max_file_bytes))
    return taken


def _take_all(
    org_id: str,
    changed: Iterable[StoredObject],
    known: Mapping[str, KnownDrop],
    store: ObjectStore,
    ledger: UploadLedger,
    max_file_bytes: int,
) -> Iterator[bool]:
    for found in changed:
        if found.size_bytes > max_file_bytes:
            yield _refuse_too_large(org_id, found, ledger, max_file_bytes)
        else:
            yield _take(org_id, found, known.get(found.key), store, ledger)


def _take(org_id: str, found: StoredObject, known: KnownDrop | None, store: ObjectStore, ledger: UploadLedger) -> bool:
    """Whether a row was made for a copy of the file; nothing stays of a copy that is not needed."""
    state, upload_id = state_of(found), str(uuid4())
    key = quarantine_key(org_id, upload_id)
    try:
        copy = store.copy(found.key, key)
    except NotFound:
        return False  # gone since it was listed
    is_kept = False
    try:
        after = store.stat(found.key)
        if after is None or state_of(after) != state or copy.size_bytes != found.size_bytes:
            return False  # written to while it was copied: a later look takes it
        if known is not None and known.source_sha256 == copy.sha256:
            ledger.note_drop_state(org_id, known.upload_id, state)
            return False
        drop = _row(found, upload_id, key, source_sha256=copy.sha256)
        is_kept = ledger.register_dropped(org_id, drop) is not None
        return is_kept
    finally:
        if not is_kept:
            store.delete(key)


def _refuse_too_large(org_id: str, found: StoredObject, ledger: UploadLedger, max_file_bytes: int) -> bool:
    upload_id = str(uuid4())
    drop = _row(found, upload_id, quarantine_key(org_id, upload_id), source_sha256=None)
    if ledger.register_dropped(org_id, drop) is None:
        return False
    ledger.hold(
        org_id,
        upload_id,
        verdict="reject",
        reason="too_large",
        details={"max_bytes": max_file_bytes},
        source_sha256=None,
    )
    return True


def _row(found: StoredObject, upload_id: str, key: str, *, source_sha256: str | None) -> DroppedFile:
    return DroppedFile(
        dropped_key=found.key,
        state=state_of(found),
        upload_id=upload_id,
        key=key,
        file_name=found.key.rpartition("/")[2],
        size_bytes=found.size_bytes,
        source_sha256=source_sha256,
    )


def _is_taken(found: StoredObject, known: KnownDrop | None) -> bool:
    return known is not None and known.state == state_of(found)


def _is_temporary(part: str) -> bool:
    name = part.lower()
    return name.startswith(_TEMP_BEGINNINGS) or name.endswith(_TEMP_ENDINGS) or name in _LEFTOVERS


def _is_uuid(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True
