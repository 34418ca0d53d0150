"""Which part of a picture fills a page, so that its subject is seen beside the words and not under them.

Every crop that fills the page is tried on a grid of places and a few sizes; one that shows the subject clear of what is
covered wins. From `Sight` and covered boxes to `Window`. What must not live here: pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sgd_assets.renders.compose.backdrop.sight import Sight
from sgd_assets.renders.imagery.saliency import Floats

Shares = tuple[float, float, float, float]
"""(x0, y0, x1, y1), each 0 to 1 of the page."""

_ZOOMS = (1.0, 1.12, 1.25, 1.42)
"""A closer crop gives room to move the subject; it must earn what it loses of the picture."""
_PLACES = 9
_HIDDEN_COSTS, _ZOOM_COSTS = 1.6, 0.35
_SHARP = 1.6  # times that the page may enlarge a closer crop


@dataclass(frozen=True)
class Window:
    """The part of a picture that is seen, in shares of the picture, and what of its subject words cover."""

    x: float = 0.0
    y: float = 0.0
    width: float = 1.0
    height: float = 1.0
    seen: float = 1.0
    """Share of what draws the eye that is seen clear of words."""
    hidden: float = 0.0
    """Share of it that lies under words or logo."""


def best_window(sight: Sight, width_px: int, height_px: int, covered: Sequence[Shares]) -> Window:
    """The crop for a page of that size, of which some boxes are covered; the same one for the same picture."""
    own, page = sight.width_px / sight.height_px, width_px / height_px
    widest = (min(1.0, page / own), min(1.0, own / page))
    mass = _summed(sight.saliency)
    best, best_worth = Window(), -np.inf
    for zoom in _ZOOMS:
        width, height = widest[0] / zoom, widest[1] / zoom
        if zoom > 1.0 and width_px / (width * sight.width_px) > _SHARP:
            continue
        for y in _starts(height):
            for x in _starts(width):
                hidden = sum(
                    _within(mass, x + c[0] * width, y + c[1] * height, x + c[2] * width, y + c[3] * height)
                    for c in covered
                )
                seen = _within(mass, x, y, x + width, y + height) - hidden
                worth = seen - _HIDDEN_COSTS * hidden - _ZOOM_COSTS * (zoom - 1.0) ** 2 - 1e-3 * abs(zoom - 1.0)
                if worth > best_worth + 1e-9:
                    best, best_worth = Window(x, y, width, height, seen, hidden), worth
    return best


def _starts(size: float) -> list[float]:
    """Places of a crop along a side, the middle one first: of crops that are as good it stays."""
    room = 1.0 - size
    if room < 1e-6:
        return [0.0]
    steps = [index / (_PLACES - 1) for index in range(_PLACES)]
    return [room * step for step in sorted(steps, key=lambda step: abs(step - 0.5))]


def _summed(saliency: Floats) -> Floats:
    """Sums from the top left corner, with a first row and column of zeros."""
    return np.pad(saliency.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))


def _within(mass: Floats, x0: float, y0: float, x1: float, y1: float) -> float:
    rows, columns = mass.shape[0] - 1, mass.shape[1] - 1
    left, right = (min(max(round(x * columns), 0), columns) for x in (x0, x1))
    top, foot = (min(max(round(y * rows), 0), rows) for y in (y0, y1))
    return float(mass[foot, right] - mass[top, right] - mass[foot, left] + mass[top, left])
