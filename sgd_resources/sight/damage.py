"""What of a logo is gone at its place: ink that is not there, or something over it that is not the logo's.

What must not live here: finding the place, any verdict.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from sgd_resources.colour import delta_e_2000, hex_of, rgb_of
from sgd_resources.sight.drawings import Drawing, Pixels

Mask = NDArray[np.bool_]
_INK, _THIN_INK = 200, 128
"""Of 255: covered so far, a pixel shows the ink; where strokes are thinner than a pixel, so far."""
_LEAST_INK = 24  # pixels
_GROUND = 8  # of 255: covered no further, a pixel shows the ground
_AWAY, _AWAY_SHARE = 44.0, 0.5
"""Of 255, and of the way from ink to ground: what differs by more is something else. Coding with loss moves by less."""
_FAINT_SHARE, _GRAIN = 0.8, 12.0
_NEAR = np.ones((3, 3), np.uint8)  # a place is known to a pixel
_SPOT = np.ones((2, 2), np.uint8)  # between close letters a cover shows in no wider places
_GROUND_SHOWN = 0.6  # of the ink that is gone: so much ground means that it was cut off
_SMEARED = 0.03
_SAME_GROUND = 6.0  # CIEDE2000: coding moves a flat ground by less, colours of one palette are further apart


@dataclass(frozen=True)
class Damage:
    """Shares 0..1."""

    missing: float
    """Of the ink, or of what lies between it: covered or gone."""
    is_cut: bool
    """Where ink is gone the ground shows, or the picture ends; else something lies over it."""


@dataclass(frozen=True)
class Changed:
    """What of a logo, and of the ground between its strokes, is otherwise than it was set, where its place is known."""

    mask: Mask
    share: float
    """Of the ink, or of what lies between it."""
    shows_ground: bool
    """The ground is seen there: it was cut off; else something lies over it."""


def changed_of(drawing: Drawing, seen: Pixels, ground_hex: str) -> Changed:
    """What is otherwise than a drawing on a ground that is known.

    Args:
        drawing: as it should be.
        seen: the picture at its place, `(height, width, 3)` of the drawing.
        ground_hex: what the logo was set on.
    """
    is_ink = _ink(drawing)
    share = drawing.alpha[..., None].astype(np.float32) / 255
    ground = np.array(rgb_of(ground_hex), np.float32)
    expected = np.asarray(drawing.rgb * share + ground * (1 - share), np.float32)
    differs = _differs(expected, seen.astype(np.float32), _reach(drawing, ground))
    is_between = cv2.dilate(drawing.alpha, _NEAR, iterations=2) <= _GROUND
    covered = cv2.morphologyEx((differs & is_between).astype(np.uint8), cv2.MORPH_OPEN, _SPOT).astype(bool)
    mask = (differs & is_ink) | covered
    if not mask.any():
        return Changed(mask, 0.0, shows_ground=False)
    changed = max(
        float(part.sum() / max(int(whole.sum()), 1))
        for part, whole in ((differs & is_ink, is_ink), (covered, is_between))
    )
    return Changed(mask, changed, _is_of_ground(seen[mask], ground_hex))


def _ink(drawing: Drawing) -> Mask:
    is_ink: Mask = drawing.alpha >= _INK
    return is_ink if int(is_ink.sum()) >= _LEAST_INK else drawing.alpha >= _THIN_INK


def damage_of(drawing: Drawing, seen: Pixels, ground_hex: str | None, is_inside: Mask) -> Damage:
    """What is gone of a drawing whose colours are the ones that were drawn.

    Args:
        drawing: as it should be.
        seen: the picture at its place, `(height, width, 3)` of the drawing.
        ground_hex: what the logo stands on; None where it is no one colour.
        is_inside: which pixels of the drawing lie on the picture at all.
    """
    is_ink = _ink(drawing)
    total = int(is_ink.sum())
    if total == 0:
        return Damage(0.0, False)
    share = drawing.alpha[..., None].astype(np.float32) / 255
    ground = np.array(rgb_of(ground_hex), np.float32) if ground_hex is not None else None
    under = ground if ground is not None else seen.astype(np.float32)
    expected = np.asarray(drawing.rgb * share + under * (1 - share), np.float32)
    is_other = _differs(expected, seen.astype(np.float32), _reach(drawing, ground)) | ~is_inside
    is_lost = is_ink & is_other
    lost = float(is_lost.sum() / total)
    if ground is None or ground_hex is None:
        return Damage(lost, bool((~is_inside & is_ink).sum() > _GROUND_SHOWN * is_lost.sum()) if lost else False)
    is_between = cv2.dilate(drawing.alpha, _NEAR, iterations=2) <= _GROUND
    is_foreign = np.abs(seen.astype(np.float32) - ground).max(axis=2) > _AWAY
    is_covered = cv2.erode(is_foreign.astype(np.uint8), _NEAR).astype(bool) & is_between & is_inside
    smeared = float(is_covered.sum() / max(int(is_between.sum()), 1))
    shows_ground = float((is_lost & (~is_foreign | ~is_inside)).sum() / max(int(is_lost.sum()), 1))
    # What lies over it may be nearly as dark as the ground: then no pixel alone tells the two apart.
    is_cut = shows_ground >= _GROUND_SHOWN and _is_of_ground(seen[is_lost & is_inside], ground_hex)
    return Damage(max(lost, smeared), lost > smeared and smeared < _SMEARED and is_cut)


def _is_of_ground(pixels: Pixels, ground_hex: str) -> bool:
    """Whether the middle of some pixels is the ground's colour; True of none."""
    if not len(pixels):
        return True
    middle = np.median(pixels.astype(np.float32), axis=0)
    return delta_e_2000(hex_of(*middle.tolist()), ground_hex) <= _SAME_GROUND


def _reach(drawing: Drawing, ground: NDArray[np.float32] | None) -> NDArray[np.float32]:
    """How far each pixel may be from what is expected; faint ink must not pass for its ground."""
    if ground is None:
        return np.full(drawing.alpha.shape, _AWAY, np.float32)
    contrast = np.abs(drawing.rgb.astype(np.float32) - ground).max(axis=2)
    reach = np.minimum(np.maximum(_AWAY, _AWAY_SHARE * contrast), np.maximum(_FAINT_SHARE * contrast, _GRAIN))
    return np.asarray(reach, np.float32)


def _differs(expected: NDArray[np.float32], seen: NDArray[np.float32], reach: NDArray[np.float32]) -> Mask:
    """Whether neither a pixel nor one beside it shows what is expected."""
    height, width = reach.shape
    framed = cv2.copyMakeBorder(seen, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    nearest = np.full(reach.shape, np.inf, np.float32)
    for row in range(3):
        for column in range(3):
            beside = np.asarray(framed)[row : row + height, column : column + width]
            nearest = np.minimum(nearest, np.abs(beside - expected).max(axis=2))
    differs: Mask = nearest > reach
    return differs
