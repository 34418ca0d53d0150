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
from sgd_resources.sight.known_place import KnownPlace, fits_where_placed, look_where_placed
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
_PART_SHARES, _SAME_PART = (1.0, 0.9, 0.8, 0.7, 0.6), 0.48
"""Of the whole logo's height; correlation of edges, 0.55 for symbols of the kits and below 0.46 at other sizes."""
_RIM = 0.06  # of a box's shorter side: two drawings of one symbol are fitted so nearly alike
_INK_APART = 0.06  # of a logo's ink: a box cuts through the rims of letters
FAINT, _MOST_GONE, _EXACT_COLOUR = 0.6, 0.02, 4.0
"""Likeness of edges, ink that is gone, CIEDE2000: a mark of several colours that is there to the last pixel."""
_COLOURS_WEIGH, _OTHER_COLOUR = 0.2, 30.0
CERTAIN, SURE, FOUND = 0.9, 0.83, 0.7
"""Likeness from which no other drawing is tried, from which it is the logo whatever its colours, and from which it may
be the logo at all: lines of words come up to 0.8, and are told by their colours."""


def find_logo(rgb: Pixels, drawings: Sequence[Drawing], *, placed: KnownPlace | None = None) -> LogoSeen | None:
    """The likeliest logo of a picture, looked at closely; None where none of the drawings is there.

    Args:
        rgb: (height, width, 3) sRGB.
        drawings: of the org's logos, likeliest first.
        placed: where it was set, where that is known.
    """
    if placed is not None and (damaged := look_where_placed(rgb, placed)) is not None:
        return damaged
    shapes = _shapes(drawings)
    if not shapes:
        return None
    edges = edges_of(rgb)
    levels = Levels(edges)
    coarse: list[Place] = []
    for shape in shapes:
        if not any(place.likeness >= CERTAIN for place in coarse):
            coarse += places_of(levels, shape, UPRIGHT)
    places = [place for place in coarse if place.likeness >= FOUND]
    best = _likeliest(rgb, edges, places, shapes)
    if best is not None and _is_whole(best):
        return _with_its_name(rgb, levels, best, shapes) or best
    # One that is cut or covered is known by its parts; as a whole it would be bent until it lies on what is left.
    damaged = find_damaged(rgb, levels, shapes[:_SHAPES_LOOKED_FOR])
    if damaged is not None and (best is None or damaged.likeness > best.likeness + _NEARLY):
        return best if best is not None and _stands_alone(best, damaged, shapes) else damaged
    if best is not None:
        return best
    # Coded with loss, a small mark's edges drown; its ink is there all the same, each colour in its place.
    if (small := _as_drawn(rgb, coarse)) is not None:
        return small
    if placed is not None:
        own = [shape for shape in shapes if any(one.sha256 == placed.drawing.sha256 for one in shape)]
        fits = (place for shape in own for place in fits_where_placed(edges, placed, shape))
        places += [place for place in fits if place.likeness >= FOUND]
    # Turned and stretched ones are looked for by the likeliest drawings alone, and only where none stands upright.
    for shape in shapes[:_SHAPES_LOOKED_FOR]:
        if not any(place.likeness >= CERTAIN for place in places):
            places += [place for place in places_of(levels, shape, _BENT) if place.likeness >= FOUND]
    return _likeliest(rgb, edges, places, shapes)


def _is_whole(seen: LogoSeen) -> bool:
    return seen.likeness >= CERTAIN and seen.missing < MISSING and is_straight(seen)


def _with_its_name(rgb: Pixels, levels: Levels, seen: LogoSeen, shapes: Sequence[Sequence[Drawing]]) -> LogoSeen | None:
    """The larger logo that a whole symbol was found of, where a part of its name stands beside it; or None."""
    own = next(shape for shape in shapes if any(one.sha256 == seen.sha256 for one in shape))
    larger = [shape for shape in shapes[:_SHAPES_LOOKED_FOR] if shape is not own and _is_part(own[0], shape[0])]
    damaged = find_damaged(rgb, levels, larger)
    if damaged is None or not _holds(damaged.box, seen.box) or _stands_alone(seen, damaged, shapes):
        return None
    return damaged


def _is_part(small: Drawing, whole: Drawing) -> bool:
    """Whether a drawing is a part of another, as a symbol is of a logo with its name."""
    width, height = whole.size
    for share in _PART_SHARES:
        wide, high = round(share * height * small.aspect), round(share * height)
        if 4 <= wide < width and high >= 4:
            sized = np.asarray(cv2.resize(small.edges, (wide, high), interpolation=cv2.INTER_AREA), np.float32)
            if float(cv2.matchTemplate(whole.edges, sized, cv2.TM_CCOEFF_NORMED).max()) >= _SAME_PART:
                return True
    return False


def _stands_alone(seen: LogoSeen, damaged: LogoSeen, shapes: Sequence[Sequence[Drawing]]) -> bool:
    """Whether a whole logo is all that is left of a larger one: a symbol of its own, beside which no name was cut off.

    Shares of ink are compared: what lies outside the symbol's box is gone, and it alone.
    """
    if not (_is_itself(seen) and seen.missing < MISSING and is_straight(seen) and damaged.is_cut):
        return False
    drawing = next(one for shape in shapes for one in shape if one.sha256 == damaged.sha256)
    x0, y0, x1, y1 = damaged.box
    wide, high = drawing.size
    left, right = (round((x - x0) / (x1 - x0) * wide) for x in (seen.box[0], seen.box[2]))
    top, bottom = (round((y - y0) / (y1 - y0) * high) for y in (seen.box[1], seen.box[3]))
    inside = drawing.alpha[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
    beside = 1 - float(inside.sum(dtype=np.int64)) / max(float(drawing.alpha.sum(dtype=np.int64)), 1.0)
    return damaged.missing >= beside - _INK_APART


def _as_drawn(rgb: Pixels, places: Sequence[Place]) -> LogoSeen | None:
    """A place whose edges tell little, and whose ink is all there in the logo's own colours on a plain ground."""
    for place in _apart([place for place in places if FAINT <= place.likeness < FOUND])[:_LOOKED_AT]:
        seen = look_closely(
            rgb, place.transform, [variant.sized(max(place.drawing.size)) for variant in place.shape], place.likeness
        )
        is_exact = seen.missing <= _MOST_GONE and seen.colour_away <= _EXACT_COLOUR and is_straight(seen)
        if is_exact and seen.ground_hex is not None and len(seen.hexes) > 1 and not _is_ground(seen):
            return seen
    return None


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
    best = max(known, key=_worth, default=None)
    if best is None or best.colour_away <= _OWN_COLOUR:
        return best
    # A symbol in colours that its file has not may be that of a whole logo which has them, and which is covered.
    wholes = [seen for seen in looked_at if seen.colour_away <= _OWN_COLOUR and not _is_ground(seen)]
    return max((seen for seen in wholes if _holds(seen.box, best.box)), key=_worth, default=best)


def _holds(outer: tuple[float, float, float, float], inner: tuple[float, float, float, float]) -> bool:
    room = _RIM * min(inner[2] - inner[0], inner[3] - inner[1])
    starts = all(inner[side] >= outer[side] - room for side in (0, 1))
    return starts and all(inner[side] <= outer[side] + room for side in (2, 3))


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
