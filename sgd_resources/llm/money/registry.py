"""Which processes have a gateway now, by the database: each holds an advisory lock for as long as it lives.

A lock ends with its connection, so a process that is killed is gone at once and leaves no row behind. It needs a
session of its own, past any pooler that lends sessions per transaction (`postgres/pooler.py`).

What must not live here: what others wait for (`epochs.py`).
"""

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from sgd_resources.errors import Unavailable

if TYPE_CHECKING:
    from sgd_resources.postgres.engine import Database

_CLASS = 0x5347_4401
"""Ours among the advisory locks of the database ("SGD", 1)."""
_HOLD = text("SELECT pg_try_advisory_lock(:class, :number)")
_LIVING = text(
    "SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND classid = :class AND objsubid = 2 AND granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


class DatabaseRegistry:
    """The registry over advisory locks; one connection, kept while the process lives. Safe in threads."""

    def __init__(self, database: "Database") -> None:
        self._database = database
        self._lock = threading.Lock()
        self._session: Connection | None = None

    def living(self, process_id: str) -> Sequence[str]:
        """See `epochs.Registry.living`."""
        with self._lock:
            try:
                if self._session is None:
                    self._session = self._database.session()
                    self._session.execute(_HOLD, {"class": _CLASS, "number": int(process_id, 16)})
                found = self._session.execute(_LIVING, {"class": _CLASS}).scalars().all()
            except (DBAPIError, SQLAlchemyError) as error:
                self._drop()
                raise Unavailable("the database cannot say which processes live", retry_after_s=2.0) from error
            return [f"{number:08x}" for number in found]

    def left(self, process_id: str) -> None:
        """See `epochs.Registry.left`."""
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            # Invalidated, not given back: the lock must not live on in the pool.
            session.invalidate()
            session.close()
