"""Places of a picture where a drawing may lie: coarsely at every size, then the best of them fitted.

Edges are compared, not colours. What must not live here: which place is the logo (`logos.py`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from sgd_resources.sight.drawings import Drawing, Floats
from sgd_resources.sight.levels import COARSE_PX, COARSER_PX, Levels
from sgd_resources.sight.windows import Transform, bounds, scale_of, shown_at

UPRIGHT = ((0.0, 1.0),)
"""One way to look: not turned, not stretched."""
_LEAST_SPREAD = 0.3
_PLACES = 5  # of each drawing, looked at finely
_SOFT_SHARE, _LEAST_SOFT_PX, _FITTED_SOFTER = 0.0114, 0.8, 0.75
"""Of a drawing's longer side, 2 pixels of 176: strokes of one width or another are alike."""
_SMEAR = 0.4  # pixels of a drawing: how soft the picture is made before it is brought to a smaller drawing's size
_LEAST_FITTED_PX = 14.0
_LEAST_COARSE = 0.3  # correlation of a place that is looked at finely
_MOST_TURN_DEG, _MOST_STRETCH, _MOST_SKEW = 40.0, 2.0, 0.16
"""What fitting may do to a place: beyond, the drawing was bent until it lay on something else."""


@dataclass(frozen=True)
class Place:
    """Where a drawing lies; `drawing` is about as large as it is there."""

    shape: Sequence[Drawing]
    drawing: Drawing
    transform: Transform
    likeness: float


def places_of(
    levels: Levels, shape: Sequence[Drawing], ways: Sequence[tuple[float, float]], *, most: int = _PLACES
) -> Iterator[Place]:
    """The best places of a shape, fitted; `ways` are angles in degrees with stretches."""
    found: list[tuple[float, Transform]] = []
    for angle, stretch in ways:
        found += _coarse(levels, shape[0], angle, stretch)
    found.sort(key=lambda pair: -pair[0])
    for score, transform in found[:most]:
        if score > _LEAST_COARSE:
            yield fitted(levels.edges, shape, transform)


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


def onto(transform: Transform, size: tuple[int, int], other: tuple[int, int]) -> Transform:
    """The same place for a drawing of another size."""
    wide, high = (mine / its for mine, its in zip(size, other, strict=True))
    return _after(transform, np.array([[wide, 0, 0], [0, high, 0]], np.float32))


def fitted(edges: Floats, shape: Sequence[Drawing], whole: Transform) -> Place:
    """The place moved, turned and stretched until the edges lie on each other as well as they can.

    `whole` is the place of the shape's first drawing at its working size.
    """
    drawing = shape[0].sized(scale_of(whole) * max(shape[0].size))
    transform = onto(whole, shape[0].size, drawing.size)
    best = Place(shape, drawing, transform, likeness(drawing.edges, _seen(edges, drawing, transform)))
    # The picture is scaled to the drawing's size first: fitting is steady where both have edges of one width.
    scale = scale_of(transform)
    near = _after(np.array([[1 / scale, 0, 0], [0, 1 / scale, 0]], np.float32), transform)
    x0, y0, x1, y1 = bounds(transform, drawing.size, margin=0.25)
    origin = np.array([[1, 0, -x0 / scale], [0, 1, -y0 / scale]], np.float32)
    size = (max(8, int((x1 - x0) / scale)), max(8, int((y1 - y0) / scale)))
    back = np.array([[scale, 0, x0], [0, scale, y0]], np.float32)
    window = np.asarray(shown_at(edges, back, size, smear=_SMEAR), np.float32)
    blur = _softness(drawing.size) * _FITTED_SOFTER
    template = cv2.GaussianBlur(drawing.edges, (0, 0), blur)
    window = np.asarray(cv2.GaussianBlur(window, (0, 0), blur), np.float32)
    warp = np.ascontiguousarray(_after(origin, near))
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 40, 1e-4)
    try:
        _, fitted = cv2.findTransformECC(template, window, warp, cv2.MOTION_AFFINE, stop)
    except cv2.error:
        return best
    moved = _after(back, np.asarray(fitted, np.float32))
    if not _is_sound(moved, transform, drawing):
        return best
    as_moved = likeness(drawing.edges, _seen(edges, drawing, moved))
    return Place(shape, drawing, moved, as_moved) if as_moved > best.likeness else best


def _is_sound(transform: Transform, before: Transform, drawing: Drawing) -> bool:
    horizontal, vertical = transform[:, 0].astype(float), transform[:, 1].astype(float)
    wide, high = float(np.hypot(*horizontal)), float(np.hypot(*vertical))
    if (
        min(wide * drawing.size[0], high * drawing.size[1]) <= 4
        or max(drawing.size) * max(wide, high) < _LEAST_FITTED_PX
    ):
        return False
    skew = abs(float(horizontal @ vertical)) / (wide * high)
    was = before[:, 0].astype(float)
    along, across = float(horizontal @ was), float(horizontal[1] * was[0] - horizontal[0] * was[1])
    turn = abs(float(np.degrees(np.arctan2(across, along))))
    return skew <= _MOST_SKEW and turn <= _MOST_TURN_DEG and 1 / _MOST_STRETCH <= wide / high <= _MOST_STRETCH


def _seen(edges: Floats, drawing: Drawing, transform: Transform) -> Floats:
    return np.asarray(shown_at(edges, transform, drawing.size, smear=_SMEAR), np.float32)


def likeness(expected: Floats, seen: Floats) -> float:
    """Correlation of edges, smeared by a pixel or two: strokes of one width or another are alike."""
    blur = _softness((expected.shape[1], expected.shape[0]))
    first, second = (cv2.GaussianBlur(one, (0, 0), blur).ravel() for one in (expected, seen))
    first, second = first - first.mean(), second - second.mean()
    length = float(np.linalg.norm(first) * np.linalg.norm(second))
    return float(first @ second / length) if length > 1e-6 else 0.0


def _softness(size: tuple[int, int]) -> float:
    """Standard deviation in pixels by which edges are smeared before they are compared, for a drawing of that size."""
    return max(_LEAST_SOFT_PX, _SOFT_SHARE * max(size))
