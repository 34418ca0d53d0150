"""Rule `text_size`: no text is smaller than reads. What must not live here: the contrast that small text needs."""

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told
from sgd_assets.renders.compliance.words.lines import EM_OF_INK, Line, lines_of, too_small_to_read

_SMALL_CANVAS_PX = 200
_MARGIN = 0.8
"""Of the limit, for text that was read: its em is guessed from the height of its ink."""


def measure(case: Case, limits: Limits) -> Outcome:
    """The smallest text is the rule's value."""
    lines = lines_of(case)
    if lines is None:
        return not_told("the picture was not read for words")
    unread = _unread(case)
    if not lines and not unread:
        return Outcome()
    least = least_px(case, limits)
    margin = 1.0 if case.scene is not None else _MARGIN
    breaches = tuple(
        Breach(
            message=f"the {line.name} is {line.size_px:.1f} px high, {least:g} px is the least that reads",
            repair="shorten the text or use a larger format",
            boxes=(line.box,),
            value=round(line.size_px, 2),
        )
        for line in (*lines, *unread)
        if line.size_px < least * margin
    )
    smallest = round(min(line.size_px for line in (*lines, *unread)), 2)
    return Outcome(breaches, smallest, least, measured={"text_smallest_px": smallest})


def _unread(case: Case) -> list[Line]:
    """Writing too small for its words to be told."""
    return [
        Line("writing on it", "", line.box, line.ink_px * EM_OF_INK, 1.0, "", "") for line in too_small_to_read(case)
    ]


def least_px(case: Case, limits: Limits) -> float:
    """The least text size in pixels for a canvas of this size."""
    is_small = min(case.width_px, case.height_px) < _SMALL_CANVAS_PX
    return limits["least_px_small" if is_small else "least_px"]


RULE = Rule("text_size", measure)
