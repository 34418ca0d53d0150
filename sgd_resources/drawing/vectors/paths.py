"""Plain SVG -> drawing operators of a PDF page whose y runs downwards: shapes with one solid colour each.

What is not plain (gradients, strokes, masks, styles, words) is `NotPlain`, and its caller draws it as pixels. What must
not live here: which colours are printed in inks (the caller's `ink`).
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping

from fontTools.pens.basePen import BasePen
from fontTools.svgLib.path import parse_path
from lxml.etree import _Element as Element

from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsers.xml_tree import local_name, parse_xml

Ink = Callable[[str], str]
"""(`#rrggbb`) -> the operators that set it as the colour of areas."""
_KAPPA = 0.5522847498  # a quarter of a circle as a cubic; off by less than 0.03 % of the radius
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_TRANSFORM = re.compile(r"(matrix|translate|scale|rotate)\s*\(([^)]*)\)")
_KNOWN: Mapping[str, set[str]] = {
    "svg": {"x", "y", "width", "height", "viewBox", "version", "overflow", "preserveAspectRatio", "baseProfile"},
    "g": set(), "path": {"d"}, "rect": {"x", "y", "width", "height", "rx", "ry"}, "circle": {"cx", "cy", "r"},
    "ellipse": {"cx", "cy", "rx", "ry"}, "polygon": {"points"}, "defs": set(), "clipPath": set(), "title": set(),
    "desc": set(),
}  # fmt: skip
_SHARED = {"id", "fill", "fill-rule", "transform", "clip-path", "role", "aria-label"}
_NAMED = {"black": "#000000", "white": "#FFFFFF"}


class NotPlain(Exception):
    """The drawing has what is not told in areas of one colour."""


def drawn(svg: str | bytes, ink: Ink, *, frame: tuple[float, float, float, float] | None = None) -> str:
    """Operators that draw an SVG; in `frame` (x, y, width, height) where one is given, whole and in its middle.

    Raises:
        NotPlain: it has anything but plain areas.
    """
    try:
        root = parse_xml(svg if isinstance(svg, bytes) else svg.encode(), "the drawing")
    except RejectedEvidence as error:
        raise NotPlain("not XML") from error
    clips = {str(element.get("id", "")): element for element in root.iter() if _tag(element) == "clipPath"}
    drawing = _Drawing(ink, clips)
    if frame is None:
        return "\n".join(drawing.children(root, {"fill": "#000000"}))
    x, y, width, height = frame
    left, top, wide, high = _view(root)
    scale = min(width / wide, height / high)
    to_x, to_y = x + (width - wide * scale) / 2 - left * scale, y + (height - high * scale) / 2 - top * scale
    placed = f"{scale:.6f} 0 0 {scale:.6f} {to_x:.4f} {to_y:.4f} cm"
    return "\n".join(["q", placed, *drawing.element(root, {"fill": "#000000"}, is_root=True), "Q"])


class _Drawing:
    def __init__(self, ink: Ink, clips: Mapping[str, Element]) -> None:
        self._ink = ink
        self._clips = clips

    def children(self, parent: Element, state: Mapping[str, str]) -> Iterator[str]:
        for child in parent:
            yield from self.element(child, state)

    def element(self, element: Element, state: Mapping[str, str], *, is_root: bool = False) -> Iterator[str]:
        tag = _tag(element)
        if tag not in _KNOWN or {_bare(str(name)) for name in element.attrib} - _KNOWN[tag] - _SHARED:
            raise NotPlain(tag)
        if tag in ("defs", "clipPath", "title", "desc"):
            return
        own = {**state, **{name: str(element.attrib[name]) for name in ("fill", "fill-rule") if name in element.attrib}}
        moved = list(_moves(element.get("transform")))
        clip = self._clip(element.get("clip-path"))
        placed = [] if is_root or tag != "svg" else list(_nested(element))
        is_wrapped = bool(moved or clip or placed)
        yield from (["q", *moved, *clip, *placed] if is_wrapped else ())
        if tag in ("svg", "g"):
            yield from self.children(element, own)
        elif own["fill"] != "none":
            yield self._ink(_hex(own["fill"]))
            yield _outline(element, tag)
            yield "f*" if own.get("fill-rule") == "evenodd" else "f"
        yield from (["Q"] if is_wrapped else ())

    def _clip(self, wanted: str | None) -> list[str]:
        if wanted is None or wanted == "none":
            return []
        name = re.fullmatch(r"""url\(["']?#([^"')]+)["']?\)""", wanted.strip())
        path = self._clips.get(name[1]) if name else None
        if path is None or len(path) != 1 or set(path.attrib) - {"id"} or "transform" in path[0].attrib:
            raise NotPlain("clip-path")
        return [_outline(path[0], _tag(path[0])), "W n"]


class _Pen(BasePen):  # type: ignore[misc]  # untyped upstream
    """Collects a path as operators; quadratic segments become cubic."""

    def __init__(self) -> None:
        super().__init__(None)
        self.parts: list[str] = []

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self.parts.append(f"{pt[0]:.3f} {pt[1]:.3f} m")

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self.parts.append(f"{pt[0]:.3f} {pt[1]:.3f} l")

    def _curveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]) -> None:
        self.parts.append(" ".join(f"{value:.3f}" for point in (pt1, pt2, pt3) for value in point) + " c")

    def _closePath(self) -> None:
        self.parts.append("h")

    def _endPath(self) -> None:
        """An open area is closed where it is filled."""


def path_operators(data: str) -> str:
    """The operators of SVG path data. Raises NotPlain for data that is none."""
    pen = _Pen()
    try:
        parse_path(data, pen)
    except (ValueError, IndexError, TypeError, AssertionError) as error:
        raise NotPlain("path") from error
    return "\n".join(pen.parts)


def _outline(element: Element, tag: str) -> str:
    def number(name: str, default: float = 0.0) -> float:
        return _length(element.get(name), default)

    if tag == "path":
        return path_operators(element.get("d", ""))
    if tag == "rect":
        rx = number("rx", number("ry"))
        return _rect(number("x"), number("y"), number("width"), number("height"), rx, number("ry", rx))
    if tag == "circle":
        r = number("r")
        return _rect(number("cx") - r, number("cy") - r, 2 * r, 2 * r, r, r)
    if tag == "ellipse":
        rx, ry = number("rx"), number("ry")
        return _rect(number("cx") - rx, number("cy") - ry, 2 * rx, 2 * ry, rx, ry)
    if tag == "polygon":
        points = [float(value) for value in _NUMBER.findall(element.get("points", ""))]
        pairs = list(zip(points[::2], points[1::2], strict=False))
        steps = [f"{x:.3f} {y:.3f} {'l' if index else 'm'}" for index, (x, y) in enumerate(pairs)]
        return "\n".join([*steps, "h"] if steps else [])
    raise NotPlain(tag)


def _rect(x: float, y: float, width: float, height: float, rx: float, ry: float) -> str:
    rx, ry = min(rx, width / 2), min(ry, height / 2)
    if rx <= 0 or ry <= 0:
        return f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re"
    dx, dy, right, low = rx * (1 - _KAPPA), ry * (1 - _KAPPA), x + width, y + height
    points = (
        ((x + rx, y), "m"), ((right - rx, y), "l"), ((right - dx, y, right, y + dy, right, y + ry), "c"),
        ((right, low - ry), "l"), ((right, low - dy, right - dx, low, right - rx, low), "c"), ((x + rx, low), "l"),
        ((x + dx, low, x, low - dy, x, low - ry), "c"), ((x, y + ry), "l"), ((x, y + dy, x + dx, y, x + rx, y), "c"),
    )  # fmt: skip
    return "\n".join([*(f"{' '.join(f'{v:.3f}' for v in values)} {step}" for values, step in points), "h"])


def _nested(element: Element) -> Iterator[str]:
    """Clip to an inner SVG's box, and its own coordinates."""
    x, y = _length(element.get("x")), _length(element.get("y"))
    left, top, wide, high = _view(element)
    width, height = _length(element.get("width"), wide), _length(element.get("height"), high)
    yield f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re W n"
    sx, sy = width / wide, height / high
    yield f"{sx:.6f} 0 0 {sy:.6f} {x - left * sx:.4f} {y - top * sy:.4f} cm"


