"""The veil of the page's ground over a picture: as strong as the words and the logo on it need, by its own pixels.

From a picture's pixels, boxes of ink and their colours to a share 0 (the picture) to 1 (the ground). What must not live
here: which contrast a finished picture has (`compliance/`), or the shape of the veil on the page (`paint.py`).
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from sgd_resources.colour import relative_luminance, rgb_of

TEXT_CONTRAST = 4.5 * 1.06
"""WCAG 2.2 AA, kept for words of any size, and 6 % for what coding and antialiasing take."""
LOGO_CONTRAST = 3.0 * 1.06
"""WCAG 2.2 success criterion 1.4.11, for each main colour of a mark that reaches it on the bare ground."""
LOGO_CALM = 34
"""Levels of 255 that the surroundings of a logo may differ from its ground: no shape is seen there any more."""
_WORST = 0.5  # per cent of the pixels that may miss it: glints and sensor noise, not areas
_SAMPLED = 6000
_STEPS = 7  # halvings: the share is known to within a hundredth

Pixels = NDArray[np.uint8]
_Enough = Callable[[NDArray[np.float64]], bool]


def veil_for_text(region: Pixels, ground_hex: str, ink_hex: str) -> float:
    """The least veil under which every part of a region keeps its contrast with the ink."""
    ink = float(relative_luminance(np.array(rgb_of(ink_hex))))
    return _least(region, ground_hex, lambda seen: worst_contrast(seen, ink) >= TEXT_CONTRAST)


def veil_for_logo(region: Pixels, ground_hex: str, inks: Sequence[str]) -> float:
    """The least veil under which a region is calm, and each ink that can be read on the ground can be read on it."""
    ground = np.array(rgb_of(ground_hex), np.float64)
    ground_light = float(relative_luminance(np.array(rgb_of(ground_hex))))
    lights = [float(relative_luminance(np.array(rgb_of(ink)))) for ink in inks]
    lights = [light for light in lights if _ratio(light, ground_light) >= LOGO_CONTRAST]

    def is_enough(seen: NDArray[np.float64]) -> bool:
        away = np.abs(seen - ground).max(axis=1)
        return bool(np.percentile(away, 100 - _WORST / 5) <= LOGO_CALM) and all(
            worst_contrast(seen, light) >= LOGO_CONTRAST for light in lights
        )

    return _least(region, ground_hex, is_enough)


def worst_contrast(rgb: NDArray[np.float64], ink: float) -> float:
    """Contrast of an ink of relative luminance `ink` with the worst of `(n, 3)` pixels, a few glints aside."""
    light = relative_luminance(rgb.astype(np.float64))
    worst = np.percentile(light, [_WORST, 100 - _WORST])
    # An ink between the two ends melts into what lies between them.
    if worst[0] < ink < worst[1]:
        return 1.0
    return float(min(_ratio(ink, float(end)) for end in worst))


def _least(region: Pixels, ground_hex: str, is_enough: _Enough) -> float:
    rows = region.reshape(-1, region.shape[-1])
    pixels = rows[:: max(1, len(rows) // _SAMPLED), :3].astype(np.float64)
    if not len(pixels):
        return 0.0
    ground = np.array(rgb_of(ground_hex), np.float64)
    if is_enough(pixels):
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if is_enough(pixels + (ground - pixels) * middle):
            high = middle
        else:
            low = middle
    return high


def _ratio(first: float, second: float) -> float:
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
