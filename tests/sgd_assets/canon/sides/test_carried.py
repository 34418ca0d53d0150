"""Columns of dos and don'ts that go on over a page's end keep their sides."""

import io

from reportlab.pdfgen import canvas

from tests.sgd_assets.canon.made_evidence import canon_of

_HEADS = ((60, 760, 10, "DO"), (320, 760, 10, "DON'T"))
_COLUMNS = (
    (74, 60, 10, "Keep the logo upright"), (74, 80, 10, "Use the files as they are"),
    (334, 60, 10, "Use the logo on busy photos"), (334, 80, 10, "Squeeze the emblem"),
)  # fmt: skip


def _guide(*pages: tuple[tuple[int, int, int, str], ...]) -> bytes:
    """A guide of pages drawn as (left, distance from the top, type size, text)."""
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=(595, 842), invariant=1)
    for lines in pages:
        for left, top, size, text in lines:
            page.setFont("Helvetica", size)
            page.drawString(left, 842 - top, text)
        page.showPage()
    page.save()
    return buffer.getvalue()


def test_what_goes_on_on_top_of_the_next_page_stands_on_the_side_of_its_column() -> None:
    first = ((60, 80, 24, "Logo usage"), *_HEADS)
    second = (
        *_COLUMNS,
        (60, 300, 20, "Stationery"),
        (74, 340, 10, "Letters are printed on white paper by our own press."),
    )
    canon = canon_of(guide_pdf=_guide(first, second))
    assert set(canon.logo_dos) == {"Keep the logo upright", "Use the files as they are"}
    assert set(canon.logo_donts) == {"Use the logo on busy photos", "Squeeze the emblem"}


def test_heads_with_their_columns_below_them_carry_nothing_over() -> None:
    first = ((60, 80, 24, "Logo usage"), (60, 140, 10, "DO"), (320, 140, 10, "DON'T"), (74, 170, 10, "Keep it upright"))
    second = ((60, 60, 20, "Stationery"), (334, 100, 10, "Print letters on white paper"))
    canon = canon_of(guide_pdf=_guide(first, second))
    assert "Print letters on white paper" not in canon.logo_donts
