"""The likeness of a picture: 128 bits that stay nearly the same when it is scaled, coded or tinted.

What must not live here: how many bits may differ.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

_SIDE = 8


def likeness_of(rgb: NDArray[np.uint8]) -> str:
    """32 hex digits: whether each cell of an 8 x 8 grid is lighter than its right and its lower neighbour.

    Args:
        rgb: (height, width, 3) sRGB.
    """
    grey = cv2.cvtColor(np.ascontiguousarray(rgb), cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (_SIDE + 1, _SIDE + 1), interpolation=cv2.INTER_AREA).astype(np.int16)
    # Flat grounds differ by nothing but coding: a step of less than two levels counts as none.
    right = small[:_SIDE, :_SIDE] > small[:_SIDE, 1:] + 2
    lower = small[:_SIDE, :_SIDE] > small[1:, :_SIDE] + 2
    return np.packbits(np.concatenate([right.ravel(), lower.ravel()])).tobytes().hex()
