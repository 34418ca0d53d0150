"""Words in pictures: pixels -> lines of text with boxes, by RapidOCR (models inside the wheel, ONNX, no network).

Optional: where it is not installed no words are recognised and everything else works. What must not live here: deciding
which pages or pictures are worth the second it costs, and what the words mean.
"""

import importlib.util
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sgd_resources.parsed_document import Bbox

VERSION = "4"
_SURE = 0.6
_EDGE = 40
_ENGINE = {
    "Global.use_cls": False,
    "Global.log_level": "critical",
    # one thread: the same sums in the same order on every machine
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    # an arena keeps what the largest page took, which a confined child has no room for
    "EngineConfig.onnxruntime.enable_cpu_mem_arena": False,
}


@dataclass(frozen=True)
class RecognisedLine:
    """One line of words, its box in pixels of the picture, and how sure the engine is (0..1)."""

    text: str
    bbox: Bbox
    confidence: float


def is_ocr_installed() -> bool:
    """Whether pictures can be read for words on this machine."""
    return importlib.util.find_spec("rapidocr") is not None


def recognise_lines(pixels: NDArray[np.uint8]) -> list[RecognisedLine]:
    """Lines top to bottom, left to right; empty where no engine is installed or nothing is legible.

    Args:
        pixels: (height, width, 3) sRGB.
    """
    if not is_ocr_installed():
        return []
    found = _engine()(np.ascontiguousarray(pixels[..., ::-1]), use_cls=False)
    if not found.txts:
        return []
    lines = [
        RecognisedLine(_tidy(text), _upright(box), round(float(score), 3))
        for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
        if score >= _SURE and text.strip()
    ]
    return sorted(lines, key=lambda line: (round(line.bbox[1] / 8), line.bbox[0]))


def count_letters(pixels: NDArray[np.uint8]) -> int:
    """How many shapes of a letter's size a picture shows; costs milliseconds. 0 where no engine is installed.

    Args:
        pixels: (height, width, 3) sRGB.
    """
    if not is_ocr_installed():
        return 0
    import cv2

    longest = max(pixels.shape[:2])
    grey = cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2GRAY)
    edges = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > _EDGE
    _, _, boxes, _ = cv2.connectedComponentsWithStats(edges.astype(np.uint8), connectivity=8)
    widths, heights = boxes[1:, cv2.CC_STAT_WIDTH], boxes[1:, cv2.CC_STAT_HEIGHT]
    is_letter = (heights >= 6) & (heights <= max(40.0, 0.04 * longest)) & (widths >= 2) & (widths <= 3 * heights)
    return int(is_letter.sum())


@lru_cache(maxsize=1)
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params=dict(_ENGINE))


def _tidy(text: str) -> str:
    """One space between words; the engine tends to lose the one behind a comma."""
    return re.sub(r"(?<=[^\W\d_]),(?=[^\W\d_])", ", ", " ".join(text.split()))


def _upright(box: NDArray[np.float32]) -> Bbox:
    xs, ys = [float(point[0]) for point in box], [float(point[1]) for point in box]
    return min(xs), min(ys), max(xs), max(ys)
