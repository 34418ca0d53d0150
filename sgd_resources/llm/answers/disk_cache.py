"""The cache's last layer on one machine: one SQLite file, written in batches by a thread, bounded in bytes.

A file that is damaged is thrown away and begun anew. What must not live here: keys, or what the bytes mean.
"""

import logging
import math
import queue
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

MAX_BYTES = 500_000_000
MAX_QUEUED = 2_000
_FLUSH_S = 0.2
_log = logging.getLogger(__name__)
_DAMAGE_CODES = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""`SQLITE_ERROR` is a table of another shape; a full disk or a lock is none of these."""
_PRIMARY_CODE = 0xFF
"""Of SQLite's codes the last byte names the kind. Source: https://sqlite.org/rescode.html (2026-11)."""
_TABLE = "CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, ends_at REAL NOT NULL, packed BLOB NOT NULL)"


class DiskCache:
    """Entries by key. Losing one is a miss, so that writes are neither waited for nor synced.

    Args:
        folder: made on first use; shared by the processes of one machine.
    """

    def __init__(self, folder: Path, *, max_bytes: int = MAX_BYTES) -> None:
        self._file = folder / "answers.sqlite"
        self._max_bytes = max_bytes
        self._reading: sqlite3.Connection | None = None
        self._keys: set[int] = set()
        """Hashes of the keys that were in the file when it was last looked at: most calls are new, and asking SQLite
        for each of them would cost more than the rest of the cache."""
        self._last_row = 0
        self._looked_at = -math.inf
        self._queue: queue.Queue[tuple[str, float, bytes] | None] = queue.Queue(MAX_QUEUED)
        self._thread: threading.Thread | None = None

    def may_hold(self, key: str) -> bool:
        """False where `get` would find nothing, without asking the file."""
        now = time.monotonic()
        if now - self._looked_at >= _FLUSH_S:
            self._looked_at = now
            self._learn()
        return hash(key) in self._keys

    def get(self, key: str) -> bytes | None:
        """The entry, if it has not ended."""
        if not self.may_hold(key):
            return None
        try:
            if self._reading is None:
                if not self._file.is_file():
                    return None
                self._reading = self._connect()
            row = self._reading.execute("SELECT ends_at, packed FROM entries WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            self._reading = None
            self._judge(error)
            return None
        is_whole = row is not None and isinstance(row[0], float) and isinstance(row[1], bytes)
        return row[1] if is_whole and row[0] > time.time() else None

    def put(self, key: str, packed: bytes, *, ends_at: float) -> None:
        """Write it soon; when the disk cannot follow, not at all."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._write, name="sgd-llm-disk-cache", daemon=True)
            self._thread.start()
        try:
            self._queue.put_nowait((key, ends_at, packed))
        except queue.Full:
            _log.info("the disk cache is behind; an answer is not kept there")

    def drop(self, org_id: str | None, task: str | None) -> int:
        """Remove the entries of an org, a task, both, or all; how many."""
        return self.drop_matching(f"{org_id or '*'}:{task or '*'}:*")

    def drop_matching(self, pattern: str) -> int:
        """Remove the entries whose key a pattern with `*` matches; how many."""
        if not self._file.is_file():
            return 0
        try:
            with closing(self._connect()) as connection, connection:
                return connection.execute("DELETE FROM entries WHERE key GLOB ?", (pattern,)).rowcount
        except sqlite3.DatabaseError as error:
            if not self._judge(error):
                raise
            return 0

    def count(self) -> int:
        """How many entries."""
        if not self._file.is_file():
            return 0
        try:
            with closing(self._connect()) as connection:
                return int(connection.execute("SELECT count(*) FROM entries").fetchone()[0])
        except sqlite3.DatabaseError as error:
            if not self._judge(error):
                raise
            return 0

    def count_of(self, org_id: str) -> int:
        """How many entries of an org."""
        if not self._file.is_file():
            return 0
        try:
            with closing(self._connect()) as connection:
                query = "SELECT count(*) FROM entries WHERE key GLOB ?"
                return int(connection.execute(query, (f"{org_id}:*",)).fetchone()[0])
        except sqlite3.DatabaseError as error:
            if not self._judge(error):
                raise
            return 0

    def close(self) -> None:
        """Write what is queued."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join(timeout=5)
            self._thread = None
        if self._reading is not None:
            self._reading.close()
            self._reading = None

    def _learn(self) -> None:
        """Which keys came since the last look, by this process or another."""
        try:
            if self._reading is None:
                if not self._file.is_file():
                    return
                self._reading = self._connect()
            last = int(self._reading.execute("SELECT coalesce(max(rowid), 0) FROM entries").fetchone()[0])
            if last < self._last_row:
                # Begun anew: the rows are counted from one again.
                self._keys, self._last_row = set(), 0
            if last > self._last_row:
                rows = self._reading.execute("SELECT key FROM entries WHERE rowid > ?", (self._last_row,))
                self._keys.update(hash(key) for (key,) in rows)
            self._last_row = last
        except sqlite3.Error as error:
            self._reading = None
            self._judge(error)

    def _connect(self) -> sqlite3.Connection:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._file, timeout=2, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute(_TABLE)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _judge(self, error: sqlite3.Error) -> bool:
        """Whether the file itself is at fault; then it is gone, and the next write begins a new one."""
        code = getattr(error, "sqlite_errorcode", 0)
        if code & _PRIMARY_CODE not in _DAMAGE_CODES and code != sqlite3.SQLITE_IOERR_SHORT_READ:
            return False
        _log.warning("the disk cache is damaged (%s) and is begun anew", type(error).__name__)
        for suffix in ("", "-wal", "-shm"):
            self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
        return True

    def _write(self) -> None:
        connection: sqlite3.Connection | None = None
        is_open = True
        while is_open:
            batch = [self._queue.get()]
            time.sleep(_FLUSH_S if batch[0] is not None else 0)
            while not self._queue.empty():
                batch.append(self._queue.get_nowait())
            is_open = None not in batch
            rows = [row for row in batch if row is not None]
            try:
                connection = self._write_rows(connection, rows)
            except (sqlite3.Error, OSError) as error:
                _log.warning("the disk cache cannot be written (%s)", type(error).__name__)
                connection = None
        if connection is not None:
            connection.close()

    def _write_rows(
        self, connection: sqlite3.Connection | None, rows: list[tuple[str, float, bytes]]
    ) -> sqlite3.Connection:
        """Write a batch, once more into a new file when this one is damaged; the connection for the next batch."""
        for is_last in (False, True):
            try:
                connection = connection or self._connect()
                self._insert(connection, rows)
            except sqlite3.Error as error:
                if connection is not None:
                    connection.close()
                connection = None
                if is_last or not self._judge(error):
                    raise
            else:
                break
        assert connection is not None
        return connection

    def _insert(self, connection: sqlite3.Connection, rows: list[tuple[str, float, bytes]]) -> None:
        with connection:
            connection.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", rows)
            connection.execute("DELETE FROM entries WHERE ends_at < ?", (time.time(),))
        if self._file.stat().st_size > self._max_bytes:
            with connection:
                connection.execute("DELETE FROM entries")
            connection.execute("VACUUM")
