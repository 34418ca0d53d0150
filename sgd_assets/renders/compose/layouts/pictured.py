"""Layouts led by art: it fills the page, a window in it, or a medallion."""

from sgd_assets.renders.compose.layouts.blocks import rounded
from sgd_assets.renders.compose.parts.art import Art, art_in
from sgd_assets.renders.compose.parts.boxes import cut, high, inset, wide
from sgd_assets.renders.compose.parts.canvas import Canvas
from sgd_assets.renders.compose.parts.column import set_column
from sgd_assets.renders.compose.parts.page import page
from sgd_assets.renders.compose.parts.seat import seat
from sgd_assets.renders.compose.scene import Scene


def overlay(canvas: Canvas) -> Scene:
    """Art fills the page; logo and words stand on a card of the page's ground that covers its quiet part."""
    m = canvas.margin
    card = inset(canvas.box, m * 0.9)
    if canvas.width > canvas.height * 1.2:
        card, _ = cut(card, "left" if canvas.away_from_logo("right") == "right" else "right", wide(card) * 0.56)
    else:
        card, _ = cut(card, "top" if canvas.away_from_logo("bottom") == "bottom" else "bottom", high(card) * 0.62)
    logo, area = seat(canvas, card, "top-left", padding=0.8)
    words = set_column(canvas, area, canvas.elements, largest=canvas.short * 0.13, vertical="bottom")
    art = art_in(canvas, canvas.box)
    return page(canvas, logo, words, shapes=(rounded(canvas, card, canvas.background),), art=art)


def window(canvas: Canvas) -> Scene:
    """Art in a window of the page, margins all around it, the words under it."""
    m = canvas.margin
    side = canvas.away_from_logo("top")
    half, zone = cut(canvas.box, side, canvas.height * 0.5)
    opening = (m, half[1] + (m if side == "top" else 0), canvas.width - m, half[3] - (0 if side == "top" else m))
    logo, area = seat(canvas, zone, "bottom-left" if side == "top" else "top-left", padding=1.0)
    words = set_column(canvas, area, canvas.elements, largest=canvas.short * 0.12)
    return page(canvas, logo, words, art=art_in(canvas, opening))


def gallery(canvas: Canvas) -> Scene:
    """Art in an upright window beside the words, margins all around it."""
    m = canvas.margin
    side = canvas.away_from_logo("right")
    half, zone = cut(canvas.box, side, canvas.width * 0.44)
    opening = (half[0] + (m if side == "left" else 0), m, half[2] - (m if side == "right" else 0), canvas.height - m)
    logo, area = seat(canvas, zone, "top-left", widest=0.75)
    words = set_column(canvas, area, canvas.elements, largest=canvas.short * 0.14, vertical="spread")
    return page(canvas, logo, words, art=art_in(canvas, opening))


def medallion(canvas: Canvas) -> Scene:
    """A large round of art that bleeds off the corner where neither words nor logo stand."""
    m = canvas.margin
    side, end = canvas.away_from_logo("right"), canvas.away_from_logo("bottom")
    is_wide = canvas.width > canvas.height * 1.2
    radius = canvas.short * (0.62 if is_wide else 0.5)
    cx = canvas.width - radius * 0.45 if side == "right" else radius * 0.45
    cy = canvas.height - radius * 0.45 if end == "bottom" else radius * 0.45
    if is_wide:
        keep = (cx - radius if side == "right" else canvas.width - cx - radius) - m * 0.2
        zone, _ = cut(canvas.box, "left" if side == "right" else "right", keep)
    else:
        keep = (cy - radius if end == "bottom" else canvas.height - cy - radius) - m * 0.2
        zone, _ = cut(canvas.box, "top" if end == "bottom" else "bottom", keep)
    logo, area = seat(canvas, zone, "top-left" if end == "bottom" else "bottom-left", widest=0.7)
    words = set_column(canvas, area, canvas.elements, largest=canvas.short * 0.15)
    box = (round(cx - radius), round(cy - radius), round(cx + radius), round(cy + radius))
    round_art = Art((_in_a_round(art_in(canvas, box).shapes, cx, cy, radius),))
    return page(canvas, logo, words, art=round_art)


def _in_a_round(shapes: tuple[str, ...], cx: float, cy: float, radius: float) -> str:
    clip = f'<clipPath id="round"><circle cx="{cx:.2f}" cy="{cy:.2f}" r="{radius:.2f}"/></clipPath>'
    return f'<defs>{clip}</defs><g clip-path="url(#round)">{"".join(shapes)}</g>'
