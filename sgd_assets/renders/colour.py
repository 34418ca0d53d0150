"""Colour arithmetic for renders: WCAG contrast, OKLab, and CIEDE2000 over whole arrays of pixels.

Values in, values out; what a colour is used for is decided in `plan/planner.py` and judged in `compliance/critique.py`.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]

WHITE, BLACK = "#FFFFFF", "#000000"


def rgb_of(hex_value: str) -> tuple[int, int, int]:
    """0..255 each."""
    return int(hex_value[1:3], 16), int(hex_value[3:5], 16), int(hex_value[5:7], 16)


def hex_of(rgb: Sequence[int]) -> str:
    """`#RRGGBB` in capitals."""
    return "#" + "".join(f"{int(part):02X}" for part in rgb[:3])


def relative_luminance(rgb: Bytes | Floats) -> Floats:
    """WCAG relative luminance of `(..., 3)` values in 0..255.

    Source: WCAG 2.2, "relative luminance" (with the corrected threshold 0.04045).
    """
    luminance: Floats = _linear(np.asarray(rgb, dtype=np.float64) / 255) @ np.array([0.2126, 0.7152, 0.0722])
    return luminance


@lru_cache(maxsize=4096)
def contrast(first_hex: str, second_hex: str) -> float:
    """WCAG contrast ratio, 1..21."""
    low, high = sorted(float(relative_luminance(np.array(rgb_of(value)))) for value in (first_hex, second_hex))
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=4096)
def oklch(hex_value: str) -> tuple[float, float, float]:
    """OKLab lightness 0..1, chroma, hue in radians. Source: B. Ottosson, "A perceptual color space", 2020."""
    linear = _linear(np.array(rgb_of(hex_value)) / 255)
    lms = np.cbrt(
        np.array(
            [
                [0.4122214708, 0.5363325363, 0.0514459929],
                [0.2119034982, 0.6806995451, 0.1073969566],
                [0.0883024619, 0.2817188376, 0.6299787005],
            ]
        )
        @ linear
    )
    lightness, a, b = (
        np.array(
            [
                [0.2104542553, 0.7936177850, -0.0040720468],
                [1.9779984951, -2.4285922050, 0.4505937099],
                [0.0259040371, 0.7827717662, -0.8086757660],
            ]
        )
        @ lms
    )
    return float(lightness), float(np.hypot(a, b)), float(np.arctan2(b, a))


@lru_cache(maxsize=8192)
def delta_e(first_hex: str, second_hex: str) -> float:
    """CIEDE2000 between two colours."""
    return float(nearest_delta_e(np.array([rgb_of(first_hex)], dtype=np.uint8), (second_hex,))[0, 0])


def nearest_delta_e(rgb: Bytes, palette: Sequence[str]) -> Floats:
    """CIEDE2000 of `(n, 3)` colours to each palette colour: `(n, n_palette)`.

    Source: Sharma, Wu, Dalal, "The CIEDE2000 color-difference formula", 2005.
    """
    first = _lab(rgb)[:, None, :]
    second = _lab(np.array([rgb_of(value) for value in palette], dtype=np.uint8).reshape(-1, 3))[None, :, :]
    l1, a1, b1 = first[..., 0], first[..., 1], first[..., 2]
    l2, a2, b2 = second[..., 0], second[..., 1], second[..., 2]
    mean_c7 = ((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2) ** 7
    g = 0.5 * (1 - np.sqrt(mean_c7 / (mean_c7 + 25.0**7)))
    a1p, a2p = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = np.hypot(a1p, b1), np.hypot(a2p, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1p)) % 360, np.degrees(np.arctan2(b2, a2p)) % 360
    is_gray = c1 * c2 == 0
    dh = (h2 - h1 + 180) % 360 - 180
    dh = np.where(is_gray, 0.0, dh)
    delta_h = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(dh) / 2)
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    mean_h = np.where(is_gray, h1 + h2, np.where(np.abs(h1 - h2) <= 180, (h1 + h2) / 2, ((h1 + h2 + 360) / 2) % 360))
    t = (
        1
        - 0.17 * np.cos(np.radians(mean_h - 30))
        + 0.24 * np.cos(np.radians(2 * mean_h))
        + 0.32 * np.cos(np.radians(3 * mean_h + 6))
        - 0.20 * np.cos(np.radians(4 * mean_h - 63))
    )
    sl = 1 + 0.015 * (mean_l - 50) ** 2 / np.sqrt(20 + (mean_l - 50) ** 2)
    sc, sh = 1 + 0.045 * mean_c, 1 + 0.015 * mean_c * t
    c7 = mean_c**7
    rotation = -2 * np.sqrt(c7 / (c7 + 25.0**7)) * np.sin(np.radians(60 * np.exp(-(((mean_h - 275) / 25) ** 2))))
    lightness, chroma, hue = (l2 - l1) / sl, (c2 - c1) / sc, delta_h / sh
    difference: Floats = np.sqrt(np.maximum(lightness**2 + chroma**2 + hue**2 + rotation * chroma * hue, 0))
    return difference


def _linear(share: Floats) -> Floats:
    linear: Floats = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return linear


def _lab(rgb: Bytes) -> Floats:
    """CIE L*a*b* under D65, the white of sRGB, so that neutral stays neutral."""
    matrix = np.array(
        [[0.4123908, 0.3575843, 0.1804808], [0.2126390, 0.7151687, 0.0721923], [0.0193308, 0.1191948, 0.9505322]]
    )
    xyz = _linear(np.asarray(rgb, dtype=np.float64) / 255) @ matrix.T / np.array([0.9504559, 1.0, 1.0890578])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)
