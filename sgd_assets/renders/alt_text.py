"""The alternative text of a picture: what a person who cannot see it is told. `RenderPlan -> str`.

As for any picture of text, it is the text itself in the order of reading, after what the picture shows; so it is in the
language of the copy. What must not live here: words that are neither asked for nor drawn.
"""

from sgd_assets.renders.brief.model import BriefCopy
from sgd_assets.renders.model import RenderPlan

MAX_CHARACTERS = 250
"""Screen readers read an alternative in one go; beyond two sentences or so it belongs beside the picture."""


def alt_text(plan: RenderPlan) -> str:
    """One line of at most `MAX_CHARACTERS`; parts that the picture lacks (`unmet`) are left out."""
    words = BriefCopy(**{part: getattr(plan, part) for part in BriefCopy.model_fields})
    lacking = set(plan.unmet)
    parts = [text for part, text in words.elements() if f"{part}: {text}" not in lacking]
    if plan.attribution and parts:
        parts[0] = f"{parts[0]} \N{EM DASH} {plan.attribution}"
    if plan.imagery is not None and plan.brief is not None and plan.brief.imagery.subject:
        parts.insert(0, plan.brief.imagery.subject)
    line = " ".join(" ".join(_sentence(part).split()) for part in parts) or "Logo"
    return (
        line
        if len(line) <= MAX_CHARACTERS
        else line[: MAX_CHARACTERS - 1].rsplit(" ", 1)[0] + "\N{HORIZONTAL ELLIPSIS}"
    )


def _sentence(text: str) -> str:
    stripped = text.strip()
    return stripped if stripped[-1:] in ".!?\u3002\uff01\uff1f\u0964\u061f" else f"{stripped}."
