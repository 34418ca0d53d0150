"""Changed rules judge evidence again from the bytes as uploaded; unchanged ones read nothing."""

import hashlib
import json
from collections.abc import Callable

import pytest

from sgd_assets.evidence.drops import DropRules
from sgd_assets.evidence.gate import EvidenceGate
from sgd_assets.evidence.ingest import ingest_org
from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_assets.evidence.policy import upload_policy
from sgd_assets.evidence.rejudge import rejudge_org
from sgd_resources.errors import RejectedEvidence, Unavailable
from sgd_resources.ports import JudgedUpload, PendingUpload
from sgd_resources.ports.examination import Cleaning, InnerScan
from sgd_resources.storage.keys import evidence_key, quarantine_key
from tests.fakes.examiner import FakeExaminer
from tests.fakes.ledgers import FakeUploadLedger
from tests.fakes.object_store import FakeObjectStore

ORG = "acme"
FIRST = "00000000-0000-4000-8000-000000000001"
SECOND = "00000000-0000-4000-8000-000000000002"


class Examiner(FakeExaminer):
    """Cleans and scans as it is told; counts what it is shown."""

    def __init__(self, clean: Callable[[bytes], bytes], *, bad: bytes = b"\0", is_suspicion: bool = False) -> None:
        super().__init__()
        self._clean, self._bad, self._is_suspicion = clean, bad, is_suspicion

    def scan(self, data: bytes, media_type: str) -> InnerScan:
        if self._bad in data:
            return InnerScan("rules 1", "set 2", "suspicious" if self._is_suspicion else "malware", "new_rule", "bad")
        return InnerScan("rules 1", "set 2")

    def clean(self, data: bytes, media_type: str, *, wants_parts: bool = False) -> Cleaning:
        self.cleaned += 1
        return Cleaning(self._clean(data), "stripped")


def gate_of(version: str, examiner: FakeExaminer) -> EvidenceGate:
    return EvidenceGate(
        examiner=examiner, scanner=None, policy=upload_policy(), version_of_type=lambda media_type: version
    )


class World:
    """An org with two files of evidence, let in by the rules `old`."""

    def __init__(self) -> None:
        self.store, self.ledger, self.notes = FakeObjectStore(), FakeUploadLedger(), list[tuple[str, str, str]]()
        for upload_id, content in ((FIRST, b"one "), (SECOND, b"two bad")):
            key = quarantine_key(ORG, upload_id)
            self.store.put(key, content)
            source = hashlib.sha256(content).hexdigest()
            upload = PendingUpload(upload_id, key, f"{upload_id[-1]}.md", None, len(content), source_sha256=source)
            self.ledger.waiting.setdefault(ORG, []).append(upload)
        self.ingest("old", Examiner(bytes.strip))
        self.notes.clear()

    def ingest(self, version: str, examiner: FakeExaminer) -> EvidenceManifest:
        def note(upload: PendingUpload, verdict: str, reason: str) -> None:
            self.notes.append((upload.file_name, verdict, reason))

        gate = gate_of(version, examiner)
        return ingest_org(ORG, store=self.store, ledger=self.ledger, gate=gate, drops=DropRules(0), note=note)


@pytest.fixture
def world() -> World:
    return World()


def test_the_same_rules_read_nothing(world: World) -> None:
    examiner = Examiner(bytes.upper)
    manifest = world.ingest("old", examiner)
    assert (examiner.cleaned, world.notes, len(manifest.items)) == (0, [], 2)


def test_a_changed_rule_withdraws_what_it_hits_and_tells_it(world: World, caplog: pytest.LogCaptureFixture) -> None:
    manifest = world.ingest("new", Examiner(bytes.strip, bad=b"bad"))
    assert [item.file_name for item in manifest.items] == ["1.md"]
    assert world.notes == [("2.md", "withdrawn", "malware")]
    (told,) = (json.loads(record.getMessage()) for record in caplog.records)
    assert (told["event"], told["upload_id"], told["reason"]) == ("gate.withdrawn", SECOND, "malware")


def test_a_mended_rule_brings_back_what_it_had_withdrawn(world: World) -> None:
    world.ingest("too strict", Examiner(bytes.strip, bad=b"bad"))
    manifest = world.ingest("mended", Examiner(bytes.strip))
    assert [item.file_name for item in manifest.items] == ["1.md", "2.md"]
    assert world.notes[-1] == ("2.md", "restored", "stripped")


def test_a_changed_cleaner_cleans_the_bytes_as_uploaded_again(world: World) -> None:
    manifest = world.ingest("new", Examiner(bytes.upper))
    assert [item.evidence_sha256 for item in manifest.items] == [
        hashlib.sha256(content).hexdigest() for content in (b"ONE ", b"TWO BAD")
    ]
    assert world.store.get(evidence_key(ORG, manifest.items[0].evidence_sha256)) == b"ONE "
    assert {verdict for _, verdict, _ in world.notes} == {"recleaned"}


def test_rules_that_come_to_the_same_are_noted_once(world: World) -> None:
    first, second = Examiner(bytes.strip), Examiner(bytes.strip)
    world.ingest("new", first)
    world.ingest("new", second)
    assert (first.cleaned, second.cleaned, world.notes) == (2, 0, [])


def test_a_part_of_the_gate_that_is_down_leaves_evidence_as_it_is_and_due(world: World) -> None:
    manifest = world.ingest("new", FakeExaminer(error=Unavailable("no child")))
    assert len(manifest.items) == 2
    assert len(world.ledger.judged_otherwise(ORG, {"new"}, limit=9)) == 2


def test_evidence_whose_original_is_gone_stays_and_is_not_asked_about_again(world: World) -> None:
    world.store.delete(quarantine_key(ORG, FIRST))
    manifest = world.ingest("new", Examiner(bytes.upper))
    assert [item.file_name for item in manifest.items] == ["1.md", "2.md"]
    assert world.ledger.judged_otherwise(ORG, {"new"}, limit=9) == []


@pytest.mark.parametrize(("is_suspicion", "left"), [(True, 2), (False, 1)])
def test_what_an_operator_let_in_stays_on_suspicion_and_goes_as_malware(
    world: World, is_suspicion: bool, left: int
) -> None:
    version, judged = world.ledger.judged[SECOND]
    world.ledger.judged[SECOND] = version, JudgedUpload(judged.upload, judged.evidence_sha256, is_released=True)
    manifest = world.ingest("new", Examiner(bytes.strip, bad=b"bad", is_suspicion=is_suspicion))
    assert len(manifest.items) == left


def test_a_refusal_of_the_new_cleaner_withdraws(world: World) -> None:
    manifest = world.ingest("new", FakeExaminer(error=RejectedEvidence("reject", "malformed")))
    assert manifest.items == ()
    assert {(verdict, reason) for _, verdict, reason in world.notes} == {("withdrawn", "malformed")}


def test_a_run_takes_so_many_and_leaves_the_rest_due(world: World) -> None:
    rejudge_org(
        ORG, store=world.store, ledger=world.ledger, gate=gate_of("new", Examiner(bytes.strip)), most=1,
        keep=lambda org_id, upload, found: world.ledger.evidence(ORG)[0],
    )  # fmt: skip
    assert len(world.ledger.judged_otherwise(ORG, {"new"}, limit=9)) == 1
