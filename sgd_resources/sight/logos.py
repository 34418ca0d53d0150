"""Finds a logo in a picture, wherever it stands, whatever its size, and turned, stretched, recoloured or cut as it is.

Edges are compared, not colours: first coarsely at every size, then the best places finely, then the place is fitted.
What must not live here: what of it is allowed.
"""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from sgd_resources.colour import delta_e_2000
from sgd_resources.ports.sight import LogoSeen
from sgd_resources.sight.damaged import MISSING, find_damaged, is_straight
from sgd_resources.sight.drawings import Drawing, Floats, Pixels, edges_of
from sgd_resources.sight.levels import Levels
from sgd_resources.sight.placed_logo import look_closely
from sgd_resources.sight.places import UPRIGHT, Place, fitted, likeness, onto, places_of
from sgd_resources.sight.windows import bounds

_TURNED = tuple((angle, 1.0) for angle in (-28.0, -17.0, -8.0, 8.0, 17.0, 28.0, 90.0, 180.0, 270.0))
_BENT = (*_TURNED, (0.0, 0.7), (0.0, 1.4))
_SAME_ASPECT, _NEAR_ASPECT, _NEARLY = 0.02, 0.2, 0.04
_SAME_SHAPE = 0.9  # correlation of two drawings' edges: variants of one drawing in other colours
_SHAPES_LOOKED_FOR = 2
_MOST_MISSING, _OWN_COLOUR = 0.15, 12.0
"""A place that is less like the logo is taken for it where most of it is there in its own colours: lines of words are
like a wordmark, too."""
_LOOKED_AT = 4  # places
_COLOURS_WEIGH, _OTHER_COLOUR = 0.2, 30.0
CERTAIN, SURE, FOUND = 0.9, 0.83, 0.7
"""Likeness from which no other drawing is tried, from which it is the logo whatever its colours, and from which it may
be the logo at all: lines of words come up to 0.8, and are told by their colours."""


def find_logo(rgb: Pixels, drawings: Sequence[Drawing]) -> LogoSeen | None:
    """The likeliest logo of a picture, looked at closely; None where none of the drawings is there.

    Args:
        rgb: (height, width, 3) sRGB.
        drawings: of the org's logos, likeliest first.
    """
    shapes = _shapes(drawings)
    if not shapes:
        return None
    edges = edges_of(rgb)
    levels = Levels(edges)
    places: list[Place] = []
    best: LogoSeen | None = None
    for shape in shapes:
        if not any(place.likeness >= CERTAIN for place in places):
            places += [place for place in places_of(levels, shape, UPRIGHT) if place.likeness >= FOUND]
    best = _likeliest(rgb, edges, places, shapes)
    if best is not None and _is_whole(best):
        return best
    # One that is cut or covered is known by its parts; as a whole it would be bent until it lies on what is left.
    damaged = find_damaged(rgb, levels, shapes[:_SHAPES_LOOKED_FOR])
    if damaged is not None and (best is None or damaged.likeness > best.likeness + _NEARLY):
        return damaged
    if best is not None:
        return best
    # Turned and stretched ones are looked for by the likeliest drawings alone, and only where none stands upright.
    for shape in shapes[:_SHAPES_LOOKED_FOR]:
        if not any(place.likeness >= CERTAIN for place in places):
            places += [place for place in places_of(levels, shape, _BENT) if place.likeness >= FOUND]
    return _likeliest(rgb, edges, places, shapes)


def _is_whole(seen: LogoSeen) -> bool:
    return seen.likeness >= CERTAIN and seen.missing < MISSING and is_straight(seen)


def _likeliest(
    rgb: Pixels, edges: Floats, places: Sequence[Place], shapes: Sequence[Sequence[Drawing]]
) -> LogoSeen | None:
    """The place that is the logo, looked at closely: lines of words are like a wordmark, but not in its colours."""
    looked_at: list[LogoSeen] = []
    for place in _apart(places)[:_LOOKED_AT]:
        itself = min((place, *_as_others(edges, place, shapes)), key=_bent)
        variants = [variant.sized(max(itself.drawing.size)) for variant in itself.shape]
        looked_at.append(look_closely(rgb, itself.transform, variants, itself.likeness))
        if place.likeness >= CERTAIN and looked_at[-1].colour_away <= _OWN_COLOUR:
            break
    known = [seen for seen in looked_at if seen.likeness >= SURE or _is_itself(seen)]
    return max(known, key=_worth, default=None)


def _is_itself(seen: LogoSeen) -> bool:
    return seen.missing <= _MOST_MISSING and seen.colour_away <= _OWN_COLOUR and not _is_ground(seen)


def _worth(seen: LogoSeen) -> float:
    """How surely a place is the logo: its own colours weigh as much as a fifth of its edges."""
    return seen.likeness - _COLOURS_WEIGH * min(seen.colour_away / _OTHER_COLOUR, 1.0)


def _apart(places: Sequence[Place]) -> list[Place]:
    """The likeliest place of each spot of the picture, likeliest first."""
    kept: list[Place] = []
    for place in sorted(places, key=lambda one: -one.likeness):
        x, y = _middle(place)
        boxes = [bounds(other.transform, other.drawing.size) for other in kept]
        if not any(x0 < x < x1 and y0 < y < y1 for x0, y0, x1, y1 in boxes):
            kept.append(place)
    return kept


def _middle(place: Place) -> tuple[float, float]:
    x0, y0, x1, y1 = bounds(place.transform, place.drawing.size)
    return (x0 + x1) / 2, (y0 + y1) / 2


def _as_others(edges: Floats, best: Place, shapes: Sequence[Sequence[Drawing]]) -> Iterator[Place]:
    """The same place as another drawing of nearly the same shape: files of one logo are cut to other margins."""
    if _bent(best) < _SAME_ASPECT:
        return
    for shape in shapes:
        drawing = shape[0]
        if shape is not best.shape and abs(drawing.aspect / best.drawing.aspect - 1) < _NEAR_ASPECT:
            place = fitted(edges, shape, onto(best.transform, best.drawing.size, drawing.size))
            if place.likeness >= best.likeness - _NEARLY:
                yield place


def _bent(place: Place) -> float:
    """How far a place is stretched against its drawing."""
    wide, high = (float(np.hypot(*place.transform[:, axis])) * place.drawing.size[axis] for axis in (0, 1))
    return abs(wide / high / place.drawing.aspect - 1)


def _is_ground(seen: LogoSeen) -> bool:
    """Whether what was taken for the ink has the colour of the ground: a variant for dark grounds, read on light."""
    if seen.ground_hex is None or not seen.hexes:
        return False
    return delta_e_2000(seen.hexes[0], seen.ground_hex) < _OWN_COLOUR


def _shapes(drawings: Sequence[Drawing]) -> list[list[Drawing]]:
    """Drawings of one shape together: they are looked for once."""
    shapes: list[list[Drawing]] = []
    for drawing in drawings:
        for shape in shapes:
            width, height = shape[0].size
            resized = np.asarray(cv2.resize(drawing.edges, (width, height)), np.float32)
            is_as_wide = abs(drawing.aspect / shape[0].aspect - 1) < _SAME_ASPECT
            if is_as_wide and likeness(shape[0].edges, resized) > _SAME_SHAPE:
                shape.append(drawing)
                break
        else:
            shapes.append([drawing])
    return shapes
