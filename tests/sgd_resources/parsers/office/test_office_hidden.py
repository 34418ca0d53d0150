"""Hidden slides, shapes, rows, words and sections: their text is marked, their colours and faces are no statements."""

import io
import zipfile
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.shared import RGBColor
from pptx import Presentation
from pptx.dml.color import RGBColor as SlideColor
from pptx.util import Inches

from sgd_resources.parsed_document import ParsedDocument
from tests.sgd_resources.parsers.parsing import hexes, parse

OOXML = "application/vnd.openxmlformats-officedocument"
DOCX = f"{OOXML}.wordprocessingml.document"
PPTX = f"{OOXML}.presentationml.presentation"
ODP = "application/vnd.oasis.opendocument.presentation"


def reasons(document: ParsedDocument) -> dict[str, str | None]:
    return {block.text: block.hidden_reason for block in document.text_blocks}


def families(document: ParsedDocument) -> set[str]:
    return {font.family for font in document.fonts if font.source == "office_run"}


def told(slide: Any, words: str, colour: str, face: str, left: float = 1.0) -> Any:
    """A filled box with words in a face of its own."""
    shape = slide.shapes.add_shape(1, Inches(left), Inches(1), Inches(2), Inches(1))
    shape.fill.solid()
    shape.fill.fore_color.rgb = SlideColor(*bytes.fromhex(colour))  # type: ignore[no-untyped-call]  # python-pptx leaves it untyped
    run = shape.text_frame.paragraphs[0].add_run()
    run.text, run.font.name = words, face
    run.font.color.rgb = SlideColor(*bytes.fromhex(colour[::-1]))  # type: ignore[no-untyped-call]  # the same
    return shape


def test_a_hidden_slide_a_hidden_shape_and_one_beside_the_slide_state_nothing() -> None:
    presentation = Presentation()
    blank = presentation.slide_layouts[6]
    shown, passed_over = presentation.slides.add_slide(blank), presentation.slides.add_slide(blank)
    told(shown, "Harbour", "0A2541", "Quorum")
    told(shown, "Parked", "00A652", "Parking", left=-5)
    off = told(shown, "Switched off", "00B653", "Switch")
    off._element.nvSpPr.cNvPr.set("hidden", "1")
    told(passed_over, "Old", "00C654", "Oldstyle")
    passed_over._element.set("show", "0")
    buffer = io.BytesIO()
    presentation.save(buffer)
    document = parse(buffer.getvalue(), PPTX)
    assert reasons(document) == {
        "Harbour": None,
        "Parked": "off_page",
        "Switched off": "hidden_shape",
        "Old": "hidden_slide",
    }
    assert set(hexes(document, "fill", "text_fill")) == {"#0A2541", "#1452A0"}
    assert families(document) & {"Quorum", "Parking", "Switch", "Oldstyle"} == {"Quorum"}


def test_a_deck_that_shows_no_words_is_set_in_the_faces_of_those_beside_its_slides() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    told(slide, "Parked", "00A652", "Quorum", left=-5)
    buffer = io.BytesIO()
    presentation.save(buffer)
    document = parse(buffer.getvalue(), PPTX)
    assert reasons(document) == {"Parked": "off_page"}
    assert "Quorum" in families(document)
    assert not hexes(document, "fill", "text_fill")


