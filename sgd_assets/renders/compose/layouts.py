"""The layouts: each turns a plan into a scene on its canvas. Grid, margins, hierarchy; one art panel at most.

From `RenderPlan` and `Kit` to `Scene`. Which layout is used is decided in `plan/planner.py`; the parts they share are
in `layout_parts.py`, drawing is in `draw.py`.
"""

from collections.abc import Callable

from sgd_assets.renders.compose.layout_parts import (
    Canvas,
    Kit,
    above,
    art_panel,
    assemble,
    below,
    beside,
    corner_discs,
    place_logo,
    rule_above,
    stack_text,
)
from sgd_assets.renders.compose.scene import Scene, TextPlacement
from sgd_assets.renders.compose.typeset import fit
from sgd_assets.renders.model import RenderPlan


def lay_out(plan: RenderPlan, kit: Kit) -> Scene:
    """The scene of a plan."""
    assert plan.width_px is not None
    assert plan.height_px is not None
    assert plan.layout is not None
    return LAYOUTS[plan.layout](Canvas(plan, kit, plan.width_px, plan.height_px))


# ---------------------------------------------------------------- the layouts


def _poster(canvas: Canvas, *, art_first: bool = False) -> Scene:
    """Square and upright: text zone and full-width art zone, one above the other."""
    m, has_text = canvas.margin, bool(canvas.plan.headline)
    art_height = round(canvas.height * (0.44 if canvas.height > canvas.width * 1.2 else 0.40 if has_text else 0.56))
    art_top = 0 if art_first else canvas.height - art_height
    zone_top, zone_bottom = (art_height, canvas.height) if art_first else (0, art_top)
    shapes, pictures = art_panel(canvas, (0, art_top, canvas.width, art_top + art_height))
    logo = (
        place_logo(canvas, m, zone_top + m, "top-left")
        if not art_first
        else place_logo(canvas, m, zone_bottom - m, "bottom-left")
    )
    top = zone_top + m
    bottom = zone_bottom - m * (0.9 if not art_first else 1.0)
    if art_first:
        bottom = above(canvas, logo, m * 0.5, bottom)
    elif logo is not None:
        top = below(canvas, logo, m * 0.5)
    texts = stack_text(
        canvas, (m, top, canvas.width - m, bottom), largest=canvas.short * 0.15, align="top" if art_first else "bottom"
    )
    return assemble(canvas, shapes, texts, logo, pictures)


def _poster_flip(canvas: Canvas) -> Scene:
    return _poster(canvas, art_first=True)


def _split(canvas: Canvas, *, art_first: bool = False) -> Scene:
    """Wide: text on one side, full-height art on the other."""
    m = canvas.margin * 1.1
    art_width = round(canvas.width * (0.42 if canvas.plan.headline else 0.55))
    art_left = 0 if art_first else canvas.width - art_width
    left, right = (art_width + m, canvas.width - m) if art_first else (m, art_left - m)
    shapes, pictures = art_panel(canvas, (art_left, 0, art_left + art_width, canvas.height))
    panel = (float(art_width), float(canvas.width)) if art_first else (0.0, float(art_left))
    logo = place_logo(canvas, left, m, "top-left", widest=right - left, panel=panel)
    top = below(canvas, logo, m * 0.5)
    texts = stack_text(canvas, (left, top, right, canvas.height - m), largest=canvas.short * 0.145, align="bottom")
    return assemble(canvas, shapes, texts, logo, pictures)


def _split_flip(canvas: Canvas) -> Scene:
    return _split(canvas, art_first=True)


def _statement(canvas: Canvas) -> Scene:
    """Type only: a large headline at the foot, an accent rule, a quarter disc that bleeds off one corner."""
    m = canvas.margin * 1.15
    logo = place_logo(canvas, m, m, "top-left")
    top = below(canvas, logo, m * 0.6)
    radius = canvas.short * 0.36
    shapes: tuple[str, ...] = ()
    if logo is None or (logo.band is None and logo.clear_box[2] < canvas.width - radius):
        shapes = corner_discs(canvas, 0, radius)
        top = max(top, radius + m * 0.35)
    texts = stack_text(
        canvas, (m, top, canvas.width - m, canvas.height - m), largest=canvas.short * 0.19, align="bottom"
    )
    rule = rule_above(canvas, texts)
    return assemble(canvas, (*shapes, *rule), texts, logo, ())


def _statement_foot(canvas: Canvas) -> Scene:
    """Type only, headline at the head: the logo and the quarter disc share the foot."""
    m = canvas.margin * 1.15
    logo = place_logo(canvas, m, canvas.height - m, "bottom-left")
    bottom = above(canvas, logo, m * 0.6, canvas.height - m)
    thick = canvas.short * 0.05
    texts = stack_text(canvas, (m, m + thick, canvas.width - m, bottom), largest=canvas.short * 0.17, align="top")
    taken = max((text.box[3] for text in texts), default=m)
    beside = canvas.width - (logo.clear_box[2] if logo else 0.0)
    radius = min(canvas.short * 0.42, canvas.height - taken - m * 0.5, beside)
    discs = () if logo is not None and logo.band is not None else corner_discs(canvas, canvas.height, radius)
    return assemble(canvas, (*discs, *rule_above(canvas, texts)), texts, logo, ())


