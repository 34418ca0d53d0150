"""A logo whose place on the picture is known: whether a part of it is gone there, while the rest stands as it was set.

A covered logo of few pixels is like nothing that could be looked for; where it has to stand, what is left of it is
compared pixel by pixel. What must not live here: logos that stand elsewhere, or otherwise (`logos.py`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from sgd_resources.ports.sight import LogoSeen
from sgd_resources.sight.damage import Mask, changed_of
from sgd_resources.sight.drawings import Drawing, Floats, Pixels, edges_of
from sgd_resources.sight.placed_logo import look_closely
from sgd_resources.sight.places import Place, fitted, likeness
from sgd_resources.sight.windows import shown_at

_LEAST_MISSING, _MOST_MISSING = 0.05, 0.75
"""Of its ink: less is coding, more leaves nothing that could be told."""
_OUTLIERS = 2.0  # percent at each end: stray pixels of coding are no part of what is gone
_MOST_SPAN = 0.62
"""Of a side: what lies over a logo is in one place. Of a turned or stretched one all ends are gone together."""
_LEAST_BESIDE, _ROOM = 0.8, 2
"""Likeness of edges beside what is gone, and pixels around that, whose edges are those of the cover."""
_SHAPE_STANDS = 0.35  # likeness within: the strokes are there, in other colours; under a cover it is below 0.25
_SQUEEZED = ((0.8, 1.0), (0.65, 1.0), (1.0, 0.8), (1.0, 0.65))
_LEAST_SIDE = 6
_LEAST_SPREAD = 0.05
"""Of the drawing beside what is gone: fewer pixels, or hardly an edge in them, tell nothing."""
_SMEAR = 0.35  # as a logo that was found is looked at (`placed_logo.py`)
Window = tuple[int, int, int, int]


@dataclass(frozen=True)
class KnownPlace:
    """Where which drawing was set, in pixels of the picture (x0, y0, x1, y1), and on which ground."""

    drawing: Drawing
    box: tuple[float, float, float, float]
    ground_hex: str


def look_where_placed(rgb: Pixels, place: KnownPlace) -> LogoSeen | None:
    """The logo of which a part is gone at its place; None where it stands whole, or otherwise, or not at all.

    Args:
        rgb: (height, width, 3) sRGB.
        place: where it was set.
    """
    x0, y0, x1, y1 = place.box
    drawing = place.drawing.sized(max(x1 - x0, y1 - y0))
    width, height = drawing.size
    transform = np.array([[(x1 - x0) / width, 0, x0], [0, (y1 - y0) / height, y0]], np.float32)
    shown = np.asarray(shown_at(rgb, transform, drawing.size, smear=_SMEAR, border=cv2.BORDER_REPLICATE), np.uint8)
    gone = changed_of(drawing, shown, place.ground_hex)
    if not _LEAST_MISSING <= gone.share <= _MOST_MISSING:
        return None
    window = _window(gone.mask)
    edges = edges_of(shown)
    if not _is_beside(drawing.edges, edges, window):
        return None
    # Ink in the ground's colour is gone; in another one it may be the logo's own strokes, recoloured.
    if not gone.shows_ground and _stands_in(drawing.edges, edges, window):
        return None
    seen = look_closely(rgb, transform, [drawing], 1 - gone.share, is_own=True)
    # What is left is the drawing's own to the pixel; the colours of what lies over it are not the logo's.
    return replace(
        seen, missing=round(gone.share, 4), is_cut=gone.shows_ground, colour_away=0.0, ground_hex=place.ground_hex,
        is_at_place=True,
    )  # fmt: skip


def fits_where_placed(edges: Floats, place: KnownPlace, shape: Sequence[Drawing]) -> Iterator[Place]:
    """The place fitted from ones squeezed about its middle: fitting goes downhill, and finds what it starts near.

    Args:
        edges: of the picture.
        place: where it was set.
        shape: drawings of its shape; the first one is fitted.
    """
    x0, y0, x1, y1 = place.box
    width, height = shape[0].size
    for wide, high in _SQUEEZED:
        along, across = wide * (x1 - x0), high * (y1 - y0)
        corner = (x0 + x1 - along) / 2, (y0 + y1 - across) / 2
        yield fitted(
            edges, shape, np.array([[along / width, 0, corner[0]], [0, across / height, corner[1]]], np.float32)
        )


def _window(mask: Mask) -> Window:
    """(left, top, right, bottom) of what is gone, in pixels of the drawing."""
    rows, columns = np.nonzero(mask)
    left, right = np.percentile(columns, (_OUTLIERS, 100 - _OUTLIERS))
    top, bottom = np.percentile(rows, (_OUTLIERS, 100 - _OUTLIERS))
    return int(left), int(top), int(right) + 1, int(bottom) + 1


def _is_beside(drawn: Floats, seen: Floats, window: Window) -> bool:
    """Whether the drawing stands as it was set to the left and right of what is gone, else above and below."""
    height, width = drawn.shape
    left, top, right, bottom = window
    if right - left <= _MOST_SPAN * width:
        strips: list[tuple[slice, slice]] = [np.s_[:, : max(left - _ROOM, 0)], np.s_[:, right + _ROOM :]]
    elif bottom - top <= _MOST_SPAN * height:
        strips = [np.s_[: max(top - _ROOM, 0), :], np.s_[bottom + _ROOM :, :]]
    else:
        return False
    alike = [likeness(drawn[strip], seen[strip]) for strip in strips if _tells(drawn[strip])]
    return bool(alike) and min(alike) >= _LEAST_BESIDE


def _tells(drawn: Floats) -> bool:
    return min(drawn.shape) >= _LEAST_SIDE and float(drawn.std()) > _LEAST_SPREAD


def _stands_in(drawn: Floats, seen: Floats, window: Window) -> bool:
    """Whether the strokes are there, in other colours."""
    left, top, right, bottom = window
    inside = (slice(top, bottom), slice(left, right))
    return _tells(drawn[inside]) and likeness(drawn[inside], seen[inside]) >= _SHAPE_STANDS
