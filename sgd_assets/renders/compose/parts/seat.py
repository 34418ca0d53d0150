"""Seats the logo: at the asked or usual place of a zone, with its clear space inside it, and what is left for words.

From a zone of the logo's own ground to a `LogoPlacement` and an area. What must not live here: which file is the logo
(`plan/logo_choice.py`).
"""

import math

from sgd_assets.renders.brief.model import Corner
from sgd_assets.renders.compose.parts.boxes import Rect, filled, high, inset, wide
from sgd_assets.renders.compose.parts.canvas import Canvas
from sgd_assets.renders.compose.scene import Box, LogoPlacement

LOGO_AREA_SHARE = 0.012
"""Ink area of the logo as a share of the canvas: the same visual weight for a wide wordmark and a round mark."""
_ALL_THERE_IS, _WIDEST_ALONE = 9.0, 0.6
"""Times that area where the logo is all that a picture says, and the share of the width that it takes at most."""
_LEAST_LOGO_PX = 16.0  # of its height, where no rule states another; below it no wordmark reads


def seat(
    canvas: Canvas,
    zone: Rect,
    usual: Corner,
    *,
    gap: float = 0.55,
    widest: float = 0.6,
    padding: float = 1.0,
    largest: float = 0.19,
) -> tuple[LogoPlacement | None, Rect]:
    """The logo in its place in a zone, and the area that words may take beside it.

    Args:
        canvas: the plan on its format.
        zone: of the page's ground; nothing else may stand in it.
        usual: where the layout puts a logo unless the plan asks for another place.
        gap: between the logo and the words, in margins.
        widest: of the logo, as a share of the zone's width.
        padding: between the zone's edge and what stands in it, in margins.
        largest: size of the words that may stand under it, as a share of the shorter side.
    """
    inner = inset(zone, canvas.margin * padding)
    place = canvas.plan.logo_corner or usual
    logo = _placed(canvas, zone, inner, place, widest)
    if logo is None:
        return None, inner
    return logo, _left_over(canvas, zone, inner, logo, place, canvas.margin * gap, 0.1 * canvas.short * largest)


def alone(canvas: Canvas, zone: Rect) -> LogoPlacement | None:
    """The logo as what the picture says: in its asked place, else in the middle of a zone, as large as it may be."""
    place = canvas.plan.logo_corner or "centre"
    return _placed(
        canvas, zone, inset(zone, canvas.margin * 0.9 if place != "centre" else 0), place, 1.0, is_alone=True
    )


def band_of(canvas: Canvas, logo: LogoPlacement | None) -> tuple[str, ...]:
    """The strip of the logo's own ground: only where no palette ground lets the logo be read."""
    if logo is None or logo.band is None:
        return ()
    x0, y0, x1, y1 = (round(value) for value in logo.band)
    return (filled((x0, y0, x1, y1), logo.ground_hex),)


def _placed(
    canvas: Canvas, zone: Rect, inner: Rect, place: Corner, widest: float, *, is_alone: bool = False
) -> LogoPlacement | None:
    art, plan = canvas.kit.logo, canvas.plan
    if art is None:
        return None
    clear_ratio = (plan.logo_safe_zone_ratio or 0.0) * min(art.aspect, 1.0)
    height = _height(canvas, zone, art.aspect, clear_ratio, widest, is_alone=is_alone)
    width, clear = height * art.aspect, height * clear_ratio
    x0, y0, x1, y1 = inner
    left = x0 if "left" in place else x1 - width if "right" in place else (x0 + x1 - width) / 2
    top = y0 if "top" in place else y1 - height if "bottom" in place else (y0 + y1 - height) / 2
    left = min(max(left, zone[0] + clear), zone[2] - clear - width)
    top = min(max(top, zone[1] + clear), zone[3] - clear - height)
    box = (left, top, left + width, top + height)
    clear_box = (left - clear, top - clear, left + width + clear, top + height + clear)
    band = _band(zone, box, clear_box, place) if plan.logo_ground_hex else None
    return LogoPlacement(art, box, clear_box, plan.logo_ground_hex or canvas.background, band)


def _height(canvas: Canvas, zone: Rect, aspect: float, clear_ratio: float, widest: float, *, is_alone: bool) -> float:
    is_all = is_alone and not canvas.has_words
    share = LOGO_AREA_SHARE * (1.0 if canvas.has_words else _ALL_THERE_IS if is_all else 3.0)
    height = math.sqrt(share * canvas.width * canvas.height / aspect)
    if max(canvas.width, canvas.height) / canvas.short >= 2.2:
        # A thin banner's logo needs its height to be read; a tall one's would outweigh the headline.
        height = max(height, canvas.short * (0.3 if canvas.short < 120 else 0.2) / max(aspect / 3.5, 1.0))
    height *= canvas.plan.logo_scale
    widest = min(widest * max(canvas.plan.logo_scale, 1.0), 0.9)
    stated = canvas.plan.logo_minimum_px or 0.0
    height = max(height, stated, _LEAST_LOGO_PX if canvas.short >= 90 else 0.0)
    if is_alone and canvas.short < 100:
        height = float(canvas.height)
    # The canon's minimum outweighs the layout's wish: a narrow format gives the logo more of its width.
    widest = min(widest, _WIDEST_ALONE) if is_all else widest
    most = max(wide(zone) * widest, min(stated * aspect, wide(zone) * 0.9))
    room = 2 * clear_ratio
    return min(height, most / aspect, wide(zone) / (aspect + room), high(zone) / (1 + room))


def _left_over(
    canvas: Canvas, zone: Rect, inner: Rect, logo: LogoPlacement, place: Corner, gap: float, reach: float
) -> Rect:
    """What a logo leaves of a zone: the rows above or below it, or the columns beside it on a low and wide zone."""
    x0, y0, x1, y1 = inner
    taken = logo.band or logo.box
    clear = logo.clear_box
    is_beside = place in ("left", "right") or (wide(zone) > 2.2 * high(zone) and place not in ("top", "bottom"))
    if is_beside and "left" in place:
        return math.ceil(max(clear[2], taken[2] + gap)), y0, x1, y1
    if is_beside and "right" in place:
        return x0, y0, math.floor(min(clear[0], taken[0] - gap)), y1
    if "top" in place:
        # Accents and the overshoot of large words reach above their capitals: they keep out of the clear space too.
        return x0, math.ceil(max(clear[3] + reach, taken[3] + gap)), x1, y1
    return x0, y0, x1, math.floor(min(clear[1], taken[1] - gap))


def _band(zone: Rect, box: Box, clear_box: Box, place: Corner) -> Box:
    """A strip from the zone's edge past the logo, as deep on its inner side as on its outer one."""
    left, top, right, bottom = (float(value) for value in zone)
    if "top" in place:
        return left, top, right, max(box[3] + (box[1] - top), clear_box[3])
    if "bottom" in place:
        return left, min(box[1] - (bottom - box[3]), clear_box[1]), right, bottom
    if place == "right":
        return min(box[0] - (right - box[2]), clear_box[0]), top, right, bottom
    if place == "left":
        return left, top, max(box[2] + (box[0] - left), clear_box[2]), bottom
    return clear_box