def _view(element: Element) -> tuple[float, float, float, float]:
    box = [float(value) for value in _NUMBER.findall(element.get("viewBox", ""))]
    if len(box) != 4:
        box = [0.0, 0.0, _length(element.get("width")), _length(element.get("height"))]
    if box[2] <= 0 or box[3] <= 0:
        raise NotPlain("size")
    return box[0], box[1], box[2], box[3]


def _moves(transform: str | None) -> Iterator[str]:
    if transform is None:
        return
    if _TRANSFORM.sub("", transform).strip(" ,\n\t"):
        raise NotPlain("transform")
    for kind, written in _TRANSFORM.findall(transform):
        v = [float(value) for value in _NUMBER.findall(written)]
        if kind == "matrix" and len(v) == 6:
            m = v
        elif kind == "translate" and len(v) in (1, 2):
            m = [1, 0, 0, 1, v[0], v[1] if len(v) == 2 else 0]
        elif kind == "scale" and len(v) in (1, 2):
            m = [v[0], 0, 0, v[-1], 0, 0]
        elif kind == "rotate" and len(v) in (1, 3):
            cos, sin = math.cos(math.radians(v[0])), math.sin(math.radians(v[0]))
            x, y = (v[1], v[2]) if len(v) == 3 else (0.0, 0.0)
            m = [cos, sin, -sin, cos, x - x * cos + y * sin, y - x * sin - y * cos]
        else:
            raise NotPlain("transform")
        yield f"{' '.join(f'{value:.6f}' for value in m)} cm"


def _hex(value: str) -> str:
    value = _NAMED.get(value.strip().lower(), value.strip())
    if re.fullmatch(r"#[0-9a-fA-F]{3}", value):
        value = "#" + "".join(2 * digit for digit in value[1:])
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise NotPlain("fill")
    return value.upper()


def _length(value: str | None, default: float = 0.0) -> float:
    if value is None:
        return default
    if not re.fullmatch(rf"\s*{_NUMBER.pattern}\s*(px)?\s*", value):
        raise NotPlain("length")
    return float(value.strip().removesuffix("px"))


def _tag(element: Element) -> str:
    return local_name(element)


def _bare(name: str) -> str:
    return name.rpartition("}")[2]
