"""The `UploadLedger` port over Postgres: what became of each upload, one org-scoped transaction per call."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import func, insert, select, update

from sgd_resources.errors import Conflict
from sgd_resources.ports import (
    AvReport,
    DroppedFile,
    EvidenceRecord,
    HeldUpload,
    JudgedUpload,
    KnownDrop,
    PendingUpload,
    PurgeableEvidence,
)
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import audit, judged_uploads, orgs
from sgd_resources.postgres.rows import evidence as evidence_rows
from sgd_resources.postgres.rows import uploads as upload_rows
from sgd_resources.postgres.rows.evidence_removal import (
    note_purged,
    purgeable_evidence,
    remove_if_unused,
    supersede_older_drops,
)
from sgd_resources.postgres.rows.upload_intake import lock_intake
from sgd_resources.postgres.shape import columns_of
from sgd_resources.postgres.tables.brand import evidence, uploads

ACTOR = "graph"
RELEASED = "accept:released"
"""The verdict on a file that an operator let in as it is."""
_KEYS_ASKED_AT_ONCE = 1_000


class DatabaseUploadLedger:
    """Implements `sgd_resources.ports.UploadLedger`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pending(self, org_id: str) -> list[PendingUpload]:
        """Uploads that await the gate, oldest first."""
        with self._database.org_transaction(org_id) as connection:
            return [_pending(row) for row in upload_rows.pending_uploads(connection, org_id)]

    def known_drops(self, org_id: str, keys: Sequence[str]) -> dict[str, KnownDrop]:
        """Of these paths, those that something was taken from, with what was taken last."""
        wanted = list(keys)
        # Rows from before drops were copied bear the path itself as their key.
        path = func.coalesce(uploads.c.dropped_key, uploads.c.key)
        query = (
            select(path, uploads.c.upload_id, uploads.c.dropped_state, uploads.c.source_sha256)
            .where(uploads.c.org_id == org_id, uploads.c.dropped_key.in_(wanted) | uploads.c.key.in_(wanted))
            .order_by(uploads.c.seq)
        )
        with self._database.org_transaction(org_id) as connection:
            return {found: KnownDrop(*rest) for found, *rest in connection.execute(query)}

    def register_dropped(self, org_id: str, drop: DroppedFile) -> PendingUpload | None:
        """Make a row for a file that was dropped in; None when this state of it has one already."""
        values = {"org_id": org_id, **asdict(drop)}
        values["dropped_state"] = values.pop("state")
        same = select(uploads.c.upload_id).where(
            uploads.c.org_id == org_id,
            uploads.c.dropped_key == drop.dropped_key,
            uploads.c.dropped_state == drop.state,
        )
        with self._database.org_transaction(org_id) as connection:
            orgs.ensure_org(connection, org_id)
            lock_intake(connection, org_id)
            if connection.execute(same.limit(1)).one_or_none() is not None:
                return None
            made = insert(uploads).values(**values).returning(*columns_of(uploads, upload_rows.Upload))
            row = upload_rows.Upload(*connection.execute(made).one())
            told = {"dropped_key": drop.dropped_key, "source_sha256": drop.source_sha256}
            audit.append(connection, org_id, actor=ACTOR, action="upload.dropped", subject=row.upload_id, details=told)
        return _pending(row)

    def note_drop_state(self, org_id: str, upload_id: str, state: str) -> None:
        """The file was touched, and its bytes are those of this upload still."""
        mine = (uploads.c.org_id == org_id, uploads.c.upload_id == upload_id)
        path = func.coalesce(uploads.c.dropped_key, uploads.c.key)
        with self._database.org_transaction(org_id) as connection:
            connection.execute(update(uploads).where(*mine).values(dropped_state=state, dropped_key=path))

    def promote(
        self, org_id: str, upload_id: str, record: EvidenceRecord, *, verdict: str, details: Mapping[str, Any],
        judged_by: str = "",
    ) -> bool:  # fmt: skip
        """Evidence row, upload status and audit row together, and what it replaces taken back.

        A repeat changes nothing. False when the upload was taken back meanwhile: then nothing is written. Raises
        NotFound.
        """
        with self._database.org_transaction(org_id) as connection:
            lock_intake(connection, org_id)
            if upload_rows.get_upload(connection, org_id, upload_id).status == "discarded":
                return False
            evidence_rows.upsert_evidence(connection, org_id, record)
            is_news = upload_rows.mark_promoted(
                connection, org_id, upload_id, evidence_sha256=record.evidence_sha256,
                source_sha256=record.source_sha256, verdict=verdict, details=details, judged_by=judged_by,
            )  # fmt: skip
            if is_news:
                told = {"evidence_sha256": record.evidence_sha256, "verdict": verdict, "av": record.av.as_dict()}
                audit.append(connection, org_id, actor=ACTOR, action="upload.promoted", subject=upload_id, details=told)
                supersede_older_drops(connection, org_id, upload_id, actor=ACTOR)
        return True

    def judged_otherwise(self, org_id: str, versions: Collection[str], *, limit: int) -> list[JudgedUpload]:
        """Evidence, and what was withdrawn, whose rules are none of `versions`; oldest first."""
        with self._database.org_transaction(org_id) as connection:
            rows = judged_uploads.judged_otherwise(connection, org_id, versions, limit)
        return [JudgedUpload(_pending(row), row.evidence_sha256, row.verdict == RELEASED) for row in rows]

    def note_judged(self, org_id: str, upload_ids: Collection[str], *, judged_by: str) -> None:
        """Today's rules change nothing about these uploads."""
        with self._database.org_transaction(org_id) as connection:
            judged_uploads.note_judged(connection, org_id, upload_ids, judged_by)

    def judge_again(
        self, org_id: str, judged: JudgedUpload, record: EvidenceRecord, *, verdict: str, details: Mapping[str, Any],
        judged_by: str,
    ) -> bool:  # fmt: skip
        """The upload gives this evidence now, in the place of what it gave. See UploadLedger.judge_again."""
        upload_id, before = judged.upload.upload_id, judged.evidence_sha256
        with self._database.org_transaction(org_id) as connection:
            lock_intake(connection, org_id)
            if upload_rows.get_upload(connection, org_id, upload_id).status == "discarded":
                return False
            evidence_rows.upsert_evidence(connection, org_id, record)
            judged_uploads.mark_judged_again(
                connection, org_id, upload_id, evidence_sha256=record.evidence_sha256, verdict=verdict,
                details=details, judged_by=judged_by,
            )  # fmt: skip
            if before != record.evidence_sha256:
                told = {"evidence_sha256": record.evidence_sha256, "was": before, "verdict": verdict}
                action = "upload.restored" if before is None else "upload.recleaned"
                audit.append(connection, org_id, actor=ACTOR, action=action, subject=upload_id, details=told)
            if before is not None and before != record.evidence_sha256:
                remove_if_unused(connection, org_id, before, ACTOR, "recleaned")
        return True

    def withdraw(
        self,
        org_id: str,
        judged: JudgedUpload,
        *,
        verdict: str,
        reason: str,
        details: Mapping[str, Any],
        judged_by: str,
    ) -> bool:
        """Today's rules hold the upload. See UploadLedger.withdraw."""
        upload_id, before = judged.upload.upload_id, judged.evidence_sha256
        with self._database.org_transaction(org_id) as connection:
            lock_intake(connection, org_id)
            if not judged_uploads.mark_withdrawn(
                connection, org_id, upload_id, verdict=verdict, reason=reason, details=details, judged_by=judged_by
            ):
                return False
            if before is not None:
                told = {"evidence_sha256": before, "verdict": verdict, "reason": reason}
                audit.append(
                    connection, org_id, actor=ACTOR, action="upload.withdrawn", subject=upload_id, details=told
                )
                remove_if_unused(connection, org_id, before, ACTOR, "withdrawn")
        return True

    def hold(
        self, org_id: str, upload_id: str, *, verdict: str, reason: str, details: Mapping[str, Any],
        source_sha256: str | None, is_retryable: bool = False,
    ) -> None:  # fmt: skip
        """The upload stays in quarantine and its row says why; a retryable one stays pending, with growing pauses.

        An upload that is evidence already stays evidence, one that was taken back stays so. Raises NotFound.
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
        """All clean files of the org that were not taken back, ordered by (file_name, evidence_sha256)."""
        with self._database.org_transaction(org_id) as connection:
            rows = evidence_rows.list_evidence(connection, org_id)
        return [
            EvidenceRecord(
                row.evidence_sha256,
                row.source_sha256,
                row.file_name,
                row.media_type,
                row.size_bytes,
                row.key,
                AvReport(row.av, row.av_engine, row.av_rules),
            )
            for row in rows
        ]

    def purge(
        self, org_id: str, forget: Callable[[PurgeableEvidence], object], *, still_used: Collection[str] = ()
    ) -> list[str]:
        """Have `forget` delete what is stored of evidence that was taken back. See UploadLedger.purge."""
        with self._database.org_transaction(org_id) as connection:
            lock_intake(connection, org_id)
            found = [one for one in purgeable_evidence(connection, org_id) if one.evidence_sha256 not in still_used]
            for evidence in found:
                forget(evidence)
                note_purged(connection, org_id, evidence.evidence_sha256)
        return [evidence.evidence_sha256 for evidence in found]

    def wanted_uploads(self, org_id: str, keys: Sequence[str]) -> set[str]:
        """Of these keys, those of uploads that were not taken back."""
        mine = (uploads.c.org_id == org_id, uploads.c.status != "discarded")
        found: set[str] = set()
        with self._database.org_transaction(org_id) as connection:
            for start in range(0, len(keys), _KEYS_ASKED_AT_ONCE):
                some = keys[start : start + _KEYS_ASKED_AT_ONCE]
                found |= set(connection.execute(select(uploads.c.key).where(*mine, uploads.c.key.in_(some))).scalars())
        return found

    def evidence_keys(self, org_id: str, *, is_kept_only: bool = False) -> set[str]:
        """Keys of the org's clean files; also of those taken back and not deleted yet, unless `is_kept_only`."""
        query = select(evidence.c.key).where(evidence.c.org_id == org_id, evidence.c.purged_at.is_(None))
        if is_kept_only:
            query = query.where(evidence.c.removed_at.is_(None))
        with self._database.org_transaction(org_id) as connection:
            return set(connection.execute(query).scalars())

    def held(self, org_id: str, upload_id: str) -> HeldUpload:
        """One upload in any state. Raises NotFound, for another org's too."""
        with self._database.org_transaction(org_id) as connection:
            row = upload_rows.get_upload(connection, org_id, upload_id)
        return HeldUpload(_pending(row), row.status, row.verdict, row.reason)

    def release(
        self, org_id: str, upload_id: str, record: EvidenceRecord, *, actor: str, details: Mapping[str, Any]
    ) -> None:
        """The held upload becomes evidence as it is, with who said so; a repeat changes nothing.

        Raises:
            NotFound: no such upload. Conflict: it was taken back meanwhile.
        """
        with self._database.org_transaction(org_id) as connection:
            lock_intake(connection, org_id)
            if upload_rows.get_upload(connection, org_id, upload_id).status == "discarded":
                raise Conflict("the upload was taken back meanwhile")
            evidence_rows.upsert_evidence(connection, org_id, record)
            is_news = upload_rows.mark_promoted(
                connection, org_id, upload_id, evidence_sha256=record.evidence_sha256,
                source_sha256=record.source_sha256, verdict=RELEASED, details=details,
            )  # fmt: skip
            if is_news:
                told = {"evidence_sha256": record.evidence_sha256, "details": dict(details)}
                audit.append(connection, org_id, actor=actor, action="upload.released", subject=upload_id, details=told)
                supersede_older_drops(connection, org_id, upload_id, actor=actor)

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
