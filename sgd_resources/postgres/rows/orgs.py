"""Organisations: making one, and the list of all for the graph's partitions."""

from dataclasses import dataclass

from sqlalchemy import Connection, select, text, update
from sqlalchemy.dialects.postgresql import insert

from sgd_resources.errors import NotFound
from sgd_resources.postgres.tables.brand import orgs


@dataclass(frozen=True)
class Org:
    """One organisation."""

    org_id: str
    name: str


def ensure_org(connection: Connection, org_id: str, name: str = "") -> bool:
    """Make the org unless it exists; True when it is new. Call inside `org_transaction(org_id)`."""
    made = insert(orgs).values(org_id=org_id, name=name or org_id).on_conflict_do_nothing()
    return connection.execute(made.returning(orgs.c.org_id)).one_or_none() is not None


def get_org(connection: Connection, org_id: str) -> Org:
    """The org's own row. Call inside `org_transaction(org_id)`. Raises NotFound."""
    row = connection.execute(select(orgs.c.org_id, orgs.c.name).where(orgs.c.org_id == org_id)).one_or_none()
    if row is None:
        raise NotFound("no such org")
    return Org(*row)


def list_orgs(directory: Connection, *, after_org_id: str = "", limit: int = 100_000) -> list[Org]:
    """Every org, ordered by id. Call inside `Database.directory()`."""
    rows = directory.execute(
        text("SELECT org_id, name FROM directory_orgs(:after, :limit)"), {"after": after_org_id, "limit": limit}
    )
    return [Org(*row) for row in rows]


def org_known_as(directory: Connection, external_id: str) -> str | None:
    """The org that a token issuer calls so; our own id of an org that nobody linked. Inside `Database.directory()`."""
    found = directory.execute(text("SELECT org_id FROM directory_org_known_as(:wanted)"), {"wanted": external_id})
    row = found.one_or_none()
    return None if row is None else str(row.org_id)


def link_org(connection: Connection, org_id: str, external_id: str | None) -> None:
    """From now on a token issuer's name of the org is this one; None: its own id. Raises NotFound.

    A name that two orgs have lets nobody into either: ask `org_known_as` first.
    """
    linked = connection.execute(update(orgs).where(orgs.c.org_id == org_id).values(external_id=external_id))
    if linked.rowcount != 1:
        raise NotFound("no such org")
