"""Words in pictures: pixels -> lines of text with boxes, by PP-OCR networks (inside a wheel, ONNX, no network).

Optional: where they are not installed no words are recognised and everything else works. What must not live here:
deciding which pages or pictures are worth the time it costs, and what the words mean.
"""

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sgd_resources.parsed_document import Bbox
from sgd_resources.parsers.pixels.ocr_models import has_models, load_models

_SURE = 0.6  # the models' own score; chosen so that noise is no word, not measured beyond the tests
_HANDS = 2
"""Threads that look and read; their number changes the time, never the words."""
_LARGE = 200_000
"""Pixels of a region that the threads look at together, for two such would take twice the memory."""
_MOST_LINES = 1000  # a dense page has some hundred; bounds its time
_S_PER_PIXEL, _S_PER_LINE = 0.9e-6, 0.016
_NARROW_FORMS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


@dataclass(frozen=True)
class RecognisedLine:
    """One line of words, its box in pixels of the picture, and how sure the engine is (0..1)."""

    text: str
    bbox: Bbox
    confidence: float


def is_ocr_installed() -> bool:
    """Whether pictures can be read for words on this machine."""
    return has_models()


def recognise_lines(pixels: NDArray[np.uint8]) -> list[RecognisedLine]:
    """Lines top to bottom, left to right; empty where no engine is installed or nothing is legible.

    Costs what the words cost, not the page: about 0.9 s of one core per megapixel around words, 16 ms for a short line.

    Args:
        pixels: (height, width, 3) sRGB.
    """
    if not is_ocr_installed():
        return []
    from sgd_resources.parsers.pixels.ocr_lines import cut_line, find_lines, read_line
    from sgd_resources.parsers.pixels.ocr_regions import text_regions

    load_models()
    picture = np.ascontiguousarray(pixels[..., ::-1])
    with ThreadPoolExecutor(_HANDS) as hands:
        regions = text_regions(pixels)
        small = hands.map(lambda region: find_lines(picture, region, 1), [r for r in regions if r.pixels < _LARGE])
        large = [find_lines(picture, region, _HANDS) for region in regions if region.pixels >= _LARGE]
        places = [corners for part in (*small, *large) for corners in part][:_MOST_LINES]
        cuts = [(corners, line) for corners in places if (line := cut_line(picture, corners)) is not None]
        read = list(hands.map(lambda cut: read_line(cut[1]), cuts))
    lines = [
        RecognisedLine(_tidy(text), _upright(corners), round(sure, 3))
        for (corners, _), (text, sure) in zip(cuts, read, strict=True)
        # a row of dots or rules is a drawing
        if sure >= _SURE and re.search(r"\w", text)
    ]
    return sorted(lines, key=lambda line: (round(line.bbox[1] / 8), line.bbox[0]))


def count_letters(pixels: NDArray[np.uint8]) -> int:
    """How many shapes of a letter's size a picture shows; costs milliseconds. 0 where no engine is installed.

    Args:
        pixels: (height, width, 3) sRGB.
    """
    if not is_ocr_installed():
        return 0
    from sgd_resources.parsers.pixels import ocr_regions

    return ocr_regions.count_letters(pixels)


def reading_cost_s(pixels: NDArray[np.uint8], lines: int) -> float:
    """Seconds of one core that `recognise_lines` takes, counted from what it looks at; 0 without an engine.

    Args:
        pixels: (height, width, 3) sRGB.
        lines: how many it found.
    """
    if not is_ocr_installed():
        return 0.0
    from sgd_resources.parsers.pixels import ocr_regions

    looked_at = sum(region.cost for region in ocr_regions.text_regions(pixels))
    return _S_PER_PIXEL * looked_at + _S_PER_LINE * lines


def _tidy(text: str) -> str:
    """One space between words; the engine loses the one behind a comma and knows letters in East Asian widths."""
    return re.sub(r"(?<=[^\W\d_]),(?=[^\W\d_])", ", ", " ".join(text.translate(_NARROW_FORMS).split()))


def _upright(corners: Sequence[Sequence[float]] | NDArray[np.float32]) -> Bbox:
    xs, ys = [float(point[0]) for point in corners], [float(point[1]) for point in corners]
    return min(xs), min(ys), max(xs), max(ys)
