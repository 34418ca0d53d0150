"""Pages on type as guides print them: names in large letters, over alphabets and cuts, below labels in any language.

Every name is invented but those of families in general use. The names are unknown to the trade, so that each page has
to prove what it shows.
"""

import pytest
from reportlab.pdfgen import canvas

from sgd_assets.canon.fonts.statements import font_statements
from sgd_assets.canon.reading.sections import place_blocks
from tests.sgd_assets.canon.drawn_guides import drawn
from tests.sgd_assets.canon.made_evidence import canon_of, read

UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BODY = "We keep a clear hierarchy and leave room around every line, so that it is easy to read."
Line = str | tuple[float, str]
"""Text in 10 points, or (points, text)."""
Column = tuple[Line, ...]


def fonts_of(title: str, *columns: Column) -> set[str]:
    """The families of a page with a title, columns of lines from the left, and running text at its foot."""

    def draw(page: canvas.Canvas) -> None:
        _line(page, 50, 780, 28, title)
        for place, column in enumerate(columns):
            y = 700.0
            for line in column:
                size, text = (10.0, line) if isinstance(line, str) else line
                y -= max(16, 1.35 * size)
                _line(page, 50 + 260 * place, y, size, text)
        _line(page, 50, 60, 10, BODY)

    return {name.title() if name.isupper() else name for name in canon_of(guide_pdf=drawn(draw)).fonts}


def _line(page: canvas.Canvas, x: float, y: float, size: float, text: str) -> None:
    page.setFont("Helvetica-Bold" if size > 11 else "Helvetica", size)
    page.drawString(x, y, text)


@pytest.mark.parametrize(
    ("title", "columns", "families"),
    [
        ("Typography", [((30, "Solveig Sans"), UPPER, UPPER.lower(), "0123456789")], {"Solveig Sans"}),
        ("Typography", [((30, "Solveig"), "Light", "Regular", "Medium", "Bold")], {"Solveig"}),
        ("Typography", [((60, "Aa"), (16, "Solveig")), ((60, "Aa"), (16, "Karla"))], {"Solveig", "Karla"}),
        ("Typography", [((18, "Solveig Light"), (18, "Solveig Regular"), (18, "Solveig Bold"))], {"Solveig"}),
        ("Typography", [((14, "Solveig Light / Regular / Bold"), "for all headlines")], {"Solveig"}),
        ("Typography", [((14, "Solveig (Light, Regular)"), (14, "Karla (Regular)"))], {"Solveig", "Karla"}),
        ("Typography", [((16, "Solveig – Light, Regular"), (16, "Sintral – Book, Italic"))], {"Solveig", "Sintral"}),
        ("Typography", [((12, "Headlines"), (14, "Solveig Bold")), ((12, "Text"), (14, "Sintral Bold"))],
         {"Solveig", "Sintral"}),
        ("Typography", [((30, "Solveig Bold"), "The quick brown fox jumps over the lazy dog")], {"Solveig"}),
        ("Typography", [((24, "Solveig"), "Designed by Ann Other, 2019.")], {"Solveig"}),
        ("Typography", [((24, "Solveig"), "A clean geometric sans serif with open shapes.")], {"Solveig"}),
        ("Typography", [((24, "Solveig"), "Headlines, titles, quotes"), ((24, "Sintral"), "Used for long text.")],
         {"Solveig", "Sintral"}),
        ("Typography", [((30, "Sintral 55 Roman"), UPPER)], {"Sintral 55"}),
        ("Typography", [((16, "Solveig type family"), "Aa Bb Cc")], {"Solveig"}),
        ("Overview", [((12, "TYPFACE"), (12, "SOLVEIG HEAVY"), (20, "Abcdefghijklmnopqrstuvwxyz"))], {"Solveig"}),
        ("Overview", [("FONT", "COLOUR"), ("SOLVEIG SEMIBOLD", "#112233")], {"Solveig"}),
        ("Typography", [((12, "Brand font"), (20, "Solveig")), ((12, "System font"), (20, "Arial"))], {"Solveig"}),
        ("Typografie", [((12, "Hausschrift"), (24, "Solveig")), ((12, "Systemschrift"), (24, "Arial"))], {"Solveig"}),
        ("Schriften", [("Überschriften: Solveig Bold", "Fließtext: Sintral Regular")], {"Solveig", "Sintral"}),
        ("Schrift", [("Für Fließtexte wird die Sintral Text verwendet.",)], {"Sintral Text"}),
        ("Typographie", [((12, "Typographie principale"), (24, "Solveig")),
                         ((12, "Typographie secondaire"), (24, "Sintral"))], {"Solveig", "Sintral"}),
        ("Tipografía", [((12, "Tipografía principal"), (24, "Solveig"))], {"Solveig"}),
        ("Tipografia", [((12, "Fonte principal"), (24, "Solveig")), ((12, "Fonte de apoio"), (24, "Sintral"))],
         {"Solveig", "Sintral"}),
        ("Caratteri", [((12, "Carattere istituzionale"), (24, "Solveig"))], {"Solveig"}),
        ("Lettertypes", [("Koppen: Solveig Bold", "Lopende tekst: Sintral Regular")], {"Solveig", "Sintral"}),
        ("Typsnitt", [((12, "Primärt typsnitt"), (24, "Solveig"))], {"Solveig"}),
        ("Typografi", [((12, "Primær skrifttype"), (24, "Solveig"))], {"Solveig"}),
    ],
)  # fmt: skip
def test_a_name_that_a_page_on_type_shows(title: str, columns: list[Column], families: set[str]) -> None:
    assert fonts_of(title, *columns) == families


