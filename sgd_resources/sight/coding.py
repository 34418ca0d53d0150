"""What coding and scaling did to a picture: the JPEG quality that it had, how sharp its sharpest edges are.

What must not live here: how much of it is too much.
"""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sgd_resources.ports.sight import CodingSeen

Pixels = NDArray[np.uint8]
_STANDARD_LUMA_SUM = 3679
"""Of the 64 steps of the luma table at quality 50. Source: ISO/IEC 10918-1, Annex K, table K.1."""
_STANDARD_STEPS = {(0, 1): 11, (1, 0): 12, (1, 1): 12, (0, 2): 10, (2, 0): 14, (1, 2): 14, (2, 1): 13, (2, 2): 16}
"""Steps of that table for slow waves, which every picture has, by (row, column)."""
_FINEST_STEP, _COARSEST_STEP = 5, 100
"""Finer steps drown in the rounding of pixels, and are no loss to be seen."""
_ON_STEPS = 0.7  # mean cosine: 1 exactly on the multiples, 0 for terms that lie anywhere
_LEAST_BLOCKS, _MOST_BLOCKS, _LEAST_TERMS = 40, 4000, 3
_LEAST_EDGE = 60  # of 255: lower edges are grain and shading
_REACH = 4  # pixels to each side of an edge
_SHARPEST = 97  # percentile: even a soft photograph with sharp words on it is sharp there


def coding_of(data: bytes, rgb: Pixels) -> CodingSeen:
    """Measures of a file and of its decoded pixels, `(height, width, 3)`."""
    grey = (rgb @ np.array([0.299, 0.587, 0.114], np.float32)).astype(np.float32)
    told = [quality for quality in (jpeg_quality(data), quality_left(grey)) if quality is not None]
    return CodingSeen(min(told, default=None), round(sharpness(grey), 4))


def jpeg_quality(data: bytes) -> int | None:
    """Quality 1..100 as libjpeg counts it, from the file's luma table; None for other files."""
    if not data.startswith(b"\xff\xd8\xff"):
        return None
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as opened:
        tables = getattr(opened, "quantization", {})
    if not tables or 0 not in tables:
        return None
    return _quality(100.0 * sum(tables[0]) / _STANDARD_LUMA_SUM)


def quality_left(grey: NDArray[np.float32]) -> int | None:
    """JPEG quality that the pixels still tell of, however the file was saved since; None where they tell of none.

    The 8 x 8 cosine terms of a picture that was a JPEG lie on multiples of the steps of its table; a cropped or scaled
    one has lost them.
    """
    terms = _cosine_terms(grey)
    if terms is None:
        return None
    found = []
    for (row, column), standard in _STANDARD_STEPS.items():
        step = _step_of(terms[:, row, column])
        if step is not None:
            found.append(100.0 * step / standard)
    if len(found) < _LEAST_TERMS:
        return None
    return _quality(float(np.median(found)))


def _cosine_terms(grey: NDArray[np.float32]) -> NDArray[np.float32] | None:
    """`(blocks, 8, 8)` of the blocks that are not flat; None where there are too few."""
    rows, columns = (side // 8 for side in grey.shape)
    blocks = grey[: rows * 8, : columns * 8].reshape(rows, 8, columns, 8).transpose(0, 2, 1, 3).reshape(-1, 8, 8)
    lively = np.flatnonzero(blocks.max(axis=(1, 2)) - blocks.min(axis=(1, 2)) > 4)
    if len(lively) < _LEAST_BLOCKS:
        return None
    some = blocks[lively[:: max(1, len(lively) // _MOST_BLOCKS)]]
    wave = np.arange(8)
    matrix = np.cos((2 * wave[None, :] + 1) * wave[:, None] * np.pi / 16) / 2
    matrix[0] /= np.sqrt(2)
    base: NDArray[np.float32] = matrix.astype(np.float32)
    terms = np.asarray(base @ some @ base.T, np.float32)
    return terms


def _step_of(terms: NDArray[np.float32]) -> float | None:
    """The largest step on whose multiples nearly all of these terms lie; None without one."""
    best = None
    for step in range(_FINEST_STEP, _COARSEST_STEP):
        told = terms[(np.abs(terms) > step / 2) & (np.abs(terms) < 20 * step)]
        if len(told) >= _LEAST_BLOCKS and float(np.cos(2 * np.pi * told / step).mean()) > _ON_STEPS:
            best = float(step)
    return best


def _quality(scale: float) -> int:
    """Quality of libjpeg whose table is `scale` percent of the standard one."""
    quality = (200 - scale) / 2 if scale <= 100 else 5000 / scale
    return int(min(100, max(1, round(quality))))


def sharpness(grey: NDArray[np.float32]) -> float:
    """Share of an edge's height that its steepest pixel takes, at the sharpest edges; -1 where there are none."""
    found = [_steepest(grey), _steepest(grey.T)]
    known = np.concatenate(found)
    return float(np.percentile(known, _SHARPEST)) if len(known) else -1.0


def _steepest(grey: NDArray[np.float32]) -> NDArray[np.float32]:
    """For each tall edge along the rows, its steepest step over its height."""
    if grey.shape[1] <= 2 * _REACH + 2:
        return np.zeros(0, np.float32)
    steps = np.abs(np.diff(grey, axis=1))
    middle = steps[:, _REACH:-_REACH]
    low = high = grey[:, _REACH : -_REACH - 1]
    is_peak = middle > 8
    for away in range(-_REACH, _REACH + 2):
        beside = grey[:, _REACH + away : grey.shape[1] - _REACH - 1 + away]
        low, high = np.minimum(low, beside), np.maximum(high, beside)
    height = high - low
    is_edge = is_peak & (height >= _LEAST_EDGE)
    return np.asarray(middle[is_edge] / height[is_edge], np.float32)
