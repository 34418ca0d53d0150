"""Takes uploads and their evidence back: status, evidence row and audit rows in the caller's transaction.

Rows stay and say what was there; evidence that no promoted upload refers to any more counts as removed from then on.
What must not live here: stored bytes (`sgd_assets/evidence/purge.py`), or who may ask.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, exists, func, literal, select, text, update
from sqlalchemy.dialects.postgresql import JSONB

from sgd_resources.errors import NotFound
from sgd_resources.ports import PurgeableEvidence
from sgd_resources.postgres.rows import audit
from sgd_resources.postgres.rows.upload_intake import lock_intake
from sgd_resources.postgres.shape import known_uuid
from sgd_resources.postgres.tables.brand import evidence, uploads

RemovalReason = Literal["removed", "superseded", "withdrawn", "recleaned"]


@dataclass(frozen=True)
class Removal:
    """What one call took back; empty when it had been taken back before."""

    upload_ids: tuple[str, ...] = ()
    evidence_sha256s: tuple[str, ...] = ()
    upload_keys: tuple[str, ...] = ()
    """Where the uploads lie that the call was about, for their bytes to be deleted after the commit."""


@dataclass(frozen=True)
class RemovedEvidence:
    """Evidence that was taken back."""

    evidence_sha256: str
    file_name: str
    reason: str


def remove_uploads(
    connection: Connection,
    org_id: str,
    upload_ids: Iterable[str],
    *,
    actor: str,
    reason: RemovalReason = "removed",
    details: Mapping[str, Any] | None = None,
) -> Removal:
    """Take uploads back in whatever state they are, and the evidence that only they gave. Idempotent, audited.

    Raises:
        NotFound: one of them is not in this org; then nothing changes.
    """
    lock_intake(connection, org_id)
    ids = list(dict.fromkeys(known_uuid(upload_id, "upload") for upload_id in upload_ids))
    mine = (uploads.c.org_id == org_id, uploads.c.upload_id.in_(ids))
    columns = (uploads.c.upload_id, uploads.c.status, uploads.c.evidence_sha256, uploads.c.key)
    found = connection.execute(select(*columns).where(*mine).order_by(uploads.c.seq).with_for_update()).all()
    if len(found) < len(ids):
        raise NotFound("no such upload in this org")
    taken = [row for row in found if row.status != "discarded"]
    for row in taken:
        told = {"was": row.status, "evidence_sha256": row.evidence_sha256, **(details or {})}
        _discard(connection, org_id, row.upload_id, reason, told)
        audit.append(
            connection, org_id, actor=actor, action=f"upload.{reason}", subject=str(row.upload_id), details=told
        )
    shas = dict.fromkeys(row.evidence_sha256 for row in taken if row.evidence_sha256 is not None)
    gone = tuple(sha256 for sha256 in shas if remove_if_unused(connection, org_id, sha256, actor, reason))
    return Removal(tuple(str(row.upload_id) for row in taken), gone, tuple(row.key for row in found))


def remove_evidence(
    connection: Connection,
    org_id: str,
    evidence_sha256: str,
    *,
    actor: str,
    reason: RemovalReason = "removed",
    details: Mapping[str, Any] | None = None,
) -> Removal:
    """Take one clean file back with every upload that gave it. Idempotent, audited. Raises NotFound."""
    known = select(evidence.c.removed_at).where(
        evidence.c.org_id == org_id, evidence.c.evidence_sha256 == evidence_sha256
    )
    if connection.execute(known).one_or_none() is None:
        raise NotFound("no such evidence in this org")
    lock_intake(connection, org_id)
    gave = select(uploads.c.upload_id).where(uploads.c.org_id == org_id, uploads.c.evidence_sha256 == evidence_sha256)
    ids = [str(upload_id) for upload_id in connection.execute(gave).scalars()]
    return remove_uploads(connection, org_id, ids, actor=actor, reason=reason, details=details)


def supersede_older_drops(connection: Connection, org_id: str, upload_id: str, *, actor: str) -> Removal:
    """Take back what earlier lay under the path that this upload was dropped in at; nothing for other uploads."""
    new = uploads.alias("new")
    query = (
        select(uploads.c.upload_id)
        .join(new, (new.c.org_id == uploads.c.org_id) & (new.c.dropped_key == _dropped_key()))
        .where(
            uploads.c.org_id == org_id,
            new.c.upload_id == upload_id,
            uploads.c.seq < new.c.seq,
            uploads.c.status.in_(("promoted", "quarantined")) | uploads.c.withdrawn_at.is_not(None),
        )
    )
    older = [str(found) for found in connection.execute(query).scalars()]
    return remove_uploads(
        connection, org_id, older, actor=actor, reason="superseded", details={"superseded_by": upload_id}
    )


def supersede_others(
    connection: Connection, org_id: str, *, project_id: str, keep: Collection[str], actor: str
) -> Removal:
    """Take back every upload of one project that is not among `keep`: another set of files has taken its place."""
    query = select(uploads.c.upload_id).where(
        uploads.c.org_id == org_id, uploads.c.project_id == project_id, uploads.c.status != "discarded"
    )
    others = [str(found) for found in connection.execute(query).scalars() if str(found) not in keep]
    return remove_uploads(connection, org_id, others, actor=actor, reason="superseded")


def removed_evidence(connection: Connection, org_id: str) -> list[RemovedEvidence]:
    """Everything that was taken back and has not come again, ordered by (file_name, evidence_sha256)."""
    query = (
        select(evidence.c.evidence_sha256, evidence.c.file_name, evidence.c.removed_reason)
        .where(evidence.c.org_id == org_id, evidence.c.removed_at.is_not(None))
        .order_by(evidence.c.file_name, evidence.c.evidence_sha256)
    )
    return [RemovedEvidence(*row) for row in connection.execute(query)]


def purgeable_evidence(connection: Connection, org_id: str) -> list[PurgeableEvidence]:
    """Removed evidence whose stored objects are still there, with the keys of the uploads that gave it."""
    query = select(evidence.c.evidence_sha256).where(
        evidence.c.org_id == org_id, evidence.c.removed_at.is_not(None), evidence.c.purged_at.is_(None)
    )
    shas = list(connection.execute(query.order_by(evidence.c.evidence_sha256)).scalars())
    was = uploads.c.details["evidence_sha256"].astext
    gave = select(was, uploads.c.key).where(uploads.c.org_id == org_id, uploads.c.status == "discarded", was.in_(shas))
    keys: dict[str, list[str]] = {sha256: [] for sha256 in shas}
    for sha256, key in connection.execute(gave) if shas else ():
        keys[sha256].append(key)
    return [PurgeableEvidence(sha256, tuple(found)) for sha256, found in keys.items()]


def orgs_to_purge(directory: Connection, *, limit: int = 100_000) -> list[str]:
    """Orgs with removed evidence whose stored objects are still there. Call inside `Database.directory()`."""
    rows = directory.execute(text("SELECT org_id FROM directory_orgs_to_purge('', :limit)"), {"limit": limit})
    return list(rows.scalars())


def note_purged(connection: Connection, org_id: str, evidence_sha256: str) -> None:
    """The stored objects of removed evidence are gone."""
    connection.execute(
        update(evidence)
        .where(
            evidence.c.org_id == org_id,
            evidence.c.evidence_sha256 == evidence_sha256,
            evidence.c.removed_at.is_not(None),
        )
        .values(purged_at=func.now())
    )


def _dropped_key() -> Any:
    """Rows from before drops were copied bear the path itself as their key."""
    return func.coalesce(uploads.c.dropped_key, uploads.c.key)


def _discard(connection: Connection, org_id: str, upload_id: str, reason: str, told: Mapping[str, Any]) -> None:
    connection.execute(
        update(uploads)
        .where(uploads.c.org_id == org_id, uploads.c.upload_id == upload_id)
        .values(
            status="discarded",
            reason=reason,
            evidence_sha256=None,
            details=uploads.c.details.op("||")(literal(dict(told), JSONB)),
            retry_after=None,
            withdrawn_at=None,
            processed_at=func.now(),
        )
    )


def remove_if_unused(connection: Connection, org_id: str, sha256: str, actor: str, reason: RemovalReason) -> bool:
    """Whether no promoted upload gives the clean file any more, so that it counts as removed from now on. Audited."""
    used = exists().where(
        uploads.c.org_id == org_id, uploads.c.evidence_sha256 == sha256, uploads.c.status == "promoted"
    )
    remove = (
        update(evidence)
        .where(
            evidence.c.org_id == org_id, evidence.c.evidence_sha256 == sha256, evidence.c.removed_at.is_(None), ~used
        )
        .values(removed_at=func.now(), removed_reason=reason, purged_at=None)
    )
    if connection.execute(remove).rowcount == 0:
        return False
    audit.append(connection, org_id, actor=actor, action=f"evidence.{reason}", subject=sha256, details={})
    return True