def test_vanished_words_and_hidden_rows_of_a_docx_state_nothing() -> None:
    document = Document()
    secret = document.styles.add_style("Secret", WD_STYLE_TYPE.PARAGRAPH)
    secret.font.hidden = True
    child = document.styles.add_style("Still secret", WD_STYLE_TYPE.PARAGRAPH)
    child.base_style = secret
    for words, colour, face, style in (
        ("Shown", "0A2541", "Quorum", None),
        ("By itself", "00A652", "Hiding", None),
        ("By its style", "00B653", "Styled", "Secret"),
        ("By the style above", "00C654", "Based", "Still secret"),
    ):
        run = document.add_paragraph(style=style).add_run(words)
        run.font.name, run.font.color.rgb = face, RGBColor.from_string(colour)
        run.font.hidden = True if words == "By itself" else None
    table = document.add_table(rows=2, cols=1)
    table.cell(0, 0).text, table.cell(1, 0).text = "Row shown", "Row hidden"
    for row, colour in zip(table.rows, ("0000AA", "0000BB"), strict=True):
        shade = OxmlElement("w:shd")
        shade.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}fill", colour)
        row.cells[0]._element.get_or_add_tcPr().append(shade)
    table.rows[1]._element.get_or_add_trPr().append(OxmlElement("w:hidden"))
    buffer = io.BytesIO()
    document.save(buffer)
    read = parse(buffer.getvalue(), DOCX)
    assert reasons(read) == {
        "Shown": None,
        "By itself": "vanish",
        "By its style": "vanish",
        "By the style above": "vanish",
        "Row shown": None,
        "Row hidden": "vanish",
    }
    assert set(hexes(read, "fill", "text_fill")) == {"#0A2541", "#0000AA"}
    assert families(read).isdisjoint({"Hiding", "Styled", "Based"})
    assert "Quorum" in families(read)


def odp(pages: str) -> bytes:
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = {"office": "office", "text": "text", "style": "style", "fo": "xsl-fo-compatible", "svg": "svg-compatible"}
    spaces |= {"draw": "drawing", "presentation": "presentation", "table": "table"}
    names = " ".join(f'xmlns:{prefix}="{urn}:{name}:1.0"' for prefix, name in spaces.items())
    styles = f"""<office:document-styles {names}><office:automatic-styles>
    <style:page-layout style:name="L"><style:page-layout-properties fo:page-width="28cm" fo:page-height="21cm"/>
    </style:page-layout></office:automatic-styles>
    <office:master-styles><draw:layer-set><draw:layer draw:name="notes" draw:display="none"/></draw:layer-set>
    <style:master-page style:name="M" style:page-layout-name="L"/></office:master-styles></office:document-styles>"""
    text = "".join(
        f'<style:style style:name="{name}"><style:text-properties fo:color="{colour}" fo:font-family="{face}"'
        f"{extra}/></style:style>"
        for name, colour, face, extra in (
            ("Shown", "#0a2541", "Quorum", ""),
            ("Off", "#00a652", "Hiding", ""),
            ("Gone", "#00b653", "Vanishing", ' text:display="none"'),
        )
    )
    content = f"""<office:document-content {names}><office:automatic-styles>{text}
    <style:style style:name="Passed"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>
    </office:automatic-styles><office:body><office:presentation>{pages}</office:presentation></office:body>
    </office:document-content>"""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", ODP)
        package.writestr("styles.xml", styles)
        package.writestr("content.xml", content)
    return buffer.getvalue()


def test_hidden_slides_layers_sections_and_words_of_an_odp_state_nothing() -> None:
    def frame(words: str, attributes: str = 'svg:x="2cm"', style: str = "Off") -> str:
        return (
            f'<draw:frame svg:y="1cm" svg:width="5cm" svg:height="1cm" {attributes}><draw:text-box>'
            f'<text:p text:style-name="{style}">{words}</text:p></draw:text-box></draw:frame>'
        )

    document = parse(
        odp(
            '<draw:page draw:master-page-name="M">'
            + frame('Shown<text:span text:style-name="Gone">inside</text:span>', style="Shown")
            + frame("Parked", 'svg:x="29cm"')
            + frame("Layer off", 'svg:x="1cm" draw:layer="notes"')
            + f'<text:section text:display="none">{frame("Section off")}</text:section></draw:page>'
            + f'<draw:page draw:master-page-name="M" draw:style-name="Passed">{frame("Old")}</draw:page>'
        ),
        ODP,
    )
    assert reasons(document) == {
        "Shown": None,
        "inside": "vanish",
        "Parked": "off_page",
        "Layer off": "hidden_layer",
        "Section off": "hidden_section",
        "Old": "hidden_slide",
    }
    assert hexes(document) == ["#0A2541"]
    assert families(document) == {"Quorum"}
