"""The layouts: each turns a plan into a scene on its canvas. Grid, margins, hierarchy; one art panel at most.

From `RenderPlan` and `Kit` to `Scene`. Which layout is used is decided in `plan.py`; drawing is `compose.py`.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from sgd_assets.renders.logos import LogoArt
from sgd_assets.renders.model import RenderPlan
from sgd_assets.renders.motifs import draw_motif
from sgd_assets.renders.scene import Box, LogoPlacement, PicturePlacement, Scene, TextPlacement
from sgd_assets.renders.typefaces import TypePair
from sgd_assets.renders.typeset import SetText, fit, flow

HEADLINE_LEADING, BODY_LEADING = 1.06, 1.38
_LOGO_AREA_SHARE = 0.012
"""Ink area of the logo as a share of the canvas: the same visual weight for a wide wordmark and a round mark."""


@dataclass(frozen=True)
class Kit:
    """What a layout works with beside the plan."""

    type: TypePair
    logo: LogoArt | None


@dataclass(frozen=True)
class _Canvas:
    plan: RenderPlan
    kit: Kit
    width: int
    height: int

    @property
    def short(self) -> float:
        return float(min(self.width, self.height))

    @property
    def margin(self) -> float:
        """Outer margin: wider on calm formats, tighter on thin ones."""
        ratio = max(self.width, self.height) / self.short
        return self.short * (0.075 if ratio < 2.2 else 0.13)

    @property
    def background(self) -> str:
        assert self.plan.background_hex is not None
        return self.plan.background_hex

    @property
    def ink(self) -> str:
        assert self.plan.text_hex is not None
        return self.plan.text_hex

    @property
    def accent(self) -> str:
        return self.plan.accent_hex or self.ink

    @property
    def least_body(self) -> float:
        """Smallest body size in pixels that still reads at this canvas size."""
        return max(self.short * 0.020, 11.0 if self.short >= 80 else 9.0)


def lay_out(plan: RenderPlan, kit: Kit) -> Scene:
    """The scene of a plan."""
    assert plan.width_px is not None
    assert plan.height_px is not None
    assert plan.layout is not None
    return LAYOUTS[plan.layout](_Canvas(plan, kit, plan.width_px, plan.height_px))


# ---------------------------------------------------------------- the layouts


def _poster(canvas: _Canvas, *, art_first: bool = False) -> Scene:
    """Square and upright: text zone and full-width art zone, one above the other."""
    m, has_text = canvas.margin, bool(canvas.plan.headline)
    art_height = round(canvas.height * (0.44 if canvas.height > canvas.width * 1.2 else 0.40 if has_text else 0.56))
    art_top = 0 if art_first else canvas.height - art_height
    zone_top, zone_bottom = (art_height, canvas.height) if art_first else (0, art_top)
    shapes, pictures = _art(canvas, (0, art_top, canvas.width, art_top + art_height))
    logo = (
        _logo(canvas, m, zone_top + m, "top-left")
        if not art_first
        else _logo(canvas, m, zone_bottom - m, "bottom-left")
    )
    top = zone_top + m
    bottom = zone_bottom - m * (0.9 if not art_first else 1.0)
    if logo is not None and not art_first:
        top = max(logo.clear_box[3], logo.box[3] + m * 0.5)
    if logo is not None and art_first:
        bottom = min(logo.clear_box[1], logo.box[1] - m * 0.5)
    texts = _stack(
        canvas, (m, top, canvas.width - m, bottom), largest=canvas.short * 0.15, align="top" if art_first else "bottom"
    )
    return _scene(canvas, shapes, texts, logo, pictures)


def _poster_flip(canvas: _Canvas) -> Scene:
    return _poster(canvas, art_first=True)


def _split(canvas: _Canvas, *, art_first: bool = False) -> Scene:
    """Wide: text on one side, full-height art on the other."""
    m = canvas.margin * 1.1
    art_width = round(canvas.width * (0.42 if canvas.plan.headline else 0.55))
    art_left = 0 if art_first else canvas.width - art_width
    left, right = (art_width + m, canvas.width - m) if art_first else (m, art_left - m)
    shapes, pictures = _art(canvas, (art_left, 0, art_left + art_width, canvas.height))
    logo = _logo(canvas, left, m, "top-left", widest=right - left)
    top = m if logo is None else max(logo.clear_box[3], logo.box[3] + m * 0.5)
    texts = _stack(canvas, (left, top, right, canvas.height - m), largest=canvas.short * 0.145, align="bottom")
    return _scene(canvas, shapes, texts, logo, pictures)


def _split_flip(canvas: _Canvas) -> Scene:
    return _split(canvas, art_first=True)


def _statement(canvas: _Canvas) -> Scene:
    """Type only: a large headline at the foot, an accent rule, a quarter disc that bleeds off one corner."""
    m = canvas.margin * 1.15
    logo = _logo(canvas, m, m, "top-left")
    top = m if logo is None else max(logo.clear_box[3], logo.box[3] + m * 0.6)
    radius = canvas.short * 0.36
    shapes: tuple[str, ...] = ()
    reach = (logo.clear_box[2] if logo else 0) < canvas.width - radius
    if reach:
        shapes = _corner_discs(canvas, 0, radius)
        top = max(top, radius + m * 0.35)
    texts = _stack(canvas, (m, top, canvas.width - m, canvas.height - m), largest=canvas.short * 0.19, align="bottom")
    rule = _rule_above(canvas, texts)
    return _scene(canvas, (*shapes, *rule), texts, logo, ())


def _quote(canvas: _Canvas) -> Scene:
    """A quotation: large mark, the words, who said them; logo at the foot."""
    m = canvas.margin * 1.25
    logo = _logo(canvas, m, canvas.height - m, "bottom-left")
    size = canvas.short * 0.42
    mark = fit(
        "“", canvas.kit.type.heading, width=size, height=size * 2, largest=size, smallest=8, leading=1.0, max_lines=1
    )
    mark_height = size * 0.30
    bottom = canvas.height - m if logo is None else min(logo.clear_box[1], logo.box[1] - m * 0.5)
    texts = _stack(
        canvas, (m, m + mark_height + m * 0.25, canvas.width - m, bottom), largest=canvas.short * 0.105, align="top"
    )
    shapes = (mark.svg(m - size * 0.02, m, canvas.accent),)
    return _scene(canvas, shapes, texts, logo, ())


def _banner(canvas: _Canvas) -> Scene:
    """Very wide: an art tile, the headline, the logo, all on one axis."""
    m = canvas.margin
    art_width = round(min(canvas.height * (1.5 if canvas.width > canvas.height * 5 else 1.0), canvas.width * 0.22))
    shapes, pictures = _art(canvas, (0, 0, art_width, canvas.height))
    logo = _logo(canvas, canvas.width - m * 1.2, canvas.height / 2, "middle-right", widest=canvas.width * 0.24)
    right = canvas.width - m if logo is None else min(logo.clear_box[0], logo.box[0] - m)
    texts = _stack(
        canvas, (art_width + m * 1.2, m, right, canvas.height - m), largest=canvas.height * 0.36, align="middle"
    )
    return _scene(canvas, shapes, texts, logo, pictures)


def _tower(canvas: _Canvas) -> Scene:
    """Very tall: logo, headline and text above, art at the foot."""
    m = canvas.margin
    art_height = round(canvas.height * 0.38)
    shapes, pictures = _art(canvas, (0, canvas.height - art_height, canvas.width, canvas.height))
    logo = _logo(canvas, m, m * 1.2, "top-left", widest=canvas.width - 2 * m)
    top = m if logo is None else max(logo.clear_box[3], logo.box[3] + m)
    area = (m, top, canvas.width - m, canvas.height - art_height - m)
    texts = _stack(canvas, area, largest=canvas.short * 0.2, align="top")
    return _scene(canvas, shapes, texts, logo, pictures)


def _card(canvas: _Canvas) -> Scene:
    """Small: headline first, logo at the foot, a quarter disc in the corner beside it."""
    m = canvas.margin
    logo = _logo(canvas, m, canvas.height - m, "bottom-left", widest=canvas.width * 0.5)
    bottom = canvas.height - m if logo is None else min(logo.clear_box[1], logo.box[1] - m * 0.6)
    texts = _stack(canvas, (m, m, canvas.width - m, bottom), largest=canvas.short * 0.17, align="top")
    taken = max((text.box[3] for text in texts), default=m)
    room = min(canvas.height - taken - m * 0.5, canvas.width - (logo.clear_box[2] if logo else 0), canvas.short * 0.42)
    return _scene(canvas, _corner_discs(canvas, canvas.height, room), texts, logo, ())


def _mark(canvas: _Canvas) -> Scene:
    """Tiny: the logo alone, or the headline's initial where there is no logo to show."""
    logo = _logo(canvas, canvas.width / 2, canvas.height / 2, "centre", widest=canvas.width)
    if logo is not None or not canvas.plan.headline:
        return _scene(canvas, (), (), logo, ())
    initial = next((c for c in canvas.plan.headline if c.isalnum()), "A").upper()
    text = fit(initial, canvas.kit.type.heading, width=canvas.width * 0.7, height=canvas.height * 0.62, largest=canvas.height,
               smallest=6, leading=1.0, max_lines=1)  # fmt: skip
    top = (canvas.height - text.cap_px) / 2
    placed = TextPlacement("headline", text, canvas.width / 2, top, canvas.ink, canvas.background, "middle")
    return _scene(canvas, (), (placed,), None, ())


