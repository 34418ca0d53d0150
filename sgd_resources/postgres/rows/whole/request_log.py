"""Requests that an org made of the API: kept by the month, read by the org, removed when they were kept long enough.

A row has the route and never the path, its query or its body. What must not live here: collecting them
(`sgd_api/http/callers/request_log.py`), or when they are removed (`sgd_assets/graph/retention.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from psycopg.types.json import Jsonb
from sqlalchemy import Connection, select, text

from sgd_resources.postgres.shape import all_of, columns_of
from sgd_resources.postgres.tables.access import request_log as table

_KEEP = text("SELECT directory_keep_requests(:told)")
_DROP = text("SELECT month, n FROM directory_drop_requests(:days)")


@dataclass(frozen=True)
class LoggedRequest:
    """One request of a caller that was known."""

    at: datetime
    request_id: str
    method: str
    route: str
    status: int
    duration_ms: float
    sent_bytes: int
    caller: str


def keep(directory: Connection, requests: Sequence[tuple[str, LoggedRequest]]) -> int:
    """Add requests of any orgs, (org id, request) each; how many were new. Those of an org that is gone are left out.

    Call on a connection without an org; safe to repeat.
    """
    told = [{"org_id": org_id, **asdict(one), "at": one.at.isoformat()} for org_id, one in requests]
    return int(directory.execute(_KEEP, {"told": Jsonb(told)}).scalar_one())


def drop_older(directory: Connection, days: int) -> Mapping[str, int]:
    """Remove what is older than so many days, of every org; requests by month, such as `m2026_11`.

    A month of which nothing is to stay is dropped whole; of the month that the limit falls into its days before go.
    """
    return {str(month): int(n) for month, n in directory.execute(_DROP, {"days": days})}


def list_requests(connection: Connection, org_id: str, *, limit: int, status: int | None = None) -> list[LoggedRequest]:
    """The org's latest requests, newest first; of one status or of all."""
    query = select(*columns_of(table, LoggedRequest)).where(table.c.org_id == org_id)
    if status is not None:
        query = query.where(table.c.status == status)
    return all_of(LoggedRequest, connection.execute(query.order_by(table.c.at.desc()).limit(limit)))
