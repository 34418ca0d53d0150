"""Finds a logo that is cut off or covered: a part of it stands as it should, and another does not.

As a whole it would be bent until it lies on what is left. What must not live here: finding whole ones (`logos.py`).
"""

from collections.abc import Sequence
from dataclasses import replace

from sgd_resources.ports.sight import LogoSeen
from sgd_resources.sight.drawings import Drawing, Pixels
from sgd_resources.sight.levels import Levels
from sgd_resources.sight.parts import Part, parts_of
from sgd_resources.sight.placed_logo import look_closely
from sgd_resources.sight.places import UPRIGHT, Place, onto, places_of
from sgd_resources.sight.windows import scale_of

MISSING = 0.04
"""Share of a logo's edges from which something of it is gone; of whole ones nearly nothing is."""
_MOST_MISSING = 0.75
_PART_PLACES = 2
_LIKE_PART = 0.86  # likeness of a part: words are like a part of a wordmark up to 0.8
_OWN_COLOUR = 12.0
_TURNED_DEG, _STRETCHED_BY = 3.0, 0.08
_LOSS_WEIGH = 0.2


def is_straight(seen: LogoSeen) -> bool:
    """Whether a logo stands upright in its own proportions, as nearly as its place can be told."""
    return abs(seen.angle_deg) < _TURNED_DEG and abs(seen.stretch - 1) < _STRETCHED_BY


def find_damaged(rgb: Pixels, levels: Levels, shapes: Sequence[Sequence[Drawing]]) -> LogoSeen | None:
    """The logo of which a part is gone, or None; `likeness` and colours are those of the part that is there.

    Args:
        rgb: (height, width, 3) sRGB.
        levels: of the same picture.
        shapes: drawings of one shape together, likeliest first.
    """
    found = []
    for shape in shapes:
        for part in parts_of(shape[0]):
            for place in places_of(levels, [part.drawing], UPRIGHT, most=_PART_PLACES):
                if place.likeness >= _LIKE_PART and (seen := _as_whole(rgb, levels, shape, part, place)) is not None:
                    found.append(seen)
    return max(found, key=lambda one: one.likeness - _LOSS_WEIGH * one.missing, default=None)


def _as_whole(rgb: Pixels, levels: Levels, shape: Sequence[Drawing], part: Part, place: Place) -> LogoSeen | None:
    """The whole logo at the place of a part; None where the part is not the brand's, or nothing is gone."""
    transform = onto(place.transform, place.drawing.size, part.drawing.size)
    same = [one.drawing for variant in shape for one in parts_of(variant) if one.shares == part.shares]
    alone = look_closely(rgb, place.transform, [one.sized(max(place.drawing.size)) for one in same], place.likeness)
    if not is_straight(alone) or alone.colour_away > _OWN_COLOUR:
        return None
    whole = part.whole_at(transform)
    variant = next(variant for variant in shape if variant.sha256 == alone.sha256)
    sized = variant.sized(scale_of(whole) * max(variant.size))
    seen = look_closely(rgb, onto(whole, shape[0].size, sized.size), [sized], place.likeness, is_own=True)
    if not MISSING <= seen.missing <= _MOST_MISSING:
        return None
    return replace(seen, colour_away=alone.colour_away, hexes=alone.hexes)
