"""Clauses that say what a rule is to keep from happening, which forbid nothing themselves: `str -> str`.

'Use it sparingly so as not to weaken it' asks for something. What must not live here: what a sentence tells (`sides`,
`logo/sentences.py`).
"""

import re

from sgd_assets.canon.words.vocabulary import expressions

_ASKED = (
    r"(?<!\btry )(?<!\bsure )(?<!\bimportant )(?<!\bbest )(?<!\bbetter )(?<!\bremember )(?<!\bcare )(?<!\bneed )"
    r"(?<!\bneeds )(?<!\bhave )(?<!\bhas )(?<!\bought )(?<!\byou )(?<!\bare )(?<!\bis )(?<!\bessential )"
    r"(?<!\bhow )(?<!\bwhat )(?<!\bthings )(?<!\bwords )(?<!\bcareful )(?<!\beveryone )(?<!\bwriters )(?<!\band )"
)
"""What is asked for behind these words is no purpose: 'Try to avoid', 'It is important to avoid'."""
_PURPOSE = re.compile(
    rf"(?i)\b(?:so as|in order) not to\b[^,.;:!?]*|\b(?:so as|in order) to (?:avoid|prevent)\b[^,.;:!?]*|"
    rf"(?<=\w ){_ASKED}to (?:avoid|prevent)\b[^,.;:!?]*|^\W*to (?:avoid|prevent)\b[^,.;:!?]*(?=,)|"
    r"(?<=\w)(?:,? so that|,? so(?= (?:it|they|its|that|nothing|no)\b)|,? lest)\b[^.;:!?]*|"
    r"\b(?:enough|small|far|close) not to\b[^,.;:!?]*|"
    rf"{expressions('purpose')}"
)


def without_purpose(text: str) -> str:
    """The text without what it wants to keep from happening; the text itself where nothing else is left.

    >>> without_purpose("Use gold sparingly so as not to weaken it")
    'Use gold sparingly '
    >>> without_purpose("To avoid clutter, use gold on white")
    'Use gold on white'
    >>> without_purpose("Try to avoid shadows")
    'Try to avoid shadows'
    """
    rest = _PURPOSE.sub("", text)
    if rest[:1] == ",":
        rest = rest.lstrip(" ,")
        rest = rest[:1].upper() + rest[1:]
    return rest if re.search(r"[^\W\d_]{2,}\W+[^\W\d_]{2,}", rest) else text
