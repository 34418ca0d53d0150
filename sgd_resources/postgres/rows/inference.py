"""Reports over the call log `inference_calls`: what one org's model calls were, cost and saved.

Rows are written by `sgd_resources/llm/money/ledger.py` only.
"""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Connection, case, func, select

from sgd_resources.postgres.tables import inference_calls as calls

Grouping = Literal["task", "model", "day"]


@dataclass(frozen=True)
class UsageRow:
    """One group. `name` is the task, the served model or the UTC day."""

    name: str
    calls: int
    failed_tries: int
    cached: int
    tokens_in: int
    tokens_out: int
    cost_usd_micros: int
    saved_usd_micros: int


def usage(connection: Connection, org_id: str, *, since_days: int, by: Grouping) -> list[UsageRow]:
    """The org's calls of the last `since_days` UTC days, today included; dearest group first, days newest first."""
    columns: dict[str, ColumnElement[str]] = {
        "task": calls.c.task,
        "model": func.coalesce(calls.c.served_model, calls.c.requested_model, "-"),
        "day": func.to_char(calls.c.day, "YYYY-MM-DD"),
    }
    name = columns[by]

    def count(*outcomes: str) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((calls.c.outcome.in_(outcomes), 1), else_=0)), 0)

    cost = func.coalesce(func.sum(calls.c.cost_usd_micros), 0)
    query = (
        select(
            name,
            count("succeeded", "cached"),
            count("failed", "unknown"),
            count("cached"),
            func.coalesce(func.sum(calls.c.tokens_in), 0),
            func.coalesce(func.sum(calls.c.tokens_out), 0),
            cost,
            func.coalesce(func.sum(calls.c.saved_usd_micros), 0),
        )
        .where(calls.c.org_id == org_id)
        .where(calls.c.day > func.date(func.timezone("UTC", func.now())) - since_days)
        .group_by(name)
        .order_by(name.desc() if by == "day" else cost.desc(), name)
    )
    return [UsageRow(str(row[0]), *(int(value) for value in row[1:])) for row in connection.execute(query)]
