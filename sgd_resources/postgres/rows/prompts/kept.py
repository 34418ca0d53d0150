"""Schemas and templates of orgs: versions that are never changed, seen by their maker, their org, or everybody.

Both tables have one shape, so that one set of queries serves them. What must not live here: what is in a body.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Table, and_, func, insert, or_, select, update

from sgd_resources.errors import NotFound
from sgd_resources.postgres.shape import all_of, columns_of, newest_first
from sgd_resources.postgres.tables.models import prompt_schemas, prompt_templates

Kind = Literal["schema", "template"]
Visibility = Literal["private", "shared", "public"]
TABLES: Mapping[Kind, Table] = {"schema": prompt_schemas, "template": prompt_templates}
_PREFIX: Mapping[Kind, str] = {"schema": "sch", "template": "tpl"}


@dataclass(frozen=True)
class Kept:
    """One version."""

    org_id: str
    id: str
    version: int
    name: str
    visibility: str
    made_by: str
    body: Mapping[str, Any]
    created_at: datetime
    seq: int


def create(
    connection: Connection,
    org_id: str,
    kind: Kind,
    *,
    name: str,
    visibility: Visibility,
    made_by: str,
    body: Mapping[str, Any],
) -> Kept:
    """The first version under a new id, which no other org has."""
    new_id = f"{_PREFIX[kind]}_{secrets.token_hex(8)}"
    return _insert(connection, org_id, kind, new_id, 1, name, visibility, made_by, body)


def add_version(
    connection: Connection,
    org_id: str,
    kind: Kind,
    kept_id: str,
    *,
    name: str | None,
    made_by: str,
    body: Mapping[str, Any],
) -> Kept:
    """The next version of what the org keeps under an id. Raises NotFound without it, or when it is gone."""
    table = TABLES[kind]
    # Two that add at once wait for each other at the latest row.
    latest = _newest(
        connection, kind, [table.c.org_id == org_id, table.c.id == kept_id, *_seen(table, org_id, made_by)], locks=True
    )
    if latest is None:
        raise NotFound(f"no such {kind}")
    version = latest.version + 1
    return _insert(
        connection, org_id, kind, kept_id, version, name or latest.name, latest.visibility, latest.made_by, body
    )


def get(connection: Connection, org_id: str, kind: Kind, kept_id: str, *, version: int | None, key_id: str) -> Kept:
    """A version, or the newest; the org's own, or a public one. Raises NotFound, for what the key may not see too."""
    table = TABLES[kind]
    wanted = [table.c.id == kept_id, *_seen(table, org_id, key_id)]
    if version is not None:
        wanted.append(table.c.version == version)
    found = _newest(connection, kind, wanted)
    if found is None:
        raise NotFound(f"no such {kind}")
    return found


def listed(
    connection: Connection, org_id: str, kind: Kind, *, key_id: str, limit: int, before: int | None, has_public: bool
) -> list[Kept]:
    """The newest version of each that the key may see, those made last first.

    Args:
        connection: of the org's transaction.
        org_id: whose.
        kind: schema or template.
        key_id: who asks: private ones are its own only.
        limit: at most so many.
        before: the `seq` that the page before ended with.
        has_public: whether other orgs' public ones are among them.
    """
    table = TABLES[kind]
    wanted = list(_seen(table, org_id, key_id))
    if not has_public:
        wanted.append(table.c.org_id == org_id)
    newest = (
        select(table.c.org_id, table.c.id, func.max(table.c.version).label("version"))
        .where(*wanted)
        .group_by(table.c.org_id, table.c.id)
        .subquery()
    )
    query = select(*columns_of(table, Kept)).join(
        newest,
        and_(table.c.org_id == newest.c.org_id, table.c.id == newest.c.id, table.c.version == newest.c.version),
    )
    return all_of(Kept, connection.execute(newest_first(query, table.c.seq, before=before, limit=limit)))


def versions(connection: Connection, org_id: str, kind: Kind, kept_id: str, *, key_id: str) -> list[Kept]:
    """Every version, newest first. Raises NotFound when there is none to see."""
    table = TABLES[kind]
    query = select(*columns_of(table, Kept)).where(table.c.id == kept_id, *_seen(table, org_id, key_id))
    found = all_of(Kept, connection.execute(query.order_by(table.c.version.desc())))
    if not found:
        raise NotFound(f"no such {kind}")
    return found


def delete(connection: Connection, org_id: str, kind: Kind, kept_id: str, *, key_id: str) -> None:
    """Every version is gone for those who ask; rows stay. Raises NotFound."""
    table = TABLES[kind]
    _change(connection, table, org_id, kept_id, _seen(table, org_id, key_id), kind, deleted_at=func.now())


def set_visibility(connection: Connection, org_id: str, kind: Kind, kept_id: str, visibility: Visibility) -> None:
    """Who may see every version of it; for an operator. Raises NotFound."""
    table = TABLES[kind]
    _change(connection, table, org_id, kept_id, (table.c.deleted_at.is_(None),), kind, visibility=visibility)


def _change(
    connection: Connection,
    table: Table,
    org_id: str,
    kept_id: str,
    seen: tuple[ColumnElement[bool], ...],
    kind: Kind,
    **changes: Any,
) -> None:
    changed = connection.execute(
        update(table).where(table.c.org_id == org_id, table.c.id == kept_id, *seen).values(changes)
    )
    if not changed.rowcount:
        raise NotFound(f"no such {kind}")


def _seen(table: Table, org_id: str, key_id: str) -> tuple[ColumnElement[bool], ...]:
    """What a key may see: row level security has let through the org's own and public ones."""
    is_own = and_(table.c.org_id == org_id, or_(table.c.visibility != "private", table.c.made_by == key_id))
    return table.c.deleted_at.is_(None), or_(is_own, table.c.visibility == "public")


def _newest(
    connection: Connection, kind: Kind, wanted: list[ColumnElement[bool]], *, locks: bool = False
) -> Kept | None:
    table = TABLES[kind]
    query = select(*columns_of(table, Kept)).where(*wanted).order_by(table.c.version.desc()).limit(1)
    row = connection.execute(query.with_for_update() if locks else query).one_or_none()
    return None if row is None else Kept(*row)


def _insert(
    connection: Connection, org_id: str, kind: Kind, kept_id: str, version: int, name: str, visibility: str,
    made_by: str, body: Mapping[str, Any],
) -> Kept:  # fmt: skip
    table = TABLES[kind]
    row = {
        "org_id": org_id, "id": kept_id, "version": version, "name": name, "visibility": visibility,
        "made_by": made_by, "body": dict(body),
    }  # fmt: skip
    return Kept(*connection.execute(insert(table).values(row).returning(*columns_of(table, Kept))).one())
