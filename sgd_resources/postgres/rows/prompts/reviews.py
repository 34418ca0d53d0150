"""Answers that never met their schema, kept until a person has decided: taken as they are, or corrected.

What must not live here: judging a correction (`sgd_assets/prompts`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, func, insert, null, select, update

from sgd_resources.errors import Conflict
from sgd_resources.postgres.shape import all_of, columns_of, known_uuid, newest_first, one_of
from sgd_resources.postgres.tables.models import prompt_reviews as table

KEPT_DAYS = 90
"""Prompts hold personal data: what nobody decided on in a quarter is emptied, and what was decided as well."""


@dataclass(frozen=True)
class Review:
    """One answer that waits, or was decided on."""

    review_id: str
    request_id: str
    template_id: str | None
    template_version: int | None
    prompt: str
    guidance: str | None
    document: Mapping[str, Any] | None
    raw_answer: str
    errors: Sequence[Mapping[str, str]]
    model: str
    status: str
    answer: Mapping[str, Any] | None
    decided_by: str | None
    decided_at: datetime | None
    created_at: datetime
    seq: int


@dataclass(frozen=True)
class NewReview:
    """An answer to be looked at; see the table for the fields."""

    request_id: str
    prompt: str
    raw_answer: str
    errors: Sequence[Mapping[str, str]]
    model: str
    document: Mapping[str, Any] | None = None
    guidance: str | None = None
    template_id: str | None = None
    template_version: int | None = None


def add(connection: Connection, org_id: str, review: NewReview) -> str:
    """Keep it; its id."""
    review_id = str(uuid4())
    row = {name: getattr(review, name) for name in NewReview.__dataclass_fields__}
    connection.execute(insert(table).values(org_id=org_id, review_id=review_id, **row))
    return review_id


def get(connection: Connection, org_id: str, review_id: str) -> Review:
    """One of them. Raises NotFound."""
    mine = (table.c.org_id == org_id, table.c.review_id == known_uuid(review_id, "review"))
    return one_of(Review, connection.execute(select(*columns_of(table, Review)).where(*mine)).one_or_none(), "review")


def listed(connection: Connection, org_id: str, *, status: str | None, limit: int, before: int | None) -> list[Review]:
    """Newest first; of one status or of all."""
    query = select(*columns_of(table, Review)).where(table.c.org_id == org_id)
    if status is not None:
        query = query.where(table.c.status == status)
    return all_of(Review, connection.execute(newest_first(query, table.c.seq, before=before, limit=limit)))


def decide(
    connection: Connection, org_id: str, review_id: str, *, answer: Mapping[str, Any] | None, decided_by: str
) -> Review:
    """Accepted as it is, or corrected to an answer. Raises NotFound; Conflict when it was decided before."""
    values: dict[str, Any] = {
        "status": "accepted" if answer is None else "corrected",
        "decided_by": decided_by,
        "decided_at": func.now(),
    }
    if answer is not None:
        values["answer"] = dict(answer)
    mine = (table.c.org_id == org_id, table.c.review_id == known_uuid(review_id, "review"), table.c.status == "open")
    if not connection.execute(update(table).where(*mine).values(values)).rowcount:
        found = get(connection, org_id, review_id)
        raise Conflict("this review was decided before", details={"status": found.status})
    return get(connection, org_id, review_id)


def corrections(connection: Connection, org_id: str, template_id: str, *, limit: int) -> list[Review]:
    """What people corrected of a template's answers, newest first."""
    query = select(*columns_of(table, Review)).where(
        table.c.org_id == org_id, table.c.template_id == template_id, table.c.status == "corrected"
    )
    return all_of(Review, connection.execute(query.order_by(table.c.seq.desc()).limit(limit)))


def counts(connection: Connection, org_id: str) -> dict[str, int]:
    """How many there are of each status."""
    query = select(table.c.status, func.count()).where(table.c.org_id == org_id).group_by(table.c.status)
    return {row[0]: row[1] for row in connection.execute(query)}


def expire_old(connection: Connection, org_id: str) -> int:
    """Empty what is older than it is kept: only that it was, and when, stays. How many."""
    old = (table.c.org_id == org_id, table.c.status != "expired")
    is_due = table.c.created_at < func.now() - timedelta(days=KEPT_DAYS)
    emptied: dict[str, Any] = {
        "status": "expired", "prompt": "", "guidance": None, "document": null(), "raw_answer": "", "errors": [],
        "answer": null(), "decided_at": func.coalesce(table.c.decided_at, func.now()),
    }  # fmt: skip
    return connection.execute(update(table).where(*old, is_due).values(emptied)).rowcount
