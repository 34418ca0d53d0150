"""Taking an org's quarantine through the gate: one bad file never stops the rest, and a repeat changes nothing."""

import hashlib
import json
from dataclasses import replace

import pytest

from sgd_assets.evidence.build import build_gate
from sgd_assets.evidence.drops import DropRules
from sgd_assets.evidence.gate import EvidenceGate
from sgd_assets.evidence.ingest import ingest_org
from sgd_assets.evidence.policy import upload_policy
from sgd_resources.errors import RejectedEvidence, Unavailable
from sgd_resources.ports import PendingUpload
from sgd_resources.ports.examination import Cleaning
from sgd_resources.settings import Settings
from sgd_resources.storage.keys import evidence_key, quarantine_key
from tests.fakes.examiner import FakeExaminer
from tests.fakes.ledgers import FakeUploadLedger
from tests.fakes.object_store import FakeObjectStore

ORG = "acme"
DROPS = DropRules(settle_s=30)
UPLOAD = "00000000-0000-4000-8000-00000000000{}"


class PickyExaminer(FakeExaminer):
    """Refuses bytes that start with 'bad', is down for 'down', strips the rest."""

    def clean(self, data: bytes, media_type: str, *, wants_parts: bool = False) -> Cleaning:
        if data.startswith(b"bad"):
            raise RejectedEvidence("reject", "malformed", details={"line": 3})
        if data.startswith(b"down"):
            raise Unavailable("no child")
        return Cleaning(data.strip(), "stripped")


@pytest.fixture
def gate() -> EvidenceGate:
    return EvidenceGate(examiner=PickyExaminer(), scanner=None, policy=upload_policy())


def waiting(store: FakeObjectStore, ledger: FakeUploadLedger, *contents: bytes) -> None:
    for number, content in enumerate(contents):
        upload_id = UPLOAD.format(number)
        key = quarantine_key(ORG, upload_id)
        store.put(key, content)
        ledger.waiting.setdefault(ORG, []).append(
            PendingUpload(
                upload_id,
                key,
                f"file{number}.md",
                "text/markdown",
                len(content),
                source_sha256=hashlib.sha256(content).hexdigest(),
            )
        )


def test_clean_files_become_evidence_under_their_own_hash(gate: EvidenceGate) -> None:
    store, ledger = FakeObjectStore(), FakeUploadLedger()
    waiting(store, ledger, b"one ", b"two")
    manifest = ingest_org(ORG, store=store, ledger=ledger, gate=gate, drops=DROPS)
    assert [item.file_name for item in manifest.items] == ["file0.md", "file1.md"]
    first = manifest.items[0]
    assert first.evidence_sha256 == hashlib.sha256(b"one").hexdigest()
    assert first.source_sha256 == hashlib.sha256(b"one ").hexdigest()
    assert store.get(evidence_key(ORG, first.evidence_sha256)) == b"one"
    assert store.get(quarantine_key(ORG, UPLOAD.format(0))) == b"one "  # the file as uploaded is kept, untouched
    assert (manifest.promoted, manifest.quarantined) == (2, 0)


def test_a_bad_file_stays_out_and_the_rest_goes_on(gate: EvidenceGate, caplog: pytest.LogCaptureFixture) -> None:
    store, ledger = FakeObjectStore(), FakeUploadLedger()
    waiting(store, ledger, b"bad", b"good", b"down")
    manifest = ingest_org(ORG, store=store, ledger=ledger, gate=gate, drops=DROPS)
    assert [item.file_name for item in manifest.items] == ["file1.md"]
    assert (manifest.promoted, manifest.quarantined) == (1, 2)
    assert [(upload, why) for _, upload, why in ledger.held] == [
        (UPLOAD.format(0), "malformed"), (UPLOAD.format(2), "unavailable"),
    ]  # fmt: skip
    assert [upload.upload_id for upload in ledger.pending(ORG)] == [UPLOAD.format(2)]
    told = [json.loads(record.getMessage()) for record in caplog.records]
    assert [(line["event"], line["upload_id"], line["verdict"], line["reason"]) for line in told] == [
        ("gate.verdict", UPLOAD.format(0), "reject", "malformed"),
        ("gate.verdict", UPLOAD.format(2), "quarantine", "unavailable"),
    ]
    assert "file0" not in caplog.text


