"""The audit log: who did what to which thing.

Rows are only ever added: the app role can neither change nor remove one, and each is a link of its org's chain
(`proof/audit_chain.py`). Every row is told as an event too, once it is committed; without its details, which may name
files.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert

from sgd_resources.events import tell
from sgd_resources.postgres.engine import after_commit
from sgd_resources.postgres.tables.access import audit_log

OPERATOR = "operator"
"""Actor of what is done on the machine itself, by its command line."""


def append(
    connection: Connection,
    org_id: str,
    *,
    actor: str,
    action: str,
    subject: str,
    details: Mapping[str, Any] | None = None,
) -> int:
    """Id of one new row, in the transaction of what it tells of. `details` holds no secret and no document text."""
    row = {"org_id": org_id, "actor": actor, "action": action, "subject": subject, "details": dict(details or {})}
    entry: int = connection.execute(insert(audit_log).values(row).returning(audit_log.c.id)).scalar_one()
    after_commit(connection, lambda: tell("audit.appended", org_id=org_id, actor=actor, action=action, subject=subject))
    return entry