def _frame(canvas: _Canvas) -> Scene:
    """A given picture large, with the words and the logo on a brand panel below or beside it."""
    m = canvas.margin
    if canvas.width > canvas.height * 1.5:
        panel = round(canvas.width * 0.34)
        shapes, pictures = _art(canvas, (0, 0, canvas.width - panel, canvas.height))
        left, right = canvas.width - panel + m * 0.8, canvas.width - m * 0.8
        logo = _logo(canvas, left, m, "top-left", widest=right - left)
        top = m if logo is None else max(logo.clear_box[3], logo.box[3] + m * 0.5)
        texts = _stack(canvas, (left, top, right, canvas.height - m), largest=canvas.short * 0.1, align="bottom")
        return _scene(canvas, shapes, texts, logo, pictures)
    panel = round(canvas.height * 0.27)
    top = canvas.height - panel
    shapes, pictures = _art(canvas, (0, 0, canvas.width, top))
    logo = _logo(canvas, canvas.width - m, top + panel / 2, "middle-right", widest=canvas.width * 0.3)
    right = canvas.width - m if logo is None else min(logo.clear_box[0], logo.box[0] - m * 0.6)
    texts = _stack(
        canvas, (m, top + m * 0.8, right, canvas.height - m * 0.8), largest=canvas.short * 0.085, align="middle"
    )
    return _scene(canvas, shapes, texts, logo, pictures)


