"""Parts of a logo's drawing, by which one is known that is cut off or covered elsewhere.

What must not live here: looking for them (`logos.py`).
"""

from dataclasses import dataclass, replace

import numpy as np

from sgd_resources.sight.drawings import Drawing
from sgd_resources.sight.windows import Transform

_ACROSS = ((0.0, 0.0, 0.5, 1.0), (0.5, 0.0, 1.0, 1.0), (0.28, 0.0, 0.72, 1.0))
_ENDS = ((0.0, 0.0, 0.3, 1.0), (0.62, 0.0, 1.0, 1.0))
_DOWN = ((0.0, 0.0, 1.0, 0.55), (0.0, 0.45, 1.0, 1.0))
"""Shares of the drawing (x0, y0, x1, y1)."""
_WIDE = 2.5  # width over height from which the ends tell of a drawing, too
_LEAST_PX, _LEAST_INK = 8, 0.12
"""Of a part: fewer pixels, or a smaller share of the drawing's edges, tell of no logo."""


@dataclass(frozen=True)
class Part:
    """A part as a drawing of its own, and where its corner lies in the whole, in pixels of the whole."""

    drawing: Drawing
    corner: tuple[int, int]
    shares: tuple[float, float, float, float]

    def whole_at(self, transform: Transform) -> Transform:
        """Where the whole drawing lies when the part does at `transform`."""
        x, y = self.corner
        moved = transform[:, :2] @ np.array([-x, -y], np.float32) + transform[:, 2]
        return np.column_stack([transform[:, :2], moved]).astype(np.float32)


def parts_of(drawing: Drawing) -> list[Part]:
    """Its halves, its middle, and of a wide one its ends."""
    width, height = drawing.size
    found = []
    for left, top, right, bottom in _ACROSS + _DOWN + (_ENDS if drawing.aspect > _WIDE else ()):
        x0, y0, x1, y1 = round(left * width), round(top * height), round(right * width), round(bottom * height)
        edges = drawing.edges[y0:y1, x0:x1]
        if min(x1 - x0, y1 - y0) < _LEAST_PX or float(edges.sum()) < _LEAST_INK * float(drawing.edges.sum()):
            continue
        part = replace(
            drawing,
            rgb=np.ascontiguousarray(drawing.rgb[y0:y1, x0:x1]),
            alpha=np.ascontiguousarray(drawing.alpha[y0:y1, x0:x1]),
            edges=np.ascontiguousarray(edges),
            aspect=drawing.aspect * (right - left) / (bottom - top),
            _smaller={},
        )
        found.append(Part(part, (x0, y0), (left, top, right, bottom)))
    return found
