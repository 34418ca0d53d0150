"""Guides drawn as PDF in the tests, in the manner of real ones. Every brand is invented."""

import io
from collections.abc import Callable

from reportlab.lib.colors import CMYKColorSep, HexColor
from reportlab.pdfgen import canvas

INK = "#222222"


def drawn(draw: Callable[[canvas.Canvas], None]) -> bytes:
    """The bytes of one A4 page."""
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=(595, 842), invariant=1)
    draw(page)
    page.showPage()
    page.save()
    return buffer.getvalue()


def ink_table(page: canvas.Canvas) -> None:
    """A table of hex, inks and Pantone names, with swatches left of it."""
    _title(page, "Colour palette")
    for place, head in enumerate(["Name", "HEX", "CMYK", "Pantone"]):
        _words(page, 150 + place * 100, 740, head)
    rows = [
        ("Kelp", "#1F4D3A", "78 0 49 70", "PANTONE 3308 C"),
        ("Apricot", "#F4A259", "0 34 64 4", "PANTONE 157 C"),
        ("Chalk", "#F6F1E7", "0 2 6 4", "PANTONE 9184 C"),
    ]
    for row, cells in enumerate(rows):
        y = 700 - row * 60
        _patch(page, cells[1], 50, y - 15, 60, 40)
        for place, text in enumerate(cells):
            _words(page, 150 + place * 100, y, text)


def two_columns(page: canvas.Canvas) -> None:
    """Swatches in two columns, captions below, hexes without a hash."""
    _title(page, "Our colors")
    colours = [("Storm", "2E4057"), ("Rust", "B7410E"), ("Wheat", "F5DEB3"), ("Pine", "01796F")]
    for place, (name, value) in enumerate(colours):
        x, y = 50 + (place % 2) * 260, 640 - (place // 2) * 160
        _patch(page, f"#{value}", x, y, 200, 80)
        red, green, blue = (int(value[i : i + 2], 16) for i in (0, 2, 4))
        _words(page, x, y - 16, name)
        _words(page, x, y - 30, f"HEX {value}")
        _words(page, x, y - 42, f"R{red} G{green} B{blue}")


def labels_left(page: canvas.Canvas) -> None:
    """Names and values left of their swatches."""
    _title(page, "Colour")
    for place, (name, value) in enumerate([("Iris", "#4B3F72"), ("Lagoon", "#119DA4"), ("Butter", "#FFC857")]):
        y = 700 - place * 90
        _words(page, 50, y + 20, name)
        _words(page, 50, y + 6, value)
        _patch(page, value, 200, y - 10, 120, 50)


def spot_inks(page: canvas.Canvas) -> None:
    """Swatches in spot inks, with CMYK and Pantone below and no hex anywhere."""
    _title(page, "Brand colours")
    inks = [("Iris", (0.34, 0.45, 0, 0.55)), ("Lagoon", (0.9, 0.04, 0, 0.36)), ("Butter", (0, 0.22, 0.66, 0))]
    for place, (name, parts) in enumerate(inks):
        x, spot = 50 + place * 150, f"PANTONE 26{place} C"
        page.setFillColor(CMYKColorSep(*parts, spotName=spot))
        page.rect(x, 600, 120, 100, stroke=0, fill=1)
        _words(page, x, 585, name)
        _words(page, x, 572, spot)
        _words(page, x, 560, "C{} M{} Y{} K{}".format(*(round(part * 100) for part in parts)))


def three_notations(page: canvas.Canvas) -> None:
    """Rows of hex, inks and spot name, each notation in a column of its own far from the next."""
    _title(page, "Brand colours")
    rows = [("#7A2E8C", "C60 M90 Y0 K10", "PANTONE 2613 C"), ("#00A19B", "C80 M10 Y45 K0", "PANTONE 3272 C")]
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            _words(page, 60 + 180 * column, 640 - 90 * row, value)


def _title(page: canvas.Canvas, text: str) -> None:
    page.setFillColor(HexColor(INK))
    page.setFont("Helvetica-Bold", 24)
    page.drawString(50, 780, text)


def _words(page: canvas.Canvas, x: float, y: float, text: str) -> None:
    page.setFillColor(HexColor(INK))
    page.setFont("Helvetica", 10)
    page.drawString(x, y, text)


def _patch(page: canvas.Canvas, value: str, x: float, y: float, width: float, height: float) -> None:
    page.setFillColor(HexColor(value))
    page.rect(x, y, width, height, stroke=0, fill=1)
