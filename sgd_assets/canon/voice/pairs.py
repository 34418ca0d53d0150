"""Lines that tell two sides at once, parted: 'Avoid jargon Write plainly', 'say "talk to us" rather than "contact us"'.

`str -> [str]`, each in the words of the line. What must not live here: which side a part is on (`sides`).
"""

import re

from sgd_assets.canon.sides.imperatives import imperative

_CAPITAL_WORD = re.compile(r"(?<=[a-z’'\w]) (?=[A-Z][a-z]+ [a-z])")
_REJECTED = re.compile(r"\b(?:rather than|instead of)\s+([“\"‘][^”\"’“]{4,120}[”\"’])")


def instructions_in(text: str) -> list[str]:
    """The instructions that a line joins without a mark between them (a bold lead before its sentence).

    Only where both are instructions and not of one side: else the second explains the first.
    """
    for place in _CAPITAL_WORD.finditer(text):
        first, second = text[: place.start()], text[place.end() :]
        sides = imperative(first), imperative(second)
        if None not in sides and sides[0] != sides[1]:
            return [first, second]
    return [text]


def rejected_in(text: str) -> str | None:
    """The quoted words that a line sets another wording against."""
    found = _REJECTED.search(text)
    return found[1] if found is not None else None
