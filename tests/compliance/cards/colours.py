"""Colours for whoever draws and spoils: differences by coloraide, contrast by WCAG's formula, hexes far from others.

Written apart from the product's colour code on purpose: a fault there must not hide here.
"""

import random
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from coloraide import Color
from numpy.typing import NDArray

Rgb = tuple[int, int, int]


def rgb(hex_value: str) -> Rgb:
    """Channels 0..255 of '#RRGGBB'."""
    return int(hex_value[1:3], 16), int(hex_value[3:5], 16), int(hex_value[5:7], 16)


def hex_of(channels: Sequence[float]) -> str:
    """'#RRGGBB' of channels 0..255."""
    return "#" + "".join(f"{max(0, min(255, round(c))):02X}" for c in channels[:3])


@lru_cache(maxsize=50_000)
def difference(first: str, second: str) -> float:
    """CIEDE2000."""
    return float(Color(first).delta_e(second, method="2000"))


def luminance(channels: NDArray[np.float64]) -> NDArray[np.float64]:
    """WCAG's relative luminance of `(..., 3)` channels 0..255."""
    c = channels / 255.0
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(first: str, second: str) -> float:
    """WCAG contrast ratio, 1..21."""
    low, high = sorted(float(luminance(np.array(rgb(h), float))) for h in (first, second))
    return (high + 0.05) / (low + 0.05)


def mixed(first: str, second: str, share: float) -> str:
    """`share` of the second in the first, in sRGB as a screen blends."""
    return hex_of([a + (b - a) * share for a, b in zip(rgb(first), rgb(second), strict=True)])


def far_from(colours: Sequence[str], rng: random.Random, *, least: float = 18.0) -> str:
    """A random saturated colour that differs from all of them; the farthest of many where none is far enough."""
    best, best_away = "#FF00FF", -1.0
    for _ in range(400):
        made = Color("oklch", [rng.uniform(0.35, 0.85), rng.uniform(0.1, 0.24), rng.uniform(0, 360)]).convert("srgb")
        candidate = hex_of([c * 255 for c in made.fit()[:3]])
        away = min(difference(candidate, colour) for colour in colours)
        if away >= least:
            return candidate
        if away > best_away:
            best, best_away = candidate, away
    return best


def turned(hex_value: str, allowed: Sequence[str], rng: random.Random, *, least: float = 9.0) -> str | None:
    """The colour with another hue, lightness or saturation, near itself yet outside the palette; None if none is."""
    for _ in range(200):
        colour = Color(hex_value).convert("oklch")
        lightness, chroma, hue = float(colour[0]), float(colour[1]), float(colour[2])
        hue = (0.0 if hue != hue else hue) + rng.choice((-1, 1)) * rng.uniform(15, 70)
        moved = Color("oklch", [
            min(max(lightness + rng.uniform(-0.1, 0.1), 0.12), 0.96), max(chroma, 0.06) * rng.uniform(0.8, 1.4), hue,
        ])  # fmt: skip
        candidate = hex_of([c * 255 for c in moved.convert("srgb").fit()[:3]])
        if least <= difference(candidate, hex_value) <= 32 and all(difference(candidate, a) >= least for a in allowed):
            return candidate
    return None
