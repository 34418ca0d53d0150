"""Fakes of the ledgers the graph writes to."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from sgd_resources.errors import NotFound
from sgd_resources.ports import (
    DroppedFile,
    EvidenceRecord,
    JudgedUpload,
    KnownDrop,
    PendingUpload,
    PromptCounts,
    PurgeableEvidence,
)
from sgd_resources.ports.statements import FactStatement
from sgd_resources.storage.keys import quarantine_key


def dropped(org_id: str, name: str, *, state: str = "10:1.0", source_sha256: str | None = None) -> DroppedFile:
    """A file that was laid into quarantine by hand, as the ledger is told of it."""
    upload_id = str(uuid4())
    return DroppedFile(
        dropped_key=f"org/{org_id}/quarantine/{name}",
        state=state,
        upload_id=upload_id,
        key=quarantine_key(org_id, upload_id),
        file_name=name,
        size_bytes=10,
        source_sha256=source_sha256,
    )


class FakeUploadLedger:
    """UploadLedger in memory."""

    def __init__(self) -> None:
        self.waiting: dict[str, list[PendingUpload]] = {}
        self.records: dict[str, dict[str, EvidenceRecord]] = {}
        self.held: list[tuple[str, str, str]] = []
        self.drops: dict[str, KnownDrop] = {}
        self.removed: list[PurgeableEvidence] = []
        self.judged: dict[str, tuple[str, JudgedUpload]] = {}

    def pending(self, org_id: str) -> list[PendingUpload]:
        return list(self.waiting.get(org_id, []))

    def known_drops(self, org_id: str, keys: Sequence[str]) -> Mapping[str, KnownDrop]:
        return {key: known for key, known in self.drops.items() if key in keys}

    def register_dropped(self, org_id: str, drop: DroppedFile) -> PendingUpload | None:
        known = self.drops.get(drop.dropped_key)
        if known is not None and known.state == drop.state:
            return None
        self.drops[drop.dropped_key] = KnownDrop(drop.upload_id, drop.state, drop.source_sha256)
        upload = PendingUpload(
            drop.upload_id, drop.key, drop.file_name, None, drop.size_bytes, source_sha256=drop.source_sha256
        )
        self.waiting.setdefault(org_id, []).append(upload)
        return upload

    def note_drop_state(self, org_id: str, upload_id: str, state: str) -> None:
        self.drops = {
            key: replace(known, state=state) if known.upload_id == upload_id else known
            for key, known in self.drops.items()
        }

    def promote(
        self,
        org_id: str,
        upload_id: str,
        record: EvidenceRecord,
        *,
        verdict: str,
        details: Mapping[str, Any],
        judged_by: str = "",
    ) -> bool:
        upload = next((one for one in self.pending(org_id) if one.upload_id == upload_id), None)
        if upload is not None:
            self.judged[upload_id] = judged_by, JudgedUpload(upload, record.evidence_sha256, is_released=False)
        self._done(org_id, upload_id)
        self.records.setdefault(org_id, {})[record.evidence_sha256] = record
        return True

    def judged_otherwise(self, org_id: str, versions: Collection[str], *, limit: int) -> list[JudgedUpload]:
        return [judged for version, judged in self.judged.values() if version not in versions][:limit]

    def note_judged(self, org_id: str, upload_ids: Collection[str], *, judged_by: str) -> None:
        self.judged.update({upload_id: (judged_by, self.judged[upload_id][1]) for upload_id in upload_ids})

    def judge_again(
        self,
        org_id: str,
        judged: JudgedUpload,
        record: EvidenceRecord,
        *,
        verdict: str,
        details: Mapping[str, Any],
        judged_by: str,
    ) -> bool:
        self.records[org_id].pop(judged.evidence_sha256 or "", None)
        self.records[org_id][record.evidence_sha256] = record
        self.judged[judged.upload.upload_id] = judged_by, replace(judged, evidence_sha256=record.evidence_sha256)
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
        self.records[org_id].pop(judged.evidence_sha256 or "", None)
        self.judged[judged.upload.upload_id] = judged_by, replace(judged, evidence_sha256=None)
        return True

    def purge(
        self, org_id: str, forget: Callable[[PurgeableEvidence], object], *, still_used: Collection[str] = ()
    ) -> list[str]:
        found = [one for one in self.removed if one.evidence_sha256 not in still_used]
        for one in found:
            forget(one)
            self.removed.remove(one)
        return [one.evidence_sha256 for one in found]

    def hold(
        self,
        org_id: str,
        upload_id: str,
        *,
        verdict: str,
        reason: str,
        details: Mapping[str, Any],
        source_sha256: str | None,
        is_retryable: bool = False,
    ) -> None:
        self.held.append((org_id, upload_id, reason))
        if not is_retryable:
            self._done(org_id, upload_id)

    def evidence(self, org_id: str) -> list[EvidenceRecord]:
        return sorted(self.records.get(org_id, {}).values(), key=lambda record: record.file_name)

    def _done(self, org_id: str, upload_id: str) -> None:
        self.waiting[org_id] = [u for u in self.waiting.get(org_id, []) if u.upload_id != upload_id]


class FakeGraphLedger:
    """GraphLedger in memory."""

    def __init__(self) -> None:
        self.documents: dict[str, list[Mapping[str, Any]]] = {}
        self.canons: list[tuple[str, str]] = []
        self.stated: dict[str, list[FactStatement]] = {}

    def record_documents(
        self, org_id: str, entries: Iterable[Mapping[str, Any]], *, retry_at: datetime | None = None
    ) -> None:
        self.documents[org_id] = list(entries)
        self.retry_at = retry_at

    def record_canon(
        self, org_id: str, *, version: str, status: str, palette: Sequence[str], fonts: Sequence[str]
    ) -> bool:
        self.canons.append((org_id, version))
        return True

    def statements(self, org_id: str) -> list[FactStatement]:
        return self.stated.get(org_id, [])

    def current_canon(self, org_id: str) -> str | None:
        return next((version for org, version in reversed(self.canons) if org == org_id), None)


class FakeRenderLedger:
    """RenderLedger in memory, with the same ownership rule."""

    def __init__(self, bodies: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        self.bodies = dict(bodies or {})
        self.owners: dict[str, str] = {}
        self.finished: dict[str, Mapping[str, Any]] = {}
        self.failed: dict[str, Mapping[str, Any]] = {}
        self.progress: list[Mapping[str, Any]] = []
        self.of_older_canons: list[str] = []

    def stale(self, org_id: str, *, limit: int) -> list[str]:
        return self.of_older_canons[:limit]

    def pending(self, org_id: str) -> list[str]:
        return [name for name in self.bodies if name not in self.finished and name not in self.failed]

    def claim(
        self, org_id: str, render_id: str, *, run_id: str, progress: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        if render_id not in self.bodies:
            raise NotFound("no such request in this org")
        if render_id in self.finished or render_id in self.failed:
            return None
        self.owners[render_id] = run_id
        self.progress.append(progress)
        return self.bodies[render_id]

    def note_progress(self, org_id: str, render_id: str, *, run_id: str, progress: Mapping[str, Any]) -> bool:
        if self.owners.get(render_id) != run_id:
            return False
        self.progress.append(progress)
        return True

    def finish(
        self,
        org_id: str,
        render_id: str,
        *,
        run_id: str,
        outputs: Sequence[Mapping[str, Any]],
        audit: Mapping[str, Any],
        progress: Mapping[str, Any],
    ) -> bool:
        if self.owners.get(render_id) != run_id:
            return False
        self.progress.append(progress)
        self.finished[render_id] = {"outputs": outputs, "audit": audit}
        return True

    def fail(
        self, org_id: str, render_id: str, *, run_id: str, error: Mapping[str, Any], progress: Mapping[str, Any]
    ) -> bool:
        if self.owners.get(render_id) != run_id:
            return False
        self.progress.append(progress)
        self.failed[render_id] = error
        return True


class FakePromptLedger:
    """Analyses and reviews that are given."""

    def __init__(self, found: PromptCounts | None = None) -> None:
        self.found = found or PromptCounts(0, 0, 0, 0, 0, 0, 0, 0)
        self.expired: list[str] = []

    def counts(self, org_id: str, *, since_days: int) -> PromptCounts:
        return self.found

    def expire_reviews(self, org_id: str) -> int:
        self.expired.append(org_id)
        return 0
