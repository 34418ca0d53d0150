"""Matrices and boxes of PDF space (origin bottom-left). Pure geometry."""

from collections.abc import Iterable
from typing import Any

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)  # leaves every place where it is


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


def intersect(first: Box, second: Box) -> Box:
    """What both boxes cover; turned inside out where they do not meet."""
    a, b, c, d = first
    e, f, g, h = second
    # calls of min and max would take three times as long, and this is done for everything that is painted
    return a if a > e else e, b if b > f else f, c if c < g else g, d if d < h else h


def area(box: Box) -> float:
    """Of a box; 0 for one turned inside out."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])
