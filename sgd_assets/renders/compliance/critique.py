"""Judges a finished picture by measuring its pixels against the canon (contract `critique`). No opinion, no model.

With the scene it was made from: palette share, contrast of the live text as drawn, clear space, logo unharmed, legible
sizes. Without one (any uploaded picture): the palette's share and the colours that stray from it.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from sgd_assets.renders.compliance.contrast_on_picture import contrast_on_picture
from sgd_assets.renders.compliance.contrast_seen import contrast_seen
from sgd_assets.renders.compliance.palette_share import Pixels, StrayColour, palette_share
from sgd_assets.renders.compose.draw import logo_element
from sgd_assets.renders.compose.scene import LogoPlacement, Scene, TextPlacement
from sgd_assets.renders.model import Critique, RenderPlan, Violation
from sgd_assets.renders.plan.schemes import LARGE_TEXT_CONTRAST, TEXT_CONTRAST
from sgd_resources.colour import BLACK, WHITE, contrast, rgb_of
from sgd_resources.ports import Painter, Raster

MIN_PALETTE_SHARE = 0.97  # edges between palette colours never fail a picture, a stray area of some percent does
MAX_INTRUSION_SHARE = 0.002  # of the zone's pixels: anti-aliasing and rounding of its edge, not a mark
# Mean difference of the channels: scaling and compression stay below, another colour does not.
MAX_LOGO_DIFFERENCE = 0.02
# Beside a photograph WebP is coded with loss and blurs the colour of thin letters; another logo differs by 0.1.
_MAX_DIFFERENCE_ON_PICTURE = 0.045
_GRAIN_SHARE = 0.02  # of the clear space: drawn grounds are flat to the last pixel
_RINGING, _BLOCK_PX = 28, 8
_PLAIN, _VEILED = 10, 52  # levels of 255 that count as ground: of a flat one, of a picture under its veil
_LARGE_TEXT_PX = 24.0  # 18 pt at 96 dpi, as WCAG 2.2 counts large text

_Progress = list[tuple[Violation, str]]


def critique_picture(
    raster: Raster,
    *,
    palette: Sequence[str],
    plan: RenderPlan | None = None,
    scene: Scene | None = None,
    painter: Painter | None = None,
) -> Critique:
    """Score, violations and what would mend them.

    Args:
        raster: the decoded picture, exactly as delivered.
        palette: hexes that may appear.
        plan: what the picture was made from; with `scene` and `painter` it opens the measures of text and logo.
        scene: where text, logo and pictures stand.
        painter: draws the logo again to compare with.

    Returns:
        The critique; its score is 1.0 when every rule is kept. Deterministic.
    """
    pixels = np.frombuffer(raster.rgba, np.uint8).reshape(raster.height_px, raster.width_px, 4)
    measured: dict[str, float] = {}
    found: _Progress = []
    allowed = tuple(dict.fromkeys([*palette, *(plan.neutral_hex if plan else ())]))
    mask = _judged(pixels, plan, scene)
    score = 1.0
    if mask.any() and allowed:
        share, strays = palette_share(pixels, mask, allowed)
        measured["palette_share_ratio"] = round(share, 5)
        if share < MIN_PALETTE_SHARE:
            found.append(_stray_violation(share, strays))
            score -= min(0.6, (MIN_PALETTE_SHARE - share) * 0.9 + 0.05)
    if plan is not None and scene is not None:
        steps: tuple[Callable[[], float], ...] = (
            lambda: _text(pixels, plan, scene, painter, measured, found),
            lambda: _logo(pixels, plan, scene, painter, measured, found),
            lambda: _overlaps(scene, found),
        )
        for step in steps:
            score -= step()
    return Critique(
        score=round(min(max(score, 0.0), 1.0), 4),
        violations=tuple(violation.message for violation, _ in found),
        repair_suggestions=tuple(dict.fromkeys(repair for _, repair in found)),
        findings=tuple(violation for violation, _ in found),
        measurements=measured,
    )


def _stray_violation(share: float, strays: Sequence[StrayColour]) -> tuple[Violation, str]:
    worst = [stray for stray in strays if stray.share >= 0.002][:3]
    listed = ", ".join(f"{stray.hex} ({stray.share:.1%})" for stray in worst) or "many colours"
    repair = "; ".join(f"replace {s.hex} by {s.nearest_hex}" for s in worst) or "redraw in the palette's colours"
    message = (
        f"{share:.1%} of the pixels keep to the palette, at least {MIN_PALETTE_SHARE:.0%} must; outside it: {listed}"
    )
    return Violation(rule="palette_only", message=message, measured=round(share, 5), limit=MIN_PALETTE_SHARE), repair


def _judged(pixels: Pixels, plan: RenderPlan | None, scene: Scene | None) -> NDArray[np.bool_]:
    """Pixels that must keep to the palette: visible ones outside the logo and the reference pictures."""
    mask: NDArray[np.bool_] = pixels[..., 3] > 16
    spared: list[tuple[float, float, float, float]] = []
    if scene is not None:
        if scene.backdrop is not None:
            return np.zeros_like(mask)  # a picture fills the page; what is drawn on it is measured piece by piece
        spared = [*(picture.box for picture in scene.pictures), *([scene.logo.box] if scene.logo else [])]
    elif plan is not None and (plan.width_px, plan.height_px) == (pixels.shape[1], pixels.shape[0]):
        spared = [*plan.picture_boxes_px, *([plan.logo_box_px] if plan.logo_box_px else [])]
    for box in spared:
        x0, y0, x1, y1 = _whole(box, pixels, grow=1)
        mask[y0:y1, x0:x1] = False
    return mask


# ---------------------------------------------------------------- text


def _text(
    pixels: Pixels,
    plan: RenderPlan,
    scene: Scene,
    painter: Painter | None,
    measured: dict[str, float],
    found: _Progress,
) -> float:
    penalty = 0.0
    if plan.headline and not scene.texts and plan.layout != "mark":
        found.append(
            (
                Violation(rule="text_present", message="the headline is not on the picture"),
                "use a larger format or a shorter headline",
            )
        )
        penalty += 0.3
    ratios = [contrast_as_drawn(pixels, text, scene, painter) for text in scene.texts]
    if ratios:
        measured["text_contrast_ratio"] = round(min(ratios), 2)
    for text, ratio in zip(scene.texts, ratios, strict=True):
        limit = LARGE_TEXT_CONTRAST if text.text.size_px >= _LARGE_TEXT_PX else TEXT_CONTRAST
        # Downsampled strokes never quite reach their own colour: 5 % is the margin of the measure, not of the rule.
        if ratio < limit * 0.95:
            message = f"the {text.role} has a contrast of {ratio:.2f}, WCAG AA asks for {limit:g}"
            found.append(
                (
                    Violation(rule="text_contrast", message=message, measured=round(ratio, 2), limit=limit),
                    "set the text in a colour that stands out more from its ground",
                )
            )
            penalty += 0.25
        smallest = legible_px(scene)
        if text.text.size_px < smallest:
            message = f"the {text.role} is {text.text.size_px:.1f} px high, {smallest:g} px is the least that reads"
            found.append(
                (
                    Violation(rule="text_size", message=message, measured=round(text.text.size_px, 2), limit=smallest),
                    "shorten the text or use a larger format",
                )
            )
            penalty += 0.12
        if text.text.missing:
            message = f"no installed font has {', '.join(text.text.missing[:8])}"
            found.append(
                (
                    Violation(rule="missing_glyphs", message=message, measured=float(len(text.text.missing))),
                    "upload a font that has these characters",
                )
            )
            penalty += 0.3
        x0, y0, x1, y1 = text.box
        if x0 < -0.5 or y0 < -0.5 or x1 > scene.width_px + 0.5 or y1 > scene.height_px + 0.5:
            found.append(
                (
                    Violation(rule="text_overflow", message=f"the {text.role} runs off the picture"),
                    "shorten the text or use a larger format",
                )
            )
            penalty += 0.3
    if scene.texts:
        measured["text_smallest_px"] = round(min(text.text.size_px for text in scene.texts), 2)
    return penalty


def legible_px(scene: Scene) -> float:
    """The least text size in pixels for a canvas of this size."""
    return 8.0 if min(scene.width_px, scene.height_px) < 200 else 10.0


def contrast_as_drawn(pixels: Pixels, text: TextPlacement, scene: Scene, painter: Painter | None) -> float:
    """WCAG contrast between the text's ink and the worst ground it touches, both read from the pixels of its box."""
    x0, y0, x1, y1 = _whole(text.box, pixels)
    if x1 <= x0 or y1 <= y0:
        return 1.0
    box = pixels[y0:y1, x0:x1]
    if scene.backdrop is not None and painter is not None and text.ground_hex == scene.backdrop.ground_hex:
        return contrast_on_picture(box, (x0, y0), text, painter, is_lossy=_is_coded_with_loss(box, text.hex))
    return contrast_seen(box, text.hex)


