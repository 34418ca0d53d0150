"""A logo's drawing as it is looked for: its ink at a working size, its edges, its mask.

What must not live here: looking for it (`logos.py`).
"""

from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from sgd_resources.picture_element import image_element
from sgd_resources.ports import Painter

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]
WORKING_PX = 176
"""Of the longer side: small marks keep their holes, and a picture of 1,000 px seldom shows a logo larger."""
_SIZES_PX = (48, 64, 88, 120)
_LEAST_SHORTER_PX = 16.0
_STRONG_EDGE = 48.0  # of 255: a logo's edges count alike from here on, whatever its contrast
_MIDDLE = 128  # ground on which white and black ink both have edges


@dataclass(frozen=True)
class Drawing:
    """One logo file at its working size."""

    name: str
    sha256: str
    rgb: Pixels
    alpha: Pixels
    edges: Floats
    """0..1, `(height, width)`."""
    aspect: float
    """Width over height of its ink, before it was brought to whole pixels."""
    _smaller: dict[int, "Drawing"] = field(default_factory=dict, compare=False, repr=False)

    @property
    def size(self) -> tuple[int, int]:
        """(width, height)."""
        return int(self.rgb.shape[1]), int(self.rgb.shape[0])

    def sized(self, longer_px: float) -> "Drawing":
        """The drawing about as large as it stands in a picture: a small one has lost its fine strokes, as it has there.

        Never larger than it is, nor so small that nothing of it can be told.
        """
        width, height = self.size
        least = max(longer_px, _LEAST_SHORTER_PX * max(width, height) / min(width, height))
        side = next((step for step in _SIZES_PX if step >= least), WORKING_PX)
        if side >= max(width, height):
            return self
        if side not in self._smaller:
            scale = side / max(width, height)
            self._smaller[side] = _resized(self, (max(4, round(width * scale)), max(4, round(height * scale))))
        return self._smaller[side]

    def at_size(self, size: tuple[int, int]) -> "Drawing":
        """The drawing in so many pixels: files of one logo are cut to margins that differ by one."""
        return self if size == self.size else _resized(self, size)


def draw(
    data: bytes, media_type: str, *, name: str, sha256: str, frame_aspect: float,
    ink: tuple[float, float, float, float], painter: Painter,
) -> Drawing:  # fmt: skip
    """The drawing of a logo file, cut to its ink.

    Args:
        data: the file.
        media_type: of the file.
        name: for findings.
        sha256: of the evidence.
        frame_aspect: width over height of the whole file.
        ink: what is visible in it, as shares of the frame (x0, y0, x1, y1).
        painter: draws it.

    Raises:
        ValidationFailed: it cannot be drawn.
    """
    x0, y0, x1, y1 = ink
    aspect = frame_aspect * (x1 - x0) / (y1 - y0)
    wide, high = (WORKING_PX, WORKING_PX / aspect) if aspect >= 1 else (WORKING_PX * aspect, WORKING_PX)
    width, height = max(4, round(wide)), max(4, round(high))
    frame_wide, frame_high = width / (x1 - x0), height / (y1 - y0)
    element = image_element(data, media_type, -x0 * frame_wide, -y0 * frame_high, frame_wide, frame_high, painter)
    drawn = painter.draw(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">{element}</svg>'
    )
    rgba = np.frombuffer(drawn.rgba, np.uint8).reshape(drawn.height_px, drawn.width_px, 4)
    rgb, alpha = np.ascontiguousarray(rgba[..., :3]), np.ascontiguousarray(rgba[..., 3])
    return Drawing(name, sha256, rgb, alpha, _drawn_edges(rgb, alpha), aspect)


def _drawn_edges(rgb: Pixels, alpha: Pixels) -> Floats:
    share = alpha[..., None].astype(np.float32) / 255
    on_middle = (rgb * share + _MIDDLE * (1 - share)).astype(np.uint8)
    return np.maximum(edges_of(on_middle), edges_of(np.repeat(alpha[..., None], 3, axis=2)))


def _resized(drawing: Drawing, size: tuple[int, int]) -> Drawing:
    """Colours weigh by how far they cover, as a renderer weighs them."""
    alpha = np.asarray(cv2.resize(drawing.alpha, size, interpolation=cv2.INTER_AREA), np.uint8)
    weighed = drawing.rgb.astype(np.float32) * drawing.alpha[..., None]
    summed = np.asarray(cv2.resize(weighed, size, interpolation=cv2.INTER_AREA), np.float32)
    rgb = np.clip(summed / np.maximum(alpha[..., None].astype(np.float32), 1), 0, 255).astype(np.uint8)
    return replace(drawing, rgb=rgb, alpha=alpha, edges=_drawn_edges(rgb, alpha), _smaller={})


def edges_of(rgb: Pixels) -> Floats:
    """How much of an edge each pixel lies on, 0..1; `(height, width)` of `(height, width, 3)`."""
    gradient = cv2.morphologyEx(np.ascontiguousarray(rgb), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    strongest = np.maximum(np.maximum(gradient[..., 0], gradient[..., 1]), gradient[..., 2])
    return np.asarray(np.minimum(strongest.astype(np.float32) / _STRONG_EDGE, 1), np.float32)
