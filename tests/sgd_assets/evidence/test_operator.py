"""What an operator may do: lift a hold on suspicion, or throw a file away; never let in malware or a rejected file."""

import hashlib
from collections.abc import Mapping
from typing import Any, BinaryIO

import pytest

from sgd_assets.evidence.gate import EvidenceGate
from sgd_assets.evidence.operator import discard_upload, release_upload
from sgd_assets.evidence.policy import upload_policy
from sgd_resources.errors import Conflict
from sgd_resources.ports import EvidenceRecord, HeldUpload, PendingUpload
from sgd_resources.ports.examination import Cleaning
from tests.fakes.examiner import FakeExaminer
from tests.fakes.object_store import FakeObjectStore
from tests.fakes.scanner import FakeScanner
from tests.hostile.made import EICAR

ORG, UPLOAD, KEY = "acme", "u1", "org/acme/quarantine/u1"
FORM_SHA256 = hashlib.sha256(b"form").hexdigest()
SUSPICIOUS = Cleaning(
    b"", "", {"refusal": {"verdict": "quarantine", "reason": "active_content"}, "findings": ["JavaScript"]}
)


class OneUpload:
    """Implements `OperatorLedger` over one upload."""

    def __init__(self, status: str = "quarantined", source: bytes = b"form") -> None:
        self.status = status
        self.source = source
        self.told: list[tuple[str, str]] = []
        self.record: EvidenceRecord | None = None

    def held(self, org_id: str, upload_id: str) -> HeldUpload:
        return HeldUpload(
            PendingUpload(
                upload_id, KEY, "form.md", None, len(self.source), source_sha256=hashlib.sha256(self.source).hexdigest()
            ),
            self.status,
            "quarantine",
            "active_content",
        )

    def release(
        self, org_id: str, upload_id: str, record: EvidenceRecord, *, actor: str, details: Mapping[str, Any]
    ) -> None:
        self.status, self.record = "promoted", record
        self.told.append(("released", actor))

    def discard(self, org_id: str, upload_id: str, *, actor: str) -> None:
        self.status = "discarded"
        self.told.append(("discarded", actor))


def stored(data: bytes = b"form") -> FakeObjectStore:
    store = FakeObjectStore()
    store.put(KEY, data)
    return store


def gate(cleaning: Cleaning | None = SUSPICIOUS) -> EvidenceGate:
    return EvidenceGate(examiner=FakeExaminer(cleaning=cleaning), scanner=FakeScanner(), policy=upload_policy())


def test_a_hold_on_suspicion_can_be_lifted() -> None:
    store, ledger = stored(), OneUpload()
    record = release_upload(ORG, UPLOAD, actor="ann", store=store, ledger=ledger, gate=gate())
    assert record.evidence_sha256 == record.source_sha256 == hashlib.sha256(b"form").hexdigest()
    assert store.get(record.key) == b"form"
    assert (ledger.record, ledger.told) == (record, [("released", "ann")])


def test_what_is_released_are_the_bytes_that_were_judged_not_what_lies_there_later() -> None:
    class SwappedAfterReading(FakeObjectStore):
        """Other bytes lie under the key as soon as somebody has read it."""

        def open(self, key: str) -> BinaryIO:
            stream = super().open(key)
            self.objects[key] = (b"swap", "")
            return stream

    store, ledger = SwappedAfterReading(), OneUpload()
    store.put(KEY, b"form")
    record = release_upload(ORG, UPLOAD, actor="ann", store=store, ledger=ledger, gate=gate())
    assert record.evidence_sha256 == FORM_SHA256
    assert store.objects[record.key][0] == b"form"


def test_bytes_that_changed_since_they_were_held_are_not_released() -> None:
    store, ledger = stored(b"swap"), OneUpload()
    with pytest.raises(Conflict, match="changed since it was held"):
        release_upload(ORG, UPLOAD, actor="ann", store=store, ledger=ledger, gate=gate())
    assert ledger.told == []


def test_malware_is_never_released() -> None:
    store, ledger = stored(EICAR), OneUpload(source=EICAR)
    with pytest.raises(Conflict):
        release_upload(ORG, UPLOAD, actor="ann", store=store, ledger=ledger, gate=gate())
    assert ledger.told == []


@pytest.mark.parametrize("status", ["rejected", "discarded", "failed"])
def test_only_a_held_upload_is_released(status: str) -> None:
    with pytest.raises(Conflict):
        release_upload(ORG, UPLOAD, actor="ann", store=stored(), ledger=OneUpload(status), gate=gate())


def test_a_discarded_upload_loses_its_bytes_and_keeps_its_row() -> None:
    store, ledger = stored(), OneUpload()
    assert discard_upload(ORG, UPLOAD, actor="ann", store=store, ledger=ledger).reason == "active_content"
    assert store.stat(KEY) is None
    assert ledger.told == [("discarded", "ann")]


def test_evidence_is_not_discarded() -> None:
    with pytest.raises(Conflict):
        discard_upload(ORG, UPLOAD, actor="ann", store=stored(), ledger=OneUpload("promoted"))
