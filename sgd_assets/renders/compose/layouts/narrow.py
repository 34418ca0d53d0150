"""Layouts of very wide and very tall formats: all on one axis."""

from sgd_assets.renders.compose.parts.art import Art, art_in
from sgd_assets.renders.compose.parts.boxes import Rect, Side, cut, filled, high, inset, wide
from sgd_assets.renders.compose.parts.canvas import Canvas
from sgd_assets.renders.compose.parts.column import Block, set_column
from sgd_assets.renders.compose.parts.elements import MANNERS, Element, only, without
from sgd_assets.renders.compose.parts.page import NO_ART, page
from sgd_assets.renders.compose.parts.seat import seat
from sgd_assets.renders.compose.parts.setting import least_px, set_piece
from sgd_assets.renders.compose.scene import Scene

_FACTS, _ACTION = ("date", "price", "extra"), ("call_to_action", "url")


def banner(canvas: Canvas) -> Scene:
    """A tile of art, the headline, the particulars, the logo."""
    return _banner(canvas, "left")


def banner_flip(canvas: Canvas) -> Scene:
    """The logo first, the words, a tile of art at the end."""
    return _banner(canvas, "right")


def banner_type(canvas: Canvas) -> Scene:
    """Words only, from edge to edge."""
    logo, area = seat(canvas, canvas.box, "right", widest=0.24)
    return page(canvas, logo, *in_a_row(canvas, area))


def banner_type_flip(canvas: Canvas) -> Scene:
    """Words only, the logo before them."""
    logo, area = seat(canvas, canvas.box, "left", widest=0.24)
    return page(canvas, logo, *in_a_row(canvas, area))


def banner_block(canvas: Canvas) -> Scene:
    """The words on the page, the particulars on a block of another colour."""
    m = canvas.margin
    details = without(canvas.elements, "headline", "body", "attribution", "legal")
    head = only(canvas.elements, "headline", "body", "attribution", "legal")
    side = canvas.away_from_logo("right")
    room = _natural(canvas, details) * 1.1 + 3 * m if details else canvas.height * 0.5
    block, zone = cut(canvas.box, side, min(room, canvas.width * 0.4))
    ground = canvas.panel()
    logo, area = seat(canvas, zone, "left" if side == "right" else "right", widest=0.3)
    area = _apart(canvas, area, zone)
    words = set_column(canvas, area, head, largest=_largest(canvas, head), vertical="middle")
    inner = inset(block, m * 1.3, m)
    particulars = set_column(canvas, inner, details, largest=canvas.height * 0.3, vertical="middle", ground=ground)
    return page(canvas, logo, words, particulars, shapes=(filled(block, ground),))


def banner_emblem(canvas: Canvas) -> Scene:
    """The logo in the middle, the headline before it, the rest behind it."""
    m = canvas.margin
    logo, _ = seat(canvas, canvas.box, "centre", widest=0.24)
    x0, y0, x1, y1 = inset(canvas.box, m)
    left = round(logo.clear_box[0] - m) if logo else canvas.width // 2
    right = round(logo.clear_box[2] + m) if logo else canvas.width // 2
    head, rest = without(canvas.elements, *_FACTS, *_ACTION), only(canvas.elements, *_FACTS, *_ACTION)
    words = set_column(canvas, (x0, y0, left, y1), head, largest=_largest(canvas, head), vertical="middle")
    after = set_column(canvas, (right, y0, x1, y1), rest, largest=canvas.height * 0.3, vertical="middle", align="right")
    return page(canvas, logo, words, after)


def tower(canvas: Canvas) -> Scene:
    """Logo, headline and words above, art at the foot."""
    return _tower(canvas, "bottom", 0.34)


def tower_flip(canvas: Canvas) -> Scene:
    """Art above, words below, the logo at the foot."""
    return _tower(canvas, "top", 0.3)


def tower_type(canvas: Canvas) -> Scene:
    """Words only, spread from head to foot."""
    logo, area = seat(canvas, canvas.box, "top-left", widest=0.9)
    words = set_column(canvas, area, canvas.elements, largest=canvas.short * 0.2, vertical="spread")
    return page(canvas, logo, words)


def tower_type_flip(canvas: Canvas) -> Scene:
    """Words only from the head on, the logo at the foot."""
    logo, area = seat(canvas, canvas.box, "bottom-left", widest=0.9)
    return page(canvas, logo, set_column(canvas, area, canvas.elements, largest=canvas.short * 0.24))


