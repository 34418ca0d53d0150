"""Collects the requests of known callers, and writes them to the log of requests once a second, many in one statement.

A request never waits for it: what the database does not take is tried again, and beyond a bound the oldest is left out
and told. A killed process loses those of its last second, which its lines of the access log still tell. What must not
live here: the rows (`sgd_resources/postgres/rows/whole/request_log.py`).
"""

import threading
from collections import deque
from itertools import islice

from sgd_resources.errors import SgdError
from sgd_resources.events import warn
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.whole import request_log
from sgd_resources.postgres.rows.whole.request_log import LoggedRequest

EVERY_S = 1.0
_AT_ONCE = 2_000
"""About 0.5 MB of one statement."""
_MOST_WAITING = 20_000
"""Some minutes of a busy process while the database is away, about 20 MB."""


class RequestLog:
    """The requests of one API process on their way to the database. Threads may share it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: deque[tuple[str, LoggedRequest]] = deque()
        self._left_out = 0
        self._writing = threading.Lock()
        self._end = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, org_id: str, request: LoggedRequest) -> None:
        """Write this one soon."""
        if len(self._waiting) >= _MOST_WAITING:
            self._left_out += 1
            return
        self._waiting.append((org_id, request))

    def start(self) -> None:
        """Write once a second from now on."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="request-log", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Write what is left, and stop."""
        self._end.set()
        if self._thread is not None:
            self._thread.join(timeout=5.0)
        self.write()

    def write(self) -> int:
        """How many rows were written now; what could not be stays for the next time."""
        written = 0
        with self._writing:
            while some := list(islice(self._waiting, _AT_ONCE)):
                try:
                    with self._database.directory() as connection:
                        written += request_log.keep(connection, some)
                except SgdError as error:
                    self._tell(error.code)
                    return written
                for _ in some:
                    self._waiting.popleft()
        if self._left_out:
            self._tell("FULL")
        return written

    def _tell(self, reason: str) -> None:
        left_out, self._left_out = self._left_out, 0
        warn("requests.not_kept", reason=reason, waiting=len(self._waiting), left_out=left_out)

    def _run(self) -> None:
        while not self._end.wait(EVERY_S):
            self.write()
