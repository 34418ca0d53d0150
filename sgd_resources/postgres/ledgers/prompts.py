"""Counts an org's analyses and reviews, and empties reviews that are too old: one transaction a call.

What must not live here: what the numbers mean (`sgd_assets/prompts/quality.py`).
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import case, func, select

from sgd_resources.ports import PromptCounts
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.prompts import reviews
from sgd_resources.postgres.tables.models import inference_calls as calls
from sgd_resources.postgres.tables.models import prompt_reviews

TASK = "analyze"


class DatabasePromptLedger:
    """Rows of analyses; the port is `PromptLedger`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self, org_id: str, *, since_days: int) -> PromptCounts:
        """Analyses are counted by their trace: tries of one are one; failed ones by their reviews."""
        since = datetime.now(UTC).date() - timedelta(days=since_days - 1)
        answered = calls.c.outcome.in_(("succeeded", "cached"))
        per_trace = (
            select(
                calls.c.trace_id,
                func.max(case((calls.c.outcome == "cached", 1), else_=0)).label("is_cached"),
                func.max(case((answered, 1), else_=0)).label("is_answered"),
                func.sum(calls.c.cost_usd_micros).label("cost"),
                func.sum(calls.c.saved_usd_micros).label("saved"),
            )
            .where(calls.c.org_id == org_id, calls.c.task == TASK, calls.c.day >= since)
            .group_by(calls.c.trace_id)
            .subquery()
        )
        totals = select(
            func.coalesce(func.sum(per_trace.c.is_answered), 0),
            func.coalesce(func.sum(per_trace.c.is_cached), 0),
            func.coalesce(func.sum(per_trace.c.cost), 0),
            func.coalesce(func.sum(per_trace.c.saved), 0),
        )
        failed = select(func.count()).where(
            prompt_reviews.c.org_id == org_id,
            prompt_reviews.c.created_at >= datetime(since.year, since.month, since.day, tzinfo=UTC),
        )
        with self._database.org_transaction(org_id) as connection:
            answered_n, cached, cost, saved = connection.execute(totals).one()
            n_failed = connection.execute(failed).scalar_one()
            of_status = reviews.counts(connection, org_id)
        return PromptCounts(
            analyses=int(answered_n),
            cached=int(cached),
            cost_usd_micros=int(cost),
            saved_usd_micros=int(saved),
            failed=int(n_failed),
            reviews_open=of_status.get("open", 0),
            reviews_accepted=of_status.get("accepted", 0),
            reviews_corrected=of_status.get("corrected", 0),
        )

    def expire_reviews(self, org_id: str) -> int:
        """How many were emptied."""
        with self._database.org_transaction(org_id) as connection:
            return reviews.expire_old(connection, org_id)
