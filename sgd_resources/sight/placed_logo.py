"""A logo that was found, looked at closely: how it is turned and stretched, what is missing, its colours, its ground.

What must not live here: finding it.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from sgd_resources.colour import delta_e_2000, hex_of, relative_luminance
from sgd_resources.ports.sight import LogoSeen
from sgd_resources.sight.damage import Damage, damage_of
from sgd_resources.sight.drawings import Drawing, Pixels
from sgd_resources.sight.extent import stretch_of_ink
from sgd_resources.sight.windows import Transform, bounds, shown_at

_OTHER_COLOUR = 12.0  # CIEDE2000: ink of other colours cannot be told from something that lies over it
_GROUND_NEAR, _GROUND_SHARE = 26, 0.8
_SOLID = 250
_SMEAR = 0.35  # pixels of the drawing
_AS_NEAR = 3.0  # CIEDE2000
_UPRIGHT_DEG = 3.0  # of a box that is no wider than its ink
_LARGE_INK = 0.06  # share of the ink: smaller colours of it are not weighed


def look_closely(
    rgb: Pixels, transform: Transform, variants: Sequence[Drawing], likeness: float, *, is_own: bool = False
) -> LogoSeen:
    """The logo at a place of a picture.

    Args:
        rgb: of the picture.
        transform: from pixels of the first variant to pixels of the picture.
        variants: drawings of one shape, in their colours.
        likeness: of the place.
        is_own: whether its colours are known to be the drawing's, however much of it is covered.
    """
    drawing = variants[0]
    variants = [variant.at_size(drawing.size) for variant in variants]
    seen = _warped(rgb, drawing, transform)
    is_inside = _inside(rgb.shape, drawing, transform)
    ground = _ground(rgb, seen, drawing, transform)
    alike = _colours(variants, seen, is_inside)
    is_known = is_own or alike[0][1] <= _OTHER_COLOUR
    damages = [
        damage_of(one, np.asarray(seen, np.uint8), ground, is_inside) if is_known else Damage(0.0, False)
        for one, _, _ in alike
    ]
    # Variants may differ in strokes too thin to have a colour of their own: the one that is there is the whole one.
    at = min(range(len(alike)), key=lambda index: damages[index].missing)
    (variant, away, hexes), damage = alike[at], damages[at]
    angle, stretch = _bent(drawing, transform)
    box = _box(drawing, transform)
    if ground is not None and abs(angle) < _UPRIGHT_DEG:
        inked = stretch_of_ink(rgb, box, variant, ground, has_own_colours=is_known)
        stretch = stretch if inked is None else _nearer_one(stretch, inked)
    return LogoSeen(
        name=variant.name,
        sha256=variant.sha256,
        box=box,
        likeness=round(likeness, 4),
        angle_deg=round(angle, 2),
        stretch=round(stretch, 4),
        missing=round(damage.missing, 4),
        is_cut=damage.is_cut,
        colour_away=round(away, 2),
        hexes=hexes,
        ground_hex=ground,
        legibility=round(_legibility(drawing, seen), 4),
    )


def _bent(drawing: Drawing, transform: Transform) -> tuple[float, float]:
    """(degrees that it is turned, width over height against the drawing's own)."""
    horizontal, vertical = transform[:, 0].astype(float), transform[:, 1].astype(float)
    wide = float(np.hypot(*horizontal))
    high = float(abs(np.linalg.det(transform[:, :2].astype(float)))) / max(wide, 1e-6)
    # The mean of how far both sides are turned, as a sum of directions: half turns have no mean as numbers.
    along = horizontal / max(wide, 1e-6) + np.array([vertical[1], -vertical[0]]) / max(float(np.hypot(*vertical)), 1e-6)
    stretch = wide * drawing.size[0] / max(high * drawing.size[1], 1e-6) / drawing.aspect
    return float(np.degrees(np.arctan2(along[1], along[0]))), stretch


def _nearer_one(first: float, second: float) -> float:
    """What two measures of one stretch agree on; 1 where they contradict each other."""
    if (first - 1) * (second - 1) <= 0:
        return 1.0
    return min(first, second, key=lambda value: abs(np.log(max(value, 1e-3))))


def _warped(values: NDArray[np.generic], drawing: Drawing, transform: Transform) -> NDArray[np.generic]:
    return shown_at(values, transform, drawing.size, smear=_SMEAR, border=cv2.BORDER_REPLICATE)


def _inside(shape: tuple[int, ...], drawing: Drawing, transform: Transform) -> NDArray[np.bool_]:
    """Which pixels of the drawing lie on the picture."""
    width, height = drawing.size
    columns, rows = np.meshgrid(np.arange(width), np.arange(height))
    places = transform.astype(float) @ np.stack([columns.ravel(), rows.ravel(), np.ones(columns.size)])
    is_inside = (places[0] > -0.5) & (places[0] < shape[1]) & (places[1] > -0.5) & (places[1] < shape[0])
    found: NDArray[np.bool_] = is_inside.reshape(height, width)
    return found


def _box(drawing: Drawing, transform: Transform) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = bounds(transform, drawing.size)
    return round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)


