"""A full disk is known under whatever name a library gives it, and nothing else is taken for one."""

import errno
import sqlite3
from pathlib import Path

import pytest

from sgd_resources.disk_full import as_storage_full, tells_of_full_disk
from sgd_resources.errors import StorageFull, Unavailable


class Psycopg2Error(Exception):
    pgcode = "53100"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_the_kernels_words_are_known(number: int) -> None:
    found = as_storage_full(OSError(number, "x"))
    assert isinstance(found, StorageFull)
    assert found.retry_after_s > 0


def test_a_cause_far_down_is_found() -> None:
    error = RuntimeError("the picture was not saved")
    error.__cause__ = OSError(errno.ENOSPC, "x")
    assert isinstance(as_storage_full(error), StorageFull)


def test_sqlite_and_postgres_are_known(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a") as database:
        database.execute("PRAGMA max_page_count = 2")
        database.execute("CREATE TABLE t (x)")
        with pytest.raises(sqlite3.OperationalError) as full:
            database.execute("INSERT INTO t VALUES (zeroblob(100000))")
    database.close()
    assert isinstance(as_storage_full(full.value), StorageFull)
    assert isinstance(as_storage_full(Psycopg2Error()), StorageFull)


@pytest.mark.parametrize("error", [OSError(errno.ENOENT, "x"), ValueError("disk is full"), Unavailable("down")])
def test_other_errors_are_not(error: Exception) -> None:
    assert as_storage_full(error) is None


def test_what_was_only_written_down_is_known_too() -> None:
    assert tells_of_full_disk("OSError", "[Errno 28] No space left on device: '/x'")
    assert tells_of_full_disk("OperationalError", "database or disk is full")
    assert not tells_of_full_disk("ValueError", "No space left on device")
