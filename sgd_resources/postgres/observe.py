"""How long each statement took, and when there was no connection to send it on: counted and traced, never its text.

What must not live here: what a statement does, or the pool.
"""

import time
from typing import Any

from sqlalchemy import Engine, event

from sgd_resources.observed.counts import process_counts
from sgd_resources.observed.spans import record

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
    connection.info[_BEGAN] = time.time_ns()


def _end(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
    ended_ns = time.time_ns()
    began_ns = connection.info.pop(_BEGAN, ended_ns)
    word = statement.lstrip()[:6].lower().split()[0] if statement.strip() else ""
    operation = word if word in OPERATIONS else "other"
    process_counts().queries.labels(operation).observe(max(0, ended_ns - began_ns) / 1e9)
    record(f"postgres {operation}", began_ns, ended_ns, db__system__name="postgresql", db__operation__name=operation)
