"""Upload rows: what lies in quarantine, and what the gate said of it.

An upload is pending while `processed_at` is empty. Status `quarantined` with a time means that it stays there, with the
reason on its row. What must not live here: the bytes, and judging them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, case, func, insert, select, text, update

from sgd_resources.postgres.shape import all_of, columns_of, known_uuid, newest_first, one_of
from sgd_resources.postgres.tables.brand import uploads

Status = Literal["quarantined", "promoted", "rejected", "discarded", "failed"]
MAX_ATTEMPTS = 12
"""With the pauses below, about six hours of a scanner being away."""
FIRST_PAUSE_S = 30
LONGEST_PAUSE_S = 3600


@dataclass(frozen=True)
class Upload:
    """One uploaded file."""

    upload_id: str
    project_id: str | None
    file_name: str
    declared_type: str | None
    size_bytes: int
    source_sha256: str | None
    key: str
    status: str
    verdict: str | None
    reason: str | None
    details: Mapping[str, Any]
    evidence_sha256: str | None
    attempts: int
    created_at: datetime
    processed_at: datetime | None
    retry_after: datetime | None
    seq: int
    dropped_key: str | None
    """Where the file lay when it was dropped in by hand."""


@dataclass(frozen=True)
class PendingOrg:
    """An org with uploads that are due. `newest_seq` and `attempts` change whenever there is something new to do."""

    org_id: str
    newest_seq: int
    pending: int
    attempts: int


def record_upload(
    connection: Connection,
    org_id: str,
    *,
    upload_id: str,
    key: str,
    file_name: str,
    declared_type: str | None,
    size_bytes: int,
    source_sha256: str | None = None,
    project_id: str | None = None,
) -> Upload:
    """The row of a file whose bytes lie in quarantine already. Raises Conflict when the key has a row."""
    row = {
        "org_id": org_id, "upload_id": upload_id, "key": key, "file_name": file_name, "declared_type": declared_type,
        "size_bytes": size_bytes, "source_sha256": source_sha256, "project_id": project_id,
    }  # fmt: skip
    made = insert(uploads).values(row).returning(*columns_of(uploads, Upload))
    return Upload(*connection.execute(made).one())


def pending_uploads(connection: Connection, org_id: str) -> list[Upload]:
    """Uploads that await the gate, oldest first, also those that are to rest a while after a failed try."""
    query = select(*columns_of(uploads, Upload)).where(uploads.c.org_id == org_id, uploads.c.processed_at.is_(None))
    return all_of(Upload, connection.execute(query.order_by(uploads.c.seq)))


def mark_promoted(
    connection: Connection,
    org_id: str,
    upload_id: str,
    *,
    evidence_sha256: str,
    source_sha256: str,
    verdict: str,
    details: Mapping[str, Any],
    judged_by: str = "",
) -> bool:
    """The upload became evidence by the rules `judged_by`; False when it was, or was taken back. Raises NotFound."""
    values = {
        "status": "promoted", "evidence_sha256": evidence_sha256, "source_sha256": source_sha256, "verdict": verdict,
        "reason": None, "details": dict(details), "retry_after": None, "processed_at": func.now(),
        "judged_by": judged_by, "withdrawn_at": None,
    }  # fmt: skip
    return _change(connection, org_id, upload_id, values)


def mark_held(
    connection: Connection,
    org_id: str,
    upload_id: str,
    *,
    status: Status,
    verdict: str,
    reason: str,
    details: Mapping[str, Any],
    source_sha256: str | None = None,
) -> bool:
    """The upload stays out, finally, with its reason; False when it is evidence or was taken back. Raises NotFound."""
    values = {
        "status": status, "verdict": verdict, "reason": reason, "details": dict(details), "retry_after": None,
        "source_sha256": func.coalesce(source_sha256, uploads.c.source_sha256), "processed_at": func.now(),
        "withdrawn_at": None,
    }  # fmt: skip
    return _change(connection, org_id, upload_id, values)


def mark_retry(
    connection: Connection,
    org_id: str,
    upload_id: str,
    *,
    verdict: str,
    reason: str,
    details: Mapping[str, Any],
    source_sha256: str | None = None,
) -> bool:
    """One more failed try: pending again after a pause that doubles, `failed` after `MAX_ATTEMPTS`."""
    tries = uploads.c.attempts + 1
    is_last = tries >= MAX_ATTEMPTS
    pause_s = func.least(FIRST_PAUSE_S * func.power(2, uploads.c.attempts), LONGEST_PAUSE_S)
    values = {
        "attempts": tries, "verdict": verdict, "reason": reason, "details": dict(details),
        "source_sha256": func.coalesce(source_sha256, uploads.c.source_sha256),
        "status": case((is_last, "failed"), else_="quarantined"),
        "processed_at": case((is_last, func.now()), else_=None),
        "retry_after": case((is_last, None), else_=func.now() + func.make_interval(0, 0, 0, 0, 0, 0, pause_s)),
    }  # fmt: skip
    return _change(connection, org_id, upload_id, values)


def get_upload(connection: Connection, org_id: str, upload_id: str) -> Upload:
    """One upload. Raises NotFound, for another org's too."""
    mine = (uploads.c.org_id == org_id, uploads.c.upload_id == known_uuid(upload_id, "upload"))
    return one_of(Upload, connection.execute(select(*columns_of(uploads, Upload)).where(*mine)).one_or_none(), "upload")


