"""PDFs: what runs is taken out and told, a fresh file carries no maker's marks, pages are untouched."""

import io
import zlib

import pikepdf
import pytest

from sgd_resources.cleaning.pdf.document import clean_pdf
from sgd_resources.errors import RejectedEvidence
from sgd_resources.ports.examination import Cleaning, Limits
from tests.hostile import made

LIMITS = Limits()


def clean(data: bytes, limits: Limits = LIMITS) -> Cleaning:
    return clean_pdf(data, "application/pdf", limits)


def refusal(data: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(RejectedEvidence) as caught:
        clean(data, limits)
    return caught.value.reason


DRAWING = b"BT /F1 18 Tf (Primary colour #0055AA) Tj ET"
LINK = b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A %s >>]"


def with_words(*more: bytes, catalogue: bytes = b"", page: bytes = b"") -> bytes:
    """A PDF whose page says something; further objects are numbered from 5."""
    resources = b"" if b"/Resources" in page else b"/Resources << >> "
    return made.page_pdf(made.stream(DRAWING), *more, catalogue=catalogue, page=b"/Contents 4 0 R " + resources + page)


def everything(data: bytes) -> bytes:
    """What a reader finds in the file: all objects written out, and all streams unpacked."""
    with pikepdf.open(io.BytesIO(data)) as document:
        found = [one.unparse(resolved=True) for one in [*document.objects, document.trailer]]
        return b"\n".join([*found, *(one.read_bytes() for one in document.objects if isinstance(one, pikepdf.Stream))])