def _quote(canvas: Canvas) -> Scene:
    """A quotation: large mark, the words, who said them; logo at the foot."""
    m = canvas.margin * 1.25
    logo = place_logo(canvas, m, canvas.height - m, "bottom-left")
    size = canvas.short * 0.42
    mark = fit(
        "“", canvas.kit.type.heading, width=size, height=size * 2, largest=size, smallest=8, leading=1.0, max_lines=1
    )
    mark_height = size * 0.30
    bottom = above(canvas, logo, m * 0.5, canvas.height - m)
    texts = stack_text(
        canvas, (m, m + mark_height + m * 0.25, canvas.width - m, bottom), largest=canvas.short * 0.105, align="top"
    )
    shapes = (mark.svg(m - size * 0.02, m, canvas.accent),)
    return assemble(canvas, shapes, texts, logo, ())


def _banner(canvas: Canvas) -> Scene:
    """Very wide: an art tile, the headline, the logo, all on one axis."""
    m = canvas.margin
    art_width = round(min(canvas.height * (1.5 if canvas.width > canvas.height * 5 else 1.0), canvas.width * 0.22))
    shapes, pictures = art_panel(canvas, (0, 0, art_width, canvas.height))
    logo = place_logo(canvas, canvas.width - m * 1.2, canvas.height / 2, "middle-right", widest=canvas.width * 0.24)
    right = beside(canvas, logo, m)
    texts = stack_text(
        canvas,
        (art_width + m * 1.2, m, right, canvas.height - m),
        largest=canvas.height * (0.36 if canvas.plan.body else 0.44),
        align="middle",
    )
    return assemble(canvas, shapes, texts, logo, pictures)


def _tower(canvas: Canvas) -> Scene:
    """Very tall: logo, headline and text above, art at the foot."""
    m = canvas.margin
    art_height = round(canvas.height * 0.38)
    shapes, pictures = art_panel(canvas, (0, canvas.height - art_height, canvas.width, canvas.height))
    logo = place_logo(canvas, m, m * 1.2, "top-left", widest=canvas.width - 2 * m)
    top = below(canvas, logo, m)
    area = (m, top, canvas.width - m, canvas.height - art_height - m)
    texts = stack_text(canvas, area, largest=canvas.short * 0.2, align="top")
    return assemble(canvas, shapes, texts, logo, pictures)


def _card(canvas: Canvas) -> Scene:
    """Small: headline first, logo at the foot, a quarter disc in the corner beside it."""
    m = canvas.margin
    logo = place_logo(canvas, m, canvas.height - m, "bottom-left", widest=canvas.width * 0.5)
    bottom = above(canvas, logo, m * 0.6, canvas.height - m)
    texts = stack_text(canvas, (m, m, canvas.width - m, bottom), largest=canvas.short * 0.17, align="top")
    taken = max((text.box[3] for text in texts), default=m)
    room = min(canvas.height - taken - m * 0.5, canvas.width - (logo.clear_box[2] if logo else 0), canvas.short * 0.42)
    discs = () if logo is not None and logo.band is not None else corner_discs(canvas, canvas.height, room)
    return assemble(canvas, discs, texts, logo, ())


def _mark(canvas: Canvas) -> Scene:
    """Tiny: the logo alone, or the headline's initial where there is no logo to show."""
    logo = place_logo(canvas, canvas.width / 2, canvas.height / 2, "centre", widest=canvas.width)
    if logo is not None or not canvas.plan.headline:
        return assemble(canvas, (), (), logo, ())
    initial = next((c for c in canvas.plan.headline if c.isalnum()), "A").upper()
    text = fit(
        initial,
        canvas.kit.type.heading,
        width=canvas.width * 0.7,
        height=canvas.height * 0.62,
        largest=canvas.height,
        smallest=6,
        leading=1.0,
        max_lines=1,
    )
    top = (canvas.height - text.cap_px) / 2
    placed = TextPlacement("headline", text, canvas.width / 2, top, canvas.ink, canvas.background, "middle")
    return assemble(canvas, (), (placed,), None, ())


def _frame(canvas: Canvas) -> Scene:
    """A given picture large, with the words and the logo on a brand panel below or beside it."""
    m = canvas.margin
    if canvas.width > canvas.height * 1.5:
        panel = round(canvas.width * 0.34)
        shapes, pictures = art_panel(canvas, (0, 0, canvas.width - panel, canvas.height))
        left, right = canvas.width - panel + m * 0.8, canvas.width - m * 0.8
        logo = place_logo(
            canvas, left, m, "top-left", widest=right - left, panel=(float(canvas.width - panel), float(canvas.width))
        )
        top = below(canvas, logo, m * 0.5)
        texts = stack_text(canvas, (left, top, right, canvas.height - m), largest=canvas.short * 0.1, align="bottom")
        return assemble(canvas, shapes, texts, logo, pictures)
    panel = round(canvas.height * 0.27)
    top = canvas.height - panel
    shapes, pictures = art_panel(canvas, (0, 0, canvas.width, top))
    logo = place_logo(canvas, canvas.width - m, top + panel / 2, "middle-right", widest=canvas.width * 0.3)
    right = beside(canvas, logo, m * 0.6)
    texts = stack_text(
        canvas, (m, top + m * 0.8, right, canvas.height - m * 0.8), largest=canvas.short * 0.085, align="middle"
    )
    return assemble(canvas, shapes, texts, logo, pictures)


LAYOUTS: dict[str, Callable[[Canvas], Scene]] = {
    "poster": _poster,
    "poster_flip": _poster_flip,
    "split": _split,
    "split_flip": _split_flip,
    "statement": _statement,
    "statement_foot": _statement_foot,
    "quote": _quote,
    "banner": _banner,
    "tower": _tower,
    "card": _card,
    "mark": _mark,
    "frame": _frame,
}
