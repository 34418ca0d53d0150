"""What one org, or a key or project of it, may spend where an operator set caps: they stand in place of the policy's.

Asked of the database once in a few seconds for each org. What must not live here: the rows
(`postgres/rows/whole/caps.py`), or counting.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from sgd_resources.errors import Unavailable
from sgd_resources.llm.policy.policy_file import BudgetLimits

if TYPE_CHECKING:
    from sgd_resources.postgres.engine import Database
    from sgd_resources.postgres.rows.whole.caps import Caps

KNOWN_S = 5.0
"""A cap that is changed holds in every process after so long."""
_MOST_KNOWN = 20_000


class LimitsOfOrgs(Protocol):
    """What the gateway asks of them."""

    async def of(self, org_id: str, limits: BudgetLimits) -> BudgetLimits:
        """The limits of the policy with the org's own caps. Raises Unavailable."""
        ...


class OrgCaps:
    """Caps from the database. Belongs to one event loop.

    Args:
        database: asked in a thread.
        clock: seconds of any origin.
    """

    def __init__(self, database: "Database", clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, Caps]] = OrderedDict()

    async def of(self, org_id: str, limits: BudgetLimits) -> BudgetLimits:
        """See `LimitsOfOrgs`. While the database is away an org's last known caps hold; without any, none may spend."""
        known = self._known.get(org_id)
        if known is None or known[0] <= self._clock():
            try:
                known = (self._clock() + KNOWN_S, await asyncio.to_thread(self._read, org_id))
            except Unavailable:
                if known is None:
                    raise
            self._keep(org_id, known)
        return limited(limits, known[1])

    def _keep(self, org_id: str, known: "tuple[float, Caps]") -> None:
        self._known[org_id] = known
        self._known.move_to_end(org_id)
        while len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)

    def _read(self, org_id: str) -> "Caps":
        from sgd_resources.postgres.rows.whole.caps import read_caps

        with self._database.org_transaction(org_id) as connection:
            return read_caps(connection, org_id)


def limited(limits: BudgetLimits, caps: "Caps") -> BudgetLimits:
    """The limits with an org's own caps in them, higher or lower; everybody's pots stay as they are."""
    day, month = caps.day_usd_micros, caps.month_usd_micros
    if day is None and month is None and not caps.parts and not caps.lines:
        return limits
    return replace(
        limits,
        org_day_usd_micros=limits.org_day_usd_micros if day is None else day,
        org_month_usd_micros=limits.org_month_usd_micros if month is None else month,
        of_parts=caps.parts,
        lines=caps.lines,
    )
