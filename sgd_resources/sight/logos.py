"""Finds a logo in a picture, wherever it stands, whatever its size, and turned, stretched, recoloured or cut as it is.

Edges are compared, not colours: first coarsely at every size, then the best places finely, then the place is fitted.
What must not live here: what of it is allowed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from sgd_resources.colour import delta_e_2000
from sgd_resources.ports.sight import LogoSeen
from sgd_resources.sight.drawings import Drawing, Floats, Pixels, edges_of
from sgd_resources.sight.levels import COARSE_PX, COARSER_PX, Levels
from sgd_resources.sight.placed_logo import look_closely
from sgd_resources.sight.windows import Transform, bounds, scale_of, shown_at

_LEAST_SPREAD = 0.3
_PLACES = 5  # of each drawing, looked at finely
_UPRIGHT = ((0.0, 1.0),)
_TURNED = tuple((angle, 1.0) for angle in (-28.0, -17.0, -8.0, 8.0, 17.0, 28.0))
_STRETCHED = tuple((0.0, stretch) for stretch in (0.7, 1.4))
_SAME_ASPECT, _NEAR_ASPECT, _NEARLY = 0.02, 0.2, 0.04
_SAME_SHAPE = 0.9  # correlation of two drawings' edges: variants of one drawing in other colours
_SHAPES_TURNED = 2
_MOST_MISSING, _OWN_COLOUR = 0.5, 12.0
"""A place that is less like the logo is taken for it where most of it is there in its own colours: lines of words are
like a wordmark, too."""
_SMEAR = 0.4  # pixels of a drawing: how soft the picture is made before it is brought to a smaller drawing's size
_LEAST_FITTED_PX = 14.0
_MOST_TURN_DEG, _MOST_STRETCH, _MOST_SKEW = 40.0, 2.0, 0.16
"""What a fitted place may be: beyond, the drawing was bent until it lay on something else."""
CERTAIN, SURE, FOUND = 0.9, 0.76, 0.62
"""Likeness from which no other drawing is tried, from which no turned one is, and from which it may be the logo at all:
lines of words come up to 0.7, and are told by their colours."""


@dataclass(frozen=True)
class _Place:
    drawing: Drawing
    transform: Transform
    likeness: float


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
    best: _Place | None = None
    # Turned and stretched ones are looked for by the likeliest drawings alone, and only where none stands upright.
    for ways, looked_for in ((_UPRIGHT, shapes), (_TURNED + _STRETCHED, shapes[:_SHAPES_TURNED])):
        for shape in looked_for:
            if best is not None and best.likeness >= CERTAIN:
                break
            for place in _places(levels, shape[0], ways):
                if best is None or place.likeness > best.likeness:
                    best = place
        if best is not None and best.likeness >= SURE:
            break
    if best is None or best.likeness < FOUND:
        return None
    best = min((best, *_as_others(edges, best, shapes)), key=_bent)
    variants = next(shape for shape in shapes if shape[0] is best.drawing)
    seen = look_closely(rgb, edges, best.transform, variants, best.likeness)
    is_itself = seen.missing <= _MOST_MISSING and seen.colour_away <= _OWN_COLOUR and not _is_ground(seen)
    return seen if seen.likeness >= SURE or is_itself else None


def _as_others(edges: Floats, best: _Place, shapes: Sequence[Sequence[Drawing]]) -> Iterator[_Place]:
    """The same place as another drawing of nearly the same shape: files of one logo are cut to other margins."""
    if _bent(best) < _SAME_ASPECT:
        return
    for shape in shapes:
        drawing = shape[0]
        if drawing is not best.drawing and abs(drawing.aspect / best.drawing.aspect - 1) < _NEAR_ASPECT:
            wide, high = (mine / its for mine, its in zip(best.drawing.size, drawing.size, strict=True))
            place = _fitted(edges, drawing, _after(best.transform, np.array([[wide, 0, 0], [0, high, 0]], np.float32)))
            if place.likeness >= best.likeness - _NEARLY:
                yield place


def _bent(place: _Place) -> float:
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
            if is_as_wide and _likeness(shape[0].edges, resized) > _SAME_SHAPE:
                shape.append(drawing)
                break
        else:
            shapes.append([drawing])
    return shapes


def _places(levels: Levels, drawing: Drawing, ways: Sequence[tuple[float, float]]) -> Iterator[_Place]:
    """The best places of a drawing, fitted."""
    found: list[tuple[float, Transform]] = []
    for angle, stretch in ways:
        found += _coarse(levels, drawing, angle, stretch)
    found.sort(key=lambda pair: -pair[0])
    for score, transform in found[:_PLACES]:
        if score > 0.3:
            yield _fitted(levels.edges, drawing, transform)


def _coarse(levels: Levels, drawing: Drawing, angle: float, stretch: float) -> list[tuple[float, Transform]]:
    """(score, transform) of the best place at each size."""
    turned, to_turned = _turned(drawing, angle, stretch)
    high, wide = turned.shape
    longest = max(high, wide)
    is_upright = angle == 0 and stretch == 1
    coarse = COARSE_PX if is_upright else COARSER_PX
    small_scale = coarse / longest
    small = np.asarray(
        cv2.resize(turned, None, fx=small_scale, fy=small_scale, interpolation=cv2.INTER_AREA), np.float32
    )
    if float(small.std()) < 0.02 or min(small.shape) < 4:
        return []
    found = []
    for size in levels.sizes(is_upright=is_upright):
        scale = coarse / size
        shrunk = levels.at(scale)
        # Half of the drawing may lie beyond the picture's edge.
        pad_y, pad_x = small.shape[0] // 2, small.shape[1] // 2
        framed = np.pad(shrunk, ((pad_y, pad_y), (pad_x, pad_x)))
        if framed.shape[0] <= small.shape[0] or framed.shape[1] <= small.shape[1]:
            continue
        scores = cv2.matchTemplate(framed, small, cv2.TM_CCOEFF_NORMED)
        # Where nothing is to be seen, the correlation is a quotient of two zeros.
        scores[(_spread(framed, small.shape) < _LEAST_SPREAD * float(small.std())) | ~np.isfinite(scores)] = 0
        for _ in range(2):
            _, score, _, (x, y) = cv2.minMaxLoc(scores)
            place = np.array(
                [[size / longest, 0, (x - pad_x) / scale], [0, size / longest, (y - pad_y) / scale]], np.float32
            )
            found.append((float(score), _after(place, to_turned)))
            cv2.rectangle(scores, (x - 6, y - 6), (x + 6, y + 6), (-1.0,), -1)
    found.sort(key=lambda pair: -pair[0])
    return found[:_PLACES]


def _spread(values: Floats, window: tuple[int, ...]) -> Floats:
    """Standard deviation under a window, by its top left."""
    size = (window[1], window[0])
    mean = cv2.boxFilter(values, cv2.CV_32F, size, anchor=(0, 0))
    square = cv2.boxFilter(values * values, cv2.CV_32F, size, anchor=(0, 0))
    rows, columns = values.shape[0] - window[0] + 1, values.shape[1] - window[1] + 1
    return np.asarray(np.sqrt(np.maximum(square - mean * mean, 0))[:rows, :columns], np.float32)


def _turned(drawing: Drawing, angle: float, stretch: float) -> tuple[Floats, Transform]:
    """The drawing's edges turned and stretched, and the transform from the drawing to them."""
    width, height = drawing.size
    if angle == 0 and stretch == 1:
        return drawing.edges, np.array([[1, 0, 0], [0, 1, 0]], np.float32)
    cosine, sine = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    matrix = np.array([[cosine * stretch, -sine], [sine * stretch, cosine]])
    corners = matrix @ np.array([[0, width, width, 0], [0, 0, height, height]], np.float64)
    low, high = corners.min(axis=1), corners.max(axis=1)
    transform = np.column_stack([matrix, -low]).astype(np.float32)
    size = (max(4, int(np.ceil(high[0] - low[0]))), max(4, int(np.ceil(high[1] - low[1]))))
    return np.asarray(cv2.warpAffine(drawing.edges, transform, size), np.float32), transform