@pytest.mark.parametrize(
    ("title", "columns"),
    [
        ("Typography", [((12, "Type Scale"), "H1 Bold 48 pt", "Display Large Regular 57", "Body Small Regular 12")]),
        ("Typography", [("Headline One", "Regular", "Headline Two", "Bold", "Intro Text", "Light")]),
        ("Contents", [("Typography 12", "Primary Typeface 13", "Type Hierarchy 14", "Kestrel Tone 17")]),
        ("Typography", [((30, "Think Bold"), (30, "Start Fresh"), (12, "Sample headline"))]),
        ("Typography", [((12, "Headlines"), (30, "Welcome Home"), (12, "Body"), "We make good things.")]),
        ("Typography", [((14, "Numerals"), "0123456789", (14, "Uppercase"), UPPER)]),
        ("Typografie", [((14, "Zeilenabstand"), "Für Fließtext", (14, "Großbuchstaben"), UPPER)]),
        ("Typographie", [((14, "Hiérarchie"), "Titres, textes", (14, "Majuscules"), UPPER)]),
        ("Tipografía", [((14, "Jerarquía"), "Títulos y textos", (14, "Mayúsculas"), UPPER)]),
        ("Colour and type", [((14, "Kestrel Blue"), "Used for headlines", (14, "Warm Grey"), "Body copy")]),
        ("Typography", [((14, "Form Fields"), "Regular", (14, "Cards"), "Used for titles")]),
        ("Typography don'ts", [("Don't use other fonts", "Comic Sans Regular", "Papyrus")]),
        ("Typography", [((14, "Printed Matter"), "The serif font gives warmth.")]),
        ("Imagery", [((20, "Bold Landscapes"), (14, "Bold Landscapes Regular"), UPPER)]),
        ("Typography", [((20, "Sentence Case"), "Used for headlines and text."), ((20, "Line Spacing"), UPPER)]),
    ],
)
def test_what_a_page_on_type_shows_besides_is_no_name(title: str, columns: list[Column]) -> None:
    assert fonts_of(title, *columns) == set()


def test_a_name_counts_where_the_document_is_set_in_it() -> None:
    placed = place_blocks(read("guide.md", "# Typography\n\n### Solveig\n\nWe leave room around text.\n"))
    named = font_statements(placed, "", frozenset({"solveig"}))
    assert [statement.family for statement in named] == ["Solveig"]
    assert font_statements(placed, "", frozenset({"sintral"})) == []
