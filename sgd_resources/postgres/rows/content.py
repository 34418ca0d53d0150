"""An operator's changes of the content policy for an org (contract `content_override`).

What must not live here: what they mean (`sgd_assets/renders/content/policy.py`).
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.postgresql import insert

from sgd_resources.postgres.rows import audit
from sgd_resources.postgres.tables.brand import content_overrides


def get_override(connection: Connection, org_id: str) -> dict[str, Any] | None:
    """The org's changes; None where it has the shipped policy."""
    query = select(content_overrides.c.document).where(content_overrides.c.org_id == org_id)
    found: dict[str, Any] | None = connection.execute(query).scalar_one_or_none()
    return found or None  # an org that was given the shipped policy again keeps an empty row


def set_override(connection: Connection, org_id: str, document: Mapping[str, Any], *, actor: str) -> None:
    """Put these changes in the place of all earlier ones; audited with the names of what is changed, not with words."""
    row = {"org_id": org_id, "document": dict(document)}
    again = {"document": dict(document), "changed_at": func.now()}
    connection.execute(
        insert(content_overrides).values(row).on_conflict_do_update(index_elements=["org_id"], set_=again)
    )
    told = {"changes": sorted(document), "categories": dict(document.get("categories", {}))}
    audit.append(connection, org_id, actor=actor, action="content_policy.changed", subject=org_id, details=told)


def reset_override(connection: Connection, org_id: str, *, actor: str) -> bool:
    """Give the org the shipped policy again, audited; False when it had no changes."""
    if get_override(connection, org_id) is None:
        return False
    mine = update(content_overrides).where(content_overrides.c.org_id == org_id)
    connection.execute(mine.values(document={}, changed_at=func.now()))
    audit.append(connection, org_id, actor=actor, action="content_policy.reset", subject=org_id)
    return True