@pytest.mark.parametrize(
    ("data", "kind", "gone"),
    [
        (with_words(catalogue=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "JavaScript", b"alert"),
        (with_words(catalogue=b"/OpenAction << /S /J#61vaScript /J#53 (x4x) >>"), "JavaScript", b"x4x"),
        (with_words(b"<< /S /JavaScript /JS 6 0 R >>", made.stream(b"x4x"),
         catalogue=b"/Names << /JavaScript << /Names [(a) 5 0 R] >> >>"), "JavaScript", b"x4x"),
        (with_words(page=b"/AA << /O << /S /Launch /F (cmd.exe) >> >>"), "Launch", b"cmd.exe"),
        (with_words(b"<< /S /Launch /F (cmd.exe) /P 1 >>", page=LINK % b"5 0 R"), "Launch", b"cmd.exe"),
        (with_words(b"<< /S /Launch /Win << /F (cmd.exe) >> >>",
         page=LINK % b"<< /S /GoTo /D [3 0 R /Fit] /Next [5 0 R] >>"), "Launch", b"cmd.exe"),
        (with_words(b"<< /S /GoTo /D [3 0 R] /Next << /S /SubmitForm /F (evil) >> >>",
         catalogue=b"/OpenAction 5 0 R"), "SubmitForm", b"evil"),
        (with_words(catalogue=b"/OpenAction << /S /URI /URI (http://evil.test) >>"), "OpenAction", b"evil"),
        (with_words(page=LINK % b"<< /S /GoToR /F (//evil/x.pdf) >>"), "GoToR", b"evil"),
        (with_words(page=LINK % b"<< /S /GoToE /T << /R /C /N (evil) >> >>"), "GoToE", b"evil"),
        (with_words(page=b"/Annots [<< /Subtype /RichMedia /Rect [0 0 1 1] /Contents (evil) >>]"), "RichMedia",
         b"evil"),
        (with_words(page=b"/Annots [<< /Subtype /FileAttachment /Rect [0 0 1 1] /FS << /F (evil) >> >>]"),
         "FileAttachment", b"evil"),
        (with_words(b"<< >>", catalogue=b"/AcroForm << /Fields [] /XFA [(evil) 5 0 R] >>"), "XFA", b"evil"),
        (with_words(catalogue=b"/AcroForm << /Fields [<< /T (n) /AA << /K << /S /JavaScript /JS (evil) >> >> >>] >>"),
         "JavaScript", b"evil"),
        (with_words(catalogue=b"/Outlines << /First << /Title (t) /A << /S /URI /URI (file:///evil) >> >> >>"),
         "link", b"evil"),
        (with_words(page=LINK % b"<< /S /Named /N /SaveAs >>"), "Named", b"SaveAs"),
        (with_words(page=LINK % b"<< /S /Hide /T (evil) >>"), "Hide", b"evil"),
        (with_words(b"<< /S /ImportData /F (evil.fdf) >>", page=LINK % b"5 0 R"), "ImportData", b"evil"),
        (with_words(b"<< /Length 0 /F (/etc/passwd) >>\nstream\n\nendstream",
         page=b"/Resources << /XObject << /X 5 0 R >> >>"), "external stream", b"passwd"),
        (with_words(catalogue=b"/URI << /Base (javascript:evil) >>"), "URI", b"evil"),
        (made.pdf_with_attachment(b"evil program"), "EmbeddedFiles", b"evil"),
    ],
)  # fmt: skip
def test_active_content_is_taken_out_and_told(data: bytes, kind: str, gone: bytes) -> None:
    found = clean(data)
    assert "refusal" not in found.details
    assert found.details["removed"][kind] >= 1
    assert gone not in everything(found.data)
    assert "removed" not in clean(found.data).details


def test_a_form_keeps_its_fields_and_loses_what_they_do() -> None:
    action = b"/A << /S /SubmitForm /F (u) >>"
    field = b"<< /Type /Annot /Subtype /Widget /FT /Btn /T (send) /TU (Send it) /Rect [0 0 9 9] %s >>" % action
    found = clean(with_words(field, catalogue=b"/AcroForm << /Fields [5 0 R] >>", page=b"/Annots [5 0 R]"))
    assert (found.how, found.details["removed"]["SubmitForm"]) == ("sanitised", 1)
    assert DRAWING in everything(found.data)
    with pikepdf.open(io.BytesIO(found.data)) as document:
        assert str(document.Root.AcroForm.Fields[0].TU) == "Send it"
        assert "/A" not in document.Root.AcroForm.Fields[0]


@pytest.mark.parametrize(
    "uri",
    [
        rb"javascript:alert\(1\)", b"JaVaScRiPt:x", rb"java\nscript:x", rb" javascript:x", rb"\001javascript:x",
        b"file:///etc/passwd",
        rb"\\\\evil\\share", b"//evil/share", b"data:text/html,x", b"vbscript:x", b"smb://evil/x",
        b"ms-word:ofe|u|x", b"mk:@x",
        b"ftp://evil/x", b"ldap://evil", b"search-ms:x", b"localhost:99/x", rb"\376\377\000j\000a",
        rb"\357\273\277javascript:x",
    ],
)  # fmt: skip
def test_a_link_to_a_script_a_file_or_another_program_is_taken_out(uri: bytes) -> None:
    found = clean(with_words(page=LINK % (b"<< /S /URI /URI (%s) >>" % uri)))
    assert found.details["removed"]["link"] == 1
    assert b"/URI" not in everything(found.data)


@pytest.mark.parametrize(
    "uri",
    [
        b"https://a.test/x?y=1:2",
        b"HTTP://A.test",
        b"mailto:a@b.test",
        b"tel:+1",
        b"www.a.test",
        b"a.test/b?c=d:e",
        b"#p",
    ],
)
def test_a_link_to_a_page_or_a_person_stays(uri: bytes) -> None:
    found = clean(with_words(page=LINK % (b"<< /S /URI /URI (%s) >>" % uri)))
    assert uri in everything(found.data)


def test_a_font_that_is_called_like_a_script_stays() -> None:
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    found = clean(with_words(font, page=b"/Resources << /Font << /JS 5 0 R /EF 5 0 R >> >>"))
    assert b"/JS 5 0 R" in everything(found.data)
    assert "JS" not in found.details.get("removed", {})


def test_what_lies_too_deep_to_be_seen_holds_the_file() -> None:
    deep = b"[" * 80 + b"<< /S /JavaScript /JS (x) >>" + b"]" * 80
    found = clean(with_words(page=b"/X " + deep))
    assert found.details["refusal"] == {"verdict": "quarantine", "reason": "active_content"}
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
