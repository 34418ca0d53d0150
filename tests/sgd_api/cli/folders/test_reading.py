"""What `sgd evidence inspect` says of files that the gate lets in is what their uploads say after an ingest."""

import hashlib
import io
from pathlib import Path

import pikepdf
import pytest

from sgd_api.cli.folders.reading import read_alone
from sgd_api.http.bodies.listings import ParseResult
from sgd_assets.documents.settled.guide_pictures import JOB as GUIDE
from sgd_assets.evidence.gate import Inspection
from sgd_resources.parsers.select import LocalParser
from sgd_resources.ports import AvReport
from tests.fakes.confined import FakeConfinedJobs
from tests.hostile import drawings

FONT = "sgd_resources.drawing.settle.font:settle_font"


def read(data: bytes, name: str, media_type: str, jobs: FakeConfinedJobs | None = None) -> ParseResult | None:
    sha256 = hashlib.sha256(data).hexdigest()
    found = Inspection(
        "accept", "", detected_type=media_type, av=AvReport(), evidence_sha256=sha256, clean_bytes=data
    )  # fmt: skip
    return read_alone(found, name, parser=LocalParser(), jobs=jobs or FakeConfinedJobs())


def wordless_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        page.Contents = document.make_stream(b"1 0 0 rg 10 10 100 100 re f")
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "media_type", "refused", "note"),
    [(drawings.LOGOS["use of use"], "logo.svg", "image/svg+xml", (), "no render uses it: it cannot be drawn"),
     (drawings.font(), "a.ttf", "font/ttf", (FONT,), "no render uses it: it cannot be opened"),
     (wordless_pdf(), "a.pdf", "application/pdf", (), "hardly any text layer"),
     (b"<p>Our blue is #0044CC.</p>", "a.html", "text/html", (GUIDE,), "no picture in it is offered to renders")],
    ids=["logo", "font", "pdf", "guide"],
)  # fmt: skip
def test_what_no_render_uses_and_what_has_no_words_is_told_before_any_ingest(
    data: bytes, name: str, media_type: str, refused: tuple[str, ...], note: str
) -> None:
    parse = read(data, name, media_type, FakeConfinedJobs(*refused))
    assert parse is not None
    assert parse.state == "read"
    assert [one for one in parse.notes if one.startswith(note)], parse.notes


def test_a_file_that_no_parser_reads_is_refused_with_its_reason() -> None:
    parse = read(b"%PDF-1.7 nonsense", "a.pdf", "application/pdf")
    assert parse is not None
    assert (parse.state, parse.reason) == ("refused", "PDF is damaged")


def test_a_file_that_is_of_use_has_no_notes_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    parse = read(drawings.HARMLESS["a gradient"], "mark.svg", "image/svg+xml")
    assert parse == ParseResult(state="read")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_the_gate_leaves_out_is_not_read() -> None:
    held = Inspection("quarantine", "macros", detected_type="application/pdf", av=AvReport())
    assert read_alone(held, "a.pdf", parser=LocalParser(), jobs=FakeConfinedJobs()) is None
