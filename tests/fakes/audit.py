"""Reads the audit log back; the product itself only ever adds to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from sgd_resources.postgres.shape import all_of, columns_of
from sgd_resources.postgres.tables.access import audit_log


@dataclass(frozen=True)
class AuditEntry:
    """One row of the log."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, Any]


def list_entries(connection: Connection, org_id: str, *, subject: str | None = None) -> list[AuditEntry]:
    """The org's rows, newest first."""
    query = select(*columns_of(audit_log, AuditEntry)).where(audit_log.c.org_id == org_id)
    if subject is not None:
        query = query.where(audit_log.c.subject == subject)
    return all_of(AuditEntry, connection.execute(query.order_by(audit_log.c.id.desc())))
