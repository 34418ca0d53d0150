"""A clear-space rule in machine form -> the numbers of a small drawing. What must not live here: reading the rule."""

from dataclasses import dataclass

from sgd_assets.canon.model import Measure

_PER_UNIT_MM = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "px": 25.4 / 96}
_LOGO = (180.0, 72.0)
_SYMBOL = 56.0
_MAX_GAP = 110.0


@dataclass(frozen=True)
class ClearSpaceDrawing:
    """A logo of fixed size in the middle, its zone around it; all lengths in the drawing's units."""

    width: float
    height: float
    gap: float
    logo: tuple[float, float, float, float]
    symbol: tuple[float, float, float, float]
    label: str
    is_to_scale: bool


def draw_clear_space(measure: Measure | None) -> ClearSpaceDrawing | None:
    """The drawing of a rule, or None for one without machine form."""
    if measure is None or measure.value <= 0:
        return None
    gap, is_to_scale = _gap(measure)
    width, height = _LOGO
    left = gap + 12
    return ClearSpaceDrawing(
        width=width + 2 * left,
        height=height + 2 * left,
        gap=gap,
        logo=(left, left, width, height),
        symbol=(left + 8, left + 8, _SYMBOL, _SYMBOL),
        label=measure_in_words(measure),
        is_to_scale=is_to_scale,
    )


def measure_in_words(measure: Measure) -> str:
    """`0.25 × logo height`, `12 mm`, `50 % of logo width`."""
    value = f"{measure.value:g}"
    if measure.unit == "ratio":
        return f"{value} × {measure.reference or 'the logo'}"
    if measure.unit == "percent":
        return f"{value} % of {measure.reference or 'the logo'}"
    return f"{value} {measure.unit}" + (f" ({measure.reference})" if measure.reference else "")


def _gap(measure: Measure) -> tuple[float, bool]:
    """Length of the gap, and whether it is drawn to the scale of the drawn logo."""
    if measure.unit in _PER_UNIT_MM:
        return 28.0, False
    share = measure.value / 100 if measure.unit == "percent" else measure.value
    reference = (measure.reference or "").casefold()
    if any(word in reference for word in ("icon", "symbol", "mark", "emblem")):
        base, is_known = _SYMBOL, True
    elif "width" in reference:
        base, is_known = _LOGO[0], True
    elif "height" in reference or not reference:
        base, is_known = _LOGO[1], "logo" in reference
    else:
        base, is_known = 24.0, False
    return min(base * share, _MAX_GAP), is_known and base * share <= _MAX_GAP
