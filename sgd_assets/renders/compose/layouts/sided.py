"""Layouts of zones side by side: words on one side, art or particulars on the other."""

from sgd_assets.renders.compose.parts.art import art_in
from sgd_assets.renders.compose.parts.boxes import Side, cut, filled, inset
from sgd_assets.renders.compose.parts.canvas import Canvas
from sgd_assets.renders.compose.parts.column import Vertical, set_column
from sgd_assets.renders.compose.parts.elements import only, without
from sgd_assets.renders.compose.parts.page import page
from sgd_assets.renders.compose.parts.seat import seat
from sgd_assets.renders.compose.scene import Scene

_HEAD = ("headline", "body", "attribution")


def split(canvas: Canvas) -> Scene:
    """Words left, full-height art right."""
    return _sided(canvas, "right", 0.42, largest=0.145)


def split_flip(canvas: Canvas) -> Scene:
    """Art left, words right."""
    return _sided(canvas, "left", 0.42, largest=0.145)


def column(canvas: Canvas) -> Scene:
    """A narrow column of art beside large words."""
    return _sided(canvas, "right", 0.22, largest=0.17, vertical="top")


def spine(canvas: Canvas) -> Scene:
    """A spine of art along the left edge, words spread from head to foot."""
    return _sided(canvas, "left", 0.14, largest=0.17, vertical="spread")


def thirds(canvas: Canvas) -> Scene:
    """Two thirds art, one third words."""
    return _sided(canvas, "left", 0.62, largest=0.1)


def sidebar(canvas: Canvas) -> Scene:
    """The headline on the page, the particulars on a column of another colour."""
    m = canvas.margin
    details = without(canvas.elements, *_HEAD)
    side = canvas.away_from_logo("right")
    bar, zone = cut(canvas.box, side, canvas.width * (0.36 if details else 0.16))
    ground = canvas.panel()
    logo, area = seat(canvas, zone, "top-left")
    head = set_column(canvas, area, only(canvas.elements, *_HEAD), largest=canvas.short * 0.16, vertical="bottom")
    particulars = set_column(
        canvas, inset(bar, m * 0.8, m), details, largest=canvas.short * 0.075, vertical="bottom", ground=ground
    )
    return page(canvas, logo, head, particulars, shapes=(filled(bar, ground),))


def _sided(canvas: Canvas, side: Side, share: float, *, largest: float, vertical: Vertical = "bottom") -> Scene:
    side = canvas.away_from_logo(side)
    share = share if canvas.has_words else max(share, 0.55)
    art, zone = cut(canvas.box, side, canvas.width * share)
    logo, area = seat(canvas, zone, "top-left", widest=0.75)
    words = set_column(canvas, area, canvas.elements, largest=canvas.short * largest, vertical=vertical)
    return page(canvas, logo, words, art=art_in(canvas, art))
