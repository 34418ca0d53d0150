"""Words in pictures: pixels -> lines of text with boxes, by RapidOCR (models inside the wheel, ONNX, no network).

Optional: where it is not installed no words are recognised and everything else works. What must not live here: deciding
which pages or pictures are worth the second it costs, and what the words mean.
"""

import importlib.util
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sgd_resources.parsed_document import Bbox

VERSION = "1"
_SURE = 0.6
_ENGINE = {
    "Global.use_cls": False,
    "Global.log_level": "critical",
    # one thread: the same sums in the same order on every machine
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
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
        RecognisedLine(" ".join(text.split()), _upright(box), round(float(score), 3))
        for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
        if score >= _SURE and text.strip()
    ]
    return sorted(lines, key=lambda line: (round(line.bbox[1] / 8), line.bbox[0]))


@lru_cache(maxsize=1)
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params=dict(_ENGINE))


def _upright(box: NDArray[np.float32]) -> Bbox:
    xs, ys = [float(point[0]) for point in box], [float(point[1]) for point in box]
    return min(xs), min(ys), max(xs), max(ys)
