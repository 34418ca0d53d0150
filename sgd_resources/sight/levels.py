"""A picture's edges at every size at which a logo is looked for; each is made once, whatever is looked for in it.

What must not live here: looking.
"""

from dataclasses import dataclass, field

import cv2
import numpy as np

from sgd_resources.sight.drawings import Floats

COARSE_PX, COARSER_PX = 40, 28
"""Longer side of a drawing while it is looked for everywhere, upright and turned."""
_LEAST_SHARE, _MOST_SHARE, _LEAST_PX = 0.055, 0.62, 36
"""Of the picture's longer side, and least in pixels: logos stand between."""
_STEP = 1.16  # from size to size: half of it off, a drawing is still known
_TURNED_STEPS = 1.7
_WELL_ABOVE = 1.5  # times a scale: made smaller from nearer ones again and again, edges would grow soft


@dataclass
class Levels:
    """Edges of one picture, 0..1, `(height, width)`, and copies of them at other scales."""

    edges: Floats
    _made: dict[float, Floats] = field(default_factory=dict)

    def sizes(self, *, is_upright: bool) -> list[float]:
        """Longer sides in pixels at which a logo may stand, smallest first."""
        side = max(self.edges.shape)
        step = _STEP if is_upright else _STEP**_TURNED_STEPS
        sizes = [max(_LEAST_PX, _LEAST_SHARE * side)]
        while sizes[-1] * step <= _MOST_SHARE * side:
            sizes.append(sizes[-1] * step)
        return sizes if sizes[0] <= _MOST_SHARE * side else []

    def at(self, scale: float) -> Floats:
        """The edges at a scale; a copy well above it is made smaller for less than the whole."""
        if scale not in self._made:
            larger = min((one for one in self._made if one >= _WELL_ABOVE * scale), default=None)
            source, by = (self.edges, scale) if larger is None or scale >= 1 else (self._made[larger], scale / larger)
            way = cv2.INTER_AREA if by < 1 else cv2.INTER_LINEAR
            self._made[scale] = np.asarray(cv2.resize(source, None, fx=by, fy=by, interpolation=way), np.float32)
        return self._made[scale]
