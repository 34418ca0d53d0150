"""A colour as an object of its channels: red, green and blue, or hue, saturation and lightness, of any common scale.

Figma writes shares of one, exporters 0 to 255, Xcode texts such as '0x0A' and '0.040'. What must not live here: where
such an object stands (`design_tokens.py`).
"""

from typing import Any

from sgd_resources.colour import hex_of
from sgd_resources.parsers.colours.css_colour import CssColour, parse_css_colour

_RGB = (("r", "g", "b"), ("red", "green", "blue"))
_HSL = (("h", "s", "l"), ("hue", "saturation", "lightness"))
_BESIDE = frozenset({"a", "alpha", "type", "space", "colorspace", "color-space", "hex"})
"""What may stand beside the channels; anything more is another thing."""


def is_channels(node: dict[str, Any]) -> bool:
    """Whether an object is a colour: channels and nothing but what belongs to them."""
    return from_channels(node) is not None


def from_channels(node: dict[str, Any]) -> CssColour | None:
    """The colour, or None where the object is none."""
    inner = node.get("components")
    lower = {str(key).lower(): value for key, value in (inner if isinstance(inner, dict) else node).items()}
    for names in (*_RGB, *_HSL):
        if lower.keys() >= set(names) and lower.keys() - set(names) <= _BESIDE:
            numbers = [_number(lower[name]) for name in names]
            if any(number is None for number in numbers):
                return None
            found = [float(number) for number in numbers if number is not None]
            alpha = _number(lower.get("a", lower.get("alpha")))
            share = round(alpha, 4) if alpha is not None and 0 <= alpha < 1 else None
            written = [lower[name] for name in names]
            return _rgb(found, written, share) if names in _RGB else _hsl(found, share)
    return None


def _rgb(numbers: list[float], written: list[Any], alpha: float | None) -> CssColour | None:
    # whole numbers that are no texts count to 255, except where all are 0 or 1 and one is written with a point
    is_share = max(numbers) <= 1 and (any("." in str(value) for value in written) or max(numbers) == 0)
    channels = tuple(round(number * 255, 3) if is_share else number for number in numbers)
    return CssColour(hex_of(*channels), "rgb", channels, alpha) if min(channels) >= 0 and max(channels) <= 255 else None


def _hsl(numbers: list[float], alpha: float | None) -> CssColour | None:
    hue, saturation, lightness = numbers
    scale = 100 if max(saturation, lightness) <= 1 else 1
    found = parse_css_colour(f"hsl({hue} {saturation * scale}% {lightness * scale}%)")
    return CssColour(found.hex, found.space, found.components, alpha) if found else None


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    if not isinstance(value, str):
        return None
    try:
        return float(int(value, 16)) if value.lower().startswith("0x") else float(value)
    except ValueError:
        return None
