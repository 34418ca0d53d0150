"""Sentences that announce a list, and on which side it stands: `str -> 'do' | 'dont' | None`.

'Please do not use the logo in any of these ways:' goes on in its items. What must not live here: headings and labels
(`sides/polarity.py`).
"""

import re
from typing import Literal

from sgd_assets.canon.facts.rule import Rule
from sgd_assets.canon.sides.away import KEEP_AWAY
from sgd_assets.canon.words.vocabulary import pattern

Side = Literal["do", "dont"]

_HOLDS_BACK = re.compile(
    r"(?i)\b(?:unless|except(?:ions?|ing)?|other than|without|only (?:if|when|in)|if (?:it|they|you|the)|examples?|"
    r"e\.g|such as|questions?|contact|following (?:colou?rs?|fonts?|files?|formats?|sizes?|versions?|variations?)|"
    r"(?:available|found|find|here|below|download\w*))\b"
)
"""What follows such a sentence is an exception, a condition or a list of things, and no rule."""

_OPENS_A_CONDITION = re.compile(r"(?i)^\W*(?:if|when(?:ever)?|where(?:ver)?|because|since|as|once|until|for)\b")
_CONDITION = re.compile(rf"{_OPENS_A_CONDITION.pattern}[^,:]*,\s*")
"""'If SVG cannot be shown:' tells what is the case; 'When you use the logo, do not:' tells a side behind it."""

_UNLESS = re.compile(r"(?i)\b(?:unless|except)\b")


BANS_WHAT_FOLLOWS = Rule[Side](
    name="bans_what_follows",
    told="dont",
    words="the sentence that announces the list forbids",
    pattern=re.compile(
        rf"(?i)\b(?:do not|don[’']t|never|avoid(?:ed)?|{KEEP_AWAY}|"
        r"(?:may|must|can|should|shall)(?: not|not|n[’']t| never)|"
        r"not (?:permitted|allowed|acceptable|be used)|prohibited|forbidden|unacceptable|incorrect|not to)\b|"
        rf"{pattern('negative_start')}|{pattern('negative_inside')}|{pattern('misuse')}|{pattern('forbidden')}"
    ),
    unless=_HOLDS_BACK,
    reads=(
        "Please keep away from:", "Stay clear of:",
        "Please do not:", "You may not:", "The following uses of the mark are not permitted in any country:", "Évitez:",
        "Il est interdit de :", "Está prohibido:", "Folgendes ist untersagt:", "É proibido:", "Unikaj:",
    ),
    leaves=("Our colours:", "Do not shorten it unless it is:", "You may:", "Always make sure that:"),
)  # fmt: skip

ASKS_FOR_WHAT_FOLLOWS = Rule[Side](
    name="asks_for_what_follows",
    told="do",
    words="the sentence that announces the list asks for it, or allows it",
    pattern=re.compile(
        r"(?i)\b(?:please|always|may|can|should|must|shall|permitted|allowed|acceptable|ensure|make sure|use)\b|"
        rf"{pattern('must')}|{pattern('positive_start')}"
    ),
    unless=_HOLDS_BACK,
    reads=("Please:", "You may use the mark to:", "Always make sure that:", "Utilisez :", "Das Logo muss:"),
    leaves=("Our colours:", "Use the following colours:", "You can find our files here:", "Values:"),
)

RULES = (BANS_WHAT_FOLLOWS, ASKS_FOR_WHAT_FOLLOWS)
"""In the order in which they are asked."""


def stance_of_lead_in(text: str) -> Side | None:
    """The side of the items below a sentence that ends with a colon; None where it takes none."""
    text = _CONDITION.sub("", text, count=1)
    if _OPENS_A_CONDITION.match(text):
        return None
    return next((rule.told for rule in RULES if rule.reads_text(text)), None)


def is_label(text: str) -> bool:
    """Whether a line only announces what follows; 'Do not shorten the name unless it is:' says its rule itself."""
    return text.rstrip().endswith(":") and not (BANS_WHAT_FOLLOWS.pattern.search(text) and _UNLESS.search(text))
