"""The part of a picture that a drawing lies on, brought to the drawing's size.

What must not live here: where it lies.
"""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Transform = NDArray[np.float32]
"""(2, 3): from pixels of the drawing to pixels of the picture."""
_BLURS = 4.0  # standard deviations around the part that still change it


def scale_of(transform: Transform) -> float:
    """Pixels of the picture to one of the drawing."""
    return float(np.sqrt(abs(np.linalg.det(transform[:, :2]))))


def bounds(transform: Transform, size: tuple[int, int], *, margin: float = 0.0) -> tuple[float, float, float, float]:
    """Box in the picture of a drawing of `size`, and so much of each side around it."""
    width, height = size
    corners = transform @ np.array([[0, width, width, 0], [0, 0, height, height], [1, 1, 1, 1]], np.float32)
    low, high = corners.min(axis=1), corners.max(axis=1)
    room = margin * (high - low)
    return float(low[0] - room[0]), float(low[1] - room[1]), float(high[0] + room[0]), float(high[1] + room[1])


def shown_at(
    values: NDArray[Any],
    transform: Transform,
    size: tuple[int, int],
    *,
    smear: float,
    border: int = cv2.BORDER_CONSTANT,
) -> NDArray[Any]:
    """What a picture shows where the drawing would be, in pixels of the drawing: `(height, width, ...)`.

    Args:
        values: (height, width) or (height, width, channels).
        transform: from the drawing to the picture.
        size: (width, height) of the drawing.
        smear: standard deviation of the blur before a larger place is made smaller, in pixels of the drawing.
        border: what lies beyond the picture, as cv2 has it.
    """
    scale = scale_of(transform)
    blur = smear * scale if scale > 1 else 0.0
    room = 2 + _BLURS * blur
    x0, y0, x1, y1 = bounds(transform, size)
    high, wide = values.shape[:2]
    left, top = (int(min(max(0.0, low - room), side - 1)) for low, side in ((x0, wide), (y0, high)))
    right, bottom = int(min(wide, max(x1 + room, left + 1))), int(min(high, max(y1 + room, top + 1)))
    part = np.ascontiguousarray(values[top:bottom, left:right])
    if blur:
        part = np.asarray(cv2.GaussianBlur(part, (0, 0), blur))
    moved = transform - np.array([[0, 0, left], [0, 0, top]], np.float32)
    return np.asarray(
        cv2.warpAffine(part, moved, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=border)
    )
