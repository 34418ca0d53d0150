"""What a picture is like before it is placed: its size, whether it is cut out, where its subject is.

From decoded pixels to `Sight`. What must not live here: choosing a part of it (`window.py`).
"""

from dataclasses import dataclass

import numpy as np

from sgd_assets.renders.imagery.saliency import SIDE_PX, Floats, saliency_of
from sgd_resources.ports import Painter, Raster

_SEE_THROUGH, _CUT_OUT_SHARE = 200, 0.05
_FIT = 2.6  # times that a picture may be enlarged to fill a page; beyond it faces turn to blur


@dataclass(frozen=True, eq=False)
class Sight:
    """A picture as layouts see it."""

    width_px: int
    height_px: int
    is_cut_out: bool
    saliency: Floats
    """How much each cell of a small copy draws the eye; sums to 1."""

    def fills(self, width_px: int, height_px: int) -> bool:
        """Whether it may stand under a whole page of that size."""
        return not self.is_cut_out and max(width_px / self.width_px, height_px / self.height_px) <= _FIT


def sight_of(picture: Raster, painter: Painter) -> Sight:
    """The sight of a decoded picture."""
    scale = SIDE_PX / max(picture.width_px, picture.height_px)
    small = painter.resize(
        picture, max(1, round(picture.width_px * scale)), max(1, round(picture.height_px * scale))
    )  # fmt: skip
    pixels = np.frombuffer(small.rgba, np.uint8).reshape(small.height_px, small.width_px, 4)
    is_cut_out = bool((pixels[..., 3] < _SEE_THROUGH).mean() > _CUT_OUT_SHARE)
    return Sight(picture.width_px, picture.height_px, is_cut_out, saliency_of(pixels))
