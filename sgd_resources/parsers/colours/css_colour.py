"""Reads one CSS colour value, in any notation of CSS Color 4, into sRGB.

Pure computation. Finding colours in running text is `colour_notation`; style sheets are `css`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sgd_resources.colour import hex_of, rgb_of

Space = Literal["rgb", "gray", "cmyk", "spot", "lab", "hsl", "oklch", "pixel"]

_HEX = re.compile(r"#([0-9A-Fa-f]{8}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3,4})\Z")
_FUNCTION = re.compile(r"(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|device-cmyk)\(\s*([^()]*)\)\Z", re.IGNORECASE)
_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(%|deg|turn|rad|grad)?\Z", re.IGNORECASE)
_SPACE_OF: dict[str, Space] = {
    "hsl": "hsl",
    "hsla": "hsl",
    "hwb": "hsl",
    "lab": "lab",
    "lch": "lab",
    "oklab": "oklch",
    "oklch": "oklch",
}


@dataclass(frozen=True)
class CssColour:
    """One colour value. `components` are in the units the notation states (rgb 0..255)."""

    hex: str
    space: Space
    components: tuple[float, ...]
    alpha: float | None = None


def parse_css_colour(text: str) -> CssColour | None:
    """The colour `text` states, or None when it is no colour (`transparent`, `currentColor` and keywords included).

    Source: https://www.w3.org/TR/css-color-4/ (2026-11).
    """
    return _parse(text.strip())


@lru_cache(maxsize=4096)
def _parse(text: str) -> CssColour | None:
    if match := _HEX.match(text):
        return _from_hex(match[1])
    if match := _FUNCTION.match(text):
        return _from_function(match[1].lower(), match[2], text)
    if text.isalpha() and 3 <= len(text) <= 24:
        return _from_name(text.lower())
    return None


def _from_hex(digits: str) -> CssColour:
    if len(digits) in (3, 4):
        digits = "".join(digit * 2 for digit in digits)
    hex_value = "#" + digits[:6].upper()
    alpha = round(int(digits[6:8], 16) / 255, 4) if len(digits) == 8 else None
    return CssColour(hex_value, "rgb", tuple(float(channel) for channel in rgb_of(hex_value)), alpha)


def _from_name(name: str) -> CssColour | None:
    from coloraide.css import color_names

    channels = color_names.from_name(name)
    if channels is None or name == "transparent":
        return None
    rgb = tuple(float(round(channel * 255)) for channel in channels[:3])
    return CssColour(hex_of(*rgb), "rgb", rgb)


def _from_function(name: str, arguments: str, whole: str) -> CssColour | None:
    if name in ("rgb", "rgba"):
        return _from_rgb(arguments)
    if name == "device-cmyk":
        return None  # needs a profile, which lives with the caller
    from coloraide import Color

    try:
        # coloraide knows only the lower-case names; the rest of the syntax is its own
        colour = Color(whole.lower())
    except ValueError:
        return None
    red, green, blue = colour.convert("srgb").fit("srgb").coords(nans=False)
    alpha = colour.alpha(nans=False)
    stated = tuple(round(value, 6) for value in colour.coords(nans=False))
    return CssColour(
        hex_of(red * 255, green * 255, blue * 255),
        _SPACE_OF.get(name, "rgb"),
        stated,
        None if alpha >= 1 else round(alpha, 4),
    )


def _from_rgb(arguments: str) -> CssColour | None:
    parts = [part for part in re.split(r"[\s,/]+", arguments.strip()) if part]
    if len(parts) not in (3, 4):
        return None
    matches = [_NUMBER.match(part) for part in parts]
    values = []
    for match in matches[:3]:
        if match is None or (match[2] or "%") != "%":
            return None
        values.append(float(match[1]) * 2.55 if match[2] else float(match[1]))
    alpha = None
    if len(parts) == 4:
        match = matches[3]
        if match is None:
            return None
        alpha = min(1.0, max(0.0, float(match[1]) / (100 if match[2] else 1)))
    stated = tuple(round(min(255.0, max(0.0, value)), 3) for value in values)
    return CssColour(hex_of(*stated), "rgb", stated, None if alpha is None or alpha >= 1 else round(alpha, 4))
