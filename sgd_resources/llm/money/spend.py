"""What the call log says was spent: what the budget's pots are filled from when Redis does not know them.

What must not live here: reports for people (`postgres/rows/inference.py`).
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, text

from sgd_resources.errors import NotFound
from sgd_resources.llm.money.scopes import Scope

if TYPE_CHECKING:
    from sgd_resources.postgres.engine import Database

_KNOWN = text("SELECT 1 FROM orgs WHERE org_id = :org")
_OWN = text(
    """
    SELECT coalesce(sum(cost_usd_micros), 0) FROM inference_calls
     WHERE org_id = :org AND day >= CAST(:first AS date) AND day < CAST(:after AS date)
       AND (CAST(:project AS text) IS NULL OR project_id = :project)
       AND (CAST(:key AS text) IS NULL OR key_id = :key OR key_id IN (
            SELECT later.key_id FROM api_keys AS later WHERE later.org_id = :org AND later.lineage = :key))
       AND (CAST(:request AS text) IS NULL OR request_id = :request)
    """
)
_REQUESTS = text(
    """
    SELECT request_id, sum(cost_usd_micros) FROM inference_calls
     WHERE org_id = :org AND day = CAST(:day AS date) AND request_id IS NOT NULL
     GROUP BY request_id HAVING sum(cost_usd_micros) > 0
    """
)
_EVERYBODY = text("SELECT directory_spent_between(CAST(:first AS date), CAST(:after AS date))")


class DatabaseSpend:
    """The ledger's word, for the budget. See `budget.SpendSource`."""

    def __init__(self, database: "Database") -> None:
        self._database = database

    def spent(self, org_id: str, scopes: Sequence[Scope]) -> Sequence[int]:
        """Micro-USD of each pot.

        Raises:
            NotFound: there is no such org, so that nobody would pay and no row could be written.
            Unavailable: the database is away; retry.
        """
        with self._database.org_transaction(org_id) as connection:
            if connection.scalar(_KNOWN, {"org": org_id}) is None:
                raise NotFound("no such org")
            return [_spent(connection, org_id, scope) for scope in scopes]

    def of_requests(self, org_id: str, day: str) -> Mapping[str, int]:
        """Micro-USD of each request of the org that has spent any on the day, by its id. Raises Unavailable."""
        with self._database.org_transaction(org_id) as connection:
            rows = connection.execute(_REQUESTS, {"org": org_id, "day": day})
            return {str(request_id): int(spent) for request_id, spent in rows}


def _spent(connection: Connection, org_id: str, scope: Scope) -> int:
    first, after = period_days(scope.period)
    days = {"first": first, "after": after}
    kind = scope.kind.partition("_")[0]
    if kind == "global":
        return int(connection.scalar(_EVERYBODY, days) or 0)
    named: Mapping[str, Any] = dict.fromkeys(("project", "key", "request"))
    if kind != "org":
        named = {**named, kind: scope.name.removeprefix(f"{kind}:{org_id}:")}
    return int(connection.scalar(_OWN, {"org": org_id, **days, **named}) or 0)


def period_days(period: str) -> tuple[date, date]:
    """(first day, first day after) of `2026-11-30` or `2026-11`."""
    if len(period) == len("2026-11"):
        first = date.fromisoformat(f"{period}-01")
        return first, (first + timedelta(days=32)).replace(day=1)
    day = date.fromisoformat(period)
    return day, day + timedelta(days=1)
