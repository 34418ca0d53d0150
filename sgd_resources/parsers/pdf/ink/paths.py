"""Outlines of PDF paths: runs of path operators -> the box around their points, under any matrix.

Most paths are only ever asked for their box, so a run keeps its bytes and is read again for the few that are turned.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sgd_resources.parsers.pdf.pages.geometry import Box, Matrix

LARGEST = 1e15
"""Larger numbers are damage, and each reader makes something else of them."""
_BYTES_PER_OPERATOR = 512
"""Of a run of path operators at most: more is no drawing, and would fill the memory with numbers."""


class Outline(NamedTuple):
    """A path before any matrix: the box around its points, and its parts as runs of operators or as points."""

    box: Box
    parts: tuple[bytes | list[float], ...]

    def points(self) -> Iterator[tuple[float, float]]:
        """All points, control points too."""
        for part in self.parts:
            numbers = _coordinates(part) if isinstance(part, bytes) else part
            yield from zip(numbers[::2], numbers[1::2], strict=True)


def outline_of(points: list[float]) -> Outline:
    """The outline of at least one point: x, y, x, y ..."""
    return Outline(_box(points), (points,))


def rectangle(x0: float, y0: float, x1: float, y1: float) -> Outline:
    """The outline of a rectangle between two opposite corners."""
    return outline_of([x0, y0, x1, y1, x0, y1, x1, y0])


def joined(outlines: Sequence[Outline]) -> Outline:
    """One path of at least one."""
    if len(outlines) == 1:
        return outlines[0]
    boxes = [outline.box for outline in outlines]
    box = (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    return Outline(box, tuple(part for outline in outlines for part in outline.parts))


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
    points = list(outline.points())
    across = [a * x + c * y + e for x, y in points]
    along = [b * x + d * y + f for x, y in points]
    return min(across), min(along), max(across), max(along)


def read_run(run: bytes) -> tuple[Outline | None, int] | None:
    """(outline, operators) of a run of `m l c v y h re` with their operands; None when the operands are amiss.

    Operands are counted over the run, not operator by operator.
    """
    operators = len(run.translate(None, b"-+.0123456789\t\n\f\r e"))
    # checked first, so that no stretch of numbers without an operator is turned into objects
    if len(run) > _BYTES_PER_OPERATOR * operators:
        return None
    try:
        points = _coordinates(run)
    except ValueError:
        return None
    if not points:
        return None, operators
    box = _box(points)
    return (Outline(box, (run,)), operators) if max(-box[0], -box[1], box[2], box[3]) < LARGEST else None


def _coordinates(run: bytes) -> list[float]:
    """x, y, x, y ... of all points.

    Raises:
        ValueError: a number is malformed, or there are too few or too many.
    """
    points: list[float] = []
    # a rectangle alone states no points, so a run is cut behind each
    *rectangles, rest = run.split(b"re") if b"r" in run else [run]
    for piece in rectangles:
        numbers = _numbers(piece, 4)
        x, y, width, height = numbers[-4:]
        points += numbers[:-4]
        points += (x, y, x + width, y + height, x + width, y, x, y + height)
    last = _numbers(rest, 0)
    return points + last if points else last


def _numbers(piece: bytes, more: int) -> list[float]:
    numbers = list(map(float, piece.translate(None, b"mlcvyh").split()))
    letters = piece.translate(None, b"-+.0123456789\t\n\f\r ")
    closes, curves, halves = letters.count(b"h"), letters.count(b"c"), letters.count(b"v") + letters.count(b"y")
    if len(numbers) != 2 * (len(letters) - closes) + 4 * curves + 2 * halves + more:
        raise ValueError("operands do not add up")
    return numbers


def _box(points: list[float]) -> Box:
    xs, ys = points[::2], points[1::2]
    return min(xs), min(ys), max(xs), max(ys)