def _is_coded_with_loss(box: Pixels, ink_hex: str) -> bool:
    """Drawn ink holds its colour exactly; coded with loss it hardly anywhere does."""
    away = np.abs(box[..., :3].astype(np.int16) - np.array(rgb_of(ink_hex), np.int16)).max(axis=-1)
    near = int((away <= 40).sum())
    return bool(near) and int((away == 0).sum()) < 0.25 * near


# ---------------------------------------------------------------- logo


def _logo(
    pixels: Pixels,
    plan: RenderPlan,
    scene: Scene,
    painter: Painter | None,
    measured: dict[str, float],
    found: _Progress,
) -> float:
    logo = scene.logo
    if plan.logo_sha256 is None:
        return 0.0
    if logo is None:
        found.append(
            (
                Violation(rule="logo_present", message="the logo does not fit the format with its clear space"),
                "use a larger format",
            )
        )
        return 0.2
    penalty = 0.0
    is_on_picture = scene.backdrop is not None and logo.band is None
    intrusion = intrusion_share(pixels, logo, plain=_VEILED if is_on_picture else _PLAIN)
    measured["logo_intrusion_ratio"] = round(intrusion, 5)
    measured["logo_height_px"] = round(logo.box[3] - logo.box[1], 2)
    measured["logo_clear_space_px"] = round(logo.box[0] - logo.clear_box[0], 2)
    if intrusion > MAX_INTRUSION_SHARE:
        message = f"{intrusion:.1%} of the logo's clear space is not plain ground"
        found.append(
            (
                Violation(
                    rule="logo_clear_space", message=message, measured=round(intrusion, 5), limit=MAX_INTRUSION_SHARE
                ),
                "move the logo away from what intrudes, or make it smaller",
            )
        )
        penalty += 0.3
    if painter is not None:
        difference = logo_difference(pixels, logo, painter, is_on_picture=is_on_picture)
        limit = _MAX_DIFFERENCE_ON_PICTURE if is_on_picture else MAX_LOGO_DIFFERENCE
        measured["logo_difference_ratio"] = round(difference, 5)
        if difference > limit:
            message = "the logo on the picture is not the logo of the evidence"
            found.append(
                (
                    Violation(
                        rule="logo_unmodified",
                        message=message,
                        measured=round(difference, 5),
                        limit=limit,
                    ),
                    "place the logo file as it is",
                )
            )
            penalty += 0.4
    legible = logo.art.legibility(logo.ground_hex)
    measured["logo_legibility_ratio"] = round(legible, 4)
    if legible < 0.6:
        found.append(
            (
                Violation(
                    rule="logo_legible",
                    message=f"the logo cannot be read on {logo.ground_hex}",
                    measured=round(legible, 4),
                    limit=0.6,
                ),
                "upload a logo variant for this ground",
            )
        )
        penalty += 0.2
    height = logo.box[3] - logo.box[1]
    if plan.logo_minimum_px is not None and height < plan.logo_minimum_px - 0.5:
        message = f"the logo is {height:.0f} px high, the canon asks for {plan.logo_minimum_px:.0f}"
        found.append(
            (
                Violation(
                    rule="logo_minimum_size",
                    message=message,
                    measured=round(height, 2),
                    limit=round(plan.logo_minimum_px, 2),
                ),
                "use a larger format",
            )
        )
        penalty += 0.1
    return penalty


