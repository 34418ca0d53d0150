"""The cache's last layer on one machine: one SQLite file, written in batches by a thread, bounded in bytes.

What must not live here: keys, or what the bytes mean.
"""

import logging
import queue
import sqlite3
import threading
import time
from pathlib import Path

MAX_BYTES = 500_000_000
MAX_QUEUED = 2_000
_FLUSH_S = 0.2
_log = logging.getLogger(__name__)
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
        self._queue: queue.Queue[tuple[str, float, bytes] | None] = queue.Queue(MAX_QUEUED)
        self._thread: threading.Thread | None = None

    def get(self, key: str) -> bytes | None:
        """The entry, if it has not ended."""
        try:
            if self._reading is None:
                if not self._file.is_file():
                    return None
                self._reading = self._connect()
            row = self._reading.execute("SELECT ends_at, packed FROM entries WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            return None
        return bytes(row[1]) if row is not None and row[0] > time.time() else None

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
        if not self._file.is_file():
            return 0
        with self._connect() as connection:
            found = connection.execute("DELETE FROM entries WHERE key GLOB ?", (f"{org_id or '*'}:{task or '*'}:*",))
        return found.rowcount

    def count(self) -> int:
        """How many entries."""
        if not self._file.is_file():
            return 0
        return int(self._connect().execute("SELECT count(*) FROM entries").fetchone()[0])

    def close(self) -> None:
        """Write what is queued."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join(timeout=5)
            self._thread = None
        if self._reading is not None:
            self._reading.close()
            self._reading = None

    def _connect(self) -> sqlite3.Connection:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._file, timeout=2, check_same_thread=False)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(_TABLE)
        return connection

    def _write(self) -> None:
        connection: sqlite3.Connection | None = None
        is_open = True
        while is_open:
            batch = [self._queue.get()]
            time.sleep(_FLUSH_S if batch[0] is not None else 0)
            while not self._queue.empty():
                batch.append(self._queue.get_nowait())
            is_open = None not in batch
            try:
                connection = connection or self._connect()
                with connection:
                    rows = [row for row in batch if row is not None]
                    connection.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", rows)
                    connection.execute("DELETE FROM entries WHERE ends_at < ?", (time.time(),))
                if self._file.stat().st_size > self._max_bytes:
                    with connection:
                        connection.execute("DELETE FROM entries")
                    connection.execute("VACUUM")
            except (sqlite3.Error, OSError) as error:
                _log.warning("the disk cache cannot be written (%s)", type(error).__name__)
                connection = None
        if connection is not None:
            connection.close()
