"""Words that a PDF page shows and its text layer does not hold: outlines and pictures, rendered and read by OCR.

What must not live here: deciding which pages are worth it (`pdf/scans.py`), and the engine (`ocr`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from sgd_resources.parsed_document import Bbox
from sgd_resources.parsers.pdf.pages.render import render_page
from sgd_resources.parsers.pdf.text.lines import Line
from sgd_resources.parsers.pixels.ocr import RecognisedLine, count_letters, reading_cost_s, recognise_lines

Pixels = NDArray[np.uint8]
_SIZE_PER_HEIGHT = 0.75  # of the box around a line with ascenders and descenders
_MOST_DPI = 200.0  # more would only enlarge small pages
_SIDE_PX = 1600
"""Longer side of a page that is read: small captions stay legible."""
_LYING = 1.5
"""Height of a line against its width, from which it does not run across the page."""
_LEAST_LINES = 3  # fewer lines say nothing on how a page lies
_SURE = 0.85
"""How sure the engine is of words that stand upright, on the average."""
_SURER = 0.04  # parts a better reading from chance, for a page that may lie on its head
_LEAST_LETTERS = 15  # letter-like shapes: a photograph has a few


@dataclass(frozen=True)
class PageWords:
    """Lines in points of the page once it is turned clockwise by so many quarters, and what reading cost."""

    lines: tuple[RecognisedLine, ...]
    quarters: int
    scale: float
    """Points for a pixel."""
    cost_s: float


def read_words(page: pypdfium2.PdfPage, *, is_guessed: bool = False) -> PageWords:
    """What OCR reads from a page, whichever way its words run.

    Args:
        page: an open page.
        is_guessed: whether the page is left alone where it shows too few shapes that may be letters.
    """
    pixels = render_page(page, min(_MOST_DPI, 72 * _SIDE_PX / max(1.0, *page.get_size())))
    scale = page.get_width() / max(1, pixels.shape[1])
    if is_guessed and count_letters(pixels) < _LEAST_LETTERS:
        return PageWords((), 0, scale, 0.0)
    quarters, lines, cost = _read_upright(pixels)
    return PageWords(tuple(lines), quarters, scale, cost)


def new_lines(words: PageWords, known: Sequence[Bbox]) -> list[Line]:
    """Lines of the page, top to bottom; those that its text layer holds (`known` boxes) are left out.

    Type size is judged from the height of the line.
    """
    found = []
    for line in words.lines:
        x0, y0, x1, y1 = (round(value * words.scale, 2) for value in line.bbox)
        if any(x0 < box[2] and box[0] < x1 and y0 < box[3] and box[1] < y1 for box in known):
            continue
        size = round((y1 - y0) * _SIZE_PER_HEIGHT, 1)
        found.append(Line(line.text, (x0, y0, x1, y1), "", size, None, is_recognised=True))
    return found


def _read_upright(pixels: Pixels) -> tuple[int, list[RecognisedLine], float]:
    """(quarters clockwise that the picture was turned, its lines, what it cost); turned where that reads better."""
    lines, cost = _read(pixels)
    if len(lines) < _LEAST_LINES:
        return 0, lines, cost
    if _share_lying(lines) > 0.5:
        turns, least = [1, 3], 0.0
    elif _sureness(lines) < _SURE:
        turns, least = [2], _sureness(lines) + _SURER
    else:
        return 0, lines, cost
    best = 0
    for turn in turns:
        turned, more = _read(np.ascontiguousarray(np.rot90(pixels, -turn)))
        cost += more
        is_better = len(turned) >= _LEAST_LINES and _share_lying(turned) <= 0.5 and _sureness(turned) > least
        if is_better:
            best, lines, least = turn, turned, _sureness(turned)
    return best, lines, cost


def _read(pixels: Pixels) -> tuple[list[RecognisedLine], float]:
    lines = recognise_lines(pixels)
    return lines, reading_cost_s(pixels, len(lines))


def _share_lying(lines: Sequence[RecognisedLine]) -> float:
    letters = [(len(line.text), line.bbox[3] - line.bbox[1] > _LYING * (line.bbox[2] - line.bbox[0])) for line in lines]
    return sum(count for count, is_lying in letters if is_lying) / max(1, sum(count for count, _ in letters))


def _sureness(lines: Sequence[RecognisedLine]) -> float:
    letters = sum(len(line.text) for line in lines)
    return sum(line.confidence * len(line.text) for line in lines) / max(1, letters)
