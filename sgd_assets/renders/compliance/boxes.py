"""Boxes on pixels. What must not live here: what stands in one."""

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""RGBA, `(height, width, 4)`."""
Box = tuple[float, float, float, float]
"""(x0, y0, x1, y1) in pixels, origin top-left."""


def whole(box: Box, pixels: Pixels, *, grow: int = 0) -> tuple[int, int, int, int]:
    """The box in whole pixels, cut to the picture."""
    height, width = pixels.shape[:2]
    return (
        max(0, int(np.floor(box[0])) - grow), max(0, int(np.floor(box[1])) - grow),
        min(width, int(np.ceil(box[2])) + grow), min(height, int(np.ceil(box[3])) + grow),
    )  # fmt: skip


def shrunk(rgb: NDArray[np.uint8], k: int) -> NDArray[np.float32]:
    """The mean of each `k` x `k` pixels; what is left over at the right and below is left out."""
    if k == 1:
        return rgb.astype(np.float32)
    high, wide = rgb.shape[0] // k, rgb.shape[1] // k
    total = np.zeros((high, wide, 3), np.uint32)
    for row in range(k):
        for column in range(k):
            total += rgb[row : high * k : k, column : wide * k : k]
    return total.astype(np.float32) / np.float32(k * k)
