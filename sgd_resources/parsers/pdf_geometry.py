"""Matrices and boxes of PDF space (origin bottom-left). Pure geometry."""

from collections.abc import Iterable
from typing import Any, NamedTuple

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


class Outline(NamedTuple):
    """Points of a path (x, y, x, y ...) before any matrix, and the box around them."""

    points: list[float]
    box: Box


def outline_of(points: list[float]) -> Outline:
    """The outline of at least one point."""
    xs, ys = points[::2], points[1::2]
    return Outline(points, (min(xs), min(ys), max(xs), max(ys)))


def rectangle(x0: float, y0: float, x1: float, y1: float) -> Outline:
    """The outline of a rectangle between two opposite corners."""
    return outline_of([x0, y0, x1, y1, x0, y1, x1, y0])


def joined(first: Outline | None, second: Outline) -> Outline:
    """One path of two parts."""
    if first is None:
        return second
    a, b = first.box, second.box
    box = min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])
    return Outline(first.points + second.points, box)


def matrix_of(values: Iterable[Any]) -> Matrix:
    """The matrix that six operands state.

    Raises:
        ValueError, TypeError: they are not six numbers.
    """
    a, b, c, d, e, f = map(float, values)
    return a, b, c, d, e, f


def multiply(first: Matrix, second: Matrix) -> Matrix:
    """`first`, then `second`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def box_under(matrix: Matrix, outline: Outline) -> Box:
    """Box around an outline under a matrix."""
    a, b, c, d, e, f = matrix
    if b == 0 and c == 0:
        left, bottom, right, top = outline.box
        if a < 0:
            left, right = right, left
        if d < 0:
            bottom, top = top, bottom
        return left * a + e, bottom * d + f, right * a + e, top * d + f
    xs, ys = outline.points[::2], outline.points[1::2]
    across = [a * x + c * y + e for x, y in zip(xs, ys, strict=True)]
    along = [b * x + d * y + f for x, y in zip(xs, ys, strict=True)]
    return min(across), min(along), max(across), max(along)


def intersect(first: Box, second: Box) -> Box:
    """What both boxes cover; turned inside out where they do not meet."""
    a, b, c, d = first
    e, f, g, h = second
    # calls of min and max would take three times as long, and this is done for everything that is painted
    return a if a > e else e, b if b > f else f, c if c < g else g, d if d < h else h


def area(box: Box) -> float:
    """Of a box; 0 for one turned inside out."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])
