"""The gate's order and its fail-closed rules, with a fake examiner: no file is opened here."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgd_assets.evidence.gate import EvidenceGate
from sgd_assets.evidence.policy import UploadPolicy, upload_policy
from sgd_resources.errors import InvalidInput, RejectedEvidence, Unavailable
from sgd_resources.ports.examination import Cleaning, Detection, EmbeddedPart, InnerScan
from tests.fakes.examiner import FakeExaminer
from tests.fakes.scanner import FakeScanner
from tests.hostile.made import EICAR

POLICY = upload_policy()


def gate(
    examiner: FakeExaminer | None = None, scanner: FakeScanner | None = None, policy: UploadPolicy = POLICY
) -> EvidenceGate:
    return EvidenceGate(examiner=examiner or FakeExaminer(), scanner=scanner, policy=policy)


def test_an_accepted_file_tells_both_hashes() -> None:
    examiner = FakeExaminer(cleaning=Cleaning(b"clean", "stripped", {"removed": {"Info": 1}}))
    found = gate(examiner).inspect(b"source", file_name="a.md")
    assert (found.verdict, found.reason, found.detected_type) == ("accept", "stripped", "text/markdown")
    assert found.source_sha256 == hashlib.sha256(b"source").hexdigest()
    assert found.evidence_sha256 == hashlib.sha256(b"clean").hexdigest()
    assert found.clean_bytes == b"clean"


def test_a_file_on_disk_is_read_up_to_the_cap(tmp_path: Path) -> None:
    small = UploadPolicy(10, POLICY.generic_declared_types, POLICY.types, POLICY.limits, POLICY.sandbox)
    (tmp_path / "a.txt").write_bytes(b"x" * 11)
    found = gate(policy=small).inspect(tmp_path / "a.txt", file_name="a.txt")
    assert (found.verdict, found.reason, found.source_sha256) == ("reject", "too_large", None)
    assert gate(policy=small).inspect(tmp_path / "none.txt", file_name="a.txt").reason == "unreadable"


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_nothing_is_empty(data: bytes) -> None:
    assert gate().inspect(data, file_name="a.html").reason == "empty"


def test_every_verdict_says_which_engine_looked_with_which_rules() -> None:
    looked = gate().inspect(b"x", file_name="a.txt").av
    assert looked.as_dict() == {"engine": "rules 1", "rules": "set 1", "verdict": "clean"}
    both = gate(scanner=FakeScanner()).inspect(b"x", file_name="a.txt").av
    assert both.as_dict() == {"engine": "rules 1 + fake", "rules": "set 1", "verdict": "clean"}
    unseen = gate().inspect(b"x", file_name="a.exe").av
    assert unseen.as_dict() == {"engine": None, "rules": None, "verdict": "not_scanned"}


@pytest.mark.parametrize(
    ("verdict", "reason", "av"), [("malware", "malware", "infected"), ("suspicious", "active_content", "suspicious")]
)
def test_a_hit_of_the_embedded_rules_holds_the_file_before_it_is_opened(verdict: str, reason: str, av: str) -> None:
    hit = InnerScan("rules 1", "set 1", verdict, "Some_Rule", "why it matters", "word/x.bin")
    examiner = FakeExaminer(scan=hit)
    found = gate(examiner, FakeScanner()).inspect(b"x", file_name="a.txt")
    assert (found.verdict, found.reason, found.av.verdict) == ("quarantine", reason, av)
    assert found.details == {"signature": "Some_Rule", "where": "word/x.bin", "message": "why it matters"}
    assert (examiner.cleaned, found.clean_bytes) == (0, None)


def test_production_refuses_to_start_without_a_scanner() -> None:
    with pytest.raises(InvalidInput, match="CLAMAV_HOST"):
        EvidenceGate(examiner=FakeExaminer(), scanner=None, policy=POLICY, is_production=True)


def test_a_hit_names_its_signature_and_gives_no_bytes() -> None:
    found = gate(scanner=FakeScanner()).inspect(EICAR, file_name="a.txt")
    assert (found.verdict, found.reason, found.av.verdict) == ("quarantine", "malware", "infected")
    assert found.details["signature"] == "Test.Virus"
    assert found.clean_bytes is None
    assert not found.is_retryable


def test_a_hit_inside_outranks_what_the_cleaner_says() -> None:
    refused = Cleaning(
        b"", "", {"refusal": {"verdict": "quarantine", "reason": "active_content"}}, (EmbeddedPart("inner", EICAR),)
    )
    found = gate(FakeExaminer(cleaning=refused), FakeScanner()).inspect(b"x", file_name="a.txt")
    assert (found.reason, found.details["where"]) == ("malware", "inner")


def test_a_held_file_says_why_without_the_machinery() -> None:
    refused = Cleaning(b"", "", {"refusal": {"verdict": "quarantine", "reason": "active_content"}, "findings": ["JS"]})
    found = gate(FakeExaminer(cleaning=refused)).inspect(b"x", file_name="a.txt")
    assert (found.verdict, found.reason, found.details) == ("quarantine", "active_content", {"findings": ["JS"]})


def test_a_scanner_that_is_down_holds_the_file_for_a_retry() -> None:
    found = gate(scanner=FakeScanner(is_down=True)).inspect(b"x", file_name="a.txt")
    assert (found.verdict, found.reason, found.av.verdict, found.is_retryable) == (
        "quarantine", "unavailable", "unavailable", True,
    )  # fmt: skip


def test_a_sandbox_that_is_down_holds_the_file_for_a_retry() -> None:
    found = gate(FakeExaminer(error=Unavailable("no child"))).inspect(b"x", file_name="a.txt")
    assert (found.verdict, found.is_retryable) == ("quarantine", True)


def test_a_refusal_keeps_its_verdict_reason_and_details() -> None:
    examiner = FakeExaminer(error=RejectedEvidence("reject", "bomb", details={"pixels": 1}))
    found = gate(examiner).inspect(b"x", file_name="a.txt")
    assert (found.verdict, found.reason, found.details) == ("reject", "bomb", {"pixels": 1})


def test_nothing_is_opened_before_the_type_agrees() -> None:
    examiner = FakeExaminer(detection=Detection("application/x-dosexec"))
    assert gate(examiner, FakeScanner()).inspect(b"MZ", file_name="a.pdf").reason == "mime_mismatch"
    assert examiner.cleaned == 0


@pytest.mark.slow
@given(st.binary(max_size=60), st.text(max_size=20), st.one_of(st.none(), st.text(max_size=20)))
@settings(max_examples=150, deadline=None)
def test_no_bytes_name_or_declaration_make_it_raise(data: bytes, name: str, declared: str | None) -> None:
    found = gate(FakeExaminer()).inspect(data, file_name=name, declared_type=declared)
    assert found.verdict in ("accept", "reject", "quarantine")
