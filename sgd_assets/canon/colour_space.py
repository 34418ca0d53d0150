"""Numbers between colour spaces: hex, sRGB, OKLab, OKLCh and CIEDE2000.

What must not live here: text (the parsers read notations) and any rule on which colour is the brand's.
"""

import math
from functools import lru_cache

from coloraide import Color

SAME_COLOUR_DE2000 = 3.0
"""Two statements this close are one colour."""


_POW_25_7 = 25.0**7


def delta_e_2000(a_hex: str, b_hex: str) -> float:
    """CIEDE2000 difference of two sRGB colours, D65. Source: Sharma, Wu, Dalal 2005.

    Written out, because long palettes compare tens of thousands of pairs and a colour object for each costs seconds.
    """
    if a_hex == b_hex:
        return 0.0
    return _de2000(a_hex, b_hex) if a_hex <= b_hex else _de2000(b_hex, a_hex)


@lru_cache(maxsize=65_536)
def lab_of(hex_code: str) -> tuple[float, float, float]:
    """CIE Lab under D65 (L 0..100, a, b)."""
    lightness, a, b = Color(hex_code).convert("lab-d65").coords(nans=False)
    return lightness, a, b


def _de2000(a_hex: str, b_hex: str) -> float:
    (l1, a1, b1), (l2, a2, b2) = lab_of(a_hex), lab_of(b_hex)
    c_mean7 = ((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2) ** 7
    g = 1 + 0.5 * (1 - math.sqrt(c_mean7 / (c_mean7 + _POW_25_7)))
    a1, a2 = a1 * g, a2 * g
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1 = math.degrees(math.atan2(b1, a1)) % 360 if a1 or b1 else 0.0
    h2 = math.degrees(math.atan2(b2, a2)) % 360 if a2 or b2 else 0.0
    turn, h_mean = 0.0, h1 + h2
    if c1 * c2:
        turn = (h2 - h1 + 180) % 360 - 180 if abs(h2 - h1) != 180 else h2 - h1
        if abs(h1 - h2) > 180:
            h_mean += 360 if h1 + h2 < 360 else -360
        h_mean /= 2
    l_mean, c_mean = (l1 + l2) / 2, (c1 + c2) / 2
    t = (
        1
        - 0.17 * math.cos(math.radians(h_mean - 30))
        + 0.24 * math.cos(math.radians(2 * h_mean))
        + 0.32 * math.cos(math.radians(3 * h_mean + 6))
        - 0.2 * math.cos(math.radians(4 * h_mean - 63))
    )
    offset = (l_mean - 50) ** 2
    dl = (l2 - l1) / (1 + 0.015 * offset / math.sqrt(20 + offset))
    dc = (c2 - c1) / (1 + 0.045 * c_mean)
    dh = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn) / 2) / (1 + 0.015 * c_mean * t)
    c7 = c_mean**7
    rotation = math.sin(2 * math.radians(30 * math.exp(-(((h_mean - 275) / 25) ** 2))))
    r_t = -2 * math.sqrt(c7 / (c7 + _POW_25_7)) * rotation
    return math.sqrt(max(0.0, dl * dl + dc * dc + dh * dh + r_t * dc * dh))


def is_same_colour(a_hex: str, b_hex: str) -> bool:
    """Whether two colours merge into one fact."""
    return delta_e_2000(a_hex, b_hex) <= SAME_COLOUR_DE2000


def rgb_of(hex_code: str) -> tuple[int, int, int]:
    """sRGB 0..255 of `#RRGGBB`."""
    return int(hex_code[1:3], 16), int(hex_code[3:5], 16), int(hex_code[5:7], 16)


@lru_cache(maxsize=65_536)
def oklab_of(hex_code: str) -> tuple[float, float, float]:
    """OKLab (L 0..1, a, b), rounded to 5 places so that it is the same on every machine."""
    lightness, a, b = Color(hex_code).convert("oklab").coords()
    return round(lightness, 5) + 0.0, round(a, 5) + 0.0, round(b, 5) + 0.0


@lru_cache(maxsize=65_536)
def oklch_of(hex_code: str) -> tuple[float, float, float]:
    """Lightness 0..1, chroma, hue in degrees (0 for greys)."""
    lightness, chroma, hue = Color(hex_code).convert("oklch").coords(nans=False)
    return lightness, chroma, hue % 360


def is_black_or_white(hex_code: str) -> bool:
    """Near the ends of the grey axis: paper and ink, a brand colour only where a guide names it."""
    lightness, chroma, _ = oklch_of(hex_code)
    return chroma < 0.02 and (lightness < 0.17 or lightness > 0.97)


def is_neutral(hex_code: str) -> bool:
    """A grey, to a reader's eye."""
    return oklch_of(hex_code)[1] < 0.03
