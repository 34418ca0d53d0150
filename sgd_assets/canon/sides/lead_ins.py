"""Sentences that announce a list, and on which side it stands: `str -> 'do' | 'dont' | None`.

'Please do not use the logo in any of these ways:' goes on in its items. What must not live here: headings and labels
(`sides/polarity.py`).
"""

import re
from typing import Literal

from sgd_assets.canon.words.vocabulary import pattern

_BANS = re.compile(
    r"(?i)\b(?:do not|don[’']t|never|avoid(?:ed)?|refrain from|(?:may|must|can|should|shall)(?: not|not|n[’']t| never)|"
    r"not (?:permitted|allowed|acceptable|be used)|prohibited|forbidden|unacceptable|incorrect|not to)\b|"
    rf"{pattern('negative_start')}|{pattern('negative_inside')}|{pattern('misuse')}"
)
_ASKS = re.compile(
    r"(?i)\b(?:please|always|may|can|should|must|shall|permitted|allowed|acceptable|ensure|make sure|use)\b|"
    rf"{pattern('must')}|{pattern('positive_start')}"
)
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


def stance_of_lead_in(text: str) -> Literal["do", "dont"] | None:
    """The side of the items below a sentence that ends with a colon; None where it takes none."""
    text = _CONDITION.sub("", text, count=1)
    if _HOLDS_BACK.search(text) or _OPENS_A_CONDITION.match(text):
        return None
    if _BANS.search(text):
        return "dont"
    return "do" if _ASKS.search(text) else None


def is_label(text: str) -> bool:
    """Whether a line only announces what follows; 'Do not shorten the name unless it is:' says its rule itself."""
    return text.rstrip().endswith(":") and not (_BANS.search(text) and _UNLESS.search(text))
