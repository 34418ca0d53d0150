"""Layouts of flat colour blocks: bands, cards, borders, corners."""

from sgd_assets.renders.compose.parts.art import Art, art_in
from sgd_assets.renders.compose.parts.boxes import Rect, cut, filled, high, inset, wide
from sgd_assets.renders.compose.parts.canvas import Canvas
from sgd_assets.renders.compose.parts.column import set_column
from sgd_assets.renders.compose.parts.elements import Element, only, without
from sgd_assets.renders.compose.parts.ornaments import border
from sgd_assets.renders.compose.parts.page import NO_ART, page
from sgd_assets.renders.compose.parts.seat import seat
from sgd_assets.renders.compose.scene import Scene

_HEAD = ("headline", "body", "attribution")


def band(canvas: Canvas) -> Scene:
    """A band of another colour across the page carries the headline; the rest stands on the page."""
    m = canvas.margin
    details = without(canvas.elements, *_HEAD)
    ground = canvas.panel()
    corner = canvas.plan.logo_corner or "top-left"
    logo, area = seat(canvas, canvas.box, "top-left")
    is_low = "bottom" in corner
    x0, y0, x1, y1 = area
    room = y1 - y0
    strip_high = round(room * (1 - share_for(details, 0.56) if details else 0.86))
    if is_low:
        strip, rest = (0, y0, canvas.width, y0 + strip_high), (x0, y0 + strip_high + round(m * 0.5), x1, y1)
    else:
        top = y0 if details else y0 + round((room - strip_high) / 2)
        strip, rest = (0, top, canvas.width, top + strip_high), (x0, top + strip_high + round(m * 0.5), x1, y1)
    if corner in ("left", "right"):
        strip = (x0 if corner == "left" else 0, strip[1], canvas.width if corner == "left" else x1, strip[3])
    inner = (max(strip[0] + m, x0), strip[1] + round(m * 0.6), min(strip[2] - m, x1), strip[3] - round(m * 0.6))
    head = set_column(
        canvas, inner, only(canvas.elements, *_HEAD), largest=canvas.short * 0.17, vertical="middle", ground=ground
    )
    below = set_column(canvas, rest, details, largest=canvas.short * 0.07)
    return page(canvas, logo, head, below, shapes=(filled(strip, ground),))


def cards(canvas: Canvas) -> Scene:
    """Two cards in other colours stacked on the page: what it is about, and the particulars."""
    m = canvas.margin
    details = without(canvas.elements, *_HEAD)
    logo, area = seat(canvas, canvas.box, "top-left", padding=0.8)
    first, second = canvas.panel(), canvas.panel(1)
    gap = max(2, round(m * 0.3))
    lower, upper = cut(area, "bottom", high(area) * share_for(details, 0.56)) if details else ((0, 0, 0, 0), area)
    upper = (upper[0], upper[1], upper[2], upper[3] - gap) if details else upper
    pad = round(m * 0.75)
    head = set_column(
        canvas, inset(upper, pad), only(canvas.elements, *_HEAD), largest=canvas.short * 0.15, vertical="bottom",
        ground=first,
    )  # fmt: skip
    below = set_column(
        canvas, inset(lower, pad), details, largest=canvas.short * 0.07, vertical="middle", ground=second
    )
    shapes = (rounded(canvas, upper, first), *((rounded(canvas, lower, second),) if details else ()))
    return page(canvas, logo, head, below, shapes=shapes)


def framed(canvas: Canvas) -> Scene:
    """A heavy border of another colour around the page."""
    thick = max(4, round(canvas.short * 0.045))
    inner = inset(canvas.box, thick)
    logo, area = seat(canvas, inner, "top-left", padding=0.9)
    words = set_column(canvas, area, canvas.elements, largest=canvas.short * 0.16, vertical="bottom")
    return page(canvas, logo, words, shapes=border(canvas.box, thick, canvas.accent, canvas.background))


