"""What a brand's canon asks of its logo, as whoever lays out a card reads it: clear space and least size in pixels.

Read from the guide's own sentences with a generous hand: a card keeps more than any reading of them asks. What must
not live here: the product's reading of the same rules.
"""

import re

from tests.compliance.brands.kit import OrgKit

_PX = {"px": 1.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "pt": 96 / 72}


def clear_px(kit: OrgKit, width: int, height: int) -> float:
    """The most that any rule on clear space asks of a logo of this size; 0 where none gives a measure."""
    asked = [0.0]
    for fact in kit.canon.facts:
        if fact.kind != "logo_clear_space" or fact.measure is None:
            continue
        if fact.measure.unit in _PX:
            asked.append(fact.measure.value * _PX[fact.measure.unit])
            continue
        ratio = fact.measure.value / (100 if fact.measure.unit == "percent" else 1)
        reference = (fact.measure.reference or "logo height").lower()
        is_whole_width = "width" in reference and "logo" in reference and not re.search("mark|icon|symbol", reference)
        asked.append(ratio * (width if is_whole_width else min(width, height)))
    return max(asked)


def has_clear_space(kit: OrgKit) -> bool:
    """Whether the canon gives the clear space in a way that can only be read as one length."""
    return any(
        fact.kind == "logo_clear_space" and fact.measure is not None
        and (fact.measure.unit in _PX or re.search("logo", (fact.measure.reference or "").lower()) is not None)
        for fact in kit.canon.facts
    )  # fmt: skip


def least_px(kit: OrgKit) -> tuple[float, float] | None:
    """(least width, least height) of the logo in pixels, 0 for a side that nothing is said of; None without a rule."""
    width = height = 0.0
    for fact in kit.canon.facts:
        if fact.kind != "logo_min_size" or fact.measure is None or fact.measure.unit not in _PX:
            continue
        least = fact.measure.value * _PX[fact.measure.unit]
        if re.search(r"\b(?:wide|width)\b", fact.value.lower()) and not re.search(
            r"minimum height|\bhigh\b", fact.value.lower()
        ):
            width = max(width, least)
        else:
            height = max(height, least)
    return (width, height) if width or height else None
