"""Keeps a pool from handing out connections whose server is gone, without a round trip per use.

A server that restarts closes its side of each connection: the kernel knows, and is asked (one system call). Only a
connection that has rested for long is asked itself: a machine that vanished says nothing. What must not live here:
engines.
"""

import select
import time
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError

PING_AFTER_S = 30.0
_USED_AT = "sgd_used_at"


def drop_dead_connections(engine: Engine) -> None:
    """Look at each connection before it is used; when one is dead, the whole pool is made anew."""
    event.listen(engine, "checkout", _check)
    event.listen(engine, "checkin", _note_use)


def _note_use(connection: Any, record: Any) -> None:
    record.info[_USED_AT] = time.monotonic()


def _check(connection: Any, record: Any, proxy: Any) -> None:
    rested_s = time.monotonic() - record.info.get(_USED_AT, time.monotonic())
    if _is_hung_up(connection) or (rested_s > PING_AFTER_S and not _answers(connection)):
        raise InvalidatePoolError("the server closed this connection")


def _is_hung_up(connection: Any) -> bool:
    """Whether the server said something unasked: on a resting connection that is its farewell."""
    if connection.closed:
        return True
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN | select.POLLPRI)
    return bool(poll.poll(0))


def _answers(connection: Any) -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not connection.autocommit:
            connection.rollback()
    except Exception:  # noqa: BLE001 - whichever driver says so in whichever way: it does not answer
        return False
    return True
