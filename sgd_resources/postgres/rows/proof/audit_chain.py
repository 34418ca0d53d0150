"""Goes over an org's audit log link by link, with hashes made here and not by the database.

A link's `row_sha256` is over the columns of its row as text, each with its length in bytes and a colon before it: org,
id, time in UTC to the microsecond, actor, action, subject, details. Its `sha256` is over the 64 characters of the link
before (zeros before the first) and the 64 of `row_sha256`. So anyone with the rows can check them. What must not live
here: adding rows (`audit.py`; a trigger makes the links).
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Text, and_, cast, func, select

from sgd_resources.postgres.tables.access import audit_chain, audit_log

FIRST = "0" * 64
_PAGE = 1_000


@dataclass(frozen=True)
class Head:
    """How far a chain goes: told to somebody else, it also proves later that no end was cut off."""

    seq: int
    sha256: str


@dataclass(frozen=True)
class Broken:
    """The first place where log and links do not agree."""

    seq: int | None
    """Of the link; none for a row without one."""
    audit_id: int | None
    why: str


@dataclass(frozen=True)
class Verdict:
    """What `verify` found."""

    rows: int
    head: Head
    broken: Broken | None


@dataclass(frozen=True)
class _Link:
    seq: int
    audit_id: int
    row_sha256: str
    sha256: str
    columns: tuple[str, ...] | None
    """Of the row as text; none where the row is gone."""


def row_sha256(columns: Iterable[str]) -> str:
    """The hash of one row, from its columns as text."""
    hashed = hashlib.sha256()
    for column in columns:
        said = column.encode()
        hashed.update(b"%d:%s" % (len(said), said))
    return hashed.hexdigest()


def link_sha256(before: str, own: str) -> str:
    """The hash of one link, from the link before and the row."""
    return hashlib.sha256((before + own).encode()).hexdigest()


def verify(connection: Connection, org_id: str, *, noted: Head | None = None) -> Verdict:
    """Check every row and link of an org, in one statement's view per thousand links.

    Args:
        connection: in the org's transaction.
        org_id: whose log.
        noted: a head told earlier, which the chain must still hold.
    """
    before, seq = FIRST, 0
    for link in _links(connection, org_id):
        why = _fault(link, expected=seq + 1, before=before, noted=noted)
        if why is not None:
            return Verdict(seq, Head(seq, before), Broken(link.seq, link.audit_id, why))
        before, seq = link.sha256, link.seq
    if noted is not None and noted.seq > seq:
        return Verdict(seq, Head(seq, before), Broken(seq + 1, None, f"the chain went on to {noted.seq} once"))
    return Verdict(seq, Head(seq, before), _unlinked(connection, org_id))


def _fault(link: _Link, *, expected: int, before: str, noted: Head | None) -> str | None:
    if link.seq != expected:
        return f"link {expected} is missing"
    if link.columns is None:
        return "its row is gone"
    if row_sha256(link.columns) != link.row_sha256:
        return "its row was changed"
    if link_sha256(before, link.row_sha256) != link.sha256:
        return "it does not follow from the link before"
    if noted is not None and noted.seq == link.seq and noted.sha256 != link.sha256:
        return "it is not the link that was noted"
    return None


def _links(connection: Connection, org_id: str) -> Iterator[_Link]:
    at = func.to_char(func.timezone("UTC", audit_log.c.at), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    row = audit_log.c
    query = (
        select(
            audit_chain.c.seq, audit_chain.c.audit_id, audit_chain.c.row_sha256, audit_chain.c.sha256,
            row.org_id, cast(row.id, Text), at, row.actor, row.action, row.subject, cast(row.details, Text),
        )
        .select_from(
            audit_chain.outerjoin(audit_log, and_(row.org_id == audit_chain.c.org_id, row.id == audit_chain.c.audit_id))
        )
        .where(audit_chain.c.org_id == org_id)
        .order_by(audit_chain.c.seq)
        .limit(_PAGE)
    )  # fmt: skip
    last = 0
    while True:
        page = connection.execute(query.where(audit_chain.c.seq > last)).all()
        for seq, audit_id, own, linked, *columns in page:
            yield _Link(seq, audit_id, own, linked, None if columns[0] is None else tuple(columns))
            last = seq
        if len(page) < _PAGE:
            return


def _unlinked(connection: Connection, org_id: str) -> Broken | None:
    """A row that was put in past the trigger."""
    linked = select(audit_chain.c.audit_id).where(
        audit_chain.c.org_id == audit_log.c.org_id, audit_chain.c.audit_id == audit_log.c.id
    )
    query = select(func.min(audit_log.c.id)).where(audit_log.c.org_id == org_id, ~linked.exists())
    found = connection.execute(query).scalar_one()
    return None if found is None else Broken(None, found, "the row stands in no link")
