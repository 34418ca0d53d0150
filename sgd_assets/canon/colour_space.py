"""Numbers between colour spaces: hex, sRGB, OKLab, OKLCh and CIEDE2000.

What must not live here: text (the parsers read notations) and any rule on which colour is the brand's.
"""

from functools import lru_cache

from coloraide import Color

SAME_COLOUR_DE2000 = 3.0
"""Two statements this close are one colour."""


@lru_cache(maxsize=8192)
def delta_e_2000(a_hex: str, b_hex: str) -> float:
    """CIEDE2000 difference of two sRGB colours, D65. Source: Sharma, Wu, Dalal 2005."""
    return float(Color(a_hex).delta_e(Color(b_hex), method="2000", space="lab-d65"))


def is_same_colour(a_hex: str, b_hex: str) -> bool:
    """Whether two colours merge into one fact."""
    return delta_e_2000(a_hex, b_hex) <= SAME_COLOUR_DE2000


def rgb_of(hex_code: str) -> tuple[int, int, int]:
    """sRGB 0..255 of `#RRGGBB`."""
    return int(hex_code[1:3], 16), int(hex_code[3:5], 16), int(hex_code[5:7], 16)


@lru_cache(maxsize=8192)
def oklab_of(hex_code: str) -> tuple[float, float, float]:
    """OKLab (L 0..1, a, b), rounded to 5 places so that it is the same on every machine."""
    lightness, a, b = Color(hex_code).convert("oklab").coords()
    return round(lightness, 5) + 0.0, round(a, 5) + 0.0, round(b, 5) + 0.0


@lru_cache(maxsize=8192)
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
