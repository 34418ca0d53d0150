"""Which of the brand's logos stands on a picture, on which ground, and with how much space around it.

What must not live here: where on the canvas it stands (`compose/`), or what a logo file is (`compose/logos.py`).
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from sgd_assets.canon.model import Canon
from sgd_assets.renders.compose.logos import BARELY, COMFORTABLE, STRAPLINE_LEAST_PX, LogoArt, choose_logo
from sgd_assets.renders.compose.parts.seat import LOGO_AREA_SHARE
from sgd_assets.renders.plan.clear_space import clear_space_ratio
from sgd_assets.renders.plan.schemes import Scheme
from sgd_resources.colour import BLACK, WHITE, oklch_of


def fitting_logos(logos: Sequence[LogoArt], width: int, height: int) -> tuple[LogoArt, ...]:
    """The logos for a format, the fitting ones alone where there are any.

    For tiny formats those are the symbols and other compact variants: letters would be too small to read. For others
    they are those without a strapline that would be too small.
    """
    if min(width, height) < 100 and max(width, height) <= 2.2 * min(width, height):
        compact = tuple(art for art in logos if 0.6 <= art.aspect <= 1.7)
        return tuple(art for art in compact if art.kind == "symbol") or compact or tuple(logos)
    return tuple(logos)


def logo_px(art: LogoArt, width: int, height: int) -> float:
    """About the height in pixels that a logo is drawn at beside words."""
    return math.sqrt(LOGO_AREA_SHARE * width * height / art.aspect)


def has_small_print(art: LogoArt, width: int, height: int) -> bool:
    """Whether the logo has a strapline that could not be read on a format."""
    return art.strapline is not None and art.strapline * logo_px(art, width, height) < STRAPLINE_LEAST_PX


def logo_in(
    scheme: Scheme, logos: Sequence[LogoArt], palette: Sequence[str], width: int, height: int
) -> tuple[LogoArt | None, str | None]:
    """The logo for a scheme on a format, and the ground it needs; one without too small a strapline where there is."""
    fitting = fitting_logos(logos, width, height)
    plain = tuple(art for art in fitting if not has_small_print(art, width, height))
    if len(plain) < len(fitting):
        logo = choose_logo(plain, scheme.background)
        if logo is not None and logo.is_clear_on(scheme.background):
            return logo, None
    return logo_on(scheme, fitting, palette)


def logo_on(scheme: Scheme, logos: Sequence[LogoArt], palette: Sequence[str]) -> tuple[LogoArt | None, str | None]:
    """The logo, and the ground it needs under it where the scheme's own does not do."""
    if not logos:
        return None, None
    if logo := choose_logo(logos, scheme.background):
        return logo, None
    grounds = sorted(palette, key=lambda value: oklch_of(value)[1] - oklch_of(value)[0])
    for least in (COMFORTABLE, BARELY):
        if least == BARELY and (logo := choose_logo(logos, scheme.background, least=BARELY)):
            return logo, None
        for ground in (*grounds, WHITE, BLACK):
            if logo := choose_logo(logos, ground, least=least):
                return logo, ground
    plated = next((art for art in logos if art.plate_hex), None)
    return (plated, plated.plate_hex) if plated else (None, None)


def clear_ratio(
    canon: Canon, logo: LogoArt | None, constraints: Mapping[str, Any], width: int, height: int
) -> float | None:
    """Clear space on each side as a share of the logo's shorter side: the canon's, or the request's where wider."""
    if logo is None:
        return None
    expected_height = math.sqrt(0.0105 * width * height / logo.aspect)
    stated, _ = clear_space_ratio(canon, aspect=logo.aspect, logo_height_px=expected_height)
    return round(max(stated, float(constraints.get("logo_safe_zone_pct") or 0) / 100), 4)
