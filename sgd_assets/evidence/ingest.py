"""Takes an org's quarantine through the gate.

From -> To: pending uploads (and what `drops.py` takes of files laid there by hand) -> `EvidenceManifest`. Promotion
writes the clean bytes under their own hash first and the ledger row last, so that a crash between the two costs a
repeat, never a half-told row. What must not live here: judging a file (that is `gate`).
"""

from collections.abc import Callable, Iterable

from sgd_assets.evidence.drops import DropRules, take_drops
from sgd_assets.evidence.gate import EvidenceGate, Inspection
from sgd_assets.evidence.manifest import Av, EvidenceItem, EvidenceManifest
from sgd_assets.evidence.recorded import recorded_bytes
from sgd_assets.evidence.rejudge import Keep, rejudge_org
from sgd_resources.errors import CorruptObject, NotFound, SgdError
from sgd_resources.events import tell, warn
from sgd_resources.ports import EvidenceRecord, ObjectStore, PendingUpload, UploadLedger
from sgd_resources.side_by_side import side_by_side
from sgd_resources.storage.keys import evidence_key

Note = Callable[[PendingUpload, str, str], object]
"""Hears of each file: the upload, the verdict, and the reason."""


def ingest_org(
    org_id: str,
    *,
    store: ObjectStore,
    ledger: UploadLedger,
    gate: EvidenceGate,
    drops: DropRules,
    note: Note = lambda upload, verdict, reason: None,
) -> EvidenceManifest:
    """Every clean file of the org after this run. Idempotent: nothing pending and no rule changed, nothing changes.

    One bad file never stops the rest: it stays in quarantine and its row says why.

    Raises:
        Unavailable: the store or the ledger is down. Retry; what was promoted stays promoted.
    """
    take_drops(org_id, store=store, ledger=ledger, rules=drops, max_file_bytes=gate.max_file_bytes)
    promoted = quarantined = 0
    pending = ledger.pending(org_id)

    def inspect(upload: PendingUpload) -> Inspection | SgdError:
        return _inspect_upload(upload, store=store, gate=gate)

    inspections = side_by_side(inspect, pending, at_once=gate.at_once)
    for upload, inspection in zip(pending, inspections, strict=True):
        if isinstance(inspection, SgdError):
            _hold_unseen(org_id, upload, inspection, ledger=ledger)
            note(upload, "quarantine", inspection.message)
            warn("gate.nothing_to_judge", org_id=org_id, upload_id=upload.upload_id, reason=type(inspection).__name__)
            quarantined += 1
            continue
        note(upload, inspection.verdict, inspection.reason)
        _tell_verdict(org_id, upload, inspection)
        if inspection.is_accepted:
            judged_by = gate.judged_by(upload.file_name)
            promoted += promote(org_id, upload, inspection, store=store, ledger=ledger, judged_by=judged_by) is not None
        else:
            _hold(org_id, upload, inspection, ledger=ledger)
            quarantined += 1
    rejudge_org(org_id, store=store, ledger=ledger, gate=gate, keep=_keeper(store), note=note)
    return manifest_of(org_id, ledger.evidence(org_id), promoted=promoted, quarantined=quarantined)


def promote(
    org_id: str,
    upload: PendingUpload,
    inspection: Inspection,
    *,
    store: ObjectStore,
    ledger: UploadLedger,
    judged_by: str = "",
) -> EvidenceRecord | None:
    """The evidence record of an accepted file; its clean bytes are stored under their own sha256.

    None when the upload was taken back while it was judged.
    """
    record = _keep(org_id, upload, inspection, store=store)
    verdict = f"{inspection.verdict}:{inspection.reason}" if inspection.reason else inspection.verdict
    details = {**inspection.details, "av": inspection.av.as_dict()}
    if not ledger.promote(org_id, upload.upload_id, record, verdict=verdict, details=details, judged_by=judged_by):
        return None
    if store.stat(record.key) is None:
        # The same bytes had been taken back, and were deleted between the first look and the row.
        _keep(org_id, upload, inspection, store=store)
    return record


def _keeper(store: ObjectStore) -> Keep:
    return lambda org_id, upload, inspection: _keep(org_id, upload, inspection, store=store)


def _keep(org_id: str, upload: PendingUpload, inspection: Inspection, *, store: ObjectStore) -> EvidenceRecord:
    assert inspection.clean_bytes is not None
    assert inspection.evidence_sha256 is not None
    assert inspection.source_sha256 is not None
    assert inspection.detected_type is not None
    key = evidence_key(org_id, inspection.evidence_sha256)
    if store.stat(key) is None:
        store.put(key, inspection.clean_bytes, content_type=inspection.detected_type)
    return EvidenceRecord(
        evidence_sha256=inspection.evidence_sha256,
        source_sha256=inspection.source_sha256,
        file_name=upload.file_name,
        media_type=inspection.detected_type,
        size_bytes=len(inspection.clean_bytes),
        key=key,
        av=inspection.av,
    )


def manifest_of(
    org_id: str, records: Iterable[EvidenceRecord], *, promoted: int = 0, quarantined: int = 0
) -> EvidenceManifest:
    """The manifest of some evidence rows, ordered by (file_name, evidence_sha256)."""
    items = sorted(
        (
            EvidenceItem(
                evidence_sha256=record.evidence_sha256,
                source_sha256=record.source_sha256,
                file_name=record.file_name,
                media_type=record.media_type,
                size_bytes=record.size_bytes,
                key=record.key,
                av=Av(**record.av.as_dict()),
            )
            for record in records
        ),
        key=lambda item: (item.file_name, item.evidence_sha256),
    )
    return EvidenceManifest(org_id=org_id, items=tuple(items), promoted=promoted, quarantined=quarantined)


def _inspect_upload(upload: PendingUpload, *, store: ObjectStore, gate: EvidenceGate) -> Inspection | SgdError:
    """What the gate says, or why there was nothing to show it: the bytes are gone, or are not those taken in."""
    try:
        data = recorded_bytes(upload, store=store, max_bytes=gate.max_file_bytes)
    except (NotFound, CorruptObject) as error:
        return error
    return gate.inspect(data, file_name=upload.file_name, declared_type=upload.declared_type)


def _tell_verdict(org_id: str, upload: PendingUpload, inspection: Inspection) -> None:
    told = tell if inspection.is_accepted else warn
    told(
        "gate.verdict", org_id=org_id,
        upload_id=upload.upload_id, verdict=inspection.verdict, reason=inspection.reason,
        media_type=inspection.detected_type, size_bytes=upload.size_bytes, attempt=upload.attempts + 1,
        is_retryable=inspection.is_retryable,
    )  # fmt: skip


def _hold_unseen(org_id: str, upload: PendingUpload, error: SgdError, *, ledger: UploadLedger) -> None:
    is_gone = isinstance(error, NotFound)
    ledger.hold(
        org_id,
        upload.upload_id,
        verdict="reject" if is_gone else "quarantine",
        reason="missing" if is_gone else "bytes_changed",
        details={} if is_gone else {"message": error.message, **error.details},
        source_sha256=None,
    )


def _hold(org_id: str, upload: PendingUpload, inspection: Inspection, *, ledger: UploadLedger) -> None:
    ledger.hold(
        org_id,
        upload.upload_id,
        verdict=inspection.verdict,
        reason=inspection.reason,
        details={**inspection.details, "detected_type": inspection.detected_type, "av": inspection.av.as_dict()},
        source_sha256=inspection.source_sha256,
        is_retryable=inspection.is_retryable,
    )
