"""A logo that was found, looked at closely: how it is turned and stretched, what is missing, its colours, its ground.

What must not live here: finding it.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from sgd_resources.colour import delta_e_2000, hex_of, relative_luminance
from sgd_resources.ports.sight import LogoSeen
from sgd_resources.sight.drawings import Drawing, Floats, Pixels
from sgd_resources.sight.windows import bounds, shown_at

_CELLS = 9  # along the longer side: parts that may be missing
_LEAST_EDGE = 0.02  # mean of a cell: emptier ones tell nothing
_PART_LIKE = 0.25  # correlation of a cell below which what should be there is not
_GROUND_NEAR, _GROUND_SHARE = 26, 0.8
_SOLID = 250
_SMEAR = 0.35  # pixels of the drawing
_LARGE_INK = 0.06  # share of the ink: smaller colours of it are not weighed


def look_closely(
    rgb: Pixels, edges: Floats, transform: NDArray[np.float32], variants: Sequence[Drawing], likeness: float
) -> LogoSeen:
    """The logo at a place of a picture.

    Args:
        rgb: of the picture.
        edges: of the picture.
        transform: from pixels of the first variant to pixels of the picture.
        variants: drawings of one shape, in their colours.
        likeness: of the place.
    """
    drawing = variants[0]
    seen = _warped(rgb, drawing, transform)
    seen_edges = np.asarray(_warped(edges, drawing, transform), np.float32)
    is_inside = _inside(rgb.shape, drawing, transform)
    missing, is_cut = _missing(drawing, seen_edges, is_inside)
    ground = _ground(rgb, seen, drawing, transform)
    variant, away, hexes = _colours(variants, seen, is_inside)
    horizontal, vertical = transform[:, 0].astype(float), transform[:, 1].astype(float)
    wide = float(np.hypot(*horizontal))
    high = float(abs(np.linalg.det(transform[:, :2].astype(float)))) / max(wide, 1e-6)
    angle = float(np.degrees(np.arctan2(horizontal[1], horizontal[0]) + np.arctan2(-vertical[0], vertical[1])) / 2)
    return LogoSeen(
        name=variant.name,
        sha256=variant.sha256,
        box=_box(drawing, transform),
        likeness=round(likeness, 4),
        angle_deg=round(angle, 2),
        stretch=round(wide * drawing.size[0] / max(high * drawing.size[1], 1e-6) / drawing.aspect, 4),
        missing=round(missing, 4),
        is_cut=is_cut,
        colour_away=round(away, 2),
        hexes=hexes,
        ground_hex=ground,
        legibility=round(_legibility(drawing, seen), 4),
    )


def _warped(values: NDArray[np.generic], drawing: Drawing, transform: NDArray[np.float32]) -> NDArray[np.generic]:
    return shown_at(values, transform, drawing.size, smear=_SMEAR, border=cv2.BORDER_REPLICATE)


def _inside(shape: tuple[int, ...], drawing: Drawing, transform: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which pixels of the drawing lie on the picture."""
    width, height = drawing.size
    columns, rows = np.meshgrid(np.arange(width), np.arange(height))
    places = transform.astype(float) @ np.stack([columns.ravel(), rows.ravel(), np.ones(columns.size)])
    is_inside = (places[0] > -0.5) & (places[0] < shape[1]) & (places[1] > -0.5) & (places[1] < shape[0])
    found: NDArray[np.bool_] = is_inside.reshape(height, width)
    return found


def _box(drawing: Drawing, transform: NDArray[np.float32]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = bounds(transform, drawing.size)
    return round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)


def _missing(drawing: Drawing, seen: Floats, is_inside: NDArray[np.bool_]) -> tuple[float, bool]:
    """(share of the drawing's edges that are not there, whether they all lie on one side of it)."""
    width, height = drawing.size
    side = max(8, max(width, height) // _CELLS)
    expected = cv2.GaussianBlur(drawing.edges, (0, 0), 2.0)
    shown = cv2.GaussianBlur(np.where(is_inside, seen, 0).astype(np.float32), (0, 0), 2.0)
    total, lost, places, kept = 0.0, 0.0, [], []
    for top in range(0, height, side):
        for left in range(0, width, side):
            cell = (slice(top, top + side), slice(left, left + side))
            want, got = expected[cell], shown[cell]
            weight = float(drawing.edges[cell].sum())
            if float(want.mean()) < _LEAST_EDGE or want.size < 16:
                continue
            total += weight
            middle = (left + side / 2, top + side / 2)
            if _alike(want, got) < _PART_LIKE:
                lost += weight
                places.append(middle)
            else:
                kept.append(middle)
    if total == 0:
        return 0.0, False
    return lost / total, bool(places) and _one_side(places, kept, (width, height), is_inside)


def _alike(want: NDArray[np.generic], got: NDArray[np.generic]) -> float:
    first, second = np.asarray(want, np.float64).ravel(), np.asarray(got, np.float64).ravel()
    first, second = first - first.mean(), second - second.mean()
    length = float(np.linalg.norm(first) * np.linalg.norm(second))
    return float(first @ second) / length if length > 1e-6 else 0.0


def _one_side(
    lost: Sequence[tuple[float, float]],
    kept: Sequence[tuple[float, float]],
    size: tuple[int, int],
    is_inside: NDArray[np.bool_],
) -> bool:
    """Whether a straight cut takes all that is lost and little else; what lies beyond the picture is cut off."""
    if float((~is_inside).mean()) > 0.03:
        return True
    for axis in (0, 1):
        for is_low in (True, False):
            reach = [place[axis] if is_low else size[axis] - place[axis] for place in lost]
            others = [place[axis] if is_low else size[axis] - place[axis] for place in kept]
            within = sum(value <= max(reach) + 1 for value in others)
            if within <= 0.34 * len(lost) and min(reach) < 0.25 * size[axis]:
                return True
    return False


def _ground(rgb: Pixels, seen: NDArray[np.generic], drawing: Drawing, transform: NDArray[np.float32]) -> str | None:
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
) -> tuple[Drawing, float, tuple[str, ...]]:
    """(the variant whose colours are nearest, how far they are, the colours as they are)."""
    best: tuple[Drawing, float, tuple[str, ...]] | None = None
    for variant in variants:
        alpha = np.asarray(cv2.resize(variant.alpha, (seen.shape[1], seen.shape[0])), np.uint8)
        drawn = np.asarray(cv2.resize(variant.rgb, (seen.shape[1], seen.shape[0])), np.uint8)
        solid = (cv2.erode(alpha, np.ones((3, 3), np.uint8)) >= _SOLID) & is_inside
        if int(solid.sum()) < 12:
            solid = (alpha >= _SOLID) & is_inside
        if not solid.any():
            continue
        away, hexes = _weighed(drawn[solid], np.asarray(seen, np.uint8)[solid])
        if best is None or away < best[1]:
            best = (variant, away, hexes)
    return best if best is not None else (variants[0], 0.0, ())


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
