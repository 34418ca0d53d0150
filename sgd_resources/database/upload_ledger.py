"""The `UploadLedger` port over Postgres: what became of each upload, one org-scoped transaction per call."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.dialects.postgresql import insert

from sgd_resources.database import audit, orgs
from sgd_resources.database import evidence as evidence_rows
from sgd_resources.database import uploads as upload_rows
from sgd_resources.database.engine import Database
from sgd_resources.database.shape import columns_of
from sgd_resources.database.tables import uploads
from sgd_resources.ports import EvidenceRecord, HeldUpload, PendingUpload

ACTOR = "graph"


class DatabaseUploadLedger:
    """Implements `sgd_resources.ports.UploadLedger`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pending(self, org_id: str) -> list[PendingUpload]:
        """Uploads that await the gate, oldest first."""
        with self._database.org_transaction(org_id) as connection:
            return [_pending(row) for row in upload_rows.pending_uploads(connection, org_id)]

    def register_dropped(self, org_id: str, *, key: str, file_name: str, size_bytes: int) -> PendingUpload | None:
        """Make a row for a file found in quarantine without one; None when its key is known already.

        A file named by a bare UUID is an upload through the API whose row is being written: never registered here.
        """
        if _is_uuid(key.rpartition("/")[2]):
            return None
        row = {"org_id": org_id, "upload_id": str(uuid4()), "key": key, "file_name": file_name}
        made = insert(uploads).values(**row, size_bytes=size_bytes).on_conflict_do_nothing()
        with self._database.org_transaction(org_id) as connection:
            orgs.ensure_org(connection, org_id)
            new = connection.execute(made.returning(*columns_of(uploads, upload_rows.Upload))).one_or_none()
        return None if new is None else _pending(upload_rows.Upload(*new))

    def promote(
        self, org_id: str, upload_id: str, record: EvidenceRecord, *, verdict: str, details: Mapping[str, Any]
    ) -> None:
        """Evidence row, upload status and audit row together; a repeat changes nothing. Raises NotFound."""
        with self._database.org_transaction(org_id) as connection:
            evidence_rows.upsert_evidence(connection, org_id, record)
            is_news = upload_rows.mark_promoted(
                connection, org_id, upload_id, evidence_sha256=record.evidence_sha256,
                source_sha256=record.source_sha256, verdict=verdict, details=details,
            )  # fmt: skip
            if is_news:
                told = {"evidence_sha256": record.evidence_sha256, "verdict": verdict, "av": record.av}
                audit.append(connection, org_id, actor=ACTOR, action="upload.promoted", subject=upload_id, details=told)

    def hold(
        self, org_id: str, upload_id: str, *, verdict: str, reason: str, details: Mapping[str, Any],
        source_sha256: str | None, is_retryable: bool = False,
    ) -> None:  # fmt: skip
        """The upload stays in quarantine and its row says why; a retryable one stays pending, with growing pauses.

        An upload that is evidence already stays evidence. Raises NotFound.
        """
        with self._database.org_transaction(org_id) as connection:
            if is_retryable:
                is_news = upload_rows.mark_retry(
                    connection, org_id, upload_id, verdict=verdict, reason=reason, details=details,
                    source_sha256=source_sha256,
                )  # fmt: skip
            else:
                is_news = upload_rows.mark_held(
                    connection, org_id, upload_id, status="rejected" if verdict == "reject" else "quarantined",
                    verdict=verdict, reason=reason, details=details, source_sha256=source_sha256,
                )  # fmt: skip
            if is_news:
                told = {"verdict": verdict, "reason": reason, "is_retryable": is_retryable}
                audit.append(connection, org_id, actor=ACTOR, action="upload.held", subject=upload_id, details=told)

    def evidence(self, org_id: str) -> list[EvidenceRecord]:
        """All clean files of the org, ordered by (file_name, evidence_sha256)."""
        with self._database.org_transaction(org_id) as connection:
            rows = evidence_rows.list_evidence(connection, org_id)
        return [
            EvidenceRecord(
                row.evidence_sha256, row.source_sha256, row.file_name, row.media_type, row.size_bytes, row.key, row.av
            )
            for row in rows
        ]

    def held(self, org_id: str, upload_id: str) -> HeldUpload:
        """One upload in any state. Raises NotFound, for another org's too."""
        with self._database.org_transaction(org_id) as connection:
            row = upload_rows.get_upload(connection, org_id, upload_id)
        return HeldUpload(_pending(row), row.status, row.verdict, row.reason)

    def release(
        self, org_id: str, upload_id: str, record: EvidenceRecord, *, actor: str, details: Mapping[str, Any]
    ) -> None:
        """The held upload becomes evidence as it is, with who said so; a repeat changes nothing. Raises NotFound."""
        with self._database.org_transaction(org_id) as connection:
            evidence_rows.upsert_evidence(connection, org_id, record)
            is_news = upload_rows.mark_promoted(
                connection, org_id, upload_id, evidence_sha256=record.evidence_sha256,
                source_sha256=record.source_sha256, verdict="accept:released", details=details,
            )  # fmt: skip
            if is_news:
                told = {"evidence_sha256": record.evidence_sha256, "details": dict(details)}
                audit.append(connection, org_id, actor=actor, action="upload.released", subject=upload_id, details=told)

    def discard(self, org_id: str, upload_id: str, *, actor: str) -> None:
        """The upload is thrown away, with who said so; evidence stays evidence. Raises NotFound."""
        with self._database.org_transaction(org_id) as connection:
            before = upload_rows.get_upload(connection, org_id, upload_id)
            is_news = before.status != "discarded" and upload_rows.mark_held(
                connection, org_id, upload_id, status="discarded", verdict=before.verdict or "quarantine",
                reason=before.reason or "discarded", details=before.details,
            )  # fmt: skip
            if is_news:
                told = {"verdict": before.verdict, "reason": before.reason}
                audit.append(
                    connection, org_id, actor=actor, action="upload.discarded", subject=upload_id, details=told
                )


def _pending(row: upload_rows.Upload) -> PendingUpload:
    return PendingUpload(
        row.upload_id, row.key, row.file_name, row.declared_type, row.size_bytes, row.attempts, row.project_id,
        row.source_sha256,
    )  # fmt: skip


def _is_uuid(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True
