"""Bombs and test viruses, made here: bounded, refused, and no child is lost over them."""

from collections.abc import Callable, Iterator

import pytest

from sgd_assets.evidence.build import build_gate
from sgd_assets.evidence.gate import EvidenceGate, Inspection
from sgd_assets.evidence.policy import upload_policy
from sgd_resources.sandbox.examiner import SandboxedExaminer
from sgd_resources.sandbox.pool import Sandbox
from sgd_resources.settings import Settings
from tests.fakes.scanner import FakeScanner
from tests.hostile import made

pytestmark = pytest.mark.slow

BIG = 600 << 20
Pack = Callable[[dict[str, bytes | str]], bytes]


@pytest.fixture(scope="module")
def gate() -> Iterator[EvidenceGate]:
    with build_gate(Settings(_env_file=None), processes=1) as built:
        yield built


@pytest.fixture(scope="module")
def scanning_gate() -> Iterator[EvidenceGate]:
    policy = upload_policy()
    examiner = SandboxedExaminer(Sandbox(processes=1), policy.limits)
    with EvidenceGate(examiner=examiner, scanner=FakeScanner(), policy=policy) as built:
        yield built


def verdict(found: Inspection) -> str:
    return f"{found.verdict}:{found.reason}"


def test_a_picture_of_400_megapixels_is_a_bomb(gate: EvidenceGate) -> None:
    assert verdict(gate.inspect(made.png_bomb(), file_name="a.png")) == "reject:bomb"


def test_a_header_that_claims_gigapixels_is_a_bomb(gate: EvidenceGate) -> None:
    assert verdict(gate.inspect(made.png_header(2**31 - 1, 2**31 - 1), file_name="a.png")) == "reject:bomb"


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.docx", made.docx),
        ("a.xlsx", lambda filler: made.xlsx("<worksheet/>", filler)),
        ("a.odt", made.odt),
    ],
    ids=["a.docx", "a.xlsx", "a.odt"],
)
def test_an_office_file_that_inflates_without_end_is_a_bomb(gate: EvidenceGate, name: str, pack: Pack) -> None:
    bomb = pack({"media/filler.bin": bytes(BIG)})
    assert verdict(gate.inspect(bomb, file_name=name)) == "reject:bomb"


def test_ten_thousand_and_one_entries_are_a_bomb(gate: EvidenceGate) -> None:
    many: dict[str, bytes | str] = {f"word/x{i}.bin": b"" for i in range(10_001)}
    assert verdict(gate.inspect(made.docx(many), file_name="a.docx")) == "reject:bomb"


def test_a_zip_in_a_zip_without_end_is_not_followed(gate: EvidenceGate) -> None:
    found = gate.inspect(made.docx({"word/r.zip": made.quine_like()}), file_name="a.docx")
    assert found.verdict in ("reject", "quarantine")


def test_a_deflate_bomb_in_a_pdf_is_a_bomb(gate: EvidenceGate) -> None:
    bomb = made.page_pdf(made.stream(made.zeros(BIG), b"/Filter /FlateDecode"), page=b"/Contents 4 0 R")
    assert verdict(gate.inspect(bomb, file_name="a.pdf")) == "reject:bomb"


def test_a_bomb_packed_twice_is_counted_at_each_layer(gate: EvidenceGate) -> None:
    import zlib

    twice = zlib.compress(made.zeros(2 * BIG))
    bomb = made.page_pdf(made.stream(twice, b"/Filter [/FlateDecode /FlateDecode]"), page=b"/Contents 4 0 R")
    assert verdict(gate.inspect(bomb, file_name="a.pdf")) == "reject:bomb"


def test_the_gate_works_on_after_a_bomb(gate: EvidenceGate) -> None:
    gate.inspect(made.png_bomb(12_000), file_name="a.png")
    assert gate.inspect(b"# Voice\n", file_name="voice.md").is_accepted


VIRUSES = pytest.mark.parametrize(
    ("data", "name"),
    [
        (made.EICAR, "a.txt"),
        (made.docx({"word/embeddings/a.bin": made.EICAR}), "a.docx"),
        (made.pdf_with_attachment(made.EICAR), "a.pdf"),
    ],
    ids=["plain", "in a docx", "attached to a PDF"],
)


@VIRUSES
def test_the_test_virus_is_found_without_any_service(gate: EvidenceGate, data: bytes, name: str) -> None:
    found = gate.inspect(data, file_name=name)
    assert (verdict(found), found.av.verdict) == ("quarantine:malware", "infected")
    assert found.details["signature"] == "Eicar_Test_File"
    assert str(found.av.engine).startswith("yara-x ")
    assert found.clean_bytes is None


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (made.UNKNOWN_VIRUS, "a.txt"),
        (made.docx({"word/embeddings/a.bin": made.UNKNOWN_VIRUS}), "a.docx"),
        (made.pdf_with_attachment(made.UNKNOWN_VIRUS), "a.pdf"),
    ],
    ids=["plain", "in a docx", "attached to a PDF"],
)
def test_what_only_the_virus_scanner_knows_is_found_wherever_it_hides(
    scanning_gate: EvidenceGate, data: bytes, name: str
) -> None:
    found = scanning_gate.inspect(data, file_name=name)
    assert (verdict(found), found.av.verdict) == ("quarantine:malware", "infected")
    assert found.details["signature"] == "Test.Virus"
    assert str(found.av.engine).endswith(" + fake")
    assert found.clean_bytes is None


def test_a_zipped_virus_is_no_type_that_is_let_in(scanning_gate: EvidenceGate) -> None:
    found = scanning_gate.inspect(made.zipped({"a.com": made.EICAR}), file_name="a.zip")
    assert verdict(found) == "reject:type"
