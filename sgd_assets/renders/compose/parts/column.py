"""A column of words: the first element as large as its room allows, the others by their scale, none below its minimum.

What has no room even so is left out, the lightest part first, and named. From elements and an area to a `Block`. What
must not live here: the order of elements (`elements.py`), or which area they get (`compose/layouts/`).
"""

from dataclasses import dataclass, replace
from typing import Literal

from sgd_assets.renders.compose.parts.boxes import Rect, high, wide
from sgd_assets.renders.compose.parts.canvas import Canvas, Inks
from sgd_assets.renders.compose.parts.elements import MANNERS, Element
from sgd_assets.renders.compose.parts.setting import Piece, least_px, set_at_a_glance, set_hero, set_piece
from sgd_assets.renders.compose.scene import TextPlacement

Align = Literal["left", "centre", "right"]
Vertical = Literal["top", "middle", "bottom", "spread"]

_SCALES = (1.0, 0.86, 0.74, 0.62, 0.5, 0.4)
_CONTRAST_OF_SIZES = 1.55  # a headline that is hardly larger than the text beside it is no headline
_HEROES = ("headline", "price")


@dataclass(frozen=True)
class Block:
    """Set and placed words, the shapes under them, and what found no room."""

    texts: tuple[TextPlacement, ...] = ()
    shapes: tuple[str, ...] = ()
    dropped: tuple[Element, ...] = ()

    @property
    def top(self) -> float:
        """Upper edge of the first text, or 0."""
        return min((text.box[1] for text in self.texts), default=0.0)

    @property
    def bottom(self) -> float:
        """Lower edge of the last text, or 0."""
        return max((text.box[3] for text in self.texts), default=0.0)


@dataclass(frozen=True)
class _Row:
    pieces: tuple[Piece, ...]
    gap: float

    @property
    def height(self) -> float:
        return max(piece.height for piece in self.pieces)


def set_column(
    canvas: Canvas,
    area: Rect,
    elements: tuple[Element, ...],
    *,
    largest: float,
    vertical: Vertical = "top",
    align: Align = "left",
    ground: str | None = None,
    max_lines: int = 9,
) -> Block:
    """The elements one below the other, the first one as the hero.

    Args:
        canvas: plan, format and type.
        area: where they may stand; small print goes to its foot.
        elements: in the order of reading.
        largest: of the hero, in pixels.
        vertical: where the column stands in its area; `spread` sends all but the hero's group to the foot.
        align: of the lines, where the plan does not ask for another.
        ground: hex they stand on; the page's own when None.
        max_lines: of the hero.
    """
    if elements and elements[0].role == "headline":
        largest *= canvas.plan.headline_scale
    kept = elements
    rows = _rows(canvas, area, kept, largest, max_lines)
    while rows is None and kept:
        kept, rows = _lighter(canvas, area, kept, largest, max_lines)
    dropped = tuple(element for element in elements if element not in kept)
    inks = canvas.inks(ground or canvas.background)
    asked = canvas.plan.alignment or _mirrored(canvas, align)
    placed = _place(canvas, area, rows or (), vertical, asked, inks)
    return replace(placed, dropped=dropped)


def _lighter(
    canvas: Canvas, area: Rect, elements: tuple[Element, ...], largest: float, max_lines: int
) -> tuple[tuple[Element, ...], tuple[_Row, ...] | None]:
    """Without one element: the lightest one whose leaving makes room, else the lightest."""
    by_weight = sorted(elements, key=lambda e: (MANNERS[e.role].weight, -elements.index(e)))
    options = [tuple(e for e in elements if e is not leaving) for leaving in by_weight]
    for option in options:
        if option and (rows := _rows(canvas, area, option, largest, max_lines)):
            return option, rows
    return options[0], None


def _rows(
    canvas: Canvas, area: Rect, elements: tuple[Element, ...], largest: float, max_lines: int
) -> tuple[_Row, ...] | None:
    """All elements in rows that fit the area, as large as they may be; None where they do not fit at their least."""
    if not elements:
        return ()
    first = _rows_at(canvas, area, elements, largest, max_lines, 1.0)
    if first is not None and _is_ranked(first):
        return first
    least = _rows_at(canvas, area, elements, largest, max_lines, _SCALES[-1])
    if least is None:
        return None
    for scale in _SCALES[1:-1]:
        found = _rows_at(canvas, area, elements, largest, max_lines, scale)
        if found is not None and _is_ranked(found):
            return found
    return least


def _rows_at(
    canvas: Canvas, area: Rect, elements: tuple[Element, ...], largest: float, max_lines: int, scale: float
) -> tuple[_Row, ...] | None:
    hero, *others = elements
    body = canvas.body_px * scale
    squeeze = 0.55 + 0.45 * scale
    pieces: list[Piece] = []
    for element in others:
        size = max(body * MANNERS[element.role].size, least_px(canvas, element.role))
        piece = set_at_a_glance(canvas, element, size, wide(area))
        if piece is None:
            return None
        pieces.append(piece)
    rows = _joined(pieces, wide(area), max(body, canvas.least_text) * squeeze)
    taken = sum(row.height + row.gap for row in rows)
    room = (wide(area), high(area) - taken)
    main = _hero(canvas, hero, room, largest, max_lines, scale)
    if main is None:
        return None
    # The space under a headline grows with it, as far as there is room.
    spare = high(area) - taken - main.height
    if rows and spare > 0:
        extra = min(spare, max(0.0, main.text.size_px * 0.2 - rows[0].gap * 0.4))
        rows = [replace(rows[0], gap=rows[0].gap + extra), *rows[1:]]
    return (_Row((main,), 0.0), *rows)


