"""The text that a scanning program laid unseen over or under the picture of a page: the page's own where it agrees.

A layer may also be bad, or a lie. It counts where a picture lies and shows words of that kind; where our own OCR has
read the same place, ours decides. What must not live here: reading pictures (`ocr`), and drawing pages
(`pages/render.py`).
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from sgd_resources.parsed_document import Bbox
from sgd_resources.parsers.pdf.pages.geometry import area
from sgd_resources.parsers.pdf.text.lines import Line
from sgd_resources.parsers.pdf.text.page import PageRead

Pixels = NDArray[np.uint8]
_LAYER_REASONS = frozenset(("invisible_render_mode", "out_of_sight"))
_PICTURED = 0.9
"""Share of a line that pictures must lie over; those of a page may be strips."""
_MOST_PICTURES = 500  # scans come in strips, up to hundreds a page
_MOST_LINES, _MOST_NEAR = 2000, 40
_CELLS = 128  # cells each way: finer than a word on any page
_ROW_PT = 24.0  # a line of large type
_ALIKE = 0.75  # of the letters of a line: two readings of one scan differ in fewer, another line in more
_TRUSTED = 0.7
"""Share of the letters that both have read, from which the rest of a layer is believed."""
_LEAST_CONTRAST = 40  # of 255: below it the picture shows nothing where the layer claims words
_MOST_INK = 0.6  # of a word's box; more is a picture or a bar, no letters
_STROKES = (0.5, 4.0)
"""Strokes that a row through a word crosses for each of its letters: at least, at most."""
_LOOKALIKES = str.maketrans("oil|!sbzg", "011115829")


@dataclass
class Agreement:
    """How many letters of layers were confirmed by our own OCR, and how many were not."""

    agreed: int = 0
    compared: int = 0
    unread: list[Line] = field(default_factory=list)
    """Lines of a layer in whose place our own OCR read nothing."""

    @property
    def is_trusted(self) -> bool:
        """Whether what was compared, if anything, agrees."""
        return self.agreed > 0 and self.agreed >= _TRUSTED * self.compared


def layer_lines(read: PageRead) -> list[Line]:
    """Unseen lines that lie on pictures."""
    unseen = [line for line in read.lines if line.hidden_reason in _LAYER_REASONS][:_MOST_LINES]
    if not unseen or not read.ink.images:
        return []
    pictured = _pictured(read)
    across, down = (_CELLS / max(1.0, side) for side in (read.width, read.height))
    return [line for line in unseen if _share(pictured, line.bbox, across, down) >= _PICTURED]


def _pictured(read: PageRead) -> NDArray[np.int32]:
    """How many cells of the page, cut into `_CELLS` each way, lie above and left of each corner and on pictures."""
    cells = np.zeros((_CELLS, _CELLS), np.int32)
    for place, _ in read.ink.images[:_MOST_PICTURES]:
        box = read.from_top(place)
        x0, x1 = (max(0, round(side * _CELLS / max(1.0, read.width))) for side in (box[0], box[2]))
        y0, y1 = (max(0, round(side * _CELLS / max(1.0, read.height))) for side in (box[1], box[3]))
        cells[y0:y1, x0:x1] = 1
    return np.pad(cells.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0))).astype(np.int32)


def _share(pictured: NDArray[np.int32], box: Bbox, across: float, down: float) -> float:
    x0, x1 = (min(_CELLS, max(0, math.floor(side * across))) for side in (box[0], box[2]))
    y0, y1 = (min(_CELLS, max(0, math.floor(side * down))) for side in (box[1], box[3]))
    x1, y1 = min(_CELLS, max(x1, x0 + 1)), min(_CELLS, max(y1, y0 + 1))
    count = (x1 - x0) * (y1 - y0)
    inside = pictured[y1, x1] - pictured[y0, x1] - pictured[y1, x0] + pictured[y0, x0]
    return float(inside) / count if count else 0.0


def is_scan(read: PageRead) -> bool:
    """Whether pictures make most of a page."""
    covered = sum(area(read.from_top(box)) for box, _ in read.ink.images[:_MOST_PICTURES])
    return covered >= 0.5 * read.width * read.height


def settle(layer: Sequence[Line], found: Sequence[Line], agreement: Agreement) -> list[Line]:
    """The lines of `found` that count; those of a layer that read the same, letter by letter, count in their stead.

    Args:
        layer: unseen lines on pictures; those that count are marked as recognised.
        found: what our own OCR read.
        agreement: adds up what was compared.
    """
    rows: dict[int, list[Line]] = {}
    for line in layer:
        rows.setdefault(_row(line), []).append(line)
    kept: list[Line] = []
    compared: set[int] = set()
    for own in found:
        near = [line for row in range(_row(own) - 1, _row(own) + 2) for line in rows.get(row, ()) if _meet(own, line)]
        near = sorted(near, key=lambda line: line.bbox[0])[:_MOST_NEAR]
        compared.update(map(id, near))
        theirs, ours = " ".join(line.text for line in near), own.text
        if near:
            agreement.compared += len(_letters(ours))
            agreement.agreed += len(_letters(ours)) * _are_alike(theirs, ours)
        if near and _letters(theirs) == _letters(ours):
            accept(near)
        else:
            kept.append(own)
    agreement.unread += [line for line in layer if id(line) not in compared]
    return kept


def accept(lines: Sequence[Line]) -> None:
    """Make unseen lines lines of the page, read by somebody's OCR: their face and ink are not the page's."""
    for line in lines:
        line.hidden_reason, line.is_recognised, line.font, line.color_hex = None, True, "", None


def show_words(pixels: Pixels, lines: Sequence[Line], scale: float) -> list[bool]:
    """Of each line: whether the page shows strokes in its box as words of its length have.

    Args:
        pixels: (height, width, 3) of the drawn page.
        lines: with their boxes in points.
        scale: pixels for a point.
    """
    grey = pixels.min(axis=2)
    return [_shows(grey, line.bbox, len(_letters(line.text)), scale) for line in lines]


def _shows(grey: Pixels, box: Bbox, letters: int, scale: float) -> bool:
    x0, y0, x1, y1 = (max(0, round(side * scale)) for side in box)
    part = grey[y0:y1, x0:x1]
    if not letters or min(part.shape) < 3:
        return False
    low, high = int(part.min()), int(part.max())
    if high - low < _LEAST_CONTRAST:
        return False
    is_ink = part < (low + high) / 2
    is_ink = ~is_ink if is_ink.mean() > 0.5 else is_ink
    strokes = int((is_ink[:, 1:] & ~is_ink[:, :-1]).sum(axis=1).max())
    return is_ink.mean() <= _MOST_INK and _STROKES[0] * letters <= strokes <= _STROKES[1] * letters + 4


def _row(line: Line) -> int:
    return int((line.bbox[1] + line.bbox[3]) / 2 // _ROW_PT)


def _meet(own: Line, other: Line) -> bool:
    """Whether two lines lie at the same height and overlap."""
    height = min(own.bbox[3] - own.bbox[1], other.bbox[3] - other.bbox[1])
    overlap = min(own.bbox[3], other.bbox[3]) - max(own.bbox[1], other.bbox[1])
    across = min(own.bbox[2], other.bbox[2]) - max(own.bbox[0], other.bbox[0])
    return overlap >= 0.5 * height and across >= 0.3 * (other.bbox[2] - other.bbox[0])


def _letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _are_alike(one: str, other: str) -> bool:
    """Whether two readings differ no more than readings of the same words do."""
    a, b = (re.sub(r"\W+", "", text.casefold()).translate(_LOOKALIKES) for text in (one, other))
    return a == b or SequenceMatcher(None, a[:300], b[:300], autojunk=False).ratio() >= _ALIKE
