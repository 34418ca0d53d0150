"""Tells that a disk is full from whatever a library made of it: a matter of waiting, never of the request.

Our own clients raise `StorageFull` themselves; this is for what lies below others: temp files, SQLite, Dagster's own
storage. What must not live here: making room.
"""

import errno
import sqlite3
from collections.abc import Iterator

from sgd_resources.errors import StorageFull

RETRY_AFTER_S = 60.0
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_POSTGRES_DISK_FULL = "53100"
_WORDS = ("no space left on device", "disk is full", "disk quota exceeded", "file too large", "diskfull")


def as_storage_full(error: BaseException) -> StorageFull | None:
    """The error to raise in its place when a full disk is behind it, else None."""
    if isinstance(error, StorageFull):
        return error
    return storage_full() if any(_is_full(link) for link in _chain(error)) else None


def tells_of_full_disk(kind: str, message: str) -> bool:
    """The same of an error of which only name and words were kept."""
    words = f"{kind}: {message}".lower()
    return kind in ("OSError", "OperationalError", "DiskFull") and any(word in words for word in _WORDS)


def storage_full() -> StorageFull:
    """What a caller is told."""
    return StorageFull("there is no room left to write", retry_after_s=RETRY_AFTER_S)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or link.__context__


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in _FULL
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    # psycopg 3 has `sqlstate`, psycopg2 (below Dagster's storage) `pgcode`
    return _POSTGRES_DISK_FULL in (getattr(error, "sqlstate", None), getattr(error, "pgcode", None))
