"""A made-up picture for the sheet: a light over hills in graded colours, since few brands' folders hold photographs.

What must not live here: requests that show it (`cases.py`).
"""

import numpy as np

from sgd_resources.drawing.painter import ResvgPainter
from sgd_resources.ports import Raster

NAME = "garden-hills-at-dawn.png"
_WIDTH, _HEIGHT = 1600, 1066
_LIGHT = (0.7, 0.3)  # of the frame: the subject, beside which words are to stand


def scene() -> bytes:
    """PNG of the picture; the same bytes each time."""
    rng = np.random.default_rng(7)
    y, x = np.mgrid[0:_HEIGHT, 0:_WIDTH].astype(np.float64)
    share = y / _HEIGHT
    sky = np.stack([90 + 130 * share, 120 + 60 * share, 190 - 60 * share], axis=2)
    reach = np.hypot(x - _LIGHT[0] * _WIDTH, y - _LIGHT[1] * _HEIGHT) / _HEIGHT
    sky += np.clip(1 - reach / 0.7, 0, 1)[..., None] ** 2 * np.array([120, 80, 20])
    sky[reach < 0.09] = (255, 214, 130)
    for layer in range(5):
        crest = _HEIGHT * (0.5 + 0.1 * layer) + 60 * np.sin(x[0] / (170 + 40 * layer) + layer * 1.7)
        shade = np.array([70 - 9 * layer, 96 - 12 * layer, 84 - 10 * layer], np.float64)
        hill = y > crest[None, :]
        sky[hill] = shade + (y - crest[None, :])[hill][:, None] * 0.04
    sky += rng.normal(0, 5, sky.shape)
    pixels = np.full((_HEIGHT, _WIDTH, 4), 255, np.uint8)
    pixels[..., :3] = sky.clip(0, 255)
    return ResvgPainter().encode(Raster(_WIDTH, _HEIGHT, pixels.tobytes()), "png")
