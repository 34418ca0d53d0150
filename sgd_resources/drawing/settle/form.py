"""The character of a drawing's shapes: how round, how slanted, how dense, how thick its strokes are.

From a mask of its ink to figures of 0 to 1. What must not live here: what is then made of them (`renders`).
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_BINS = 18  # of 10 degrees: edges of one direction fall into one or two
_PEAK = 1.8  # times the mean of the bins: a direction that lines really take


@dataclass(frozen=True)
class Form:
    """`roundness` 0 for straight edges, 1 for a disc; `slant` the share of slanted edges and `angle` theirs in degrees.

    `density` is the share of the ink in its box, `stroke` the thickness of strokes: 0 hairlines, 1 solid bodies.
    """

    roundness: float
    slant: float
    angle: float
    density: float
    stroke: float


def measure_form(is_ink: NDArray[np.bool_]) -> Form | None:
    """The form of a mask cut to its ink; None for one without edges."""
    mask = _softened(np.pad(is_ink.astype(np.float64), 4))
    dy, dx = np.gradient(mask, axis=0), np.gradient(mask, axis=1)
    strength = np.hypot(dx, dy)
    edge = strength > 0.08
    if int(edge.sum()) < 16:
        return None
    # The direction of the edge itself, not across it: 0 lies, 90 stands.
    direction = (np.degrees(np.arctan2(dx[edge], dy[edge])) + 180) % 180
    weight = np.bincount((((direction + 5) % 180) // 10).astype(int), weights=strength[edge], minlength=_BINS)
    share = weight / weight.sum()
    entropy = float(-(share[share > 0] * np.log(share[share > 0])).sum() / math.log(_BINS))
    slanted = share.copy()
    slanted[[0, _BINS // 2]] = 0.0
    peaks = np.where(slanted > _PEAK / _BINS, slanted, 0.0)
    angle = float(peaks.argmax() * 10) if peaks.any() else 45.0
    area, perimeter = float(is_ink.sum()), float(strength[edge].sum())
    side = math.sqrt(is_ink.shape[0] * is_ink.shape[1])
    return Form(
        roundness=round(min(max((entropy - 0.62) / 0.33, 0.0), 1.0), 3),
        slant=round(float(peaks.sum()), 3),
        angle=min(max(180.0 - angle if angle > 90 else angle, 20.0), 90.0),
        density=round(area / is_ink.size, 3),
        stroke=round(min(2 * area / max(perimeter, 1.0) / side * 2.5, 1.0), 3),
    )


def _softened(mask: NDArray[np.float64]) -> NDArray[np.float64]:
    """A 3x3 mean, twice: directions of single pixels say nothing."""
    for _ in range(2):
        mask = (mask[:-2] + mask[1:-1] + mask[2:]) / 3
        mask = (mask[:, :-2] + mask[:, 1:-1] + mask[:, 2:]) / 3
    return mask
