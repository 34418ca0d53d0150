"""Where a picture may show words: shapes of a letter's size, gathered into regions, each at the scale it needs.

Most of a page is ground, swatches and photographs; the line finder's cost is the pixels it is shown. What must not live
here: the networks.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
_EDGE = 40  # of 255: letters stand out from their ground by more, JPEG noise by less
_SHORTEST = 6  # pixels; shorter letters are not read by the models
_TALLEST = 190  # pixels; taller ones are found again on the smaller copy
_WIDEST = 40
"""Of letters that touch, against their height."""
_CELL = 4  # pixels: coarse enough to gather letters quickly, finer than a gap between columns
_BESIDE, _BELOW = 0.6, 0.35
"""Half the gap that letters of a line, and lines of a paragraph, leave between them, against their height."""
_HEIGHT_FOUND = 14
"""Height in pixels at which the line finder knows a letter; taller ones are shown smaller."""
_LEAST_SCALE = 1 / 6  # below it the small words between large ones are lost
_MOST_PIXELS = 1_200_000  # of one part; the model's memory grows with it
_OVERLAP = 96  # pixels: a line that is cut by one band is whole in the next
_FRAME = 32  # what a part costs beside its own pixels, `ocr_lines._MARGIN` and rounding to 32


@dataclass(frozen=True)
class Region:
    """Part of a picture to look at, shown at `scale`; lines centred outside `rows` belong to a neighbour."""

    box: tuple[int, int, int, int]
    scale: float
    rows: tuple[float, float]

    @property
    def pixels(self) -> float:
        """How many are looked at."""
        x0, y0, x1, y1 = self.box
        return (x1 - x0) * (y1 - y0) * self.scale**2

    @property
    def cost(self) -> float:
        """The same with the frame that each region is given."""
        x0, y0, x1, y1 = self.box
        return ((x1 - x0) * self.scale + _FRAME) * ((y1 - y0) * self.scale + _FRAME)


def count_letters(pixels: Pixels) -> int:
    """How many shapes of a letter's size a picture shows; costs milliseconds.

    Args:
        pixels: (height, width, 3) sRGB.
    """
    _, _, widths, heights, _ = _shapes(pixels).T
    tallest = max(40.0, 0.04 * max(pixels.shape[:2]))
    return int(((heights >= _SHORTEST) & (heights <= tallest) & (widths >= 2) & (widths <= 3 * heights)).sum())


def text_regions(pixels: Pixels) -> list[Region]:
    """Regions that hold every shape that may be a letter; none overlaps another but where one was too large.

    A picture strewn with shapes is one region: looking at each shape apart would cost more.

    Args:
        pixels: (height, width, 3) sRGB.
    """
    letters = _letters(pixels)
    if not len(letters):
        return []
    boxes, owners = _gathered(letters, pixels.shape[1], pixels.shape[0])
    found = []
    for number, (x0, y0, x1, y1) in enumerate(boxes):
        heights = letters[owners == number, 3]
        if len(heights):
            scale = float(min(1.0, max(_LEAST_SCALE, _HEIGHT_FOUND / np.percentile(heights, 10))))
            found += _cut((x0, y0, x1, y1), scale)
    height, width = pixels.shape[:2]
    return found if sum(region.cost for region in found) <= height * width else _cut((0, 0, width, height), 1.0)


def _shapes(pixels: Pixels) -> NDArray[np.int32]:
    """(shapes, 5) of the connected edges: left, top, width, height, pixels."""
    grey = cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2GRAY)
    edges = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > _EDGE
    _, _, shapes, _ = cv2.connectedComponentsWithStats(edges.astype(np.uint8), connectivity=8)
    return np.asarray(shapes[1:], dtype=np.int32)


def _letters(pixels: Pixels) -> NDArray[np.int32]:
    """(letters, 4) left, top, width, height of letters and touching letters, which hold more edge than a bar."""
    shapes = _shapes(pixels)
    _, _, widths, heights, edge = shapes.T
    is_word = (widths <= _WIDEST * heights) & (edge >= np.minimum(9 * widths, widths * heights // 2))
    is_letter = (heights >= _SHORTEST) & (heights <= _TALLEST) & (widths >= 2) & ((widths <= 3 * heights) | is_word)
    return shapes[is_letter, :4]


def _gathered(
    letters: NDArray[np.int32], width: int, height: int
) -> tuple[list[tuple[int, int, int, int]], NDArray[np.int32]]:
    """(boxes that do not touch each other, which of them each letter lies in)."""
    mask = np.zeros((-(-height // _CELL), -(-width // _CELL)), np.uint8)
    for left, top, wide, tall in letters.tolist():
        beside, below = _BESIDE * tall, _BELOW * tall
        x0, y0 = max(0, int((left - beside) / _CELL)), max(0, int((top - below) / _CELL))
        x1, y1 = int((left + wide + beside) / _CELL), int((top + tall + below) / _CELL)
        mask[y0 : y1 + 1, x0 : x1 + 1] = 1
    count = -1
    while True:
        found, labels, shapes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
        if found == count:
            break
        count = found
        for x0, y0, wide, tall, _ in shapes[1:].tolist():
            mask[y0 : y0 + tall, x0 : x0 + wide] = 1
    lefts, tops, wides, talls = letters.T
    owners = labels[(tops + talls // 2) // _CELL, (lefts + wides // 2) // _CELL] - 1
    boxes = [
        (x0 * _CELL, y0 * _CELL, min(width, (x0 + wide) * _CELL), min(height, (y0 + tall) * _CELL))
        for x0, y0, wide, tall, _ in shapes[1:].tolist()
    ]
    return boxes, owners.astype(np.int32)


def _cut(box: tuple[int, int, int, int], scale: float) -> list[Region]:
    """The box, in bands that overlap where it holds more pixels than are looked at at once."""
    x0, y0, x1, y1 = box
    whole = Region(box, scale, (-np.inf, np.inf))
    bands = -(-int(whole.pixels) // _MOST_PIXELS)
    if bands < 2:
        return [whole]
    step, overlap = (y1 - y0) / bands, round(_OVERLAP / scale)
    found = []
    for band in range(bands):
        first, last = y0 + band * step, y0 + (band + 1) * step
        rows = (-np.inf if band == 0 else first, np.inf if band == bands - 1 else last)
        top, bottom = max(y0, int(first) - overlap), min(y1, int(last) + overlap)
        found.append(Region((x0, top, x1, bottom), scale, rows))
    return found
