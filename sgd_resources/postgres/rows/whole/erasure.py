"""The rows of a whole org: counted, read out, erased; and what stays of an org that was.

Tables are found in the catalogue: a new one is covered by being there. What must not live here: other stores
(`sgd_resources/erasure`).
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb
from sqlalchemy import Connection, select, text

from sgd_resources.postgres.rows.proof.audit_chain import FIRST, link_sha256
from sgd_resources.postgres.tables.access import erased_audit, tombstones

_TABLES = text(
    """
    SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'org_id'
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
     ORDER BY c.relname
    """
)
_SECRETS: Mapping[str, frozenset[str]] = {"api_keys": frozenset({"key_sha256"})}
"""Columns that an export leaves out: they let in, or help to."""
_MARK = "erased-"
_TIMEOUT = "600s"
"""An org of a million rows takes a minute or two."""
_PAGE = 1_000


@dataclass(frozen=True)
class Tombstone:
    """What is left of an org."""

    erased_at: datetime
    counts: Mapping[str, Mapping[str, int]]
    chain_seq: int | None
    chain_sha256: str | None
    is_finished: bool


def mark_of(org_id: str) -> str:
    """The name under which the rest of an erased org stands: found by whoever knows the id, and says nothing of it."""
    return _MARK + hashlib.sha256(org_id.encode()).hexdigest()[:56]


def org_tables(connection: Connection) -> list[str]:
    """Every table with rows of orgs."""
    return [str(name) for name in connection.scalars(_TABLES)]


def count_rows(connection: Connection, org_id: str) -> dict[str, int]:
    """The org's rows by table; tables without any are left out."""
    found = {}
    for table in org_tables(connection):
        query = text(f'SELECT count(*) FROM "{table}" WHERE org_id = :org')  # noqa: S608 - a name from the catalogue
        if rows := int(connection.scalar(query, {"org": org_id}) or 0):
            found[table] = rows
    return found


def erase_rows(connection: Connection, org_id: str) -> dict[str, int]:
    """Erase them, and leave a tombstone that is not finished; how many there were by table.

    Call inside `org_transaction(org_id)`, in which nothing was written.
    """
    connection.execute(text(f"SET LOCAL statement_timeout = '{_TIMEOUT}'"))
    rows = connection.execute(text("SELECT name, n FROM directory_erase_org(:mark)"), {"mark": mark_of(org_id)})
    return {str(name): int(n) for name, n in rows}


def read_rows(connection: Connection, org_id: str, table: str) -> Iterator[dict[str, Any]]:
    """The org's rows of one table of `org_tables`, without what lets in."""
    query = text(f'SELECT to_jsonb(t) FROM "{table}" t WHERE org_id = :org')  # noqa: S608 - a name from the catalogue
    hidden = _SECRETS.get(table, frozenset())
    found = connection.execution_options(stream_results=True, yield_per=_PAGE).execute(query, {"org": org_id})
    for row in found.scalars():
        yield {name: value for name, value in row.items() if name not in hidden}


def unfinished_erasures(directory: Connection) -> list[str]:
    """Orgs whose rows are gone, and whose other stores nobody has gone through to the end."""
    return [str(org_id) for org_id in directory.scalars(text("SELECT org_id FROM directory_unfinished_erasures()"))]


def finish_erasure(directory: Connection, org_id: str, counts: Mapping[str, Mapping[str, int]]) -> None:
    """All stores are through: the id is forgotten, the counts are kept."""
    told = Jsonb({store: dict(found) for store, found in counts.items()})
    directory.execute(text("SELECT directory_finish_erasure(:org, :told)"), {"org": org_id, "told": told})


def list_tombstones(connection: Connection, mark: str) -> list[Tombstone]:
    """The latest first. Call inside `org_transaction(mark)`."""
    query = select(tombstones).where(tombstones.c.org_id == mark).order_by(tombstones.c.erased_at.desc())
    return [
        Tombstone(row.erased_at, row.counts, row.chain_seq, row.chain_sha256, row.unfinished is None)
        for row in connection.execute(query)
    ]


def is_chain_whole(connection: Connection, mark: str, left: Tombstone) -> bool:
    """Whether every link of the chain that was follows from the one before, up to the head that the tombstone has."""
    before = FIRST
    links = _list_links(connection, mark, left.erased_at)
    for place, (seq, own, linked) in enumerate(links, start=1):
        before = link_sha256(before, own)
        if (seq, linked) != (place, before):
            return False
    return (left.chain_seq or 0, left.chain_sha256 or FIRST) == (len(links), before)


def _list_links(connection: Connection, mark: str, erased_at: datetime) -> list[tuple[int, str, str]]:
    """(seq, row_sha256, sha256) of every link."""
    links = erased_audit.c
    query = select(links.seq, links.row_sha256, links.sha256).where(links.org_id == mark, links.erased_at == erased_at)
    return [(int(seq), str(own), str(linked)) for seq, own, linked in connection.execute(query.order_by(links.seq))]