def find_by_key(connection: Connection, org_id: str, key: str) -> Upload | None:
    """The newest upload whose bytes lie, or lay, under this quarantine key, or were dropped in there by hand."""
    is_there = (uploads.c.key == key) | (uploads.c.dropped_key == key)
    query = select(*columns_of(uploads, Upload)).where(uploads.c.org_id == org_id, is_there)
    row = connection.execute(query.order_by(uploads.c.seq.desc()).limit(1)).one_or_none()
    return None if row is None else Upload(*row)


def list_uploads(
    connection: Connection, org_id: str, *, before_seq: int | None = None, limit: int = 100, status: str | None = None
) -> list[Upload]:
    """Newest first; pass the last `seq` as `before_seq` for the next page."""
    query = select(*columns_of(uploads, Upload)).where(uploads.c.org_id == org_id)
    if status is not None:
        query = query.where(uploads.c.status == status)
    return all_of(Upload, connection.execute(newest_first(query, uploads.c.seq, before=before_seq, limit=limit)))


def stored_bytes(connection: Connection, org_id: str) -> int:
    """Bytes of all the org's uploads that are kept, for its quota."""
    kept = (uploads.c.org_id == org_id, uploads.c.status != "discarded")
    return int(connection.execute(select(func.coalesce(func.sum(uploads.c.size_bytes), 0)).where(*kept)).scalar_one())


def orgs_with_pending(directory: Connection, after_seq: int = 0, limit: int = 100) -> list[PendingOrg]:
    """Orgs whose newest due upload came after `after_seq`, ordered by it. Call inside `Database.directory()`.

    `seq` is given at insert and seen at commit, so one that commits late can lie behind the cursor: start again at 0
    from time to time.
    """
    rows = directory.execute(
        text("SELECT org_id, newest_seq, pending, attempts FROM directory_pending_orgs(:after, :limit)"),
        {"after": after_seq, "limit": limit},
    )
    return [PendingOrg(*row) for row in rows]


def _change(connection: Connection, org_id: str, upload_id: str, values: Mapping[str, Any]) -> bool:
    """Whether the row changed: what is evidence, or was taken back, is no longer judged."""
    mine = (uploads.c.org_id == org_id, uploads.c.upload_id == known_uuid(upload_id, "upload"))
    is_open = uploads.c.status.not_in(("promoted", "discarded"))
    if connection.execute(update(uploads).where(*mine, is_open).values(**values)).rowcount == 1:
        return True
    get_upload(connection, org_id, upload_id)
    return False
