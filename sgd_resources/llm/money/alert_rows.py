"""A budget's alert as a row of the org's audit log.

What must not live here: who else hears of it (`alerts.py`).
"""

from typing import TYPE_CHECKING

from sgd_resources.errors import SgdError
from sgd_resources.events import warn
from sgd_resources.llm.money.budget import BudgetAlert

if TYPE_CHECKING:
    from sgd_resources.postgres.engine import Database

ACTOR = "gateway"


class AlertRows:
    """Writes them. Blocks.

    Args:
        database: of the audit log.
    """

    def __init__(self, database: "Database") -> None:
        self._database = database

    def write(self, alert: BudgetAlert) -> None:
        """`BUDGET_EXCEEDED` where no call fits any more, else `BUDGET_ALERT`; of everybody's pots no org has a row."""
        from sgd_resources.postgres.rows import audit

        org_id = org_of(alert)
        if org_id is None:
            return
        action = "BUDGET_EXCEEDED" if alert.is_refusal else "BUDGET_ALERT"
        details = {
            "kind": alert.kind, "period": alert.period, "percent": alert.percent,
            "spent_usd_micros": alert.spent_usd_micros, "limit_usd_micros": alert.limit_usd_micros,
        }  # fmt: skip
        try:
            with self._database.org_transaction(org_id) as connection:
                audit.append(connection, org_id, actor=ACTOR, action=action, subject=alert.scope, details=details)
        except SgdError as error:
            # The log line, the metric and the webhook tell it all the same.
            warn("audit.not_written", org_id=org_id, action=action, reason=error.code)


def org_of(alert: BudgetAlert) -> str | None:
    """Whose pot it is: `org:acme`, `key:acme:k1`; None of everybody's."""
    _, _, rest = alert.scope.partition(":")
    return rest.partition(":")[0] or None
