"""Reports over the call log `inference_calls`: what one org's model calls were, cost and saved.

Rows are written by `sgd_resources/llm/money/ledger.py` only.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, Connection, case, func, select, tuple_

from sgd_resources.postgres.tables.models import inference_calls as calls

Grouping = Literal["task", "model", "day", "key"]
_FAILED = ("failed", "unknown")


@dataclass(frozen=True)
class UsageRow:
    """One group. `name` is the task, the served model, the UTC day or the key's id."""

    name: str
    calls: int
    failed_tries: int
    """Asked of a model, and no answer of it was used; the provider may have charged for it."""
    failed_cost_usd_micros: int
    """Part of the cost."""
    refused: int
    """Not asked: a budget had no room."""
    cached: int
    tokens_in: int
    tokens_out: int
    cost_usd_micros: int
    saved_usd_micros: int


@dataclass(frozen=True)
class LoggedCall:
    """One row of the call log: a try at a model, or an answer that had been kept."""

    call_id: str
    created_at: datetime
    day: date
    task: str
    level: str | None
    requested_model: str | None
    served_model: str | None
    provider: str | None
    outcome: str
    error_kind: str | None
    attempt: int
    tokens_in: int
    tokens_out: int
    cost_usd_micros: int
    cost_source: str
    saved_usd_micros: int
    latency_ms: int
    cache_state: str | None
    project_id: str | None
    key_id: str | None
    request_id: str | None
    trace_id: str | None


def list_calls(
    connection: Connection,
    org_id: str,
    *,
    limit: int,
    before: tuple[datetime, str] | None = None,
    task: str | None = None,
    model: str | None = None,
    day: date | None = None,
    since_days: int | None = None,
) -> list[LoggedCall]:
    """Newest first; pass the last row's `created_at` and `call_id` as `before` for the next page.

    Args:
        connection: of the org.
        org_id: whose calls.
        limit: rows at most.
        before: where the page before ended.
        task: only this one.
        model: only calls that were answered by it, or asked it and were not answered.
        day: only those booked on this UTC day.
        since_days: only those booked on the last UTC days, today included.
    """
    query = select(*(calls.c[name] for name in LoggedCall.__dataclass_fields__)).where(calls.c.org_id == org_id)
    if task is not None:
        query = query.where(calls.c.task == task)
    if model is not None:
        query = query.where(func.coalesce(calls.c.served_model, calls.c.requested_model) == model)
    if day is not None:
        query = query.where(calls.c.day == day)
    if since_days is not None:
        query = query.where(_is_within(since_days))
    if before is not None:
        query = query.where(tuple_(calls.c.created_at, calls.c.call_id) < before)
    query = query.order_by(calls.c.created_at.desc(), calls.c.call_id.desc()).limit(limit)
    return [LoggedCall(str(row[0]), *row[1:]) for row in connection.execute(query)]


def _is_within(since_days: int) -> ColumnElement[bool]:
    return calls.c.day > func.date(func.timezone("UTC", func.now())) - since_days


def last_minute(connection: Connection, org_id: str) -> dict[str, tuple[int, int]]:
    """Calls that the org sent to each model within the last 60 seconds, and their tokens in and out."""
    query = (
        select(
            calls.c.requested_model,
            func.count(),
            func.coalesce(func.sum(calls.c.tokens_in), 0) + func.coalesce(func.sum(calls.c.tokens_out), 0),
        )
        .where(calls.c.org_id == org_id, calls.c.created_at > func.now() - timedelta(minutes=1), _is_within(2))
        .where(calls.c.outcome.in_(("succeeded", *_FAILED)), calls.c.requested_model.is_not(None))
        .group_by(calls.c.requested_model)
    )
    return {str(model): (int(sent), int(tokens)) for model, sent, tokens in connection.execute(query)}


def usage(connection: Connection, org_id: str, *, since_days: int, by: Grouping) -> list[UsageRow]:
    """The org's calls of the last `since_days` UTC days, today included; dearest group first, days newest first."""
    columns: dict[str, ColumnElement[str]] = {
        "task": calls.c.task,
        "model": func.coalesce(calls.c.served_model, calls.c.requested_model, "-"),
        "day": func.to_char(calls.c.day, "YYYY-MM-DD"),
        "key": func.coalesce(calls.c.key_id, "-"),
    }
    name = columns[by]

    def count(*outcomes: str) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((calls.c.outcome.in_(outcomes), 1), else_=0)), 0)

    cost = func.coalesce(func.sum(calls.c.cost_usd_micros), 0)
    query = (
        select(
            name,
            count("succeeded", "cached"),
            count(*_FAILED),
            func.coalesce(func.sum(case((calls.c.outcome.in_(_FAILED), calls.c.cost_usd_micros), else_=0)), 0),
            count("refused"),
            count("cached"),
            func.coalesce(func.sum(calls.c.tokens_in), 0),
            func.coalesce(func.sum(calls.c.tokens_out), 0),
            cost,
            func.coalesce(func.sum(calls.c.saved_usd_micros), 0),
        )
        .where(calls.c.org_id == org_id)
        .where(_is_within(since_days))
        .group_by(name)
        .order_by(name.desc() if by == "day" else cost.desc(), name)
    )
    return [UsageRow(str(row[0]), *(int(value) for value in row[1:])) for row in connection.execute(query)]
