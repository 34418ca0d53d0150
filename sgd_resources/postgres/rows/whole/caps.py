"""Caps of an org, and of single keys and projects of it, on what model calls may cost, in place of the policy's.

What must not live here: counting money (`sgd_resources/llm/money`), or the policy's caps.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from sgd_resources.postgres.tables.access import api_keys, org_caps, part_caps
from sgd_resources.postgres.tables.brand import uploads
from sgd_resources.postgres.tables.models import inference_calls
from sgd_resources.postgres.tables.work import jobs

Part = tuple[str, str]
"""(`key` or `project`, its id)."""


@dataclass(frozen=True)
class Caps:
    """Micro-USD in a UTC day and a UTC month; None: the policy's cap."""

    day_usd_micros: int | None = None
    month_usd_micros: int | None = None
    parts: Mapping[Part, tuple[int | None, int | None]] = field(default_factory=dict)
    """Of single keys and projects: (day, month)."""
    lines: Mapping[str, str] = field(default_factory=dict)
    """Of keys that replaced others: the first of them."""


def read_caps(connection: Connection, org_id: str) -> Caps:
    """The org's own caps; of one that has none, none."""
    query = select(org_caps.c.day_usd_micros, org_caps.c.month_usd_micros).where(org_caps.c.org_id == org_id)
    row = connection.execute(query).one_or_none()
    day, month = (None, None) if row is None else row
    of_parts = select(part_caps).where(part_caps.c.org_id == org_id)
    parts = {
        (part.kind, part.name): (part.day_usd_micros, part.month_usd_micros)
        for part in connection.execute(of_parts)
        if (part.day_usd_micros, part.month_usd_micros) != (None, None)
    }
    replaced = select(api_keys.c.key_id, api_keys.c.lineage)
    replaced = replaced.where(api_keys.c.org_id == org_id, api_keys.c.lineage.is_not(None))
    return Caps(day, month, parts, {key_id: str(lineage) for key_id, lineage in connection.execute(replaced)})


def write_caps(connection: Connection, org_id: str, caps: Caps) -> None:
    """From now on these hold."""
    values = {"day_usd_micros": caps.day_usd_micros, "month_usd_micros": caps.month_usd_micros}
    made = insert(org_caps).values(org_id=org_id, **values)
    connection.execute(made.on_conflict_do_update(index_elements=["org_id"], set_={**values, "changed_at": func.now()}))


def is_named(connection: Connection, org_id: str, project: str) -> bool:
    """Whether an upload, a job or a model call of the org has named the project; jobs are kept for a day."""
    of = (
        select(table.c.org_id).where(table.c.org_id == org_id, table.c.project_id == project)
        for table in (inference_calls, jobs, uploads)
    )
    return bool(connection.execute(select(or_(*(one.exists() for one in of)))).scalar_one())


def write_part_caps(
    connection: Connection, org_id: str, part: Part, *, day_usd_micros: int | None, month_usd_micros: int | None
) -> None:
    """From now on these hold for this key or project; None: the policy's."""
    kind, name = part
    values = {"day_usd_micros": day_usd_micros, "month_usd_micros": month_usd_micros}
    made = insert(part_caps).values(org_id=org_id, kind=kind, name=name, **values)
    own = ["org_id", "kind", "name"]
    connection.execute(made.on_conflict_do_update(index_elements=own, set_={**values, "changed_at": func.now()}))


def copy_part_caps(connection: Connection, org_id: str, of: Part, to: Part) -> None:
    """What was set for one key or project holds for another too; where nothing was, nothing happens."""
    day_and_month = read_caps(connection, org_id).parts.get(of)
    if day_and_month is not None:
        day, month = day_and_month
        write_part_caps(connection, org_id, to, day_usd_micros=day, month_usd_micros=month)
