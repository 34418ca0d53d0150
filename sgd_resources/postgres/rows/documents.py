"""Rows of parsed documents: which evidence was read by which parser, and what it held."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from sgd_resources.postgres.shape import all_of, columns_of
from sgd_resources.postgres.tables import documents


@dataclass(frozen=True)
class Document:
    """One parsed file."""

    evidence_sha256: str
    parser: str
    parser_version: str
    key: str
    counts: Mapping[str, Any]
    created_at: datetime


def upsert_document(
    connection: Connection,
    org_id: str,
    *,
    evidence_sha256: str,
    parser: str,
    parser_version: str,
    key: str,
    counts: Mapping[str, Any],
) -> None:
    """Keep the result of one parser version on one file; a repeat replaces it. Raises NotFound without evidence."""
    row = {
        "org_id": org_id, "evidence_sha256": evidence_sha256, "parser": parser, "parser_version": parser_version,
        "key": key, "counts": dict(counts),
    }  # fmt: skip
    made = insert(documents).values(row)
    connection.execute(
        made.on_conflict_do_update(
            index_elements=["org_id", "evidence_sha256", "parser", "parser_version"],
            set_={"key": made.excluded.key, "counts": made.excluded.counts},
        )
    )


def list_documents(connection: Connection, org_id: str) -> list[Document]:
    """The org's parsed documents, ordered by (evidence_sha256, parser, parser_version)."""
    table = documents
    query = select(*columns_of(table, Document)).where(table.c.org_id == org_id)
    ordered = query.order_by(table.c.evidence_sha256, table.c.parser, table.c.parser_version)
    return all_of(Document, connection.execute(ordered))