def test_a_repeat_changes_nothing(gate: EvidenceGate) -> None:
    store, ledger = FakeObjectStore(), FakeUploadLedger()
    waiting(store, ledger, b"one")
    first = ingest_org(ORG, store=store, ledger=ledger, gate=gate, drops=DROPS)
    second = ingest_org(ORG, store=store, ledger=ledger, gate=gate, drops=DROPS)
    assert second.items == first.items
    assert second.promoted == 0


def test_files_dropped_by_hand_are_taken_too(gate: EvidenceGate) -> None:
    store, ledger = FakeObjectStore(), FakeUploadLedger()
    store.put(f"org/{ORG}/quarantine/kit/voice.md", b"# Voice")
    manifest = ingest_org(ORG, store=store, ledger=ledger, gate=gate, drops=DROPS)
    assert [item.file_name for item in manifest.items] == ["voice.md"]


def test_bytes_that_are_gone_are_said_to_be_missing(gate: EvidenceGate) -> None:
    store, ledger = FakeObjectStore(), FakeUploadLedger()
    waiting(store, ledger, b"one")
    store.delete(quarantine_key(ORG, UPLOAD.format(0)))
    ingest_org(ORG, store=store, ledger=ledger, gate=gate, drops=DROPS)
    assert ledger.held == [(ORG, UPLOAD.format(0), "missing")]


def test_a_file_over_the_cap_is_not_read_whole(gate: EvidenceGate) -> None:
    store, ledger = FakeObjectStore(), FakeUploadLedger()
    waiting(store, ledger, b"x" * 50_000_001)
    ingest_org(ORG, store=store, ledger=ledger, gate=gate, drops=DROPS)
    assert ledger.held == [(ORG, UPLOAD.format(0), "too_large")]


@pytest.mark.slow
def test_the_cap_is_the_policys_and_what_is_below_it_is_promoted_whole() -> None:
    policy = replace(upload_policy(), max_file_bytes=60_000_000)
    store, ledger = FakeObjectStore(), FakeUploadLedger()
    waiting(store, ledger, b"x" * 52_000_000)
    manifest = ingest_org(
        ORG,
        store=store,
        ledger=ledger,
        gate=EvidenceGate(examiner=PickyExaminer(), scanner=None, policy=policy),
        drops=DROPS,
    )
    assert [item.size_bytes for item in manifest.items] == [52_000_000]


def test_the_setting_may_lower_the_cap_and_never_raises_it() -> None:
    policy = upload_policy()
    assert policy.lowered_to(1_000).max_file_bytes == 1_000
    assert policy.lowered_to(10**9).max_file_bytes == policy.lowered_to(None).max_file_bytes == policy.max_file_bytes
    with build_gate(Settings(_env_file=None, sgd_max_upload_bytes=1_000)) as gate:
        assert gate.max_file_bytes == 1_000


@pytest.mark.parametrize("later", [b"cut", b"same!"])
def test_other_bytes_than_were_taken_in_are_never_promoted(gate: EvidenceGate, later: bytes) -> None:
    store, ledger = FakeObjectStore(), FakeUploadLedger()
    waiting(store, ledger, b"whole", b"good")
    store.put(quarantine_key(ORG, UPLOAD.format(0)), later)
    manifest = ingest_org(ORG, store=store, ledger=ledger, gate=gate, drops=DROPS)
    assert [item.file_name for item in manifest.items] == ["file1.md"]
    assert ledger.held == [(ORG, UPLOAD.format(0), "bytes_changed")]
