"""Layouts of small and tiny formats: a card, an icon with its name, the mark alone."""

from sgd_assets.renders.compose.parts.boxes import cut, inset
from sgd_assets.renders.compose.parts.canvas import Canvas
from sgd_assets.renders.compose.parts.column import Block, set_column
from sgd_assets.renders.compose.parts.elements import only, without
from sgd_assets.renders.compose.parts.ornaments import corner_discs
from sgd_assets.renders.compose.parts.page import page
from sgd_assets.renders.compose.parts.seat import alone, seat
from sgd_assets.renders.compose.scene import Scene


def card(canvas: Canvas) -> Scene:
    """The headline first, the logo at the foot, a quarter disc in the corner beside it."""
    m = canvas.margin
    logo, area = seat(canvas, canvas.box, "bottom-left", widest=0.5)
    words = set_column(canvas, area, canvas.elements, largest=canvas.short * 0.17)
    room = min(
        canvas.height - words.bottom - m * 0.5, canvas.width - (logo.clear_box[2] if logo else 0), canvas.short * 0.42
    )
    is_free = canvas.plan.logo_corner in (None, "bottom-left") and (logo is None or logo.band is None)
    return page(canvas, logo, words, shapes=corner_discs(canvas, canvas.height, room) if is_free else ())


def mini(canvas: Canvas) -> Scene:
    """Tiny: the logo, and the headline under it."""
    upper, _ = cut(canvas.box, "top", canvas.height * 0.6)
    logo = alone(canvas, upper)
    if logo is None or canvas.plan.logo_corner not in (None, "top", "centre"):
        logo, area = seat(canvas, canvas.box, "top", padding=0.6, gap=0.2)
    else:
        area = inset((0, round(logo.clear_box[3]), canvas.width, canvas.height), canvas.margin * 0.6, 2)
    words = set_column(
        canvas, area, only(canvas.elements, "headline"), largest=canvas.short * 0.24, vertical="middle", align="centre"
    )
    left_out = Block(dropped=without(canvas.elements, "headline"))
    return page(canvas, logo, words, left_out)


def mark(canvas: Canvas) -> Scene:
    """The logo alone; where there is none to show, the words as large as they may be."""
    logo = alone(canvas, canvas.box)
    if logo is not None:
        return page(canvas, logo, Block(dropped=canvas.elements))
    area = inset(canvas.box, canvas.margin)
    words = set_column(
        canvas, area, canvas.elements, largest=canvas.short * 0.5, vertical="middle", align="centre", max_lines=4
    )
    return page(canvas, None, words)
