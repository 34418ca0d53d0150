"""Interprets PDF content streams: every painted colour with its exact operands, and where on the page it was painted.

Tracks what decides colour and place: graphics state stack, CTM, colour spaces, clipping boxes, ExtGState alpha, form
XObjects (recursively), shadings and patterns. Text is painted but not read here (`pdf_text`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

import pikepdf

from sgd_resources.parsers.pdf_spaces import CMYK, GRAY, RGB, ColourSpace, ColourSpaces

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_MAX_OPERATORS = 400_000
_THICK_PT = 5.0
_FILLS = {"f", "F", "f*", "B", "B*", "b", "b*"}
_STROKES = {"S", "s", "B", "B*", "b", "b*"}
_CLOSING = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "n"}
_TEXT_SHOWING = {"Tj", "TJ", "'", '"'}


@dataclass(frozen=True)
class Paint:
    """One painted thing. `box` is in PDF space (origin bottom-left), clipped; None for text (see `pdf_text`)."""

    kind: Literal["fill", "stroke", "text_fill", "gradient"]
    space: ColourSpace
    components: tuple[float, ...]
    operator: str
    alpha: float
    box: Box | None
    is_area: bool = False
    """A filled shape, or a stroke so thick that it reads as one."""


@dataclass(frozen=True)
class _Colour:
    space: ColourSpace = GRAY
    components: tuple[float, ...] = (0.0,)
    operator: str = "0 g"
    pattern: str | None = None
    is_set: bool = False


@dataclass(frozen=True)
class _State:
    matrix: Matrix = _IDENTITY
    clip: Box = (-1e9, -1e9, 1e9, 1e9)
    fill: _Colour = field(default_factory=_Colour)
    stroke: _Colour = field(default_factory=_Colour)
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    render_mode: int = 0
    line_width: float = 1.0


@dataclass
class PageInk:
    """What one page paints, in painting order."""

    paints: list[Paint] = field(default_factory=list)
    images: list[tuple[Box, pikepdf.Object | None]] = field(default_factory=list)
    is_cut_short: bool = False


def read_ink(page: pikepdf.Page, spaces: ColourSpaces, visible: Box) -> PageInk:
    """Everything that `page` paints inside the `visible` box (PDF space)."""
    ink = PageInk()
    _Interpreter(ink, spaces).run(
        page, page.obj.get("/Resources") or _inherited(page), _State(clip=visible), 0, frozenset()
    )
    return ink


def _inherited(page: pikepdf.Page) -> pikepdf.Object | None:
    node = page.obj
    for _ in range(32):
        if "/Resources" in node:
            return node["/Resources"]
        if "/Parent" not in node:
            return None
        node = cast("pikepdf.Dictionary", node["/Parent"])
    return None


class _Interpreter:
    def __init__(self, ink: PageInk, spaces: ColourSpaces) -> None:
        self._ink = ink
        self._spaces = spaces
        self._left = _MAX_OPERATORS

    def run(
        self,
        source: pikepdf.Page | pikepdf.Object,
        resources: pikepdf.Object | None,
        state: _State,
        depth: int,
        inside: frozenset[tuple[int, int]],
    ) -> None:
        """Interpret one stream, starting in `state`; `inside` are the forms it is drawn in."""
        try:
            instructions = pikepdf.parse_content_stream(source)
        except (pikepdf.PdfError, TypeError, ValueError):
            self._ink.is_cut_short = True
            return
        stack: list[_State] = []
        points: list[tuple[float, float]] = []
        clip_next = False
        for instruction in instructions:
            self._left -= 1
            if self._left < 0:
                self._ink.is_cut_short = True
                return
            operator = str(instruction.operator)
            operands = cast("Sequence[pikepdf.Object]", instruction.operands)
            try:
                if operator in ("m", "l"):
                    points.append((float(operands[0]), float(operands[1])))
                elif operator == "c":
                    values = [float(value) for value in operands]
                    points += [(values[0], values[1]), (values[2], values[3]), (values[4], values[5])]
                elif operator in ("v", "y"):
                    values = [float(value) for value in operands]
                    points += [(values[0], values[1]), (values[2], values[3])]
                elif operator == "re":
                    x, y, width, height = (float(value) for value in operands)
                    points += [(x, y), (x + width, y + height), (x + width, y), (x, y + height)]
                elif operator in _CLOSING:
                    box = _box_of(points, state.matrix)
                    if box and operator != "n":
                        self._paint(operator, box, state, resources)
                    if clip_next and box:
                        state = replace(state, clip=_intersect(state.clip, box))
                    points, clip_next = [], False
                elif operator in ("W", "W*"):
                    clip_next = True
                elif operator == "q":
                    stack.append(state)
                elif operator == "Q":
                    state = stack.pop() if stack else state
                elif operator == "cm":
                    state = replace(state, matrix=_multiply(_matrix(operands), state.matrix))
                elif operator == "gs":
                    state = self._graphics_state(state, resources, str(operands[0]))
                elif operator == "w":
                    state = replace(state, line_width=float(operands[0]))
                elif operator == "Tr":
                    state = replace(state, render_mode=int(operands[0]))
                elif operator in _TEXT_SHOWING:
                    self._show_text(state)
                elif operator == "Do":
                    self._draw(state, resources, str(operands[0]), depth, inside)
                elif operator == "sh":
                    self._shading(
                        _lookup(resources, "/Shading", str(operands[0])),
                        f"{operands[0]} sh",
                        state.clip,
                        state.fill_alpha,
                    )
                elif operator in _COLOUR_SETTERS:
                    state = self._set_colour(state, operator, operands, resources)
                elif operator == "INLINE IMAGE":
                    box = _box_of([(0, 0), (1, 1), (1, 0), (0, 1)], state.matrix)
                    if box:
                        self._ink.images.append((_intersect(box, state.clip), None))
            except (ValueError, TypeError, IndexError, KeyError, pikepdf.PdfError, OverflowError, AttributeError):
                self._ink.is_cut_short = True  # one bad operator: the rest of the page still counts

    # ------------------------------------------------------------ painting

    def _paint(self, operator: str, box: Box, state: _State, resources: pikepdf.Object | None) -> None:
        clipped = _intersect(box, state.clip)
        if operator in _FILLS and _area(clipped) > 0:
            self._add("fill", state.fill, state.fill_alpha, clipped, resources, is_area=True)
        if operator in _STROKES:
            a, b, c, d, _, _ = state.matrix
            width = state.line_width * abs(a * d - b * c) ** 0.5
            half = width / 2
            wide = _intersect((box[0] - half, box[1] - half, box[2] + half, box[3] + half), state.clip)
            if wide[2] >= wide[0] and wide[3] >= wide[1]:
                self._add("stroke", state.stroke, state.stroke_alpha, wide, resources, is_area=width >= _THICK_PT)

    def _show_text(self, state: _State) -> None:
        mode = state.render_mode % 4
        if mode in (0, 2):
            self._add("text_fill", state.fill, state.fill_alpha, None, None)
        if mode in (1, 2):
            self._add("stroke", state.stroke, state.stroke_alpha, None, None)

    def _add(
        self,
        kind: Literal["fill", "stroke", "text_fill"],
        colour: _Colour,
        alpha: float,
        box: Box | None,
        resources: pikepdf.Object | None,
        *,
        is_area: bool = False,
    ) -> None:
        if colour.pattern is not None:
            if box:
                self._pattern(colour.pattern, resources, box, alpha)
            return
        # the initial black that no operator sets is no statement
        if alpha <= 0 or not colour.is_set:
            return
        self._spaces.want(colour.space, colour.components)
        self._ink.paints.append(Paint(kind, colour.space, colour.components, colour.operator, alpha, box, is_area))

    def _pattern(self, name: str, resources: pikepdf.Object | None, box: Box, alpha: float) -> None:
        pattern = _lookup(resources, "/Pattern", name)
        if pattern is not None and int(pattern.get("/PatternType", 0)) == 2:
            self._shading(pattern.get("/Shading"), f"{name} scn", box, alpha)

    def _shading(self, shading: pikepdf.Object | None, operator: str, box: Box, alpha: float) -> None:
        if shading is None or "/ColorSpace" not in shading:
            return
        space = self._spaces.of(shading["/ColorSpace"])
        for components in _stops(shading.get("/Function"), 0):
            if len(components) == space.size:
                self._spaces.want(space, components)
                self._ink.paints.append(Paint("gradient", space, components, operator, alpha, box))

    def _draw(
        self, state: _State, resources: pikepdf.Object | None, name: str, depth: int, inside: frozenset[tuple[int, int]]
    ) -> None:
        item = _lookup(resources, "/XObject", name)
        if item is None or depth > 12:
            return
        kind = str(item.get("/Subtype", ""))
        if kind == "/Image":
            box = _box_of([(0, 0), (1, 1), (1, 0), (0, 1)], state.matrix)
            if box:
                self._ink.images.append((_intersect(box, state.clip), item))
                if item.get("/ImageMask"):
                    self._add("fill", state.fill, state.fill_alpha, _intersect(box, state.clip), resources)
        elif kind == "/Form" and item.objgen not in inside:
            matrix = _multiply(_matrix(item["/Matrix"]), state.matrix) if "/Matrix" in item else state.matrix
            clip = state.clip
            if "/BBox" in item:
                x0, y0, x1, y1 = (float(value) for value in item["/BBox"])
                box = _box_of([(x0, y0), (x1, y1), (x0, y1), (x1, y0)], matrix)
                clip = _intersect(clip, box) if box else clip
            inner = replace(state, matrix=matrix, clip=clip)
            self.run(item, item.get("/Resources") or resources, inner, depth + 1, inside | {item.objgen})

    # ------------------------------------------------------------ state

    def _set_colour(
        self, state: _State, operator: str, operands: Sequence[pikepdf.Object], resources: pikepdf.Object | None
    ) -> _State:
        is_fill = operator[0].islower()
        current = state.fill if is_fill else state.stroke
        lowered = operator.lower()
        if lowered in ("g", "rg", "k"):
            space = {"g": GRAY, "rg": RGB, "k": CMYK}[lowered]
            numbers = tuple(round(float(value), 5) for value in operands)[: space.size]
            if len(numbers) != space.size:
                return state
            colour = _Colour(space, _clamped(numbers), f"{_written(operands)} {operator}", None, True)
        elif lowered == "cs":
            space = self._spaces.named(str(operands[0]), resources)
            start = (1.0,) * space.size if space.kind == "spot" else (0.0,) * space.size
            if space.kind == "cmyk" and space.size == 4:
                start = (0.0, 0.0, 0.0, 1.0)
            colour = _Colour(space, start, f"{operands[0]} {operator}", None, True)
        elif operands and isinstance(operands[-1], pikepdf.Name):
            colour = replace(current, pattern=str(operands[-1]))
        else:
            numbers = tuple(round(float(value), 5) for value in operands)
            space = current.space
            if len(numbers) != space.size:
                return state
            name = (
                ""
                if space.is_device
                else f"{current.operator.split()[0]} {'cs' if is_fill else 'CS'} "
                if current.operator.startswith("/")
                else ""
            )
            components = (
                numbers
                if space.kind == "lab"
                else _clamped(numbers)
                if space.size > 1 or space.kind in ("spot", "gray")
                else numbers
            )
            colour = _Colour(space, components, f"{name}{_written(operands)} {operator}", None, True)
        return replace(state, fill=colour) if is_fill else replace(state, stroke=colour)

    def _graphics_state(self, state: _State, resources: pikepdf.Object | None, name: str) -> _State:
        found = _lookup(resources, "/ExtGState", name)
        if found is None:
            return state
        return replace(
            state,
            fill_alpha=float(found["/ca"]) if "/ca" in found else state.fill_alpha,
            stroke_alpha=float(found["/CA"]) if "/CA" in found else state.stroke_alpha,
        )


_COLOUR_SETTERS = {"g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN"}


def _lookup(resources: pikepdf.Object | None, table: str, name: str) -> pikepdf.Object | None:
    entries = resources.get(table) if isinstance(resources, pikepdf.Dictionary) else None
    return entries.get(name) if isinstance(entries, pikepdf.Dictionary) else None


def _stops(function: pikepdf.Object | None, depth: int) -> list[tuple[float, ...]]:
    """Colours at the ends of an interpolation function; of each piece of a stitched one; samples of a table's ends."""
    if function is None or depth > 4:
        return []
    if isinstance(function, pikepdf.Array):
        columns = [_stops(part, depth + 1) for part in function]
        if not columns or any(len(column) != len(columns[0]) for column in columns):
            return []
        return [tuple(column[index][0] for column in columns) for index in range(len(columns[0]))]
    kind = int(function.get("/FunctionType", -1))
    if kind == 2:
        return [
            tuple(round(float(value), 5) for value in function.get(key, [fallback]))
            for key, fallback in (("/C0", 0.0), ("/C1", 1.0))
        ]
    if kind == 3:
        found: list[tuple[float, ...]] = []
        for part in function["/Functions"]:
            for stop in _stops(part, depth + 1):
                if stop not in found:
                    found.append(stop)
        return found
    if kind == 0 and int(function.get("/BitsPerSample", 0)) == 8:
        size = len(function["/Range"]) // 2
        data = function.read_bytes()
        if len(function["/Size"]) == 1 and size and len(data) >= 2 * size:
            count = len(data) // size
            picks = sorted({0, count - 1})
            return [tuple(round(byte / 255, 5) for byte in data[pick * size : pick * size + size]) for pick in picks]
    return []


def _written(operands: Sequence[pikepdf.Object]) -> str:
    return " ".join(str(value) for value in operands)


def _clamped(values: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(min(1.0, max(0.0, value)) for value in values)


def _matrix(values: Iterable[Any]) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in values)
    return a, b, c, d, e, f


def _multiply(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _box_of(points: Sequence[tuple[float, float]], matrix: Matrix) -> Box | None:
    if not points:
        return None
    a, b, c, d, e, f = matrix
    if b == 0 and c == 0:
        xs = [x for x, _ in points]
        ys = [y for _, y in points]
        x0, x1, y0, y1 = min(xs) * a + e, max(xs) * a + e, min(ys) * d + f, max(ys) * d + f
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    xs = [a * x + c * y + e for x, y in points]
    ys = [b * x + d * y + f for x, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _intersect(first: Box, second: Box) -> Box:
    return max(first[0], second[0]), max(first[1], second[1]), min(first[2], second[2]), min(first[3], second[3])


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])
