"""What an operator may do with a held upload: let it in as it is, or throw it away. Both are audited.

Nobody can let in malware or a file that was rejected: only a hold on suspicion (`quarantine`) can be lifted. What
must not live here: judging a file.
"""

from sgd_assets.evidence.gate import EvidenceGate
from sgd_assets.evidence.recorded import recorded_bytes
from sgd_resources.errors import Conflict, CorruptObject
from sgd_resources.ports import EvidenceRecord, HeldUpload, ObjectStore, OperatorLedger
from sgd_resources.storage.keys import evidence_key


def release_upload(
    org_id: str, upload_id: str, *, actor: str, store: ObjectStore, ledger: OperatorLedger, gate: EvidenceGate
) -> EvidenceRecord:
    """The evidence record of a held file, which becomes evidence with its bytes unchanged. Idempotent.

    The gate judges the bytes again first, so that what changed meanwhile (a new virus signature) counts. What becomes
    evidence are the very bytes that it judged, never what lies under the key a moment later.

    Raises:
        NotFound: no such upload in this org, or its bytes are gone.
        Conflict: the upload was not held on suspicion, is malware, was discarded, or its bytes are others by now.
        Unavailable: the gate cannot judge now. Retry.
    """
    held = ledger.held(org_id, upload_id)
    try:
        data = recorded_bytes(held.upload, store=store, max_bytes=gate.max_file_bytes)
    except CorruptObject as error:
        raise Conflict("the file changed since it was held; upload it again", details=error.details) from error
    inspection = gate.inspect(data, file_name=held.upload.file_name, declared_type=held.upload.declared_type)
    if inspection.is_retryable:
        raise Conflict("the gate cannot judge the file now; try again later", details={"reason": inspection.reason})
    if (
        held.status not in ("quarantined", "promoted")
        or inspection.verdict == "reject"
        or inspection.reason == "malware"
    ):
        raise Conflict(
            "only a file held on suspicion can be released",
            details={"status": held.status, "verdict": inspection.verdict, "reason": inspection.reason},
        )
    assert inspection.source_sha256 is not None
    assert inspection.detected_type is not None
    key = evidence_key(org_id, inspection.source_sha256)
    store.put(key, data, content_type=inspection.detected_type)
    record = EvidenceRecord(
        evidence_sha256=inspection.source_sha256,
        source_sha256=inspection.source_sha256,
        file_name=held.upload.file_name,
        media_type=inspection.detected_type,
        size_bytes=inspection.size_bytes,
        key=key,
        av=inspection.av,
    )
    ledger.release(
        org_id, upload_id, record, actor=actor, details={**inspection.details, "av": inspection.av.as_dict()}
    )
    return record


def discard_upload(
    org_id: str, upload_id: str, *, actor: str, store: ObjectStore, ledger: OperatorLedger
) -> HeldUpload:
    """The upload as it was; its bytes are deleted and its row says who threw it away. Idempotent.

    Raises:
        NotFound: no such upload in this org.
        Conflict: it is evidence already.
    """
    held = ledger.held(org_id, upload_id)
    if held.status == "promoted":
        raise Conflict("the upload is evidence already", details={"status": held.status})
    ledger.discard(org_id, upload_id, actor=actor)
    store.delete(held.upload.key)
    return held
