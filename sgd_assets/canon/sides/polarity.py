"""On which side of the line a block stands: below what says do, below what says don't, or below neither.

`PlacedBlock -> Standing`. The nearest heading, lead-in, column head, slot or class that takes a side decides, so that a
don't told without a negation ('Stretch the logo' below 'Logo don'ts') is never taken for a do. What must not live
here: what a rule is (`voice/items.py`, `logo/rules.py`), and the names of slots (`sgd_resources/parsers/sides.py`).
"""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from sgd_assets.canon.reading.sections import PlacedBlock
from sgd_assets.canon.sides import labels
from sgd_assets.canon.sides.imperatives import forbids
from sgd_assets.canon.sides.lead_ins import stance_of_lead_in
from sgd_assets.canon.words.voice_patterns import NUMBERING

Stance = Literal["do", "dont", "forbids"]
"""'forbids': a prohibition of its own ('Avoid jargon'), whose text below explains it: no list of don'ts, and no dos."""


_APOSTROPHES = str.maketrans("´`", "''")
"""Accents that stand for apostrophes where a keyboard has none at hand."""


class Standing(NamedTuple):
    """The side a block is on, and the words that say so (empty when markup does)."""

    stance: Stance
    label: str = ""


_LABEL_WORDS = 9
"""Longer headings are sentences: they tell a rule rather than which rules follow."""
_IN_BRACKETS = re.compile(r"(?<=\w)\s*\([^()]{1,40}\)\s*$")
"""'Don'ts (summary)': a remark behind a label."""


def standing_of(item: PlacedBlock) -> Standing | None:
    """The side that the nearest words above a block take, or the markup around it; None where nothing does."""
    if item.block.side is not None:
        return Standing(item.block.side, _nearest_label(item))
    for text in reversed(item.path):
        stance = stance_of_label(text)
        if stance == "neither":
            return None
        if stance is not None:
            return Standing(stance, text)
    return None


@lru_cache(maxsize=4096)
def stance_of_label(text: str) -> Stance | Literal["neither"] | None:
    """What a heading, lead-in or column head says of what stands below it.

    'neither' where it names both sides ("Do's and don'ts"): what follows is parted below it. None where it takes none.
    """
    if text.rstrip(" *_").endswith(":") and (led := stance_of_lead_in(text)) is not None:
        return led
    bare = NUMBERING.sub("", text).strip(" :*_")
    bare = _IN_BRACKETS.sub("", bare).translate(_APOSTROPHES)
    for rule in labels.RULES_FOR_LONG:
        if rule.reads_text(bare):
            return rule.told
    is_label = len(bare.split()) <= _LABEL_WORDS
    if is_label and labels.NAMES_BOTH_SIDES.reads_text(bare):
        return "neither"
    says_dont = is_label and any(rule.reads_text(bare) for rule in labels.DONTS)
    says_do = is_label and any(rule.reads_text(bare) for rule in labels.DOS)
    if says_dont and not _is_prohibition(bare):
        return "neither" if says_do else "dont"
    if forbids(bare):
        return "forbids"
    return "do" if says_do else None


def is_bare_label(text: str) -> bool:
    """Whether a line is nothing but the name of a side ("Don't", 'Never do this.'): what it announces follows."""
    bare = NUMBERING.sub("", text).strip(" :*_")
    return any(rule.reads_text(bare) for rule in (*labels.STOPS, *labels.RULES_FOR_LONG))


def _is_prohibition(bare: str) -> bool:
    """'Avoid incorrect spacing', "Don't use unacceptable colours": a rule with a verb of its own, no label."""
    is_bare = labels.STOPS_AT_THE_NEGATION.reads_text(bare)
    return forbids(bare) and not is_bare and len(bare.split()) > 2 and not re.search(r"(?i)don[’']ts", bare)


def _nearest_label(item: PlacedBlock) -> str:
    """The words above that name the list, when they take the side that the markup takes."""
    nearest = item.path[-1] if item.path else ""
    return nearest if stance_of_label(nearest) == item.block.side else ""
