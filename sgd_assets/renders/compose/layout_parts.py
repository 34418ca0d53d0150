"""What layouts are built of: the canvas and its margins, the art panel, the logo with its clear space, stacked text.

What must not live here: whole arrangements (`layouts.py`).
"""

import math
from dataclasses import dataclass

from sgd_assets.renders.compose.logos import LogoArt
from sgd_assets.renders.compose.motifs import draw_motif
from sgd_assets.renders.compose.scene import Box, LogoPlacement, PicturePlacement, Scene, TextPlacement
from sgd_assets.renders.compose.typefaces import TypePair
from sgd_assets.renders.compose.typeset import SetText, fit, flow
from sgd_assets.renders.model import RenderPlan

HEADLINE_LEADING, BODY_LEADING = 1.06, 1.38
_LOGO_AREA_SHARE = 0.012
"""Ink area of the logo as a share of the canvas: the same visual weight for a wide wordmark and a round mark."""


@dataclass(frozen=True)
class Kit:
    """What a layout works with beside the plan."""

    type: TypePair
    logo: LogoArt | None


@dataclass(frozen=True)
class Canvas:
    """A plan on its format, with the measures that follow from it."""

    plan: RenderPlan
    kit: Kit
    width: int
    height: int

    @property
    def short(self) -> float:
        """The shorter side in pixels."""
        return float(min(self.width, self.height))

    @property
    def margin(self) -> float:
        """Outer margin: wider on calm formats, tighter on thin ones."""
        ratio = max(self.width, self.height) / self.short
        return self.short * (0.075 if ratio < 2.2 else 0.13)

    @property
    def background(self) -> str:
        """Hex of the page's ground."""
        assert self.plan.background_hex is not None
        return self.plan.background_hex

    @property
    def ink(self) -> str:
        """Hex of the text."""
        assert self.plan.text_hex is not None
        return self.plan.text_hex

    @property
    def accent(self) -> str:
        """Hex of rules and marks."""
        return self.plan.accent_hex or self.ink

    @property
    def least_body(self) -> float:
        """Smallest body size in pixels that still reads at this canvas size."""
        return max(self.short * 0.020, 11.0 if self.short >= 80 else 9.0)


def assemble(
    canvas: Canvas,
    shapes: tuple[str, ...],
    texts: tuple[TextPlacement, ...],
    logo: LogoPlacement | None,
    pictures: tuple[PicturePlacement, ...],
) -> Scene:
    """The scene of its parts, with the band under the logo where it needs one."""
    if logo is not None and canvas.plan.logo_ground_hex:
        # A band of the logo's own ground: only where no palette ground lets the logo be read.
        x0, y0, x1, y1 = logo.band or logo.clear_box
        shapes = (
            *shapes,
            f'<rect x="{x0:.2f}" y="{y0:.2f}" width="{x1 - x0:.2f}" height="{y1 - y0:.2f}" fill="{logo.ground_hex}"/>',
        )
    return Scene(canvas.width, canvas.height, canvas.background, shapes, texts, logo, pictures)


def art_panel(canvas: Canvas, box: tuple[int, int, int, int]) -> tuple[tuple[str, ...], tuple[PicturePlacement, ...]]:
    """The art panel: the planned picture, else the reference pictures where there are any, else the motif."""
    x0, y0, x1, y1 = box
    imagery = canvas.plan.imagery
    keys = imagery.keys if imagery is not None and imagery.keys else canvas.plan.reference_keys
    if keys:
        return (), _tile(keys[:4], box, canvas.plan.palette_hex)
    plan = canvas.plan
    ground = plan.surface_hex or canvas.accent
    motif = draw_motif(
        plan.motif or "quarters", (x0, y0, x1 - x0, y1 - y0), ground, plan.art_hex or (canvas.ink,), plan.seed
    )
    return (motif,), ()