def _hero(
    canvas: Canvas, hero: Element, room: tuple[float, float], largest: float, max_lines: int, scale: float
) -> Piece | None:
    """The first element: as large as may be where it is one to be seen from afar, else by its own scale."""
    width, height = room
    is_numeral = hero.role == "date" and largest >= 0.2 * canvas.short
    if hero.role in _HEROES or is_numeral:
        return set_hero(canvas, hero, width, height, largest=largest, max_lines=max_lines)
    size = max(min(largest, canvas.body_px * 1.2 * scale), least_px(canvas, hero.role))
    piece = set_at_a_glance(canvas, hero, size, width)
    # At its least only where all others are: a date must not be fine print above a price in full size.
    if (piece is None or piece.height > height) and scale == _SCALES[-1]:
        piece = set_piece(canvas, hero, least_px(canvas, hero.role), width)
    return piece if piece is not None and piece.height <= height else None


def _joined(pieces: list[Piece], width: float, body: float) -> list[_Row]:
    """Rows: a button and the address beside it, a price and its date share one where they fit."""
    rows: list[_Row] = []
    for piece in pieces:
        gap = MANNERS[piece.element.role].gap * body
        if rows and _are_mates(rows[-1].pieces[-1], piece):
            both = (*rows[-1].pieces, piece)
            space = sum(one.width for one in both) + (len(both) - 1) * body * 1.2
            if space <= width and all(len(one.text.lines) == 1 for one in both):
                rows[-1] = _Row(both, max(rows[-1].gap, gap))
                continue
        rows.append(_Row((piece,), gap))
    return rows


def _are_mates(first: Piece, second: Piece) -> bool:
    pair = (first.element.role, second.element.role)
    return pair in {
        ("call_to_action", "url"),
        ("date", "price"),
        ("price", "call_to_action"),
        ("date", "call_to_action"),
    }


def _is_ranked(rows: tuple[_Row, ...]) -> bool:
    if rows[0].pieces[0].element.role not in _HEROES:
        return True
    others = [piece.text.size_px for row in rows[1:] for piece in row.pieces if piece.element.role != "price"]
    return not others or rows[0].pieces[0].text.size_px >= _CONTRAST_OF_SIZES * max(others)


def _mirrored(canvas: Canvas, align: Align) -> Align:
    """A page that is read from right to left starts at the right edge, where the layout would start at the left one."""
    return "right" if canvas.is_rtl and align == "left" else align


def _place(canvas: Canvas, area: Rect, rows: tuple[_Row, ...], vertical: Vertical, align: Align, inks: Inks) -> Block:
    total = sum(row.height + row.gap for row in rows)
    spare = max(0.0, high(area) - total)
    y = area[1] + {"top": 0.0, "middle": spare / 2, "bottom": spare, "spread": 0.0}[vertical]
    texts: list[TextPlacement] = []
    shapes: list[str] = []
    is_spread = False
    for index, row in enumerate(rows):
        role = row.pieces[0].element.role
        if vertical == "spread" and not is_spread and index and role not in ("body", "attribution"):
            y, is_spread = y + spare, True
        y += row.gap
        if role == "legal" and index == len(rows) - 1:
            y = max(y, area[3] - row.height)  # small print stands at the foot
        placed, drawn = _place_row(area, row, y, align, inks, canvas)
        texts += placed
        shapes += drawn
        y += row.height
    return Block(tuple(texts), tuple(shapes))


def _place_row(
    area: Rect, row: _Row, top: float, align: Align, inks: Inks, canvas: Canvas
) -> tuple[list[TextPlacement], list[str]]:
    space = max(piece.text.size_px for piece in row.pieces) * 0.9
    total = sum(piece.width for piece in row.pieces) + space * (len(row.pieces) - 1)
    x = {"left": float(area[0]), "centre": (area[0] + area[2] - total) / 2, "right": area[2] - total}[align]
    texts: list[TextPlacement] = []
    shapes: list[str] = []
    for piece in reversed(row.pieces) if canvas.is_rtl else row.pieces:
        y = top + (row.height - piece.height) / 2 if len(row.pieces) > 1 else top
        own = canvas.inks_of(piece.element.role, inks, piece.text.size_px)
        if piece.is_button:
            shapes.append(_button(canvas, piece, x, y, own))
        ground, ink = (own.button, own.label) if piece.is_button else (own.ground, _ink(piece, own))
        anchor = {"left": "start", "centre": "middle", "right": "end"}[align]
        at = {"start": x, "middle": x + piece.width / 2, "end": x + piece.width}[anchor]
        at += {"start": piece.pad_x, "middle": 0.0, "end": -piece.pad_x}[anchor]
        texts.append(TextPlacement(piece.element.role, piece.text, at, y + piece.pad_y, ink, ground, anchor))
        x += piece.width + space
    return texts, shapes


def _ink(piece: Piece, inks: Inks) -> str:
    return inks.accent if piece.element.role in ("price", "date") else inks.text


def _button(canvas: Canvas, piece: Piece, x: float, y: float, inks: Inks) -> str:
    radius = piece.height * 0.5 * canvas.roundness
    return (
        f'<rect x="{x:.2f}" y="{y:.2f}" width="{piece.width:.2f}" height="{piece.height:.2f}" '
        f'rx="{radius:.2f}" fill="{inks.button}"/>'
    )
