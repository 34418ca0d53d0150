"""The arithmetic of colour: hex and sRGB, WCAG and APCA contrast, CIE Lab, OKLab, OKLCh and CIEDE2000.

Values in, values out. What must not live here: reading a notation (`parsers/colours`), inks and profiles
(`parsers/colours/cmyk.py`), and any rule on which colour is a brand's or near enough to one (`sgd_assets`).
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]
_Value = TypeVar("_Value", float, Floats)

WHITE, BLACK = "#FFFFFF", "#000000"

_POW_25_7 = 25.0**7
_XYZ_OF_LINEAR = (
    (506752 / 1228815, 87881 / 245763, 12673 / 70218),
    (87098 / 409605, 175762 / 245763, 12673 / 175545),
    (7918 / 409605, 87881 / 737289, 1001167 / 1053270),
)
"""Linear sRGB to XYZ. Source: CSS Color 4, "Sample code for Color Conversions", as exact fractions."""
_WHITE_XYZ = (0.3127 / 0.3290, 1.0, (1 - 0.3127 - 0.3290) / 0.3290)
"""D65 of the sRGB standard, so that neutral stays neutral."""


class Oklch(NamedTuple):
    """OKLab in polar form: lightness 0..1, chroma from 0, hue in degrees 0..360 (0 for greys)."""

    lightness: float
    chroma: float
    hue_deg: float


def rgb_of(hex_value: str) -> tuple[int, int, int]:
    """sRGB 0..255 of `#RRGGBB`."""
    return int(hex_value[1:3], 16), int(hex_value[3:5], 16), int(hex_value[5:7], 16)


def hex_of(red: float, green: float, blue: float) -> str:
    """`#RRGGBB` of three 0..255 channels, clamped and rounded half up."""
    return "#" + "".join(f"{min(255, max(0, int(channel + 0.5))):02X}" for channel in (red, green, blue))


def encoded_of(linear: float) -> float:
    """The sRGB value of a linear light, both 0..1. Source: IEC 61966-2-1."""
    return linear * 12.92 if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055


def relative_luminance(rgb: Bytes | Floats) -> Floats:
    """WCAG relative luminance of `(..., 3)` values in 0..255.

    Source: WCAG 2.2, "relative luminance" (with the corrected threshold 0.04045).
    """
    linear = _linear(np.asarray(rgb, dtype=np.float64) / 255, np)
    luminance: Floats = linear @ np.array([0.2126, 0.7152, 0.0722])
    return luminance


@lru_cache(maxsize=4096)
def luminance_of(hex_value: str) -> float:
    """WCAG relative luminance of `#RRGGBB`, 0..1."""
    return float(relative_luminance(np.array(rgb_of(hex_value))))


@lru_cache(maxsize=4096)
def contrast(first_hex: str, second_hex: str) -> float:
    """WCAG contrast ratio, 1..21."""
    low, high = sorted(luminance_of(value) for value in (first_hex, second_hex))
    return (high + 0.05) / (low + 0.05)


def apca_contrast(ink_hex: str, ground_hex: str) -> float:
    """APCA lightness contrast Lc: to 106 for dark on light, to -108 for light on dark, 0 where nothing is to be read.

    Source: APCA-W3 0.1.9, https://github.com/Myndex/apca-w3, read 2026-11.
    """
    ink, ground = _apca_lightness(ink_hex), _apca_lightness(ground_hex)
    if abs(ground - ink) < 0.0005:
        return 0.0
    if ground > ink:
        found = (ground**0.56 - ink**0.57) * 1.14
        return 0.0 if found < 0.1 else (found - 0.027) * 100
    found = (ground**0.65 - ink**0.62) * 1.14
    return 0.0 if found > -0.1 else (found + 0.027) * 100


def _apca_lightness(hex_value: str) -> float:
    shares = (0.2126729, 0.7151522, 0.0721750)
    found = sum(share * (channel / 255) ** 2.4 for share, channel in zip(shares, rgb_of(hex_value), strict=True))
    return float(found if found > 0.022 else found + (0.022 - found) ** 1.414)


@lru_cache(maxsize=65_536)
def oklab_of(hex_value: str) -> tuple[float, float, float]:
    """OKLab (L 0..1, a, b), rounded to 5 places so that it is the same on every machine."""
    from coloraide import Color

    lightness, a, b = Color(hex_value).convert("oklab").coords()
    return round(lightness, 5) + 0.0, round(a, 5) + 0.0, round(b, 5) + 0.0


@lru_cache(maxsize=65_536)
def oklch_of(hex_value: str) -> Oklch:
    """OKLCh of `#RRGGBB`."""
    from coloraide import Color

    lightness, chroma, hue_deg = Color(hex_value).convert("oklch").coords(nans=False)
    return Oklch(lightness, chroma, hue_deg % 360)


@lru_cache(maxsize=65_536)
def lab_of(hex_value: str) -> tuple[float, float, float]:
    """CIE Lab under D65 (L 0..100, a, b)."""
    red, green, blue = rgb_of(hex_value)
    return _lab((red / 255, green / 255, blue / 255), _Scalars)


@lru_cache(maxsize=16_384)  # a plan weighs the same few colours against each other hundreds of times
def delta_e_2000(first_hex: str, second_hex: str) -> float:
    """CIEDE2000 difference of two sRGB colours under D65; the same in either order, to the last bit."""
    if first_hex == second_hex:
        return 0.0
    return _ciede2000(lab_of(min(first_hex, second_hex)), lab_of(max(first_hex, second_hex)), _Scalars)


def delta_e_2000_to_each(rgb: Bytes, palette: Sequence[str]) -> Floats:
    """CIEDE2000 of `(n, 3)` colours to each palette colour: `(n, n_palette)`."""
    colours = np.asarray(rgb, dtype=np.float64) / 255
    targets = np.array([lab_of(value) for value in palette], dtype=np.float64).reshape(-1, 3)
    lightness, a, b = _lab((colours[:, 0], colours[:, 1], colours[:, 2]), np)
    places = (targets[None, :, 0], targets[None, :, 1], targets[None, :, 2])
    return _ciede2000((lightness[:, None], a[:, None], b[:, None]), places, np)


def delta_e_2000_of_places(place: tuple[float, float, float], others: Floats) -> Floats:
    """CIEDE2000 of one colour, as (L, a, b), to each of `(n, 3)` others: `(n,)`."""
    lightness, a, b = (np.array(share, dtype=np.float64) for share in place)
    return _ciede2000((lightness, a, b), (others[:, 0], others[:, 1], others[:, 2]), np)


class _Scalars:
    """The functions of numpy that the formulas below use, for single numbers: a hundred times faster on those."""

    sqrt, cbrt, exp, sin, cos = math.sqrt, math.cbrt, math.exp, math.sin, math.cos
    hypot, atan2, radians, degrees, copysign = math.hypot, math.atan2, math.radians, math.degrees, math.copysign

    @staticmethod
    def where(condition: bool, then: float, otherwise: float) -> float:
        """One of two numbers, both of which have been reckoned."""
        return then if condition else otherwise


def _linear(share: _Value, maths: Any) -> _Value:
    linear: _Value = maths.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return linear


def _lab(shares: tuple[_Value, _Value, _Value], maths: Any) -> tuple[_Value, _Value, _Value]:
    """CIE Lab of sRGB in 0..1. Source: CIE 15:2004; `maths` is numpy, or `_Scalars` for single numbers."""
    red, green, blue = (_linear(share, maths) for share in shares)
    x, y, z = (
        _lab_share((row[0] * red + row[1] * green + row[2] * blue) / white, maths)
        for row, white in zip(_XYZ_OF_LINEAR, _WHITE_XYZ, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _lab_share(value: _Value, maths: Any) -> _Value:
    share: _Value = maths.where(value > 216 / 24389, maths.cbrt(value), (24389 / 27 * value + 16) / 116)
    return share


def _ciede2000(first: tuple[_Value, _Value, _Value], second: tuple[_Value, _Value, _Value], maths: Any) -> _Value:
    """The difference of two Lab colours, or of arrays of them that numpy can broadcast.

    Source: Sharma, Wu, Dalal, "The CIEDE2000 color-difference formula", 2005.
    """
    (l1, a1, b1), (l2, a2, b2) = first, second
    mean_c7 = ((maths.hypot(a1, b1) + maths.hypot(a2, b2)) / 2) ** 7
    stretch = 1 + 0.5 * (1 - maths.sqrt(mean_c7 / (mean_c7 + _POW_25_7)))
    a1p, a2p = a1 * stretch, a2 * stretch
    c1, c2 = maths.hypot(a1p, b1), maths.hypot(a2p, b2)
    h1, h2 = maths.degrees(maths.atan2(b1, a1p)) % 360, maths.degrees(maths.atan2(b2, a2p)) % 360
    is_grey = c1 * c2 == 0
    is_across = abs(h2 - h1) > 180
    turn = maths.where(is_across, h2 - h1 - maths.copysign(360, h2 - h1), h2 - h1)
    turn = maths.where(is_grey, 0.0, turn)
    mean_h = maths.where(is_across, (h1 + h2 + 360) / 2 % 360, (h1 + h2) / 2)
    mean_h = maths.where(is_grey, h1 + h2, mean_h)
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    t = (
        1
        - 0.17 * maths.cos(maths.radians(mean_h - 30))
        + 0.24 * maths.cos(maths.radians(2 * mean_h))
        + 0.32 * maths.cos(maths.radians(3 * mean_h + 6))
        - 0.20 * maths.cos(maths.radians(4 * mean_h - 63))
    )
    offset = (mean_l - 50) ** 2
    lightness = (l2 - l1) / (1 + 0.015 * offset / maths.sqrt(20 + offset))
    chroma = (c2 - c1) / (1 + 0.045 * mean_c)
    hue = 2 * maths.sqrt(c1 * c2) * maths.sin(maths.radians(turn) / 2) / (1 + 0.015 * mean_c * t)
    c7 = mean_c**7
    rotation = maths.sin(maths.radians(60 * maths.exp(-(((mean_h - 275) / 25) ** 2))))
    total = lightness**2 + chroma**2 + hue**2 - 2 * maths.sqrt(c7 / (c7 + _POW_25_7)) * rotation * chroma * hue
    difference: _Value = maths.sqrt(maths.where(total > 0, total, 0.0))
    return difference
