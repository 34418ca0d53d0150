"""The canon's logo rules as numbers: clear space as a share of the logo's shorter side, minimum height in pixels.

From the canon's `logo_clear_space` and `logo_min_size` facts. Rules are read so that doubt gives more room, never less.
"""

import re

from sgd_assets.canon.model import Canon, Measure

DEFAULT_CLEAR_SPACE_RATIO = 0.5
"""Used where the canon states none: half the logo's shorter side, the commonest rule in brand guides."""
_MAX_RATIO = 1.5  # of the logo's height; more would leave no room for words on small formats
_SIDE = re.compile(r"\b(?:width|wide|height|high|tall)\b", re.IGNORECASE)
_PIXELS_PER = {"px": 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


def clear_space_ratio(canon: Canon, *, aspect: float, logo_height_px: float) -> tuple[float, bool]:
    """Clear space on each side as a share of the logo's shorter side, and whether the canon states it.

    Args:
        canon: where the rule stands.
        aspect: the logo's width over its height.
        logo_height_px: height it will be drawn at, for rules in absolute units.
    """
    measures = [fact.measure for fact in canon.facts if fact.kind == "logo_clear_space" and fact.measure is not None]
    if not measures:
        return DEFAULT_CLEAR_SPACE_RATIO, False
    ratios = [_as_ratio(measure, aspect, logo_height_px) for measure in measures]
    return min(max(ratios), _MAX_RATIO), True


def minimum_height_px(canon: Canon, *, aspect: float) -> float | None:
    """The least height of the logo on screen, or None where none is stated; print units count 96 px to the inch."""
    heights = []
    for fact in canon.facts:
        if fact.kind == "logo_min_size" and fact.measure is not None and fact.measure.unit in _PIXELS_PER:
            size = fact.measure.value * _PIXELS_PER[fact.measure.unit]
            is_width = _is_of_width(fact.measure.reference or "") or _is_of_width(fact.value)
            heights.append((fact.measure.unit != "px", size / aspect if is_width else size))
    if not heights:
        return None
    # A rule in pixels speaks of screens; one in millimetres only stands in for it.
    on_screen = [size for is_print, size in heights if not is_print]
    return max(on_screen) if on_screen else max(size for _, size in heights)


def _is_of_width(words: str) -> bool:
    """Whether a least size is one of the width: of two sides, the one that is named first has the number."""
    side = _SIDE.search(words)
    return side is not None and side.group().lower().startswith("wid")


def _as_ratio(measure: Measure, aspect: float, logo_height_px: float) -> float:
    shorter = min(aspect, 1.0)
    if measure.unit in _PIXELS_PER:
        return measure.value * _PIXELS_PER[measure.unit] / max(logo_height_px * shorter, 1.0)
    value = measure.value / 100 if measure.unit == "percent" else measure.value
    reference = (measure.reference or "logo height").lower()
    if "x-height" in reference or "cap" in reference or "letter" in reference:
        return value  # a letter is never taller than the logo: its height is the safe reading
    if "width" in reference and not any(part in reference for part in ("icon", "symbol", "mark", "bar", "stroke")):
        return value * aspect / shorter
    return value / shorter
