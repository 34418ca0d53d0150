"""What it would cost to draw a PDF page, counted before it is drawn: nobody can stop the renderer in the middle.

A picture costs its own pixels each time it is placed, a painted area the pixels of the page that it covers. What must
not live here: drawing, and what a page that is not drawn loses.
"""

from collections.abc import Sequence

from sgd_resources.parsers.pdf.text.page import PageRead

_MOST_OF_PAGE = 500_000_000
"""Pixels of pictures: two seconds of one core. Forty scans of twelve megapixels lie on no page."""
_MOST_OF_DOCUMENT = 2_500_000_000
_PER_SQUARE_POINT = (150 / 72) ** 2
"""Pixels of the canvas that colours are looked for on."""
_FILLED_AGAINST_PICTURED = 1 / 7
"""Filling a pixel takes 0.6 ns, scaling one of a picture 4 ns. Measured with pdfium of 2026-11 on one core."""
_LARGEST_SIDE_PX = 100_000  # what a picture says of its own size is a claim


def leave_undrawn(reads: Sequence[PageRead]) -> list[str]:
    """Mark the pages that are too costly to draw, and those behind which a document's whole share is used up.

    Returns:
        One note for each of them.
    """
    notes: list[str] = []
    left = float(_MOST_OF_DOCUMENT)
    for read in reads:
        cost = drawing_cost(read)
        if read.ink.is_over_budget or cost > min(_MOST_OF_PAGE, left):
            read.may_be_drawn = False
            notes.append(
                f"page {read.number}: too much is painted on it to look at it; colours and words of its pictures and "
                "hidden words were not read"
            )
        else:
            left -= cost
    return notes


def drawing_cost(read: PageRead) -> float:
    """Pixels of pictures that are scaled, or as much of filled ones."""
    pictured = sum(_side(item, "/Width") * _side(item, "/Height") for _, item in read.ink.images if item is not None)
    filled = 0.0
    for paint in read.ink.paints:
        if paint.box is not None:
            x0, y0, x1, y1 = paint.box
            filled += max(0.0, x1 - x0) * max(0.0, y1 - y0)
    return pictured + filled * _PER_SQUARE_POINT * _FILLED_AGAINST_PICTURED


def _side(item: object, name: str) -> int:
    value = item.get(name, 0)  # type: ignore[attr-defined] # a PDF dictionary, or a stream, which has the same method
    return max(0, min(_LARGEST_SIDE_PX, int(value)))