def _after(second: Transform, first: Transform) -> Transform:
    """First the one, then the other."""
    whole = np.vstack([second, [0, 0, 1]]) @ np.vstack([first, [0, 0, 1]])
    return np.asarray(whole[:2], np.float32)


def _fitted(edges: Floats, drawing: Drawing, transform: Transform) -> _Place:
    """The place moved, turned and stretched until the edges lie on each other as well as they can."""
    best = _Place(drawing, transform, _likeness(drawing.edges, _seen(edges, drawing, transform)))
    # The picture is scaled to the drawing's size first: fitting is steady where both have edges of one width.
    scale = scale_of(transform)
    near = _after(np.array([[1 / scale, 0, 0], [0, 1 / scale, 0]], np.float32), transform)
    x0, y0, x1, y1 = bounds(transform, drawing.size, margin=0.25)
    origin = np.array([[1, 0, -x0 / scale], [0, 1, -y0 / scale]], np.float32)
    size = (max(8, int((x1 - x0) / scale)), max(8, int((y1 - y0) / scale)))
    back = np.array([[scale, 0, x0], [0, scale, y0]], np.float32)
    window = np.asarray(shown_at(edges, back, size, smear=_SMEAR), np.float32)
    template = cv2.GaussianBlur(drawing.edges, (0, 0), 1.5)
    window = np.asarray(cv2.GaussianBlur(window, (0, 0), 1.5), np.float32)
    warp = np.ascontiguousarray(_after(origin, near))
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 40, 1e-4)
    try:
        _, fitted = cv2.findTransformECC(template, window, warp, cv2.MOTION_AFFINE, stop)
    except cv2.error:
        return best
    moved = _after(back, np.asarray(fitted, np.float32))
    if not _is_sound(moved, drawing):
        return best
    likeness = _likeness(drawing.edges, _seen(edges, drawing, moved))
    return _Place(drawing, moved, likeness) if likeness > best.likeness else best


def _is_sound(transform: Transform, drawing: Drawing) -> bool:
    horizontal, vertical = transform[:, 0].astype(float), transform[:, 1].astype(float)
    wide, high = float(np.hypot(*horizontal)), float(np.hypot(*vertical))
    if (
        min(wide * drawing.size[0], high * drawing.size[1]) <= 4
        or max(drawing.size) * max(wide, high) < _LEAST_FITTED_PX
    ):
        return False
    skew = abs(float(horizontal @ vertical)) / (wide * high)
    turn = abs(float(np.degrees(np.arctan2(horizontal[1], horizontal[0]))))
    return skew <= _MOST_SKEW and turn <= _MOST_TURN_DEG and 1 / _MOST_STRETCH <= wide / high <= _MOST_STRETCH


def _seen(edges: Floats, drawing: Drawing, transform: Transform) -> Floats:
    return np.asarray(shown_at(edges, transform, drawing.size, smear=_SMEAR), np.float32)


def _likeness(expected: Floats, seen: Floats) -> float:
    """Correlation of edges, smeared by a pixel or two: strokes of one width or another are alike."""
    first, second = (cv2.GaussianBlur(one, (0, 0), 2.0).ravel() for one in (expected, seen))
    first, second = first - first.mean(), second - second.mean()
    length = float(np.linalg.norm(first) * np.linalg.norm(second))
    return float(first @ second / length) if length > 1e-6 else 0.0
