"""Interprets PDF content streams: every painted colour with its exact operands, and where on the page it was painted.

Tracks what decides colour and place: graphics state stack, CTM, colour spaces, clipping boxes, ExtGState alpha, form
XObjects (recursively), shadings and patterns. Text is painted but not read here (`text/page_text.py`); bytes become
operators in `tokens`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, cast

import pikepdf

from sgd_resources.parsers.pdf.ink.covers import LEAST_AREA, Cover, is_upright_rectangle
from sgd_resources.parsers.pdf.ink.gradients import stops
from sgd_resources.parsers.pdf.ink.graphics_state import Colour, GraphicsState, Progress
from sgd_resources.parsers.pdf.ink.paths import Outline, box_under, joined, rectangle
from sgd_resources.parsers.pdf.ink.spaces import CMYK, GRAY, RGB, ColourSpace, ColourSpaces
from sgd_resources.parsers.pdf.ink.tokens import (
    BEGIN_MARKED,
    DAMAGED,
    END_MARKED,
    INLINE_IMAGE,
    PAINT_PATH,
    SET_COLOUR,
    SHOW_TEXT,
    Instruction,
    read_instructions,
    written,
)
from sgd_resources.parsers.pdf.pages.geometry import Box, area, intersect, matrix_of, multiply
from sgd_resources.parsers.pdf.pages.layers import Layers

_MAX_OPERATORS = 400_000  # room for pages of vector illustrations; bounds the time of one
_THICK_PT = 5.0  # a line as thick is drawn for its colour: a bar, no rule
_UNIT_SQUARE = rectangle(0, 0, 1, 1)
_FILLS = frozenset((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"))
_PAINTS_ALONE = SHOW_TEXT | {b"Do", b"sh", INLINE_IMAGE}
_STROKES = frozenset((b"S", b"s", b"B", b"B*", b"b", b"b*"))


PaintKind = Literal["fill", "stroke", "text_fill", "gradient"]


class Paint(NamedTuple):
    """One painted thing. `box` is in PDF space (origin bottom-left), clipped; None for text (`text/page_text.py`)."""

    kind: PaintKind
    space: ColourSpace
    components: tuple[float, ...]
    operator: str
    alpha: float
    box: Box | None
    is_area: bool = False
    """A filled shape, or a stroke so thick that it reads as one."""


@dataclass
class PageInk:
    """What one page paints, in painting order."""

    paints: list[Paint] = field(default_factory=list)
    images: list[tuple[Box, pikepdf.Object | None]] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    """Opaque rectangles and pictures."""
    unstated: list[Box] = field(default_factory=list)
    """Places painted in the black that a page begins with."""
    is_cut_short: bool = False
    hides_layers: bool = False
    """Something of it stands in a layer that is off."""
    is_over_budget: bool = False
    """Cut short because it holds more operators than are read."""


def read_ink(page: pikepdf.Page, spaces: ColourSpaces, visible: Box, layers: Layers | None = None) -> PageInk:
    """Everything that `page` paints inside the `visible` box (PDF space), but for layers that are off."""
    ink = PageInk()
    _Interpreter(ink, spaces, layers).run(
        page, page.obj.get("/Resources") or _inherited(page), GraphicsState(visible), 0, frozenset()
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
    def __init__(self, ink: PageInk, spaces: ColourSpaces, layers: Layers | None) -> None:
        self._ink = ink
        self._spaces = spaces
        self._layers = None if layers is None or layers.are_all_on else layers
        self._off = 0
        """How many of the marked contents and forms around what is painted belong to layers that are off."""
        self._left = _MAX_OPERATORS
        self._forms: dict[tuple[int, int], list[Instruction]] = {}

    def run(
        self,
        source: pikepdf.Page | pikepdf.Object,
        resources: pikepdf.Object | None,
        state: GraphicsState,
        depth: int,
        inside: frozenset[tuple[int, int]],
    ) -> None:
        """Interpret one stream, starting in `state` (changed); `inside` are the forms it is drawn in."""
        try:
            instructions = self._instructions(source)
        except (pikepdf.PdfError, TypeError, ValueError):
            self._ink.is_cut_short = True
            return
        now = Progress(state, resources, depth, inside)
        before = 0
        for operator, operands, outline, count in instructions:
            self._left -= count - before
            before = count
            if self._left < 0:
                self._ink.is_cut_short = self._ink.is_over_budget = True
                return
            try:
                if outline is not None:
                    now.path.append(outline)
                elif operator in PAINT_PATH:
                    self._end_path(now, operator)
                else:
                    self._obey(now, operator, operands)
            except (ValueError, TypeError, IndexError, KeyError, pikepdf.PdfError, OverflowError, AttributeError):
                self._ink.is_cut_short = True  # one bad operator: the rest of the page still counts
        self._off -= sum(now.marked)

    def _end_path(self, now: Progress, operator: bytes) -> None:
        state = now.state
        if now.path and (now.clips_next or operator != b"n"):
            shape = joined(now.path)
            box = box_under(state.matrix, shape)
            if not self._off:
                self._paint(operator, box, state, now.resources)
                self._cover(operator, shape, box, state)
            if now.clips_next:
                state.is_clip_shaped |= not is_upright_rectangle(state.matrix, shape)
                state.clip = intersect(state.clip, box)
        now.path, now.clips_next = [], False

    def _obey(self, now: Progress, operator: bytes, operands: Sequence[bytes]) -> None:
        if operator in _PAINTS_ALONE:
            if not self._off:
                self._paint_alone(now, operator, operands)
        elif operator in SET_COLOUR:
            self._set_colour(now.state, operator, operands, now.resources)
        elif operator == b"gs":
            self._graphics_state(now.state, now.resources, operands[0].decode())
        elif operator == BEGIN_MARKED:
            properties = _lookup(now.resources, "/Properties", operands[0].decode()) if operands else None
            now.marked.append(self._is_off(properties))
            self._off += now.marked[-1]
        elif operator == END_MARKED:
            self._off -= now.marked.pop() if now.marked else False
        elif operator == DAMAGED:
            self._ink.is_cut_short = True
        else:
            _change(now, operator, operands)

    def _paint_alone(self, now: Progress, operator: bytes, operands: Sequence[bytes]) -> None:
        """What paints without a path: text, forms and pictures, shadings."""
        state = now.state
        if operator in SHOW_TEXT:
            self._show_text(state)
        elif operator == b"Do":
            self._draw(now, operands[0].decode())
        elif operator == b"sh":
            name = operands[0].decode()
            self._shading(_lookup(now.resources, "/Shading", name), f"{name} sh", state.clip, state.fill_alpha)
        else:
            self._ink.images.append((intersect(box_under(state.matrix, _UNIT_SQUARE), state.clip), None))

    def _is_off(self, membership: pikepdf.Object | None) -> bool:
        is_off = self._layers is not None and self._layers.is_off(membership)
        self._ink.hides_layers = self._ink.hides_layers or is_off
        return is_off

    def _instructions(self, source: pikepdf.Page | pikepdf.Object) -> list[Instruction]:
        """Those of a stream; forms are drawn again and again, so theirs are kept."""
        if isinstance(source, pikepdf.Page) or not source.is_indirect:
            return read_instructions(source, _MAX_OPERATORS)
        found = self._forms.get(source.objgen)
        if found is None:
            found = self._forms[source.objgen] = read_instructions(source, _MAX_OPERATORS)
        return found

    # ------------------------------------------------------------ painting

    def _paint(self, operator: bytes, box: Box, state: GraphicsState, resources: pikepdf.Object | None) -> None:
        clipped = intersect(box, state.clip)
        if operator in _FILLS and area(clipped) > 0:
            self._add("fill", state.fill, state.fill_alpha, clipped, resources, is_area=True)
        if operator in _STROKES:
            a, b, c, d, _, _ = state.matrix
            width = state.line_width * abs(a * d - b * c) ** 0.5
            half = width / 2
            wide = intersect((box[0] - half, box[1] - half, box[2] + half, box[3] + half), state.clip)
            if wide[2] >= wide[0] and wide[3] >= wide[1]:
                self._add("stroke", state.stroke, state.stroke_alpha, wide, resources, is_area=width >= _THICK_PT)

    def _cover(self, operator: bytes, shape: Outline, box: Box, state: GraphicsState) -> None:
        place = intersect(box, state.clip)
        is_whole = operator in _FILLS and state.fill_alpha >= 1 and state.fill.pattern is None
        is_whole = is_whole and area(place) >= LEAST_AREA and not (state.is_blended or state.is_clip_shaped)
        if is_whole and is_upright_rectangle(state.matrix, shape):
            # all but the fill and the stroke of its own path lie under it
            own = (operator in _STROKES) + 1
            self._ink.covers.append((len(self._ink.paints) - own, place))

    def _cover_with_picture(self, item: pikepdf.Object, place: Box, state: GraphicsState) -> None:
        is_whole = state.fill_alpha >= 1 and not any(
            key in item for key in ("/SMask", "/Mask", "/ImageMask", "/SMaskInData")
        )
        a, b, c, d, _, _ = state.matrix
        is_upright = (b == 0 == c) or (a == 0 == d)
        if is_whole and is_upright and area(place) >= LEAST_AREA and not (state.is_blended or state.is_clip_shaped):
            self._ink.covers.append((len(self._ink.paints), place))

    def _show_text(self, state: GraphicsState) -> None:
        mode = state.render_mode % 4
        if mode in (0, 2):
            self._add("text_fill", state.fill, state.fill_alpha, None, None)
        if mode in (1, 2):
            self._add("stroke", state.stroke, state.stroke_alpha, None, None)

    def _add(
        self,
        kind: PaintKind,
        colour: Colour,
        alpha: float,
        box: Box | None,
        resources: pikepdf.Object | None,
        *,
        is_area: bool = False,
    ) -> None:
        space, components, operator, pattern, is_set = colour
        if pattern is not None:
            if box:
                self._pattern(pattern, resources, box, alpha)
            return
        # the initial black that no operator sets is no statement of a colour, but rules and bullets are drawn in it
        if alpha <= 0 or not is_set:
            if alpha > 0 and box:
                self._ink.unstated.append(box)
            return
        self._spaces.want(space, components)
        self._ink.paints.append(Paint(kind, space, components, operator, alpha, box, is_area))

    def _pattern(self, name: str, resources: pikepdf.Object | None, box: Box, alpha: float) -> None:
        pattern = _lookup(resources, "/Pattern", name)
        if pattern is not None and int(pattern.get("/PatternType", 0)) == 2:
            self._shading(pattern.get("/Shading"), f"{name} scn", box, alpha)

    def _shading(self, shading: pikepdf.Object | None, operator: str, box: Box, alpha: float) -> None:
        if shading is None or "/ColorSpace" not in shading:
            return
        space = self._spaces.of(shading["/ColorSpace"])
        for components in stops(shading.get("/Function")):
            if len(components) == space.size:
                self._spaces.want(space, components)
                self._ink.paints.append(Paint("gradient", space, components, operator, alpha, box))

    def _draw(self, now: Progress, name: str) -> None:
        state, resources = now.state, now.resources
        item = _lookup(resources, "/XObject", name)
        if item is None or now.depth > 12 or self._is_off(item.get("/OC")):
            return
        kind = str(item.get("/Subtype", ""))
        if kind == "/Image":
            box = intersect(box_under(state.matrix, _UNIT_SQUARE), state.clip)
            self._ink.images.append((box, item))
            self._cover_with_picture(item, box, state)
            if item.get("/ImageMask"):
                self._add("fill", state.fill, state.fill_alpha, box, resources)
        elif kind == "/Form" and item.objgen not in now.inside:
            inner = state.copy()
            if "/Matrix" in item:
                inner.matrix = multiply(matrix_of(item["/Matrix"]), state.matrix)
            if "/BBox" in item:
                x0, y0, x1, y1 = (float(value) for value in item["/BBox"])
                inner.clip = intersect(state.clip, box_under(inner.matrix, rectangle(x0, y0, x1, y1)))
            self.run(item, item.get("/Resources") or resources, inner, now.depth + 1, now.inside | {item.objgen})

    # ------------------------------------------------------------ state

    def _set_colour(
        self, state: GraphicsState, operator: bytes, operands: Sequence[bytes], resources: pikepdf.Object | None
    ) -> None:
        is_fill = operator.islower()
        current = state.fill if is_fill else state.stroke
        lowered = operator.lower()
        name = operator.decode()
        if lowered in _DEVICE_SPACES:
            space = _DEVICE_SPACES[lowered]
            numbers = tuple(round(float(value), 5) for value in operands)[: space.size]
            if len(numbers) != space.size:
                return
            colour = Colour(space, _clamped(numbers), f"{written(operands)} {name}", None, True)
        elif lowered == b"cs":
            space = self._spaces.named(operands[0].decode(), resources)
            start = (1.0,) * space.size if space.kind == "spot" else (0.0,) * space.size
            if space.kind == "cmyk" and space.size == 4:
                start = (0.0, 0.0, 0.0, 1.0)
            colour = Colour(space, start, f"{written(operands[:1])} {name}", None, True)
        elif operands and operands[-1].startswith(b"/"):
            colour = current._replace(pattern=operands[-1].decode())
        else:
            numbers = tuple(round(float(value), 5) for value in operands)
            space = current.space
            if len(numbers) != space.size:
                return
            is_named = not space.is_device and current.operator.startswith("/")
            prefix = f"{current.operator.split()[0]} {'cs' if is_fill else 'CS'} " if is_named else ""
            is_bounded = space.kind != "lab" and (space.size > 1 or space.kind in ("spot", "gray"))
            components = _clamped(numbers) if is_bounded else numbers
            colour = Colour(space, components, f"{prefix}{written(operands)} {name}", None, True)
        if is_fill:
            state.fill = colour
        else:
            state.stroke = colour

    def _graphics_state(self, state: GraphicsState, resources: pikepdf.Object | None, name: str) -> None:
        found = _lookup(resources, "/ExtGState", name)
        if found is None:
            return
        blend, mask = found.get("/BM"), found.get("/SMask")
        if blend is not None or mask is not None:
            is_plain = blend is None or str(blend) in ("/Normal", "/Compatible")
            state.is_blended = not (is_plain and (mask is None or str(mask) == "/None"))
        fill_alpha, stroke_alpha = found.get("/ca"), found.get("/CA")
        alphas = (
            state.fill_alpha if fill_alpha is None else float(fill_alpha),
            state.stroke_alpha if stroke_alpha is None else float(stroke_alpha),
        )
        state.fill_alpha, state.stroke_alpha = alphas


def _change(now: Progress, operator: bytes, operands: Sequence[bytes]) -> None:
    if operator == b"q":
        now.kept.append(now.state.copy())
    elif operator == b"Q":
        now.state = now.kept.pop() if now.kept else now.state
    elif operator == b"cm":
        now.state.matrix = multiply(matrix_of(operands), now.state.matrix)
    elif operator in (b"W", b"W*"):
        now.clips_next = True
    elif operator == b"w":
        now.state.line_width = float(operands[0])
    elif operator == b"Tr":
        now.state.render_mode = int(float(operands[0]))


_DEVICE_SPACES = {b"g": GRAY, b"rg": RGB, b"k": CMYK}


def _lookup(resources: pikepdf.Object | None, table: str, name: str) -> pikepdf.Object | None:
    entries = resources.get(table) if isinstance(resources, pikepdf.Dictionary) else None
    return entries.get(name) if isinstance(entries, pikepdf.Dictionary) else None


def _clamped(values: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(min(1.0, max(0.0, value)) for value in values)
