"""Judges and cleans evidence again, from the bytes as uploaded, once the rules that let it in have changed.

From -> To: uploads judged by other rules than today's -> the same evidence, cleaner evidence, or none, each change told
in the audit log. Some at a time: an org of thousands of files must not hold its own new uploads up. What must not live
here: the rules, or when an org's turn comes (`graph/changed_rules.py`).
"""

from collections import defaultdict
from collections.abc import Callable

from sgd_assets.evidence.gate import EvidenceGate, Inspection
from sgd_assets.evidence.recorded import recorded_bytes
from sgd_resources.errors import CorruptObject, NotFound, SgdError
from sgd_resources.events import tell, warn
from sgd_resources.ports import EvidenceRecord, JudgedUpload, ObjectStore, PendingUpload, UploadLedger
from sgd_resources.side_by_side import side_by_side

MOST_PER_RUN = 100
"""About a minute of cleaning; the sensor asks again for what is left."""

Keep = Callable[[str, PendingUpload, Inspection], EvidenceRecord]
"""Stores the clean bytes of an accepted file and gives their record."""
Note = Callable[[PendingUpload, str, str], object]


def rejudge_org(
    org_id: str,
    *,
    store: ObjectStore,
    ledger: UploadLedger,
    gate: EvidenceGate,
    keep: Keep,
    note: Note = lambda upload, verdict, reason: None,
    most: int = MOST_PER_RUN,
) -> None:
    """Bring up to `most` files of the org to today's rules. Nothing changed, nothing is read.

    What is evidence stays so while a part of the gate is down: it is asked for again.

    Raises:
        Unavailable: the store or the ledger is down. Retry; what was judged stays judged.
    """

    def inspect(judged: JudgedUpload) -> Inspection | SgdError:
        try:
            data = recorded_bytes(judged.upload, store=store, max_bytes=gate.max_file_bytes)
        except (NotFound, CorruptObject) as error:
            return error
        return gate.inspect(data, file_name=judged.upload.file_name, declared_type=judged.upload.declared_type)

    due = ledger.judged_otherwise(org_id, gate.judging_versions, limit=most)
    unchanged: dict[str, list[str]] = defaultdict(list)
    for judged, found in zip(due, side_by_side(inspect, due, at_once=gate.at_once), strict=True):
        version = gate.judged_by(judged.upload.file_name)
        if isinstance(found, SgdError):
            # Evidence whose original is gone cannot be judged by it; the next upload of it will be.
            warn("gate.not_judged_again", org_id=org_id, upload_id=judged.upload.upload_id, reason=type(found).__name__)
            unchanged[version].append(judged.upload.upload_id)
        elif found.is_retryable:
            continue
        elif found.is_accepted and not (judged.is_released and judged.evidence_sha256):
            _take(org_id, judged, found, version, ledger=ledger, keep=keep, note=note)
        elif _stays(judged, found):
            unchanged[version].append(judged.upload.upload_id)
        else:
            _withdraw(org_id, judged, found, version, ledger=ledger, note=note)
    for version, upload_ids in unchanged.items():
        ledger.note_judged(org_id, upload_ids, judged_by=version)


def _stays(judged: JudgedUpload, found: Inspection) -> bool:
    """Whether evidence stays as it is: an operator's word outranks a suspicion, and a lowered cap is for new files."""
    if found.reason == "too_large":
        return True
    is_suspicion = found.is_accepted or (found.verdict == "quarantine" and found.reason != "malware")
    return judged.is_released and judged.evidence_sha256 is not None and is_suspicion


def _take(
    org_id: str, judged: JudgedUpload, found: Inspection, version: str, *, ledger: UploadLedger, keep: Keep, note: Note
) -> None:
    record = keep(org_id, judged.upload, found)
    is_news = record.evidence_sha256 != judged.evidence_sha256
    verdict = f"{found.verdict}:{found.reason}" if found.reason else found.verdict
    details = {**found.details, "av": found.av.as_dict()}
    was_taken = ledger.judge_again(org_id, judged, record, verdict=verdict, details=details, judged_by=version)
    if was_taken and is_news:
        fate = "restored" if judged.evidence_sha256 is None else "recleaned"
        # The same bytes may have been taken back, and deleted between the first look and the row.
        keep(org_id, judged.upload, found)
        note(judged.upload, fate, found.reason)
        tell("gate.judged_again", org_id=org_id, upload_id=judged.upload.upload_id, fate=fate, reason=found.reason)


def _withdraw(
    org_id: str, judged: JudgedUpload, found: Inspection, version: str, *, ledger: UploadLedger, note: Note
) -> None:
    details = {**found.details, "detected_type": found.detected_type, "av": found.av.as_dict()}
    was_withdrawn = ledger.withdraw(
        org_id, judged, verdict=found.verdict, reason=found.reason, details=details, judged_by=version
    )
    if was_withdrawn and judged.evidence_sha256 is not None:
        note(judged.upload, "withdrawn", found.reason)
        warn("gate.withdrawn", org_id=org_id, upload_id=judged.upload.upload_id, reason=found.reason)
