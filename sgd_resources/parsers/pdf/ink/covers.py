"""Painted things that lie wholly under something opaque that a PDF page paints later: nobody sees them.

Only upright rectangles and pictures without transparency are covers, since of them the box is the shape. What must not
live here: interpreting operators (`content`), and text, which is looked at (`text/visibility.py`).
"""

from collections.abc import Sequence
from itertools import islice

from sgd_resources.parsers.pdf.ink.paths import Outline
from sgd_resources.parsers.pdf.pages.geometry import Box, Matrix, area

_MOST_COVERS = 64
"""The largest are kept: each painted thing is held against all of them."""
LEAST_AREA = 100.0
"""Square points of a thing that may cover a swatch."""
_SLACK_PT = 0.5  # rounding of two programs' coordinates
Cover = tuple[int, Box]
"""(how many things the page had painted before it, its place)."""


def is_upright_rectangle(matrix: Matrix, outline: Outline) -> bool:
    """Whether a path is one rectangle with upright sides."""
    is_upright = (matrix[1] == 0 == matrix[2]) or (matrix[0] == 0 == matrix[3])
    points = list(islice(outline.points(), 6)) if is_upright else []
    left, bottom, right, top = outline.box
    are_corners = all(x in (left, right) and y in (bottom, top) for x, y in points)
    return len(points) in (4, 5) and are_corners and len(set(points)) == 4


def covered(boxes: Sequence[Box | None], covers: Sequence[Cover]) -> list[bool]:
    """Of each painted thing, in painting order: whether a cover that was painted later lies all over it."""
    largest = sorted(covers, key=lambda cover: -area(cover[1]))[:_MOST_COVERS]
    return [
        box is not None and any(before > index and _is_inside(box, place) for before, place in largest)
        for index, box in enumerate(boxes)
    ]


def _is_inside(box: Box, place: Box) -> bool:
    is_across = place[0] - _SLACK_PT <= box[0] and box[2] <= place[2] + _SLACK_PT
    return is_across and place[1] - _SLACK_PT <= box[1] and box[3] <= place[3] + _SLACK_PT
