"""Words of a picture that is a guide page itself: decides whether reading is worth its time, then reads.

Logos, photographs and small pictures are passed over. What must not live here: the engine (`ocr`), and what words mean.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sgd_resources.parsed_document import Location, TextBlock
from sgd_resources.parsers.pdf.text.blocks import group_blocks, kind_of
from sgd_resources.parsers.pdf.text.lines import Line
from sgd_resources.parsers.pdf.text.order import reading_order
from sgd_resources.parsers.pixels.ocr import count_letters, recognise_lines

Pixels = NDArray[np.uint8]
_LEAST_PIXELS = 200_000  # a page such as 520 x 390; logos and icons are smaller
_LEAST_SIDE = 200
_LEAST_FLAT = 0.5  # parts pages, mostly plain ground, from photographs
_LEAST_OPAQUE = 0.9  # a page has a ground; logos have none
_LEAST_LETTERS = 15  # letter-like shapes: a logo has fewer
WIDTH_READ = 1280  # chosen for the models' time, which grows with the pixels; not measured on small print
_MOST_ROWS = 4 * WIDTH_READ  # a long web page in one picture; bounds the time of one


def may_be_guide_page(width: int, height: int, *, flat_ratio: float, opaque_ratio: float) -> bool:
    """Whether a picture is large, drawn and has a ground of its own, as a page has and a logo or photograph has not.

    Args:
        width: in pixels.
        height: in pixels.
        flat_ratio: share that lies in flat regions.
        opaque_ratio: share that is not transparent.
    """
    is_large = height * width >= _LEAST_PIXELS and min(height, width) >= _LEAST_SIDE
    return is_large and flat_ratio >= _LEAST_FLAT and opaque_ratio >= _LEAST_OPAQUE


def picture_words(pixels: Pixels, scale: float) -> list[TextBlock]:
    """Lines of words in reading order, boxes in pixels of the picture; empty when there are fewer than a page has.

    Bounded: of a taller picture the first `_MOST_ROWS` rows are read.

    Args:
        pixels: (height, width, 3) sRGB, no wider than `WIDTH_READ`.
        scale: of these pixels against the picture's own, at most 1.
    """
    height = round(pixels.shape[0] / scale)
    if count_letters(pixels) < _LEAST_LETTERS:
        return []
    lines: list[Line] = []
    for found in recognise_lines(pixels[:_MOST_ROWS]):
        x0, y0, x1, y1 = (round(side / scale, 1) for side in found.bbox)
        lines.append(Line(found.text, (x0, y0, x1, y1), "", y1 - y0, None, is_recognised=True))
    return _blocks(lines, height)


def _blocks(lines: Sequence[Line], height: int) -> list[TextBlock]:
    found = []
    for block in reading_order(group_blocks(lines), height, {}):
        kind, level, text = kind_of(block, {})
        place = Location(page=1, bbox=block.bbox)
        found.append(TextBlock(text=text, kind=kind, level=level, location=place, is_recognised=True))
    return found
