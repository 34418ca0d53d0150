"""Canon versions of an org: immutable, one of them current; drafts, of some files only, never are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from sgd_resources.errors import InvalidInput
from sgd_resources.postgres.shape import all_of, columns_of, newest_first, one_of
from sgd_resources.postgres.tables.brand import canon_versions


@dataclass(frozen=True)
class CanonVersion:
    """One version; the canon itself is stored under `key`."""

    version: str
    status: str
    key: str
    palette: Sequence[str]
    fonts: Sequence[str]
    is_current: bool
    previous_version: str | None
    created_at: datetime
    seq: int
    is_draft: bool


def insert_version(
    connection: Connection,
    org_id: str,
    *,
    version: str,
    status: str,
    key: str,
    palette: Sequence[str],
    fonts: Sequence[str],
) -> bool:
    """Make this version the current one; False when it was already."""
    # Two runs of one org must not both find no current canon.
    connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": f"canon:{org_id}"})
    previous = current_version(connection, org_id)
    if previous is not None and previous.version == version:
        return False
    of_org = (canon_versions.c.org_id == org_id, canon_versions.c.is_current)
    connection.execute(update(canon_versions).where(*of_org).values(is_current=False))
    previous_version = None if previous is None else previous.version
    row = {
        "org_id": org_id, "version": version, "status": status, "key": key, "palette": list(palette),
        "fonts": list(fonts), "is_current": True, "previous_version": previous_version,
    }  # fmt: skip
    connection.execute(
        insert(canon_versions)
        .values(row)
        .on_conflict_do_update(
            index_elements=["org_id", "version"],
            set_={"is_current": True, "previous_version": previous_version, "is_draft": False},
        )
    )
    return True


def insert_draft(
    connection: Connection,
    org_id: str,
    *,
    version: str,
    status: str,
    key: str,
    palette: Sequence[str],
    fonts: Sequence[str],
) -> bool:
    """Keep a draft; False when the version is known already, be it as a draft or as the org's own canon."""
    row = {
        "org_id": org_id, "version": version, "status": status, "key": key, "palette": list(palette),
        "fonts": list(fonts), "is_draft": True,
    }  # fmt: skip
    made = insert(canon_versions).values(row).on_conflict_do_nothing().returning(canon_versions.c.version)
    return connection.execute(made).scalar_one_or_none() is not None


def current_version(connection: Connection, org_id: str) -> CanonVersion | None:
    """The org's current canon, None before the first."""
    of_org = (canon_versions.c.org_id == org_id, canon_versions.c.is_current)
    row = connection.execute(select(*columns_of(canon_versions, CanonVersion)).where(*of_org)).one_or_none()
    return None if row is None else CanonVersion(*row)


def get_version(connection: Connection, org_id: str, version: str) -> CanonVersion:
    """One version. Raises NotFound."""
    mine = (canon_versions.c.org_id == org_id, canon_versions.c.version == version)
    row = connection.execute(select(*columns_of(canon_versions, CanonVersion)).where(*mine)).one_or_none()
    return one_of(CanonVersion, row, "canon version")


def find_version(connection: Connection, org_id: str, beginning: str) -> CanonVersion:
    """The one version that begins like this, among all of the org's, however many.

    Raises:
        NotFound: none does.
        InvalidInput: several do.
    """
    mine = (canon_versions.c.org_id == org_id, func.starts_with(canon_versions.c.version, beginning))
    found = connection.execute(select(*columns_of(canon_versions, CanonVersion)).where(*mine).limit(2)).all()
    if len(found) > 1:
        raise InvalidInput("several canon versions begin like this; give more digits")
    return one_of(CanonVersion, found[0] if found else None, "canon version")


def list_versions(
    connection: Connection, org_id: str, *, before_seq: int | None = None, limit: int = 100
) -> list[CanonVersion]:
    """Newest first; pass the last `seq` as `before_seq` for the next page."""
    query = select(*columns_of(canon_versions, CanonVersion)).where(canon_versions.c.org_id == org_id)
    page = newest_first(query, canon_versions.c.seq, before=before_seq, limit=limit)
    return all_of(CanonVersion, connection.execute(page))
