"""Rule `text_contrast`: every line of words stands out from its ground; WCAG 2.2 decides, APCA is told beside it.

What must not live here: reading ink and ground from pixels (`contrast_seen.py`).
"""

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told
from sgd_assets.renders.compliance.words.lines import Line, lines_of
from sgd_resources.colour import apca_contrast

_LARGE_TEXT_PX = 24.0  # 18 pt at 96 dpi, as WCAG 2.2 counts large text
_MARGIN = 0.95
"""Downsampled strokes never quite reach their own colour: the margin of the measure, not of the rule."""


def measure(case: Case, limits: Limits) -> Outcome:
    """The worst line is the rule's value."""
    lines = lines_of(case)
    if lines is None:
        return not_told("the picture was not read for words")
    if not lines:
        return Outcome()
    worst = min(lines, key=lambda line: line.ratio)
    breaches = tuple(
        breach for line in lines if (breach := _breach(line, limits["large" if _is_large(line) else "least"]))
    )
    return Outcome(
        breaches,
        round(worst.ratio, 2),
        limits["large" if _is_large(worst) else "least"],
        measured={
            "text_contrast_ratio": round(worst.ratio, 2),
            "text_contrast_apca": round(min(abs(apca_contrast(one.ink_hex, one.ground_hex)) for one in lines), 1),
        },
    )


def _is_large(line: Line) -> bool:
    return line.size_px >= _LARGE_TEXT_PX


def _breach(line: Line, limit: float) -> Breach | None:
    if line.ratio >= limit * line.margin * _MARGIN:
        return None
    apca = apca_contrast(line.ink_hex, line.ground_hex)
    return Breach(
        message=f"the {line.name} has a contrast of {line.ratio:.2f}, WCAG AA asks for {limit:g} (APCA Lc {apca:.0f})",
        repair="set the text in a colour that stands out more from its ground",
        boxes=(line.box,),
        value=round(line.ratio, 2),
        threshold=limit,
    )


RULE = Rule("text_contrast", measure)