LAYOUTS: dict[str, Callable[[_Canvas], Scene]] = {
    "poster": _poster, "poster_flip": _poster_flip, "split": _split, "split_flip": _split_flip, "statement": _statement,
    "quote": _quote, "banner": _banner, "tower": _tower, "card": _card, "mark": _mark, "frame": _frame,
}  # fmt: skip


# ---------------------------------------------------------------- their parts


def _scene(
    canvas: _Canvas, shapes: tuple[str, ...], texts: tuple[TextPlacement, ...], logo: LogoPlacement | None,
    pictures: tuple[PicturePlacement, ...],
) -> Scene:  # fmt: skip
    if logo is not None and canvas.plan.logo_ground_hex:
        # A band of the logo's own ground: only where no palette ground lets the logo be read.
        x0, y0, x1, y1 = logo.clear_box
        shapes = (
            *shapes,
            f'<rect x="{x0:.2f}" y="{y0:.2f}" width="{x1 - x0:.2f}" height="{y1 - y0:.2f}" fill="{logo.ground_hex}"/>',
        )
    return Scene(canvas.width, canvas.height, canvas.background, shapes, texts, logo, pictures)


def _art(canvas: _Canvas, box: tuple[int, int, int, int]) -> tuple[tuple[str, ...], tuple[PicturePlacement, ...]]:
    """The art panel: the reference pictures where there are any, else the motif."""
    x0, y0, x1, y1 = box
    keys = canvas.plan.reference_keys
    if keys:
        return (), _tile(keys[:4], box)
    plan = canvas.plan
    ground = plan.surface_hex or canvas.accent
    motif = draw_motif(
        plan.motif or "quarters", (x0, y0, x1 - x0, y1 - y0), ground, plan.art_hex or (canvas.ink,), plan.seed
    )
    return (motif,), ()


