"""Sentences that ask for one thing and forbid another, parted: `str -> TwoSides | None`.

'The mark must be centred and must not be tilted' is a do and a don't. What must not live here: prohibitions at the end
that only restrict what is asked for (`sides/rejected.py`), or what a part tells by itself (`logo`, `voice`).
"""

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from sgd_assets.canon.words.vocabulary import pattern

Side = Literal["do", "dont"]

_FEWEST = 3  # words of a part that tells a rule
_JOIN = rf"(?:\s*[,;–—])?\s+(?:and|but|yet|{pattern('joins')})\s+"
_FORBIDS = (
    r"(?:must|should|may|can|shall|will|needs?|ha(?:s|ve))(?:\s+(?:not|never)\b|n[’']t\b|not\b)|"
    rf"(?:do not|don[’']t|never|avoid)\s|{pattern('must_not')}"
)
_TO_A_DONT = re.compile(rf"(?i)(?:{_JOIN}|\s*[,;–—]\s*(?=avoid\b))(?={_FORBIDS})")
_TO_A_DO = re.compile(
    rf"(?i){_JOIN}(?=(?:must|should|shall)\s+(?!not\b|never\b)|always\s|instead,?\s|(?:{pattern('must')})\s)|"
    r"(?:\s*[,;–—]\s*but\s+|\s+but\s+|\s*;\s*|\s+[–—]\s+)"
    r"(?=(?:please )?(?:use|keep|place|choose|write|leave|prefer)\b)|"
    r"\s*[,;–—]\s*(?=(?:please )?(?:use|write|choose)\b[^,;]* instead\W*$|instead,? (?:use|write|choose)\b)"
)
_IN_A_CLAUSE = re.compile(r"(?i)\b(?:that|which|who|whether|if|when)\b[^,;.]*\b(?:must|should|may|can|shall)\b[^,;.]*$")
"""What goes on from 'the logo that you must use' belongs to that clause."""


class TwoSides(NamedTuple):
    """The parts of a sentence in its words, the second with a capital, and their sides."""

    first: str
    first_side: Side
    second: str
    second_side: Side


def two_sides(sentence: str, side_of: Callable[[str], Side | None]) -> TwoSides | None:
    """The do and the don't of a sentence; None where it tells one side.

    >>> two_sides("The mark must be big and must not be tilted", lambda part: "do")[2:]
    ('Must not be tilted', 'dont')

    Args:
        sentence: one sentence.
        side_of: what a part tells by itself.
    """
    turns: tuple[tuple[re.Pattern[str], Side, Side], ...] = ((_TO_A_DONT, "do", "dont"), (_TO_A_DO, "dont", "do"))
    for places, first_side, second_side in turns:
        for place in places.finditer(sentence):
            first, second = sentence[: place.start()], sentence[place.end() :]
            are_rules = min(len(first.split()), len(second.split())) >= _FEWEST
            if are_rules and not _IN_A_CLAUSE.search(first) and side_of(first) == first_side:
                return TwoSides(first, first_side, second[:1].upper() + second[1:], second_side)
    return None
