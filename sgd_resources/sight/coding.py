"""What coding and scaling did to a picture: the JPEG quality that it had, how sharp its sharpest edges are.

What must not live here: how much of it is too much.
"""

import io
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sgd_resources.ports.sight import CodingSeen

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]
_STANDARD_LUMA_SUM = 3679
"""Of the 64 steps of the luma table at quality 50. Source: ISO/IEC 10918-1, Annex K, table K.1."""
_STANDARD_STEPS = {(0, 1): 11, (1, 0): 12, (1, 1): 12, (0, 2): 10, (2, 0): 14, (1, 2): 14, (2, 1): 13, (2, 2): 16}
"""Steps of that table for slow waves, which every picture has, by (row, column)."""
_FINEST_STEP, _COARSEST_STEP = 5, 100
"""Finer steps drown in the rounding of pixels, and are no loss to be seen."""
_BINS_A_LEVEL, _LARGEST_TERM = 4, 1024
"""Cosine terms are counted in bins of a quarter level: on a step of 5 that is a twentieth of a wave."""
_ON_STEPS = 0.7  # mean cosine: 1 exactly on the multiples, 0 for terms that lie anywhere
_LEAST_BLOCKS, _MOST_BLOCKS, _LEAST_TERMS = 40, 4000, 3
_LIVELY = 4  # of 255 within a block: flatter ones tell nothing
_LEAST_EDGE = 60  # of 255: lower edges are grain and shading
_LEAST_STEP = 8
_REACH = 4  # pixels to each side of an edge
_SAMPLE_PIXELS = 500_000  # lines that are measured hold about so many
_SHARPEST = 97  # percentile: even a soft photograph with sharp words on it is sharp there


def coding_of(data: bytes, rgb: Pixels) -> CodingSeen:
    """Measures of a file and of its decoded pixels, `(height, width, 3)`."""
    grey = np.asarray(cv2.cvtColor(np.ascontiguousarray(rgb), cv2.COLOR_RGB2GRAY), np.uint8)
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


def quality_left(grey: Pixels) -> int | None:
    """JPEG quality that the pixels still tell of, however the file was saved since; None where they tell of none.

    The 8 x 8 cosine terms of a picture that was a JPEG lie on multiples of the steps of its table; a cropped or scaled
    one has lost them.
    """
    terms = _cosine_terms(grey)
    if terms is None:
        return None
    scales = [
        100.0 * step / standard
        for step, standard in zip(_steps_of(terms), _STANDARD_STEPS.values(), strict=True)
        if step is not None
    ]
    return _quality(float(np.median(scales))) if len(scales) >= _LEAST_TERMS else None


def _cosine_terms(grey: Pixels) -> Floats | None:
    """`(blocks, terms)` of the blocks that are not flat, in the order of `_STANDARD_STEPS`; None of too few blocks."""
    rows, columns = (side // 8 for side in grey.shape)
    whole = grey[: rows * 8, : columns * 8].reshape(rows, 8, columns * 8)
    high = whole.max(axis=1).reshape(rows, columns, 8).max(axis=2)
    low = whole.min(axis=1).reshape(rows, columns, 8).min(axis=2)
    lively = np.flatnonzero((high - low).ravel() > _LIVELY)
    if len(lively) < _LEAST_BLOCKS:
        return None
    some = lively[:: max(1, len(lively) // _MOST_BLOCKS)]
    blocks = whole.reshape(rows, 8, columns, 8)[some // columns, :, some % columns]
    terms: Floats = blocks.reshape(len(some), 64).astype(np.float32) @ _waves()
    return terms


@lru_cache(maxsize=1)
def _waves() -> Floats:
    """`(64, terms)`: the waves of a block, one for each term of `_STANDARD_STEPS`."""
    wave = np.arange(8)
    matrix = np.cos((2 * wave[None, :] + 1) * wave[:, None] * np.pi / 16) / 2
    matrix[0] /= np.sqrt(2)
    return np.stack([np.outer(matrix[row], matrix[column]).ravel() for row, column in _STANDARD_STEPS], axis=1).astype(
        np.float32
    )


def _steps_of(terms: Floats) -> list[float | None]:
    """Of each term the largest step on whose multiples nearly all blocks lie; None without one."""
    bins = np.minimum(np.abs(terms) * _BINS_A_LEVEL + 0.5, _LARGEST_TERM * _BINS_A_LEVEL - 1).astype(np.intp)
    size = _LARGEST_TERM * _BINS_A_LEVEL
    counts = np.stack([np.bincount(column, minlength=size) for column in bins.T], axis=1).astype(np.float32)
    cosines, is_told = _combs()
    told = is_told @ counts
    is_on = (told >= _LEAST_BLOCKS) & (cosines @ counts > _ON_STEPS * told)
    found = []
    for column in is_on.T:
        steps = np.flatnonzero(column)
        found.append(float(_FINEST_STEP + steps[-1]) if len(steps) else None)
    return found


@lru_cache(maxsize=1)
def _combs() -> tuple[Floats, Floats]:
    """`(steps, bins)` twice: the cosine of a bin's term on a step's multiples, and whether the term tells of it."""
    term = np.arange(_LARGEST_TERM * _BINS_A_LEVEL, dtype=np.float32)[None, :] / _BINS_A_LEVEL
    step = np.arange(_FINEST_STEP, _COARSEST_STEP, dtype=np.float32)[:, None]
    is_told = ((term > step / 2) & (term < 20 * step)).astype(np.float32)
    return (np.cos(2 * np.pi * term / step) * is_told).astype(np.float32), is_told


def _quality(scale: float) -> int:
    """Quality of libjpeg whose table is `scale` percent of the standard one."""
    quality = (200 - scale) / 2 if scale <= 100 else 5000 / scale
    return int(min(100, max(1, round(quality))))


def sharpness(grey: Pixels) -> float:
    """Share of an edge's height that its steepest pixel takes, at the sharpest edges; -1 where there are none."""
    step = max(1, grey.size // _SAMPLE_PIXELS)
    found = [_steepest(grey[::step]), _steepest(np.ascontiguousarray(grey[:, ::step].T))]
    known = np.concatenate(found)
    return float(np.percentile(known, _SHARPEST)) if len(known) else -1.0


def _steepest(grey: Pixels) -> Floats:
    """For each tall edge along the rows, its steepest step over its height."""
    if grey.shape[1] <= 2 * _REACH + 2:
        return np.zeros(0, np.float32)
    middle = cv2.absdiff(grey[:, _REACH + 1 : -_REACH], grey[:, _REACH : -_REACH - 1])
    window = np.ones((1, 2 * _REACH + 2), np.uint8)
    high, low = (morph(grey, window, anchor=(_REACH, 0))[:, _REACH : -_REACH - 1] for morph in (cv2.dilate, cv2.erode))
    height = cv2.subtract(high, low)
    is_edge = np.flatnonzero((middle > _LEAST_STEP) & (height >= _LEAST_EDGE))
    return np.asarray(middle.ravel()[is_edge] / height.ravel()[is_edge].astype(np.float32), np.float32)
