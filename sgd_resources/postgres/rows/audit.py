"""The audit log: who did what to which thing.

Rows are only ever added: the app role can neither change nor remove one, and each is a link of its org's chain
(`proof/audit_chain.py`). A row can never be mended, so that names which clients choose (projects, files) enter it
without personal data and secrets. Every row is told as an event too, once it is committed; without its details.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert

from sgd_resources.events import tell
from sgd_resources.llm.safety.log_text import as_logged
from sgd_resources.llm.safety.redaction import Redaction
from sgd_resources.postgres.engine import after_commit
from sgd_resources.postgres.safe_text import safe_json
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
    """Id of one new row, in the transaction of what it tells of. `details` holds no document text."""
    found = Redaction()
    subject = subject if subject == actor else as_logged(str(subject), found)
    row = {
        "org_id": org_id, "actor": actor, "action": action, "subject": subject,
        "details": as_logged(safe_json(details or {}), found),
    }  # fmt: skip
    entry: int = connection.execute(insert(audit_log).values(row).returning(audit_log.c.id)).scalar_one()
    after_commit(connection, lambda: tell("audit.appended", org_id=org_id, actor=actor, action=action, subject=subject))
    return entry
