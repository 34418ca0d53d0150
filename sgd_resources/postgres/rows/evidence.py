"""Evidence rows: one per clean file of an org."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert

from sgd_resources.ports import EvidenceRecord
from sgd_resources.postgres.shape import all_of, columns_of, one_of
from sgd_resources.postgres.tables.brand import evidence


@dataclass(frozen=True)
class Evidence:
    """One clean file."""

    evidence_sha256: str
    source_sha256: str
    file_name: str
    media_type: str
    size_bytes: int
    key: str
    av: str
    av_engine: str | None
    av_rules: str | None
    created_at: datetime


def upsert_evidence(connection: Connection, org_id: str, record: EvidenceRecord) -> None:
    """Keep the file. Bytes that are known already keep their first name; a scan that came later is noted.

    Evidence that was taken back and comes again counts again, under the name that it comes with.
    """
    row = insert(evidence).values(
        org_id=org_id,
        evidence_sha256=record.evidence_sha256,
        source_sha256=record.source_sha256,
        file_name=record.file_name,
        media_type=record.media_type,
        size_bytes=record.size_bytes,
        key=record.key,
        **_av_columns(record),
    )
    told = ("source_sha256", "file_name", "media_type", "size_bytes", "key")
    back = dict.fromkeys(("removed_at", "removed_reason", "purged_at"))
    mine = (evidence.c.org_id == org_id, evidence.c.evidence_sha256 == record.evidence_sha256)
    values = {name: getattr(record, name) for name in told} | _av_columns(record)
    connection.execute(update(evidence).where(*mine, evidence.c.removed_at.is_not(None)).values(**values, **back))
    connection.execute(
        row.on_conflict_do_update(
            index_elements=["org_id", "evidence_sha256"],
            set_={name: row.excluded[name] for name in _av_columns(record)},
            where=evidence.c.av.in_(("not_scanned", "clean")) & (row.excluded.av == "clean"),
        )
    )


def _av_columns(record: EvidenceRecord) -> dict[str, str | None]:
    return {"av": record.av.verdict, "av_engine": record.av.engine, "av_rules": record.av.rules}


def list_evidence(connection: Connection, org_id: str) -> list[Evidence]:
    """All clean files of the org that were not taken back, ordered by (file_name, evidence_sha256)."""
    query = select(*columns_of(evidence, Evidence)).where(evidence.c.org_id == org_id, evidence.c.removed_at.is_(None))
    return all_of(Evidence, connection.execute(query.order_by(evidence.c.file_name, evidence.c.evidence_sha256)))


def get_evidence(connection: Connection, org_id: str, evidence_sha256: str) -> Evidence:
    """One clean file. Raises NotFound, also when it was taken back."""
    mine = (
        evidence.c.org_id == org_id,
        evidence.c.evidence_sha256 == evidence_sha256,
        evidence.c.removed_at.is_(None),
    )
    query = select(*columns_of(evidence, Evidence)).where(*mine)
    return one_of(Evidence, connection.execute(query).one_or_none(), "evidence")
