"""Writing so small that the reader of words passes over it: rows of tiny shapes, confirmed on an enlarged copy.

What must not live here: words that can be read as they stand (`words.py`), how small is too small.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from sgd_resources.parsers.pixels.ocr import is_ocr_installed, recognise_lines
from sgd_resources.ports.sight import LineSeen
from sgd_resources.sight.words import ink_height

Pixels = NDArray[np.uint8]
_EDGE = 24  # of 255
_SHORTEST, _TALLEST = 3, 10  # pixels of a shape with its edges, which add one at each side
_WIDEST = 40  # of letters that touch, against their height
_BESIDE = 4  # pixels: half the widest gap between words
_ROW_HIGH, _ROW_ASPECT, _ROW_WIDE = 13, 4, 24  # pixels; width over height; pixels
_ROOM = (6, 4)  # pixels beside and above
_ENLARGED, _FRAME = 4, 16
_MOST_ROWS = 8  # looked at, widest first: each costs as much as a line
_LEAST_LETTERS = 4


def read_small_words(rgb: Pixels) -> tuple[LineSeen, ...]:
    """Rows of writing a few pixels high; their letters are guesses, that they are letters is not.

    Args:
        rgb: (height, width, 3) sRGB.
    """
    if not is_ocr_installed():
        return ()
    rows = sorted(_rows(rgb), key=lambda row: -row[2])[:_MOST_ROWS]
    return tuple(line for row in sorted(rows, key=lambda row: (row[1], row[0])) if (line := _read(rgb, row)))


def _rows(rgb: Pixels) -> list[tuple[int, int, int, int]]:
    """(left, top, width, height) of shapes of a tiny letter's size that stand in a row."""
    grey = cv2.cvtColor(np.ascontiguousarray(rgb), cv2.COLOR_RGB2GRAY)
    edges = (cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > _EDGE).astype(np.uint8)
    _, _, shapes, _ = cv2.connectedComponentsWithStats(edges, connectivity=8)
    is_letter = (shapes[:, 3] >= _SHORTEST) & (shapes[:, 3] <= _TALLEST) & (shapes[:, 2] <= _WIDEST * shapes[:, 3])
    joined = np.zeros_like(edges)
    for left, top, wide, high in shapes[is_letter, :4].tolist():
        joined[top : top + high, max(0, left - _BESIDE) : left + wide + _BESIDE] = 1
    _, _, rows, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    return [
        (left, top, wide, high)
        for left, top, wide, high, _ in rows[1:].tolist()
        if high <= _ROW_HIGH and wide >= max(_ROW_WIDE, _ROW_ASPECT * high)
    ]


def _read(rgb: Pixels, row: tuple[int, int, int, int]) -> LineSeen | None:
    left, top, wide, high = row
    beside, above = _ROOM
    part = rgb[max(0, top - above) : top + high + above, max(0, left - beside) : left + wide + beside]
    shown = cv2.resize(part, None, fx=_ENLARGED, fy=_ENLARGED, interpolation=cv2.INTER_CUBIC)
    framed = cv2.copyMakeBorder(shown, _FRAME, _FRAME, _FRAME, _FRAME, cv2.BORDER_REPLICATE)
    best = max(recognise_lines(np.asarray(framed, np.uint8)), key=lambda line: len(line.text), default=None)
    if best is None or sum(letter.isalnum() for letter in best.text) < _LEAST_LETTERS:
        return None
    box = (float(left), float(top), float(left + wide), float(top + high))
    return LineSeen(best.text, box, ink_height(rgb, box), best.confidence)