def intrusion_share(pixels: Pixels, logo: LogoPlacement, *, plain: int = _PLAIN) -> float:
    """Share of the clear space around the logo that is not its ground, what lies off the canvas included.

    `plain`: levels of 255 that the ground may differ from its colour.
    """
    x0, y0, x1, y1 = (round(value) for value in logo.clear_box)
    height, width = pixels.shape[:2]
    outside = max(0, -x0) + max(0, -y0) + max(0, x1 - width) + max(0, y1 - height)
    cx0, cy0, cx1, cy1 = _whole(logo.clear_box, pixels, grow=-1)
    region = pixels[cy0:cy1, cx0:cx1, :3].astype(np.int16)
    if region.size == 0:
        return 0.0
    away = np.abs(region - np.array(rgb_of(logo.ground_hex), np.int16)).max(axis=-1)
    # A lossy format leaves grain on flat grounds and rings around edges, up to one 8 px block away.
    is_lossy = plain > _PLAIN or float(((away > 0) & (away <= 10)).mean()) > _GRAIN_SHARE
    is_other = away > max(plain, _RINGING if is_lossy else _PLAIN)
    lx0, ly0, lx1, ly1 = _whole(logo.box, pixels, grow=_BLOCK_PX if is_lossy else 2)
    ring = np.ones(region.shape[:2], bool)
    ring[max(0, ly0 - cy0) : max(0, ly1 - cy0), max(0, lx0 - cx0) : max(0, lx1 - cx0)] = False
    return 1.0 if outside > 4 else float((is_other & ring).sum() / max(int(ring.sum()), 1))


