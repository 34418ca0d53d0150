"""Connected areas of a coarse mask, in plain numpy: a mask in, its areas out.

What must not live here: what the mask stands for.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Area:
    """Cells that touch each other: their mask, how many, and their box (top, left, bottom, right)."""

    mask: Mask
    size: int
    box: tuple[int, int, int, int]


def label_areas(mask: Mask, *, most: int = 24) -> list[Area]:
    """The areas of a mask, largest first; cells touch at sides and corners. At most `most` of them."""
    if not mask.any():
        return []
    labels = np.where(mask, np.arange(1, mask.size + 1).reshape(mask.shape), 0)
    while True:
        framed = np.pad(labels, 1)
        highest = labels
        for rows in (slice(0, -2), slice(1, -1), slice(2, None)):
            for columns in (slice(0, -2), slice(1, -1), slice(2, None)):
                highest = np.maximum(highest, framed[rows, columns])
        grown = np.where(mask, highest, 0)
        # A label is the place of a cell; to ask that cell for its own label shortens long ways.
        flat = np.append(0, grown.ravel())
        grown = np.where(mask, flat[grown], 0)
        if np.array_equal(grown, labels):
            break
        labels = grown
    names, sizes = np.unique(labels[mask], return_counts=True)
    order = np.argsort(-sizes, kind="stable")[:most]
    return [_area(labels == names[index], int(sizes[index])) for index in order]


def closed(mask: Mask, reach: int) -> Mask:
    """The mask with gaps of up to twice `reach` cells filled."""
    return ~dilated(~dilated(mask, reach), reach) | mask


def dilated(mask: Mask, reach: int) -> Mask:
    """The mask grown by `reach` cells to every side."""
    grown = mask
    for _ in range(reach):
        framed = np.pad(grown, 1)
        grown = framed[1:-1, 1:-1] | framed[:-2, 1:-1] | framed[2:, 1:-1] | framed[1:-1, :-2] | framed[1:-1, 2:]
    return grown


def _area(mask: Mask, size: int) -> Area:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return Area(mask, size, (int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1))
