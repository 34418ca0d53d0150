"""What counts as a swatch, and what only looks like one."""

import io

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from reportlab.lib.colors import CMYKColor, HexColor
from reportlab.pdfgen import canvas

from tests.sgd_assets.canon.drawn_guides import drawn
from tests.sgd_assets.canon.made_evidence import canon_of


def _table(heading: str, *, words_in_swatches: bool = False) -> bytes:
    document = Document()
    document.add_heading(heading, 1)
    table = document.add_table(rows=2, cols=2)
    for column, (name, value) in enumerate([("Harbour", "0A2541"), ("Lagoon", "2A9D8F")]):
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), value)
        table.cell(0, column)._tc.get_or_add_tcPr().append(shade)
        table.cell(0, column).text = "Total" if words_in_swatches else ""
        table.cell(1, column).text = name
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_cells_filled_with_colours_and_empty_of_words_are_swatches_of_a_table_on_colours() -> None:
    assert set(canon_of(guide_docx=_table("Colour palette")).palette_hex) == {"#0A2541", "#2A9D8F"}


@pytest.mark.parametrize(
    "table", [_table("Budget of the year"), _table("Colour palette", words_in_swatches=True)], ids=["topic", "words"]
)
def test_other_filled_cells_are_decoration(table: bytes) -> None:
    assert canon_of(guide_docx=table).palette_hex == ()


def _guide_with_bar(page: canvas.Canvas) -> None:
    page.setFont("Helvetica", 24)
    page.drawString(50, 760, "Colour palette")
    for place, value in enumerate(("#0A2541", "#FF5A60", "#E9C46A")):
        page.setFillColor(HexColor(value))
        page.rect(50 + place * 150, 600, 120, 120, stroke=0, fill=1)
    for place, inks in enumerate([(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1), (1, 1, 0, 0)]):
        page.setFillColor(CMYKColor(*inks))
        page.rect(200 + place * 14, 826, 12, 12, stroke=0, fill=1)


def test_a_printers_colour_bar_is_no_row_of_swatches() -> None:
    assert set(canon_of(guide_pdf=drawn(_guide_with_bar)).palette_hex) == {"#0A2541", "#FF5A60", "#E9C46A"}