def tower_block(canvas: Canvas) -> Scene:
    """The headline on the page, the particulars on a block of another colour."""
    m = canvas.margin
    details = without(canvas.elements, "headline", "body", "attribution")
    side = canvas.away_from_logo("bottom")
    block, zone = cut(canvas.box, side, canvas.height * (0.44 if details else 0.2))
    ground = canvas.panel()
    logo, area = seat(canvas, zone, "top-left" if side == "bottom" else "bottom-left", widest=0.9)
    head = set_column(
        canvas, area, only(canvas.elements, "headline", "body", "attribution"), largest=canvas.short * 0.2
    )
    particulars = set_column(canvas, inset(block, m), details, largest=canvas.short * 0.14, ground=ground)
    return page(canvas, logo, head, particulars, shapes=(filled(block, ground),))


def _banner(canvas: Canvas, side: Side) -> Scene:
    side = canvas.away_from_logo(side)
    share = 1.5 if canvas.width > canvas.height * 5 else 1.0
    tile = min(canvas.height * share, canvas.width * (0.22 if canvas.has_words else 0.5))
    box, zone = cut(canvas.box, side, tile)
    logo, area = seat(canvas, zone, "right" if side == "left" else "left", widest=0.3)
    return page(canvas, logo, *in_a_row(canvas, _apart(canvas, area, zone)), art=_art(canvas, box))


def _apart(canvas: Canvas, area: Rect, zone: Rect) -> Rect:
    """A little more space where words stand beside a panel: margins of thin formats are thin."""
    extra = round(canvas.margin * 0.5)
    x0, y0, x1, y1 = area
    is_first, is_last = x0 - zone[0] <= canvas.margin + 1, zone[2] - x1 <= canvas.margin + 1
    return x0 + (extra if is_first else 0), y0, x1 - (extra if is_last else 0), y1


def in_a_row(canvas: Canvas, area: Rect) -> tuple[Block, ...]:
    """Headline and text, then facts, then what to do, side by side, each as wide as its words ask."""
    m = canvas.margin
    head = without(canvas.elements, *_FACTS, *_ACTION)
    groups = [group for group in (only(canvas.elements, *_FACTS), only(canvas.elements, *_ACTION)) if group]
    if canvas.height >= 240 and len(groups) == 2:
        groups = [only(canvas.elements, *_FACTS, *_ACTION)]
    blocks: list[Block] = []
    for group in reversed(groups):
        part, area = cut(area, "right", min(_natural(canvas, group) * 1.04 + 2, wide(area) * 0.42))
        _, area = cut(area, "right", m * 1.4)
        blocks.append(set_column(canvas, part, group, largest=_group_px(canvas, group), vertical="middle"))
    main = set_column(canvas, area, head, largest=_largest(canvas, head), vertical="middle")
    return (main, *reversed(blocks))


def _largest(canvas: Canvas, elements: tuple[Element, ...]) -> float:
    return canvas.height * (0.32 if len(elements) > 1 else 0.4)


def _group_px(canvas: Canvas, group: tuple[Element, ...]) -> float:
    """The first of a group is set by its own scale, not as a headline."""
    return _body(canvas) * MANNERS[group[0].role].size


def _body(canvas: Canvas) -> float:
    return max(canvas.least_text, min(canvas.height * 0.13, canvas.width * 0.02))


def _natural(canvas: Canvas, elements: tuple[Element, ...]) -> float:
    """The width that the elements take, each on one line at its usual size."""
    widths = []
    for element in elements:
        size = max(_body(canvas) * MANNERS[element.role].size, least_px(canvas, element.role))
        piece = set_piece(canvas, element, size, 1e6)
        widths.append(piece.width if piece is not None else 0.0)
    return max(widths, default=0.0)


def _tower(canvas: Canvas, side: Side, share: float) -> Scene:
    side = canvas.away_from_logo(side)
    box, zone = cut(canvas.box, side, canvas.height * (share if canvas.has_words else max(share, 0.5)))
    logo, area = seat(canvas, zone, "top-left" if side == "bottom" else "bottom-left", widest=0.9, gap=1.0)
    words = set_column(canvas, area, canvas.elements, largest=canvas.short * 0.2)
    return page(canvas, logo, words, art=_art(canvas, box))


def _art(canvas: Canvas, box: Rect) -> Art:
    return art_in(canvas, box) if high(box) > 0 and wide(box) > 0 else NO_ART