def _tile(
    keys: tuple[str, ...], box: tuple[int, int, int, int], grounds: tuple[str, ...]
) -> tuple[PicturePlacement, ...]:
    """One to four pictures that fill a box, side by side along its longer side."""
    x0, y0, x1, y1 = box
    count, is_wide = len(keys), x1 - x0 >= y1 - y0
    placed = []
    for index, key in enumerate(keys):
        if is_wide:
            part = (x0 + (x1 - x0) * index // count, y0, x0 + (x1 - x0) * (index + 1) // count, y1)
        else:
            part = (x0, y0 + (y1 - y0) * index // count, x1, y0 + (y1 - y0) * (index + 1) // count)
        placed.append(PicturePlacement(key, part, grounds))
    return tuple(placed)


def place_logo(
    canvas: Canvas,
    x: float,
    y: float,
    anchor: str,
    *,
    widest: float | None = None,
    panel: tuple[float, float] | None = None,
) -> LogoPlacement | None:
    """The logo at an anchor point, its clear space inside the canvas; None where there is no logo."""
    art, plan = canvas.kit.logo, canvas.plan
    if art is None:
        return None
    ratio = plan.logo_safe_zone_ratio or 0.0
    aspect, shorter = art.aspect, min(art.aspect, 1.0)
    # Where there are no words, the logo is what the picture says.
    share = _LOGO_AREA_SHARE * (1.0 if plan.headline else 3.0)
    height = math.sqrt(share * canvas.width * canvas.height / aspect)
    if max(canvas.width, canvas.height) / canvas.short >= 2.2:
        height = max(height, canvas.short * 0.3 / max(aspect / 3.5, 1.0))
    height = max(height, plan.logo_minimum_px or 0.0, 16.0 if canvas.short >= 90 else 0.0)
    if anchor == "centre":
        height = canvas.height
    room = 2 * ratio * shorter
    limit_width = min(widest or canvas.width, canvas.width) if anchor != "centre" else canvas.width
    # The canon's minimum outweighs the layout's wish: a narrow format gives the logo more of its width.
    limit_width = max(limit_width, min((plan.logo_minimum_px or 0.0) * aspect, canvas.width * 0.4))
    height = min(height, canvas.width / (aspect + room), canvas.height / (1 + room), limit_width / aspect)
    width = height * aspect
    clear = ratio * height * shorter
    left = x if anchor.endswith("left") else x - width if anchor.endswith("right") else x - width / 2
    top = y if anchor.startswith("top") else y - height if anchor.startswith("bottom") else y - height / 2
    left = min(max(left, clear), canvas.width - clear - width)
    top = min(max(top, clear), canvas.height - clear - height)
    box = (left, top, left + width, top + height)
    clear_box = (left - clear, top - clear, left + width + clear, top + height + clear)
    band = _band(canvas, box, clear_box, anchor, panel or (0.0, float(canvas.width))) if plan.logo_ground_hex else None
    return LogoPlacement(art, box, clear_box, plan.logo_ground_hex or canvas.background, band)


def _band(canvas: Canvas, box: Box, clear_box: Box, anchor: str, panel: tuple[float, float]) -> Box:
    """A strip from the canvas edge past the logo, as deep on its inner side as on its outer one."""
    left, right = panel
    if anchor.startswith("top"):
        return left, 0.0, right, max(box[3] + box[1], clear_box[3])
    if anchor.startswith("bottom"):
        return left, min(box[1] - (canvas.height - box[3]), clear_box[1]), right, float(canvas.height)
    if anchor.endswith("right"):
        return min(box[0] - (canvas.width - box[2]), clear_box[0]), 0.0, float(canvas.width), float(canvas.height)
    return 0.0, 0.0, float(canvas.width), float(canvas.height)


def below(canvas: Canvas, logo: LogoPlacement | None, gap: float) -> float:
    """Where text may start under a logo at the top."""
    if logo is None:
        return canvas.margin
    return max(logo.clear_box[3], (logo.band[3] if logo.band else logo.box[3]) + gap)


def above(canvas: Canvas, logo: LogoPlacement | None, gap: float, otherwise: float) -> float:
    """Where text must end over a logo at the foot."""
    if logo is None:
        return otherwise
    return min(logo.clear_box[1], (logo.band[1] if logo.band else logo.box[1]) - gap)


def beside(canvas: Canvas, logo: LogoPlacement | None, gap: float) -> float:
    """Where text must end left of a logo at the right."""
    if logo is None:
        return canvas.width - canvas.margin
    return min(logo.clear_box[0], (logo.band[0] if logo.band else logo.box[0]) - gap)


def stack_text(canvas: Canvas, area: Box, *, largest: float, align: str) -> tuple[TextPlacement, ...]:
    """Headline, then body or attribution, in an area; the whole block aligned to its top, middle or bottom."""
    plan = canvas.plan
    if not plan.headline:
        return ()
    x0, y0, x1, y1 = area
    width, height = max(x1 - x0, 8.0), max(y1 - y0, 8.0)
    second = plan.body or (f"— {plan.attribution}" if plan.attribution else None)
    reserve = 0.0 if not second else 0.34
    headline = fit(
        plan.headline,
        canvas.kit.type.heading,
        width=width,
        height=height * (1 - reserve),
        largest=largest,
        smallest=canvas.least_body,
        leading=HEADLINE_LEADING,
        tracking_em=-0.012,
        max_lines=9,
    )
    body, gap = _second_text(canvas, second, headline, width, height)
    total = headline.height_px + (gap + body.height_px if body else 0.0)
    top = {"top": y0, "middle": y0 + (height - total) / 2, "bottom": y1 - total}[align]
    placed = [TextPlacement("headline", headline, x0, top, canvas.ink, canvas.background)]
    if body is not None:
        role = "body" if plan.body else "attribution"
        placed.append(TextPlacement(role, body, x0, top + headline.height_px + gap, canvas.ink, canvas.background))
    return tuple(placed)


def _second_text(
    canvas: Canvas, words: str | None, headline: SetText, width: float, height: float
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


def corner_discs(canvas: Canvas, y: float, radius: float) -> tuple[str, ...]:
    """Two quarter discs that bleed off the right edge at the top or the foot; none where there is no room."""
    if radius < canvas.short * 0.12:
        return ()
    colours = [value for value in (canvas.accent, *canvas.plan.art_hex) if value != canvas.background]
    others = [value for value in dict.fromkeys(colours) if value != canvas.accent] or [canvas.background]
    inner = others[canvas.plan.seed % len(others)]
    share = (0.42, 0.5, 0.58)[canvas.plan.seed // 7 % 3]
    return (
        f'<circle cx="{canvas.width}" cy="{y:g}" r="{radius:.2f}" fill="{canvas.accent}"/>',
        f'<circle cx="{canvas.width}" cy="{y:g}" r="{radius * share:.2f}" fill="{inner}"/>',
    )


def rule_above(canvas: Canvas, texts: tuple[TextPlacement, ...]) -> tuple[str, ...]:
    """A short accent rule over the headline."""
    if not texts:
        return ()
    thick = max(2.0, canvas.short * 0.008)
    head = texts[0]
    y = head.top - head.text.size_px * 0.34 - thick
    return (
        f'<rect x="{head.x:.2f}" y="{y:.2f}" width="{canvas.short * 0.1:.2f}" height="{thick:.2f}" '
        f'fill="{canvas.accent}"/>',
    )
