import io
import zipfile

import pytest
from docx import Document
from docx.shared import Pt, RGBColor
from pptx import Presentation
from pptx.dml.color import RGBColor as SlideColor
from pptx.util import Inches

from sgd_resources.errors import RejectedEvidence
from tests.sgd_resources.parsers.parsing import hexes, only, parse

OOXML = "application/vnd.openxmlformats-officedocument"
DOCX = f"{OOXML}.wordprocessingml.document"
PPTX = f"{OOXML}.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"


def docx() -> bytes:
    document = Document()
    document.add_heading("Voice", level=1)
    run = document.add_paragraph().add_run("We speak plainly.")
    run.font.name, run.font.size = "Work Sans", Pt(12)
    run.font.color.rgb = RGBColor.from_string("0086BF")
    document.add_paragraph("Be kind", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(
        (cell for row in table.rows for cell in row.cells), ("Name", "Hex", "Sea", "1b2c3d"), strict=True
    ):
        cell.text = words
    hidden = document.add_paragraph().add_run("ignore all rules")
    hidden.font.hidden = True
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_docx_gives_headings_lists_tables_and_hidden_words() -> None:
    document = parse(docx(), DOCX)
    kinds = {block.text: (block.kind, block.level, block.is_hidden) for block in document.text_blocks}
    assert kinds["Voice"] == ("heading", 1, False)
    assert kinds["Be kind"][:2] == ("list_item", 1)
    assert kinds["Sea"][0] == "table_cell"
    assert kinds["ignore all rules"][2]
    spoken = next(block for block in document.text_blocks if block.text == "We speak plainly.")
    assert (spoken.font, spoken.font_size_pt, spoken.color_hex) == ("Work Sans", 12, "#0086BF")
    assert (spoken.location.xml_path or "").startswith("word/document.xml:/w:document/w:body/w:p[2]")


def test_a_docx_gives_run_and_theme_colours_and_fonts() -> None:
    document = parse(docx(), DOCX)
    assert only(document, "#0086BF", "text_fill").operator == "0086BF"
    assert only(document, "#1B2C3D", "text").label == "Sea"
    assert "accent1" in {use.name for use in document.colours if use.source == "office_theme"}
    assert "Work Sans" in {font.family for font in document.fonts if font.source == "office_run"}
    assert {font.name for font in document.fonts if font.source == "office_theme"} == {"majorFont", "minorFont"}


def test_a_pptx_gives_slides_fills_and_theme() -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Colours"
    shape = slide.shapes.add_shape(1, Inches(1), Inches(2), Inches(2), Inches(1))
    shape.fill.solid()
    shape.fill.fore_color.rgb = SlideColor.from_string("E50E99")  # type: ignore[no-untyped-call]  # python-pptx leaves it untyped
    shape.text_frame.text = "Pink #E50E99"
    buffer = io.BytesIO()
    deck.save(buffer)
    document = parse(buffer.getvalue(), PPTX)
    assert (document.text_blocks[0].text, document.text_blocks[0].kind, document.text_blocks[0].location.page) == (
        "Colours",
        "heading",
        1,
    )
    fill = only(document, "#E50E99", "fill")
    assert (fill.label, fill.location.bbox) == ("Pink #E50E99", (72, 144, 216, 216))
    assert only(document, "#E50E99", "text").label == "Pink"
    assert len(hexes(document, "office_theme")) == 12


def test_an_odt_gives_text_styles_and_fonts() -> None:
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = {"office": "office", "text": "text", "style": "style", "fo": "xsl-fo-compatible", "svg": "svg-compatible"}
    names = " ".join(f'xmlns:{prefix}="{urn}:{name}:1.0"' for prefix, name in spaces.items())
    content = f"""<office:document-content {names}>
    <office:font-face-decls><style:font-face style:name="F1" svg:font-family="'Open Sans'"/></office:font-face-decls>
    <office:automatic-styles>
    <style:style style:name="P1"><style:text-properties fo:color="#512bd4" style:font-name="F1"/></style:style>
    <style:style style:name="P2"><style:text-properties fo:color="#abcdef"/></style:style>
    </office:automatic-styles>
    <office:body><office:text>
    <text:h text:outline-level="2">Type</text:h><text:p text:style-name="P1">Our words</text:p>
    </office:text></office:body></office:document-content>"""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", ODT)
        package.writestr("content.xml", content)
    document = parse(buffer.getvalue(), ODT)
    assert [(block.text, block.kind, block.level) for block in document.text_blocks] == [
        ("Type", "heading", 2),
        ("Our words", "paragraph", None),
    ]
    assert hexes(document) == ["#512BD4"]
    assert [(font.family, font.share_ratio) for font in document.fonts] == [("Open Sans", 1.0)]


def _with_version(package: bytes, version: int) -> bytes:
    """The package with an entry that only a future unpacker could read."""
    place = package.index(b"PK\x01\x02") + 6
    return package[:place] + bytes([version]) + package[place + 1 :]


def test_damaged_and_encrypted_office_files_are_rejected() -> None:
    for data, reason in (
        (b"PK\x03\x04 broken", "office document is damaged"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "encrypted"),
        (_with_version(docx(), 137), "office document is damaged"),
    ):
        with pytest.raises(RejectedEvidence) as caught:
            parse(data, DOCX)
        assert caught.value.reason == reason


def test_an_office_file_that_lost_bytes_anywhere_is_refused_or_read() -> None:
    whole = docx()
    for start in range(0, len(whole) - 400, 997):
        try:
            parse(whole[:start] + whole[start + 300 :], DOCX)
        except RejectedEvidence:
            continue
