"""On which side of the line a block stands: below what says do, below what says don't, or below neither.

`PlacedBlock -> Standing`. The nearest heading, lead-in, column head, slot or class that takes a side decides, so that a
don't told without a negation ('Stretch the logo' below 'Logo don'ts') is never taken for a do. What must not live
here: what a rule is (`voice/items.py`, `logo/rules.py`), and the names of slots (`sgd_resources/parsers/sides.py`).
"""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from sgd_assets.canon.reading.sections import PlacedBlock
from sgd_assets.canon.sides.imperatives import NEGATIVE
from sgd_assets.canon.sides.lead_ins import stance_of_lead_in
from sgd_assets.canon.words.vocabulary import pattern
from sgd_assets.canon.words.voice_patterns import AVOIDED, FAVOURED, NUMBERING

Stance = Literal["do", "dont", "forbids"]
"""'forbids': a prohibition of its own ('Avoid jargon'), whose text below explains it: no list of don'ts, and no dos."""


class Standing(NamedTuple):
    """The side a block is on, and the words that say so (empty when markup does)."""

    stance: Stance
    label: str = ""


_LABEL_WORDS = 9
"""Longer headings are sentences: they tell a rule rather than which rules follow."""
_DONTS = re.compile(
    r"(?i)\bdon[’']?ts\b|\bmis-?uses?\b|\bincorrect(?:ly)?\b|\bimproper(?:ly)?\b|\bunacceptable\b|\bunauthori[sz]ed\b|"
    r"\bprohibited\b|\bforbidden\b|\bnot (?:permitted|allowed|acceptable)\b|\bnot to (?:do|use|say|be)\b|"
    r"\b(?:to|we|please|you should) avoid\W*$|^\W*avoid(?:ing)?\W*$|\b(?:common )?mistakes\b|"
    r"^\W*(?:the )?wrong\b.{0,24}$|\bwhat (?:we|it|our \w+) (?:don[’']t|doesn[’']t|never|aren[’']t|isn[’']t)\b|"
    r"^\W*(?:please )?(?:don[’']t|do not|never|(?:don[’']t|do not) do (?:this|that|these))\W*$|"
    r"\bbad (?:practices?|examples?|usage)\b|"
    r"\bno-?(?:nos|gos|goes)\b|\b(?:how|when|where) not to\b|\bnot o\.?k(?:ay)?\b|\bthings to avoid\b|"
    r"\bviolations?\b|"
    r"\bun(?:approved|suitable)\b|\bwhat (?:to avoid|not to)\b|"
    r"\b(?:you|they) (?:may|must|can|should) ?(?:not|n[’']t)\W*$|"
    r"\b(?:can|may|must)(?: not|not|n[’']t) (?:be done|do)\b|"
    rf"{pattern('misuse')}"
)
_DOS = re.compile(
    r"(?i)\bdo[’']?s\b(?! not)|(?<!in)\bcorrect (?:use|usage|application|logo)s?\b|(?<!im)\bproper (?:use|usage)\b|"
    r"(?<!un)\bacceptable\b|(?<!un)\bauthori[sz]ed (?:use|usage)\b|^\W*correct\W*$|\bbest practices?\b|"
    r"^\W*(?:please )?do\W*$|\bwhat to do\b|(?<!\bnot )\b(?:permitted|allowed) (?:use|usage)s?\b|"
    r"(?<!un)\bapproved (?:use|usage)s?\b|^\W*(?:what )?you (?:may|can|should)(?: do)?\W*$|\bthe right way\b"
)
_NOT_SO = re.compile(
    r"(?i)^\W*(?:please )?(?:don[’']t|do not|never)\b[^.;:]{0,40}\b(?:this way|like this|like these)\W*$"
)
_SO = re.compile(r"(?i)^\W*(?:please )?(?:(?:always )?do|use)\b(?! not|n[’']t)[^.;:]{0,40}\b(?:this way|like this)\W*$")
"""'Do (not) use the logo this way': points at what stands below, and is no rule itself."""
_BOTH = re.compile(
    r"(?i)\b(?:use|usage)s? (?:and|&|/|or|vs\.?) mis|"
    r"\b(?:right|good|correct) (?:and|&|/|or|vs\.?) (?:wrong|bad|incorrect)"
)


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
    if AVOIDED.match(bare):
        return "dont"
    if FAVOURED.match(bare):
        return "do"
    is_label = len(bare.split()) <= _LABEL_WORDS
    if is_label and _BOTH.search(bare):
        return "neither"
    says_dont = bool(_DONTS.search(bare) or _NOT_SO.search(bare))
    says_do = bool(_DOS.search(bare) or _SO.search(bare))
    if is_label and says_dont and not _is_prohibition(bare):
        return "neither" if says_do else "dont"
    if NEGATIVE.match(bare):
        return "forbids"
    return "do" if is_label and says_do else None


def _is_prohibition(bare: str) -> bool:
    """'Avoid incorrect spacing', "Don't use unacceptable colours": a rule with a verb of its own, no label."""
    is_bare = re.fullmatch(r"(?i)(?:don[’']t|do not|avoid) do (?:this|that|these)\W*", bare) or _NOT_SO.search(bare)
    return (
        bool(NEGATIVE.match(bare)) and not is_bare and len(bare.split()) > 2 and not re.search(r"(?i)don[’']ts", bare)
    )


def _nearest_label(item: PlacedBlock) -> str:
    """The words above that name the list, when they take the side that the markup takes."""
    nearest = item.path[-1] if item.path else ""
    return nearest if stance_of_label(nearest) == item.block.side else ""
