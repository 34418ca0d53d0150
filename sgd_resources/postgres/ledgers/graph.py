"""Writes what a stage made into the org's tables: documents and canon versions, one transaction per org.

What must not live here: request rows (`requests.py`), uploads and evidence (`uploads.py`).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert

from sgd_resources.ports.statements import FactStatement
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import audit, canon, jobs
from sgd_resources.postgres.rows.decisions import statements
from sgd_resources.postgres.tables.brand import documents
from sgd_resources.storage.keys import canon_key

ACTOR = "graph"
_MOST_TOLD = 100
"""Hashes in one audit row; their number is always told."""
COUNTED = ("pages", "text_blocks", "colours", "fonts", "images")


READ_AGAIN: Mapping[str, Any] = {"project_id": "documents", "assets": [], "reason": "parser_stood_in"}
"""Body of the ingest that reads files again which another parser only stood in for."""


class GraphLedger:
    """Rows of stage results. Each call is idempotent."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record_documents(
        self, org_id: str, entries: Iterable[Mapping[str, Any]], *, retry_at: datetime | None = None
    ) -> None:
        """Keep one row per parsed document; entries are `DocumentEntry` fields. An audit row tells of new ones.

        With `retry_at` an ingest of the org is queued for then, unless one waits already.
        """
        rows = [
            {
                "org_id": org_id,
                "evidence_sha256": entry["evidence_sha256"],
                "parser": entry["parser"],
                "parser_version": entry["parser_version"],
                "key": entry["document_key"],
                "counts": {name: entry[name] for name in COUNTED},
            }
            for entry in entries
        ]
        if not rows:
            return
        with self._database.org_transaction(org_id) as connection:
            made = insert(documents).on_conflict_do_nothing().returning(documents.c.evidence_sha256)
            news = list(connection.execute(made, rows).scalars())
            if news:
                told = {"documents": len(news), "evidence_sha256s": news[:_MOST_TOLD]}
                audit.append(connection, org_id, actor=ACTOR, action="documents.parsed", subject=org_id, details=told)
            if retry_at is not None and jobs.find_queued(connection, org_id, kind="ingest", body=READ_AGAIN) is None:
                _ask_later(connection, org_id, retry_at)

    def current_canon(self, org_id: str) -> str | None:
        """Version of the org's current canon; None before the first."""
        with self._database.org_transaction(org_id) as connection:
            current = canon.current_version(connection, org_id)
        return None if current is None else current.version

    def statements(self, org_id: str) -> list[FactStatement]:
        """What people said of facts of the org's canon and did not withdraw, in the order in which they said it."""
        with self._database.org_transaction(org_id) as connection:
            return statements.standing(connection, org_id)

    def record_canon(
        self, org_id: str, *, version: str, status: str, palette: Sequence[str], fonts: Sequence[str]
    ) -> bool:
        """Make `version` the org's current canon; False when it was already. An audit row tells of a change."""
        key = canon_key(org_id, version)
        with self._database.org_transaction(org_id) as connection:
            is_news = canon.insert_version(
                connection, org_id, version=version, status=status, key=key, palette=palette, fonts=fonts
            )
            if is_news:
                details = {"status": status, "colours": len(palette), "fonts": len(fonts)}
                audit.append(connection, org_id, actor=ACTOR, action="canon.derived", subject=version, details=details)
        return is_news

    def record_draft(
        self, org_id: str, *, version: str, status: str, palette: Sequence[str], fonts: Sequence[str]
    ) -> bool:
        """Keep `version` beside the org's current canon; False when it is known. An audit row tells of a new one."""
        key = canon_key(org_id, version)
        with self._database.org_transaction(org_id) as connection:
            is_news = canon.insert_draft(
                connection, org_id, version=version, status=status, key=key, palette=palette, fonts=fonts
            )
            if is_news:
                details = {"status": status, "colours": len(palette), "fonts": len(fonts)}
                audit.append(connection, org_id, actor=ACTOR, action="canon.drafted", subject=version, details=details)
        return is_news


def _ask_later(connection: Connection, org_id: str, retry_at: datetime) -> None:
    new = jobs.NewJob("ingest", READ_AGAIN, priority="batch", runs_alone=True, not_before=retry_at)
    job_id = jobs.create_job(connection, org_id, new).job_id
    told = {"reason": READ_AGAIN["reason"], "not_before": retry_at.isoformat()}
    audit.append(connection, org_id, actor=ACTOR, action="ingest.requested", subject=job_id, details=told)
