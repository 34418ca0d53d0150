"""How long each statement took, and when there was no connection to send it on: counted, never its text.

What must not live here: what a statement does, or the pool.
"""

import time
from typing import Any

from sqlalchemy import Engine, event

from sgd_resources.observed.counts import process_counts

_BEGAN = "sgd_statement_began"
OPERATIONS = frozenset({"select", "insert", "update", "delete", "with"})
"""What a statement begins with; any other is `other`, so that the label has few values."""


def observe(engine: Engine) -> None:
    """Time the statements of an engine from now on."""
    event.listen(engine, "before_cursor_execute", _begin)
    event.listen(engine, "after_cursor_execute", _end)


def unavailable(reason: str) -> None:
    """One more transaction that found all connections busy (`pool`), or no database (`away`)."""
    process_counts().database_unavailable.labels(reason).inc()


def _begin(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
    connection.info[_BEGAN] = time.perf_counter()


def _end(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
    took_s = time.perf_counter() - connection.info.pop(_BEGAN, time.perf_counter())
    word = statement.lstrip()[:6].lower().split()[0] if statement.strip() else ""
    process_counts().queries.labels(word if word in OPERATIONS else "other").observe(took_s)