def corner_block(canvas: Canvas) -> Scene:
    """A block of another colour in one corner carries the headline; the page carries the rest in an L around it."""
    m = canvas.margin
    details = without(canvas.elements, *_HEAD)
    ground = canvas.panel()
    corner = canvas.plan.logo_corner or "bottom-left"
    is_low = "top" in corner  # the block stands where the logo does not
    side, end = canvas.away_from_logo("left"), "bottom" if is_low else "top"
    zone_high = canvas.height * max(share_for(details, 0.52), 0.3)
    zone, upper = cut(canvas.box, "top" if is_low else "bottom", zone_high)
    _, block = cut(upper, "right" if side == "left" else "left", canvas.width * 0.14)
    logo, area = seat(canvas, zone, "bottom-right" if corner == "bottom-left" and not details else "bottom-left")
    head = set_column(
        canvas, inset(block, m), only(canvas.elements, *_HEAD), largest=canvas.short * 0.17,
        vertical="top" if end == "top" else "bottom", ground=ground,
    )  # fmt: skip
    below = set_column(canvas, area, details, largest=canvas.short * 0.07, vertical="middle")
    return page(canvas, logo, head, below, shapes=(filled(block, ground),))


def quadrants(canvas: Canvas) -> Scene:
    """Four fields: the headline takes two, the particulars one on another colour, art the fourth."""
    m = canvas.margin
    details = without(canvas.elements, *_HEAD)
    is_low = "bottom" in (canvas.plan.logo_corner or "top")
    side = canvas.away_from_logo("right")
    lower, upper = cut(canvas.box, "top" if is_low else "bottom", canvas.height * max(share_for(details, 0.5), 0.42))
    art_box, field = cut(lower, side, canvas.width * 0.5)
    ground = canvas.panel()
    logo, area = seat(canvas, upper, "top-left")
    head = set_column(canvas, area, only(canvas.elements, *_HEAD), largest=canvas.short * 0.15, vertical="bottom")
    below = set_column(
        canvas, inset(field, m * 0.8), details, largest=canvas.short * 0.07, vertical="middle", ground=ground
    )
    return page(canvas, logo, head, below, shapes=(filled(field, ground),), art=_art_or_none(canvas, art_box))


def emblem(canvas: Canvas) -> Scene:
    """The logo in the middle of the page, the headline over it, the rest under it."""
    m = canvas.margin
    logo, _ = seat(canvas, canvas.box, "centre", widest=0.5)
    inner = inset(canvas.box, m)
    middle = canvas.height / 2
    top = logo.clear_box[1] if logo else middle
    foot = logo.clear_box[3] if logo else middle
    upper: Rect = (inner[0], inner[1], inner[2], round(top - m * 0.3))
    lower: Rect = (inner[0], round(foot + m * 0.3), inner[2], inner[3])
    head = set_column(
        canvas, upper, only(canvas.elements, "headline"), largest=canvas.short * 0.13, vertical="bottom", align="centre"
    )
    below = set_column(canvas, lower, without(canvas.elements, "headline"), largest=canvas.short * 0.06, align="centre")
    return page(canvas, logo, head, below)


def share_for(details: tuple[Element, ...], most: float) -> float:
    """The share of a page that particulars take: the more there are, up to `most`."""
    return min(most, 0.2 + 0.075 * len(details)) if details else 0.0


def rounded(canvas: Canvas, box: Rect, hex_value: str) -> str:
    """A card with the brand's corners."""
    radius = min(wide(box), high(box)) * 0.12 * canvas.roundness
    return (
        f'<rect x="{box[0]}" y="{box[1]}" width="{wide(box)}" height="{high(box)}" rx="{radius:.2f}" '
        f'fill="{hex_value}"/>'
    )


def _art_or_none(canvas: Canvas, box: Rect) -> Art:
    return art_in(canvas, box) if canvas.has_ornaments or canvas.picture_keys else NO_ART
