"""Turns a PDF page that was scanned lying on its side or head down, once its words have shown which way is up.

Only what a scan has is turned: lines, boxes of what is painted, the page itself. What must not live here: telling
that a page lies (`text/drawn_words.py`), and pages that say themselves how they are turned (`pages/upright.py`).
"""

from dataclasses import replace

from sgd_resources.parsed_document import Bbox
from sgd_resources.parsers.pdf.pages.geometry import Box
from sgd_resources.parsers.pdf.text.page import PageRead


def turn_page(read: PageRead, quarters: int) -> None:
    """Turn a page and all that was read of it clockwise.

    Args:
        read: the page; its space begins at its lower left corner afterwards.
        quarters: 1, 2 or 3 quarters of a whole turn.
    """
    for _ in range(quarters):
        _turn_once(read)
    read.page.set_rotation((read.page.get_rotation() + 90 * quarters) % 360)


def _turn_once(read: PageRead) -> None:
    left, bottom = read.origin
    width, height = read.width, read.height

    def turned(box: Box) -> Box:
        x0, y0, x1, y1 = box[0] - left, box[1] - bottom, box[2] - left, box[3] - bottom
        return y0, width - x1, y1, width - x0

    ink = read.ink
    ink.paints = [paint if paint.box is None else paint._replace(box=turned(paint.box)) for paint in ink.paints]
    ink.images = [(turned(box), item) for box, item in ink.images]
    ink.covers = [(before, turned(box)) for before, box in ink.covers]
    ink.unstated = [turned(box) for box in ink.unstated]
    read.lines = [replace(line, bbox=_turned_from_top(line.bbox, height), runs=()) for line in read.lines]
    read.width, read.height, read.origin = height, width, (0.0, 0.0)


def _turned_from_top(box: Bbox, height: float) -> Bbox:
    x0, y0, x1, y1 = box
    return height - y1, x0, height - y0, x1
