"""Ingest jobs that failed with none after them: whose, how often in a row, and for what.

What must not live here: deciding whether to ask again (`sgd_assets/on_demand/follow_ups.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, text

from sgd_resources.postgres.tables.work import jobs


@dataclass(frozen=True)
class FailedIngests:
    """An org's failed ingest jobs since its last one that ended well.

    Attributes:
        times: how many in a row.
        last_at: when the last of them ended.
        error: of the last one, as its row tells it.
    """

    times: int
    last_at: datetime
    error: Mapping[str, Any]


def orgs_with_failed_ingest(directory: Connection, *, limit: int = 100_000) -> list[str]:
    """Orgs whose newest ingest job failed, ordered. Call inside `Database.directory()`."""
    rows = directory.execute(text("SELECT * FROM directory_failed_ingests(:limit)"), {"limit": limit})
    return list(rows.scalars())


def failed_ingests(connection: Connection, org_id: str) -> FailedIngests | None:
    """None unless the org's newest ingest job failed."""
    mine = (jobs.c.org_id == org_id, jobs.c.kind == "ingest")
    newest = connection.execute(
        select(jobs.c.status, jobs.c.finished_at, jobs.c.error).where(*mine).order_by(jobs.c.seq.desc()).limit(1)
    ).one_or_none()
    if newest is None or newest.status != "failed":
        return None
    last_good = select(func.coalesce(func.max(jobs.c.seq), 0)).where(*mine, jobs.c.status == "succeeded")
    in_a_row = (*mine, jobs.c.status == "failed", jobs.c.seq > last_good.scalar_subquery())
    times = connection.execute(select(func.count()).select_from(jobs).where(*in_a_row)).scalar_one()
    return FailedIngests(int(times), newest.finished_at, newest.error or {})
