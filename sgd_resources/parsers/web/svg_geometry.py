"""Area and box of SVG shapes in the drawing's own units, from outlines. Estimates: overlaps are not subtracted."""

import math
import re

from fontTools.misc.transform import Transform as Matrix
from fontTools.pens.areaPen import AreaPen
from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import parse_path
from lxml import etree

__all__ = ["Box", "Matrix", "area_and_box", "matrix_of", "view_box"]

_NUMBERS = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_STEP = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^)]*)\)")
_LONGEST_PATH = 60_000  # characters; bounds the time of a traced photograph
_PER_UNIT = {"px": 1.0, "": 1.0, "pt": 4 / 3, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "pc": 16.0}

Box = tuple[float, float, float, float]


def view_box(root: etree._Element) -> Box:
    """(x, y, width, height) of the drawing: viewBox, else its size in px, else 0 0 300 150 as browsers assume."""
    numbers = [float(number) for number in _NUMBERS.findall(root.get("viewBox") or "")]
    if len(numbers) == 4 and numbers[2] > 0 and numbers[3] > 0:
        return numbers[0], numbers[1], numbers[2], numbers[3]
    return 0.0, 0.0, length(root.get("width")) or 300.0, length(root.get("height")) or 150.0


def length(value: str | None) -> float | None:
    """A length in px, or None for percentages and nonsense."""
    match = re.match(r"\s*([+-]?[\d.]+(?:e[+-]?\d+)?)\s*([a-z]*)\s*$", value or "", re.IGNORECASE)
    if not match or match[2].lower() not in _PER_UNIT:
        return None
    try:
        return float(match[1]) * _PER_UNIT[match[2].lower()]
    except ValueError:
        return None


def matrix_of(transform: str | None) -> Matrix:
    """The matrix of a `transform` attribute; identity when there is none."""
    matrix = Matrix()
    for name, arguments in _STEP.findall(transform or ""):
        values = [float(number) for number in _NUMBERS.findall(arguments)]
        if not values:
            continue
        if name == "matrix" and len(values) == 6:
            matrix = matrix.transform(values)
        elif name == "translate":
            matrix = matrix.translate(values[0], values[1] if len(values) > 1 else 0)
        elif name == "scale":
            matrix = matrix.scale(values[0], values[1] if len(values) > 1 else values[0])
        elif name == "rotate":
            centre = values[1:3] if len(values) >= 3 else [0, 0]
            matrix = matrix.translate(*centre).rotate(math.radians(values[0])).translate(-centre[0], -centre[1])
        elif name in ("skewX", "skewY"):
            angle = math.radians(values[0])
            matrix = matrix.skew(angle, 0) if name == "skewX" else matrix.skew(0, angle)
    return matrix


def area_and_box(element: etree._Element, name: str, matrix: Matrix) -> tuple[float | None, Box | None]:
    """(area, box) after `matrix`, or None where the outline is unknown."""
    recorder = RecordingPen()
    try:
        if not _draw(element, name, recorder):
            return None, None
        area_pen, bounds_pen = AreaPen(), ControlBoundsPen(None)
        recorder.replay(TransformPen(area_pen, matrix))
        recorder.replay(TransformPen(bounds_pen, matrix))
    except (ValueError, IndexError, NotImplementedError, AssertionError, TypeError, ZeroDivisionError, OverflowError):
        return None, None  # a broken outline still states its colour
    bounds = bounds_pen.bounds
    if bounds is None or not all(math.isfinite(value) for value in bounds):
        return None, None
    return abs(float(area_pen.value)), tuple(round(float(value), 2) for value in bounds)  # type: ignore[return-value]  # four numbers


def _draw(element: etree._Element, name: str, pen: RecordingPen) -> bool:
    def number(key: str) -> float:
        return length(element.get(key)) or 0.0

    if name == "path":
        outline = element.get("d") or ""
        if not outline or len(outline) > _LONGEST_PATH:
            return False
        parse_path(outline, pen)
        _close_open(pen)
    elif name == "rect":
        x, y, width, height = number("x"), number("y"), number("width"), number("height")
        _polygon(pen, [(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
    elif name in ("circle", "ellipse"):
        radius_x = number("r") if name == "circle" else number("rx")
        radius_y = number("r") if name == "circle" else number("ry")
        steps = [2 * math.pi * step / 24 for step in range(24)]
        _polygon(
            pen,
            [(number("cx") + radius_x * math.cos(angle), number("cy") + radius_y * math.sin(angle)) for angle in steps],
        )
    elif name in ("polygon", "polyline"):
        values = [float(value) for value in _NUMBERS.findall(element.get("points") or "")]
        points = list(zip(values[::2], values[1::2], strict=False))
        if len(points) < 2:
            return False
        _polygon(pen, points)
    else:
        return False
    return True


def _polygon(pen: RecordingPen, points: list[tuple[float, float]]) -> None:
    pen.moveTo(points[0])
    for point in points[1:]:
        pen.lineTo(point)
    pen.closePath()


def _close_open(pen: RecordingPen) -> None:
    """Fills close every subpath; pens want it said."""
    closed = []
    for operator, operands in pen.value:
        closed.append(("closePath" if operator == "endPath" else operator, operands))
    pen.value[:] = closed
