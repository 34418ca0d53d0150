"""How wide and high the ink of an upright logo really is, to a part of a pixel, against its drawing.

Fitted edges are a pixel or two off where coding with loss rings around small letters; where the ink begins is not.
What must not live here: finding the logo.
"""

import numpy as np
from numpy.typing import NDArray

from sgd_resources.colour import rgb_of
from sgd_resources.sight.drawings import Drawing, Floats, Pixels

_ROOM_SHARE, _ROOM_PX = 0.08, 3  # around the fitted box, of its shorter side: its ink begins within
_THIRD = 3  # of a row's strongest pixels counts: two stray ones are no ink
_PLATEAU = 4  # pixels from where ink begins to where it is whole
_LEAST = 40.0  # of 255: fainter rims drown in coding


def stretch_of_ink(
    rgb: Pixels, box: tuple[float, float, float, float], drawing: Drawing, ground_hex: str, *, has_own_colours: bool
) -> float | None:
    """Width over height of the ink against the drawing's; None where its rims are too faint to tell.

    Args:
        rgb: of the picture, (height, width, 3).
        box: where the logo was fitted.
        drawing: as it should be.
        ground_hex: what it stands on.
        has_own_colours: whether its ink is as far from the ground as the drawing's.
    """
    ground = np.array(rgb_of(ground_hex), np.float32)
    room = max(_ROOM_PX, round(_ROOM_SHARE * min(box[2] - box[0], box[3] - box[1])))
    x0, y0 = max(0, int(box[0]) - room), max(0, int(box[1]) - room)
    x1, y1 = int(np.ceil(box[2])) + room, int(np.ceil(box[3])) + room
    part = rgb[y0:y1, x0:x1].astype(np.float32)
    if min(part.shape[:2]) < 2 * _PLATEAU:
        return None
    drawn = np.pad(_drawn(drawing, ground if has_own_colours else None), _ROOM_PX)
    sides = [_extent(away) for away in (np.abs(part - ground).max(axis=2), drawn)]
    if sides[0] is None or sides[1] is None:
        return None
    (wide, high), (drawn_wide, drawn_high) = sides[0], sides[1]
    whole = drawing.size[0] / drawing.size[1] / drawing.aspect
    return wide / high / (drawn_wide / drawn_high) * whole


def _drawn(drawing: Drawing, ground: NDArray[np.float32] | None) -> Floats:
    """How far each pixel of the drawing is from its ground, 0..255."""
    cover = drawing.alpha.astype(np.float32)
    if ground is None:
        return cover
    return np.asarray(np.abs(drawing.rgb.astype(np.float32) - ground).max(axis=2) * cover / 255, np.float32)


def _extent(away: Floats) -> tuple[float, float] | None:
    """(width, height) of the ink; None where a rim is too faint."""
    rows = np.partition(away, -_THIRD, axis=1)[:, -_THIRD]
    columns = np.partition(away, -_THIRD, axis=0)[-_THIRD]
    ends = [_begin(profile) for profile in (columns, columns[::-1], rows, rows[::-1])]
    left, right, top, bottom = ends
    if left is None or right is None or top is None or bottom is None:
        return None
    wide, high = len(columns) - left - right, len(rows) - top - bottom
    return (wide, high) if min(wide, high) > 1 else None


def _begin(profile: Floats) -> float | None:
    """Where a profile rises to half of what it is a few pixels on, in pixels from its start."""
    for at in range(len(profile) - _PLATEAU):
        half = float(profile[at : at + _PLATEAU].max()) / 2
        if half >= _LEAST / 2 and float(profile[at]) >= half:
            if at == 0:
                return None
            before = float(profile[at - 1])
            return at - (float(profile[at]) - half) / max(float(profile[at]) - before, 1e-3) + 0.5
    return None