def _tile(keys: tuple[str, ...], box: tuple[int, int, int, int]) -> tuple[PicturePlacement, ...]:
    """One to four pictures that fill a box, side by side along its longer side."""
    x0, y0, x1, y1 = box
    count, is_wide = len(keys), x1 - x0 >= y1 - y0
    placed = []
    for index, key in enumerate(keys):
        if is_wide:
            part = (x0 + (x1 - x0) * index // count, y0, x0 + (x1 - x0) * (index + 1) // count, y1)
        else:
            part = (x0, y0 + (y1 - y0) * index // count, x1, y0 + (y1 - y0) * (index + 1) // count)
        placed.append(PicturePlacement(key, part))
    return tuple(placed)


def _logo(canvas: _Canvas, x: float, y: float, anchor: str, *, widest: float | None = None) -> LogoPlacement | None:
    """The logo at an anchor point, its clear space inside the canvas; None where it cannot stand at its minimum size."""
    art, plan = canvas.kit.logo, canvas.plan
    if art is None:
        return None
    ratio = plan.logo_safe_zone_ratio or 0.0
    aspect, shorter = art.aspect, min(art.aspect, 1.0)
    height = math.sqrt(_LOGO_AREA_SHARE * canvas.width * canvas.height / aspect)
    if max(canvas.width, canvas.height) / canvas.short >= 2.2:
        height = max(height, canvas.short * 0.3 / max(aspect / 3.5, 1.0))
    height = max(height, plan.logo_minimum_px or 0.0, 16.0 if canvas.short >= 90 else 0.0)
    if anchor == "centre":
        height = canvas.height
    room = 2 * ratio * shorter
    limit_width = min(widest or canvas.width, canvas.width) if anchor != "centre" else canvas.width
    height = min(height, canvas.width / (aspect + room), canvas.height / (1 + room), limit_width / aspect)
    width = height * aspect
    clear = ratio * height * shorter
    left = x if anchor.endswith("left") else x - width if anchor.endswith("right") else x - width / 2
    top = y if anchor.startswith("top") else y - height if anchor.startswith("bottom") else y - height / 2
    left = min(max(left, clear), canvas.width - clear - width)
    top = min(max(top, clear), canvas.height - clear - height)
    box = (left, top, left + width, top + height)
    clear_box = (left - clear, top - clear, left + width + clear, top + height + clear)
    return LogoPlacement(art, box, clear_box, plan.logo_ground_hex or canvas.background)


def _stack(canvas: _Canvas, area: Box, *, largest: float, align: str) -> tuple[TextPlacement, ...]:
    """Headline, then body or attribution, in an area; the whole block aligned to its top, middle or bottom."""
    plan = canvas.plan
    if not plan.headline:
        return ()
    x0, y0, x1, y1 = area
    width, height = max(x1 - x0, 8.0), max(y1 - y0, 8.0)
    second = plan.body or (f"— {plan.attribution}" if plan.attribution else None)
    reserve = 0.0 if not second else 0.34
    headline = fit(
        plan.headline, canvas.kit.type.heading, width=width, height=height * (1 - reserve), largest=largest,
        smallest=canvas.least_body, leading=HEADLINE_LEADING, tracking_em=-0.012, max_lines=9,
    )  # fmt: skip
    body, gap = _second_text(canvas, second, headline, width, height)
    total = headline.height_px + (gap + body.height_px if body else 0.0)
    top = {"top": y0, "middle": y0 + (height - total) / 2, "bottom": y1 - total}[align]
    placed = [TextPlacement("headline", headline, x0, top, canvas.ink, canvas.background)]
    if body is not None:
        role = "body" if plan.body else "attribution"
        placed.append(TextPlacement(role, body, x0, top + headline.height_px + gap, canvas.ink, canvas.background))
    return tuple(placed)


def _second_text(
    canvas: _Canvas, words: str | None, headline: SetText, width: float, height: float
) -> tuple[SetText | None, float]:
    """The text under the headline and the gap above it; dropped where a derived body finds no legible room."""
    if not words:
        return None, 0.0
    size = min(
        max(headline.size_px * 0.34, canvas.short * 0.028, canvas.least_body),
        canvas.short * 0.042,
        headline.size_px * 0.8,
    )
    size = max(size, min(canvas.least_body, headline.size_px))
    gap = max(headline.size_px * 0.18, size * 0.75)
    room = height - headline.height_px - gap
    measure = min(width, size * 30)
    body = flow(
        words,
        canvas.kit.type.body,
        width=measure,
        height=max(room, 1.0),
        size=size,
        smallest=canvas.least_body,
        leading=BODY_LEADING,
    )
    if body.size_px < canvas.least_body * 0.98 and not canvas.plan.is_verbatim:
        return None, 0.0
    return body, gap


def _corner_discs(canvas: _Canvas, y: float, radius: float) -> tuple[str, ...]:
    """Two quarter discs that bleed off the right edge at the top or the foot; none where there is no room."""
    if radius < canvas.short * 0.12:
        return ()
    colours = [value for value in (canvas.accent, *canvas.plan.art_hex) if value != canvas.background]
    inner = next((value for value in colours if value != canvas.accent), canvas.background)
    return (
        f'<circle cx="{canvas.width}" cy="{y:g}" r="{radius:.2f}" fill="{canvas.accent}"/>',
        f'<circle cx="{canvas.width}" cy="{y:g}" r="{radius * 0.5:.2f}" fill="{inner}"/>',
    )


def _rule_above(canvas: _Canvas, texts: tuple[TextPlacement, ...]) -> tuple[str, ...]:
    if not texts:
        return ()
    thick = max(2.0, canvas.short * 0.008)
    head = texts[0]
    y = head.top - head.text.size_px * 0.34 - thick
    return (
        f'<rect x="{head.x:.2f}" y="{y:.2f}" width="{canvas.short * 0.1:.2f}" height="{thick:.2f}" fill="{canvas.accent}"/>',
    )


def with_text_hex(scene: Scene, hex_value: str) -> Scene:
    """The same scene with its text in another colour."""
    return replace(scene, texts=tuple(replace(text, hex=hex_value) for text in scene.texts))
