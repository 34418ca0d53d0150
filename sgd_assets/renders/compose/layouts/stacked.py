"""Layouts of zones one above the other: words and art over the full width."""

from sgd_assets.renders.compose.layouts.blocks import share_for
from sgd_assets.renders.compose.parts.art import art_in
from sgd_assets.renders.compose.parts.boxes import Side, cut, filled
from sgd_assets.renders.compose.parts.canvas import Canvas
from sgd_assets.renders.compose.parts.column import set_column
from sgd_assets.renders.compose.parts.elements import only, without
from sgd_assets.renders.compose.parts.page import page
from sgd_assets.renders.compose.parts.seat import seat
from sgd_assets.renders.compose.scene import Scene


def poster(canvas: Canvas) -> Scene:
    """Words above, art over the whole width below."""
    return _stacked(canvas, "bottom", 0.44 if canvas.height > canvas.width * 1.2 else 0.40, largest=0.15)


def poster_flip(canvas: Canvas) -> Scene:
    """Art above, words below."""
    return _stacked(canvas, "top", 0.44 if canvas.height > canvas.width * 1.2 else 0.40, largest=0.15)


def frieze(canvas: Canvas) -> Scene:
    """A low strip of art along the top: room for many words."""
    return _stacked(canvas, "top", 0.17, largest=0.15)


def plinth(canvas: Canvas) -> Scene:
    """Large words on a low strip of art."""
    return _stacked(canvas, "bottom", 0.2, largest=0.19)


def horizon(canvas: Canvas) -> Scene:
    """Two thirds art, the words below on one third."""
    return _stacked(canvas, "top", 0.6, largest=0.11)


def caption(canvas: Canvas) -> Scene:
    """A picture large, with the words and the logo on a strip of the brand's ground."""
    m = canvas.margin
    side = canvas.away_from_logo("top")
    art, strip = cut(canvas.box, side, canvas.height * (0.73 if len(canvas.elements) < 4 else 0.62))
    logo, area = seat(canvas, strip, "right", widest=0.3, padding=0.8)
    if canvas.plan.logo_corner is None and logo is not None:
        area = (area[0], area[1], min(area[2], round(logo.clear_box[0] - m * 0.6)), area[3])
    words = set_column(canvas, area, canvas.elements, largest=canvas.short * 0.085, vertical="middle")
    return page(canvas, logo, words, art=art_in(canvas, art))


def footer(canvas: Canvas) -> Scene:
    """The headline on the page, all particulars on a slab of another colour at the other end."""
    m = canvas.margin
    details = without(canvas.elements, "headline", "body", "attribution")
    side = canvas.away_from_logo("bottom")
    slab, zone = cut(canvas.box, side, canvas.height * max(share_for(details, 0.52), 0.12))
    ground = canvas.panel()
    logo, area = seat(canvas, zone, "top-left" if side == "bottom" else "bottom-left")
    head = set_column(
        canvas, area, only(canvas.elements, "headline", "body", "attribution"), largest=canvas.short * 0.17,
        vertical="bottom" if side == "bottom" else "top",
    )  # fmt: skip
    inner = (m, slab[1] + round(m * 0.7), canvas.width - m, slab[3] - round(m * 0.7))
    foot = set_column(canvas, inner, details, largest=canvas.short * 0.07, vertical="middle", ground=ground)
    return page(canvas, logo, head, foot, shapes=(filled(slab, ground),))


def _stacked(canvas: Canvas, side: Side, share: float, *, largest: float) -> Scene:
    side = canvas.away_from_logo(side)
    share = share if canvas.has_words else max(share, 0.56)
    art, zone = cut(canvas.box, side, canvas.height * share)
    logo, area = seat(canvas, zone, "top-left" if side == "bottom" else "bottom-left")
    words = set_column(
        canvas, area, canvas.elements, largest=canvas.short * largest, vertical="bottom" if side == "bottom" else "top"
    )
    return page(canvas, logo, words, art=art_in(canvas, art))
