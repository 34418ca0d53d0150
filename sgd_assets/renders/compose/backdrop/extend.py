"""A picture whole on a page of another shape, on more of its own ground: its edge's one colour, else its edges blurred.

What must not live here: cropping (`window.py`), or veils.
"""

import numpy as np
from numpy.typing import NDArray

from sgd_resources.ports import Painter, Raster

_FLAT = 7.0  # levels of 255: a wall, a studio ground, a sky without clouds
_COARSE_PX = 6  # steps along an edge that its blur still tells apart: no shape of the picture is left in it
_EDGE = 0.04  # of a side: what counts as a picture's edge
_SEAM = 0.035  # of the longer side: over which the picture fades into its ground
Pixels = NDArray[np.uint8]


def extended(picture: Raster, width: int, height: int, painter: Painter) -> Pixels:
    """RGBA pixels of the page, `(height, width, 4)`, the picture in its middle as large as it may be."""
    scale = min(width / picture.width_px, height / picture.height_px)
    wide, high = (max(1, min(round(side * scale), most)) for side, most in (
        (picture.width_px, width), (picture.height_px, height)))  # fmt: skip
    inner = _pixels(painter.resize(picture, wide, high))
    left, top = (width - wide) // 2, (height - high) // 2
    ground = _ground(inner, width, height, painter, is_beside=left > 0)
    if wide < width or high < height:
        share = _inner_share(wide, high, is_across=left > 0, is_down=top > 0)[..., None]
        part = ground[top : top + high, left : left + wide, :3].astype(np.float32)
        seen = inner[..., 3:].astype(np.float32) / 255 * share
        ground[top : top + high, left : left + wide, :3] = (part + (inner[..., :3] - part) * seen).round()
    else:
        ground = inner.copy()
    ground[..., 3] = 255
    return ground


def _ground(inner: Pixels, width: int, height: int, painter: Painter, *, is_beside: bool) -> Pixels:
    """One colour where the edges that the page goes on from have one, else a blur that goes on from each edge."""
    turned = inner if is_beside else inner.swapaxes(0, 1)
    deep = max(1, round(turned.shape[1] * _EDGE))
    first, last = turned[:, :deep, :3], turned[:, -deep:, :3]
    both = np.concatenate([first.reshape(-1, 3), last.reshape(-1, 3)])
    if both.std(axis=0).max() <= _FLAT:
        flat = np.empty((height, width, 4), np.uint8)
        flat[:] = (*np.median(both, axis=0).round().astype(np.uint8).tolist(), 255)
        return flat
    ends = [side.reshape(len(turned), -1, 3).mean(axis=1) for side in (first, last)]
    lines = np.stack([_smoothed(end) for end in ends], axis=1)  # (along, 2, 3)
    coarse = np.full((len(lines), 2, 4), 255, np.uint8)
    coarse[..., :3] = lines.round()
    small = coarse if is_beside else coarse.swapaxes(0, 1)
    small = np.ascontiguousarray(small)
    return _pixels(painter.resize(Raster(small.shape[1], small.shape[0], small.tobytes()), width, height)).copy()


def _smoothed(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """A line of colours without its shapes."""
    window = max(3, len(line) // _COARSE_PX * 2 + 1)
    padded = np.pad(line, ((window // 2, window // 2), (0, 0)), mode="edge")
    sums = np.cumsum(np.pad(padded, ((1, 0), (0, 0))), axis=0)
    smooth: NDArray[np.float64] = (sums[window:] - sums[:-window]) / window
    return smooth


def _inner_share(wide: int, high: int, *, is_across: bool, is_down: bool) -> NDArray[np.float32]:
    """How much of the picture is seen: all but at the edges where the page goes on."""
    seam = max(1.0, max(wide, high) * _SEAM)
    across = (
        np.clip((np.minimum(np.arange(wide), np.arange(wide)[::-1]) + 1) / seam, 0, 1) if is_across else np.ones(wide)
    )
    down = np.clip((np.minimum(np.arange(high), np.arange(high)[::-1]) + 1) / seam, 0, 1) if is_down else np.ones(high)
    share = np.minimum(across[None, :], down[:, None])
    soft: NDArray[np.float32] = (share * share * (3 - 2 * share)).astype(np.float32)
    return soft


def _pixels(raster: Raster) -> Pixels:
    return np.frombuffer(raster.rgba, np.uint8).reshape(raster.height_px, raster.width_px, 4)
