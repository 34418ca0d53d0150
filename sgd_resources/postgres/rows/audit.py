"""The audit log: who did what to which thing.

Rows are only ever added: the app role can neither change nor remove one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from sgd_resources.postgres.shape import all_of, columns_of
from sgd_resources.postgres.tables import audit_log

OPERATOR = "operator"
"""Actor of what is done on the machine itself, by its command line."""


@dataclass(frozen=True)
class AuditEntry:
    """One row of the log."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, Any]


def append(
    connection: Connection,
    org_id: str,
    *,
    actor: str,
    action: str,
    subject: str,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add one row, in the transaction of what it tells of. `details` holds no secret and no document text."""
    row = {"org_id": org_id, "actor": actor, "action": action, "subject": subject, "details": dict(details or {})}
    connection.execute(insert(audit_log).values(row))


def list_entries(
    connection: Connection, org_id: str, *, before_id: int | None = None, limit: int = 100, subject: str | None = None
) -> list[AuditEntry]:
    """Newest first; pass the last `id` as `before_id` for the next page."""
    query = select(*columns_of(audit_log, AuditEntry)).where(audit_log.c.org_id == org_id)
    if before_id is not None:
        query = query.where(audit_log.c.id < before_id)
    if subject is not None:
        query = query.where(audit_log.c.subject == subject)
    return all_of(AuditEntry, connection.execute(query.order_by(audit_log.c.id.desc()).limit(limit)))
