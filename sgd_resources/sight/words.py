"""Words of a finished picture: lines as the reader of `sgd_resources/parsers/pixels` finds them, faint ones too.

What must not live here: which words are right.
"""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from sgd_resources.parsers.pixels.ocr import RecognisedLine, is_ocr_installed, recognise_lines
from sgd_resources.ports.sight import LineSeen

Pixels = NDArray[np.uint8]
_MOST_PIXELS = 2_300_000  # about 1500 x 1500: what is larger is read smaller, for the reader's time
_SMALL_PIXELS, _ENLARGED = 420_000, 2.0
"""Small pictures hold small words, which the reader finds in a copy of twice the size."""
_GROUND_WINDOW = 31  # pixels: wider than a stroke, narrower than a panel
_FAINT, _PLAIN = 7, 40  # of 255: what the reader passes over, and above it what it looks at
_LEAST_FAINT = 0.0008  # of the picture: fewer such pixels are no words
_SURE_ENOUGH = 0.9
_INK_AWAY = 0.4  # of the way from ground to ink: half-way pixels are the rims of letters


def read_words(rgb: Pixels) -> tuple[LineSeen, ...] | None:
    """Lines in the order of reading; None where no reader is installed.

    Args:
        rgb: (height, width, 3) sRGB.
    """
    if not is_ocr_installed():
        return None
    pixels = rgb.shape[0] * rgb.shape[1]
    scale = _ENLARGED if pixels < _SMALL_PIXELS else min(1.0, (_MOST_PIXELS / pixels) ** 0.5)
    shown = rgb if scale == 1.0 else _resized(rgb, scale)
    lines = recognise_lines(shown)
    faint = _faint_made_plain(shown)
    if faint is not None:
        lines += [line for line in recognise_lines(faint) if _is_new(line, lines)]
        lines.sort(key=lambda line: (round(line.bbox[1] / 8), line.bbox[0]))
    return tuple(_seen(line, rgb, scale) for line in lines)


def _resized(rgb: Pixels, scale: float) -> Pixels:
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=way), np.uint8)


def _faint_made_plain(rgb: Pixels) -> Pixels | None:
    """A grey copy in which only what stands out faintly from its ground is seen, and plainly; None without any."""
    grey = cv2.cvtColor(np.ascontiguousarray(rgb), cv2.COLOR_RGB2GRAY)
    window: Any = np.ones((_GROUND_WINDOW, _GROUND_WINDOW), np.uint8)
    low, high = cv2.erode(grey, window), cv2.dilate(grey, window)
    is_faint = (high - low >= _FAINT) & (high - low < _PLAIN)
    edges = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    if float((is_faint & (edges >= _FAINT)).mean()) < _LEAST_FAINT:
        return None
    spread = np.maximum(high.astype(np.float32) - low, 1.0)
    plain = np.where(is_faint, (grey.astype(np.float32) - low) / spread * 255, 128.0)
    return np.ascontiguousarray(np.repeat(plain.astype(np.uint8)[..., None], 3, axis=2))


def _is_new(line: RecognisedLine, known: list[RecognisedLine]) -> bool:
    """Whether a faint line is sure and covers none that was read already."""
    x0, y0, x1, y1 = line.bbox
    return line.confidence >= _SURE_ENOUGH and not any(
        min(x1, other.bbox[2]) > max(x0, other.bbox[0]) and min(y1, other.bbox[3]) > max(y0, other.bbox[1])
        for other in known
    )


def _seen(line: RecognisedLine, rgb: Pixels, scale: float) -> LineSeen:
    x0, y0, x1, y1 = (value / scale for value in line.bbox)
    return LineSeen(line.text, (x0, y0, x1, y1), ink_height(rgb, (x0, y0, x1, y1)), line.confidence)


def ink_height(rgb: Pixels, box: tuple[float, float, float, float]) -> float:
    """Rows of the box that hold ink: the reader's boxes are taller than their letters."""
    height, width = rgb.shape[:2]
    x0, y0 = max(0, int(box[0])), max(0, int(box[1]))
    x1, y1 = min(width, int(np.ceil(box[2]))), min(height, int(np.ceil(box[3])))
    part = rgb[y0:y1, x0:x1].astype(np.float32)
    if part.size == 0:
        return box[3] - box[1]
    ground = np.median(np.concatenate([part[:1].reshape(-1, 3), part[-1:].reshape(-1, 3)]), axis=0)
    away = np.abs(part - ground).max(axis=2)
    rows = np.flatnonzero((away > _INK_AWAY * max(float(np.percentile(away, 98)), 1.0)).any(axis=1))
    return float(rows[-1] - rows[0] + 1) if len(rows) else box[3] - box[1]
