"""An org's own caps on what its model calls may cost, in place of the policy's.

What must not live here: counting money (`sgd_resources/llm/money`), or the policy's caps.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from sgd_resources.postgres.tables import org_caps


@dataclass(frozen=True)
class Caps:
    """Micro-USD in a UTC day and a UTC month; None: the policy's cap."""

    day_usd_micros: int | None = None
    month_usd_micros: int | None = None


def read_caps(connection: Connection, org_id: str) -> Caps:
    """The org's own caps; of one that has none, none."""
    query = select(org_caps.c.day_usd_micros, org_caps.c.month_usd_micros).where(org_caps.c.org_id == org_id)
    row = connection.execute(query).one_or_none()
    return Caps() if row is None else Caps(*row)


def write_caps(connection: Connection, org_id: str, caps: Caps) -> None:
    """From now on these hold."""
    values = {"day_usd_micros": caps.day_usd_micros, "month_usd_micros": caps.month_usd_micros}
    made = insert(org_caps).values(org_id=org_id, **values)
    connection.execute(made.on_conflict_do_update(index_elements=["org_id"], set_={**values, "changed_at": func.now()}))
