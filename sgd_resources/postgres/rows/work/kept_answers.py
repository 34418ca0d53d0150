"""Answers under the Idempotency-Keys of an org: claimed by the request that is first, then kept for a day.

A claim of a request whose process died ends by itself. What must not live here: what is hashed or kept of a request
(`sgd_api/http/once`), or the keys of jobs (`rows/jobs.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from sgd_resources.errors import Conflict
from sgd_resources.postgres.shape import columns_of
from sgd_resources.postgres.tables.work import kept_answers as table

KEPT = timedelta(hours=24)
MOST_BODY_BYTES = 1_000_000
_FORGET = text("SELECT directory_forget_answers()")


@dataclass(frozen=True)
class Answer:
    """What a key stands for.

    Attributes:
        request_sha256: of the request that was first.
        request_bytes: of its body.
        status: of HTTP.
        headers: those that belong to the answer.
        body: None when it was too large to be kept.
        seen_by: the account that alone can read what it tells of; None: whoever may ask in the org.
    """

    request_sha256: str
    request_bytes: int
    status: int
    headers: Mapping[str, str]
    body: str | None
    seen_by: str | None = None


def claim(connection: Connection, org_id: str, key: str, *, hold: timedelta) -> str | Answer:
    """The id of the claim when the key is free, else what it stands for.

    Args:
        connection: of the org.
        org_id: whose.
        key: of the request.
        hold: longer than the request can take; then the key is free again.

    Raises:
        Conflict: the request that was first still runs.
    """
    fresh: dict[str, Any] = {
        "claim_id": str(uuid4()), "ends_at": func.clock_timestamp() + hold, "request_sha256": None,
        "request_bytes": None, "status": None, "headers": {}, "body": None,
        "seen_by": None,
    }  # fmt: skip
    wanted = insert(table).values(org_id=org_id, idempotency_key=key, **fresh)
    over = table.c.ends_at <= func.clock_timestamp()
    taken = wanted.on_conflict_do_update(index_elements=["org_id", "idempotency_key"], set_=fresh, where=over)
    mine: str | None = connection.execute(taken.returning(table.c.claim_id)).scalar_one_or_none()
    if mine is not None:
        return mine
    known = select(*columns_of(table, Answer)).where(
        table.c.org_id == org_id, table.c.idempotency_key == key, table.c.status.is_not(None)
    )
    row = connection.execute(known).one_or_none()
    if row is None:
        raise Conflict("the first request with this Idempotency-Key still runs", details={"field": "Idempotency-Key"})
    return Answer(*row)


def keep(connection: Connection, org_id: str, key: str, *, claim_id: str, answer: Answer) -> None:
    """Answer the key with this for a day; nothing where the claim ended meanwhile."""
    values = {
        "request_sha256": answer.request_sha256, "request_bytes": answer.request_bytes, "status": answer.status,
        "headers": dict(answer.headers), "body": answer.body, "seen_by": answer.seen_by,
        "ends_at": func.clock_timestamp() + KEPT,
    }  # fmt: skip
    mine = (table.c.org_id == org_id, table.c.idempotency_key == key, table.c.claim_id == claim_id)
    connection.execute(update(table).where(*mine).values(values))


def free(connection: Connection, org_id: str, key: str, *, claim_id: str) -> None:
    """Let the next request have the key; nothing where the claim ended meanwhile."""
    mine = (table.c.org_id == org_id, table.c.idempotency_key == key, table.c.claim_id == claim_id)
    connection.execute(update(table).where(*mine).values(ends_at=func.clock_timestamp()))


def forget_ended(connection: Connection) -> int:
    """How many keys of any org were forgotten, on a connection without an org."""
    return int(connection.execute(_FORGET).scalar_one())