def logo_difference(pixels: Pixels, logo: LogoPlacement, painter: Painter, *, is_on_picture: bool = False) -> float:
    """Mean difference, 0..1, between the logo's box and the logo drawn afresh; on a picture where its ink is solid."""
    x0, y0, x1, y1 = _whole(logo.box, pixels)
    if x1 <= x0 or y1 <= y0:
        return 1.0
    ground = "" if is_on_picture else f'<rect width="{x1 - x0}" height="{y1 - y0}" fill="{logo.ground_hex}"/>'
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{x1 - x0}" height="{y1 - y0}">'
        f'{ground}<g transform="translate({-x0} {-y0})">{logo_element(logo, painter)}</g></svg>'
    )
    fresh = painter.draw(svg)
    expected = np.frombuffer(fresh.rgba, np.uint8).reshape(fresh.height_px, fresh.width_px, 4)
    away = np.abs(pixels[y0:y1, x0:x1, :3].astype(np.int16) - expected[..., :3].astype(np.int16))
    if is_on_picture:
        away = away[expected[..., 3] == 255]
    return float(away.mean() / 255) if away.size else 0.0


def _overlaps(scene: Scene, found: _Progress) -> float:
    boxes = [(text.role, text.box) for text in scene.texts]
    if scene.logo is not None:
        boxes.append(("logo's clear space", scene.logo.clear_box))
    penalty = 0.0
    for index, (name, a) in enumerate(boxes):
        for other, b in boxes[index + 1 :]:
            if min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1:
                found.append(
                    (
                        Violation(rule="overlap", message=f"the {name} runs into the {other}"),
                        "shorten the text or use a larger format",
                    )
                )
                penalty += 0.2
    return penalty


def _whole(box: tuple[float, float, float, float], pixels: Pixels, *, grow: int = 0) -> tuple[int, int, int, int]:
    height, width = pixels.shape[:2]
    return (
        max(0, int(np.floor(box[0])) - grow), max(0, int(np.floor(box[1])) - grow),
        min(width, int(np.ceil(box[2])) + grow), min(height, int(np.ceil(box[3])) + grow),
    )  # fmt: skip


def neutral_for(ground_hex: str) -> str:
    """Black or white, whichever reads better on a ground."""
    return max((WHITE, BLACK), key=lambda value: contrast(value, ground_hex))