def _ground(rgb: Pixels, seen: NDArray[np.generic], drawing: Drawing, transform: Transform) -> str | None:
    """The colour around the logo; None where it is no one colour."""
    x0, y0, x1, y1 = _box(drawing, transform)
    margin = max(3.0, 0.12 * min(x1 - x0, y1 - y0))
    height, width = rgb.shape[:2]
    ox0, oy0 = max(0, int(x0 - margin)), max(0, int(y0 - margin))
    ox1, oy1 = min(width, int(x1 + margin)), min(height, int(y1 + margin))
    ring = np.ones((max(0, oy1 - oy0), max(0, ox1 - ox0)), bool)
    inner = 2
    ring[
        max(0, int(y0) - inner - oy0) : int(y1) + inner - oy0, max(0, int(x0) - inner - ox0) : int(x1) + inner - ox0
    ] = False
    around = rgb[oy0:oy1, ox0:ox1][ring]
    between = np.asarray(seen)[cv2.dilate(drawing.alpha, np.ones((5, 5), np.uint8)) < 8]
    colours = np.concatenate([around, between.reshape(-1, 3)]) if len(between) else around
    if len(colours) < 8:
        return None
    middle = np.median(colours, axis=0)
    near = np.abs(colours.astype(np.float32) - middle).max(axis=1) <= _GROUND_NEAR
    return hex_of(*middle.tolist()) if float(near.mean()) >= _GROUND_SHARE else None


def _colours(
    variants: Sequence[Drawing], seen: NDArray[np.generic], is_inside: NDArray[np.bool_]
) -> list[tuple[Drawing, float, tuple[str, ...]]]:
    """(variant, how far its colours are, the colours as they are) of the nearest one and those as near."""
    found: list[tuple[Drawing, float, tuple[str, ...]]] = []
    for variant in variants:
        alpha, drawn = variant.alpha, variant.rgb
        solid = (cv2.erode(alpha, np.ones((3, 3), np.uint8)) >= _SOLID) & is_inside
        if int(solid.sum()) < 12:
            solid = (alpha >= _SOLID) & is_inside
        if not solid.any():
            continue
        away, hexes = _weighed(drawn[solid], np.asarray(seen, np.uint8)[solid])
        found.append((variant, away, hexes))
    found.sort(key=lambda one: one[1])
    return [one for one in found if one[1] <= found[0][1] + _AS_NEAR] or [(variants[0], 0.0, ())]


def _weighed(drawn: Pixels, seen: Pixels) -> tuple[float, tuple[str, ...]]:
    """CIEDE2000 between drawn and seen ink, weighed by each colour's share; and the seen colours."""
    keys = (drawn >> 5).astype(np.int32)
    groups = (keys[:, 0] << 6) | (keys[:, 1] << 3) | keys[:, 2]
    total, weight, hexes = 0.0, 0.0, []
    for group in np.unique(groups):
        mine = groups == group
        share = float(mine.mean())
        if share < _LARGE_INK:
            continue
        want, got = (hex_of(*np.median(one[mine], axis=0).tolist()) for one in (drawn, seen))
        total += share * delta_e_2000(want, got)
        weight += share
        hexes.append((share, got))
    told = tuple(dict.fromkeys(value for _, value in sorted(hexes, reverse=True)))
    return (total / weight if weight else 0.0), told


def _legibility(drawing: Drawing, seen: NDArray[np.generic]) -> float:
    """Share of the drawing's edges that stand out, as `compose/logos.py` counts: a contrast of 3 counts in full."""
    light = relative_luminance(np.asarray(seen, np.uint8)).astype(np.float32)
    window = np.ones((5, 5), np.uint8)
    ratio = (cv2.dilate(light, window) + 0.05) / (cv2.erode(light, window) + 0.05)
    ratios = np.asarray(ratio)[drawing.edges > 0.6]
    return float(np.clip((ratios - 1.4) / 1.6, 0, 1).mean()) if ratios.size else 1.0
