"""PDFs: what runs holds the file, a fresh file carries no maker's marks, pages are untouched."""

import io
import zlib

import pikepdf
import pytest

from sgd_resources.cleaning.pdf import clean_pdf
from sgd_resources.errors import RejectedEvidence
from sgd_resources.examination import Cleaning, Limits
from tests.hostile import made

LIMITS = Limits()


def clean(data: bytes, limits: Limits = LIMITS) -> Cleaning:
    return clean_pdf(data, "application/pdf", limits)


def refusal(data: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(RejectedEvidence) as caught:
        clean(data, limits)
    return caught.value.reason


@pytest.mark.parametrize(
    "data",
    [
        made.page_pdf(catalogue=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
        made.page_pdf(catalogue=b"/OpenAction << /S /J#61vaScript /J#53 (x) >>"),
        made.page_pdf(b"<< /S /JavaScript /JS (x) >>", catalogue=b"/Names << /JavaScript << /Names [(a) 4 0 R] >> >>"),
        made.page_pdf(page=b"/AA << /O << /S /Launch /F (cmd.exe) >> >>"),
        made.page_pdf(b"<< /S /Launch /F (cmd.exe) /P 1 >>", page=b"/Annots [<< /Subtype /Link /A 4 0 R >>]"),
        made.page_pdf(b"<< /S /GoTo /D [3 0 R] /Next << /S /SubmitForm /F (u) >> >>", catalogue=b"/OpenAction 4 0 R"),
        made.page_pdf(catalogue=b"/OpenAction << /S /URI /URI (http://evil.test) >>"),
        made.page_pdf(page=b"/Annots [<< /Subtype /Link /A << /S /GoToR /F (//evil/x.pdf) >> >>]"),
        made.page_pdf(page=b"/Annots [<< /Subtype /RichMedia /Rect [0 0 1 1] >>]"),
        made.page_pdf(catalogue=b"/AcroForm << /Fields [] /XFA [(a) 4 0 R] >>"),
        made.page_pdf(b"<< /S /ImportData /F (x.fdf) >>"),
        made.page_pdf(b"<< /Length 0 /F (/etc/passwd) >>\nstream\n\nendstream", page=b"/Contents 4 0 R"),
        made.pdf_with_attachment(b"MZ program"),
    ],
)  # fmt: skip
def test_active_content_holds_the_file(data: bytes) -> None:
    found = clean(data)
    assert found.details["refusal"] == {"verdict": "quarantine", "reason": "active_content"}
    assert found.details["findings"]
    assert found.data == b""


def test_attachments_come_back_unpacked() -> None:
    assert [part.data for part in clean(made.pdf_with_attachment(made.EICAR)).parts] == [made.EICAR]


@pytest.mark.parametrize(
    "data",
    [
        made.page_pdf(page=b"/Annots [<< /Subtype /Link /Rect [0 0 1 1] /A << /S /URI /URI (https://a.test) >> >>]"),
        made.page_pdf(catalogue=b"/OpenAction [3 0 R /Fit]"),
        made.page_pdf(catalogue=b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>"),
        made.page_pdf(page=b"/Annots [<< /Subtype /Text /Rect [0 0 1 1] /Contents (note) >>]"),
        made.page_pdf(catalogue=b"/Names << /EmbeddedFiles << /Names [] >> >>"),
        made.page_pdf(b"<< /Type /StructElem /S /Movie /P 1 0 R /K 0 >>"),
        b"junk\n" + made.page_pdf(),
    ],
)
def test_what_only_shows_pages_passes(data: bytes) -> None:
    found = clean(data)
    assert "refusal" not in found.details
    with pikepdf.open(io.BytesIO(found.data)) as document:
        assert len(document.pages) == 1


def test_makers_marks_old_revisions_and_orphans_go() -> None:
    source = io.BytesIO()
    with pikepdf.open(
        io.BytesIO(made.page_pdf(made.stream(b"(orphan c4n4ry)"), page=b"/PieceInfo << /X (c4n4ry) >>"))
    ) as one:
        one.docinfo["/Author"] = "c4n4ry"
        with one.open_metadata() as metadata:
            metadata["dc:creator"] = ["c4n4ry"]
        one.save(source, compress_streams=False)
    cleaned = clean(source.getvalue() + b"\n% c4n4ry\n")
    layers = [cleaned.data]
    with pikepdf.open(io.BytesIO(cleaned.data)) as document:
        layers += [one.read_bytes() for one in document.objects if isinstance(one, pikepdf.Stream)]
    assert not any(b"c4n4ry" in layer for layer in layers)


def test_pages_keep_their_content_byte_for_byte() -> None:
    drawing = b"0 0.525 0.749 rg 0 0 50 50 re f"
    cleaned = clean(
        made.page_pdf(made.stream(zlib.compress(drawing), b"/Filter /FlateDecode"), page=b"/Contents 4 0 R")
    )
    with pikepdf.open(io.BytesIO(cleaned.data)) as document:
        assert document.pages[0].Contents.read_bytes() == drawing


def test_the_same_bytes_give_the_same_file() -> None:
    assert clean(made.page_pdf()).data == clean(made.page_pdf()).data


def test_a_password_is_a_refusal_and_an_empty_one_is_not() -> None:
    def locked(**passwords: str) -> bytes:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(made.page_pdf())) as document:
            document.save(out, encryption=pikepdf.Encryption(**passwords))  # type: ignore[arg-type] # R defaults to 6
        return out.getvalue()

    assert refusal(locked(owner="o", user="u")) == "encrypted"
    assert refusal(locked(owner="", user="u")) == "encrypted"
    assert clean(locked(owner="o", user="")).how == "decrypted"


def test_bad_files_are_refused_with_their_reason() -> None:
    assert refusal(made.pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"])) == "empty"
    assert refusal(made.page_pdf() + b"PK\x03\x04zip") == "polyglot"
    assert refusal(b"<script>1</script>" + made.page_pdf()) == "polyglot"
    assert refusal(b"%PDF-1.7\n") == "malformed"
    bomb = made.page_pdf(made.stream(made.zeros(2 << 20), b"/Filter /FlateDecode"), page=b"/Contents 4 0 R")
    assert refusal(bomb, Limits(max_inflated_bytes=1 << 20)) == "bomb"
