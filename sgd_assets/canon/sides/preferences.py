"""Instructions that set one thing before another: 'Say help rather than assist' is a do, also in a list of don'ts.

What must not live here: what is wrong in place of what is right ('the icon instead of the logo').
"""

import re
from typing import Literal

from sgd_assets.canon.facts.rule import Rule
from sgd_assets.canon.words.vocabulary import pattern

_OPENS = (
    rf"^\W*(?:please\s+|always\s+)?(?:use|say|write|prefer|choose|opt for|pick|call|refer to|"
    rf"{pattern('positive_start')})"
    r"\b[^.;:!?]*(?<!\w)"
)
_NEGATED = re.compile(rf"(?i)\b(?:not|never|no|avoid)\b|n[’']t\b|{pattern('negative_inside')}")

PREFERS = Rule[Literal["do"]](
    name="prefers",
    told="do",
    words="the line says what to use rather than something else",
    pattern=re.compile(rf"(?i){_OPENS}(?:(?:rather than|over|in preference to)\b|{pattern('rather_than')})"),
    guard=_NEGATED,
    reads=(
        "Use the full name rather than the short one", "Prefer plain words over jargon",
        "Utilisez le nom plutôt que le sigle", "Gebruik de naam liever dan de afkorting",
    ),
    leaves=("The icon rather than the logo", "Do not use red rather than blue", "Use the icon instead of the logo"),
)  # fmt: skip

TRADES = Rule[Literal["do"]](
    name="trades",
    told="do",
    words="in a list of words to avoid, the line says what to use instead of one of them",
    pattern=re.compile(
        rf"(?i){_OPENS}(?:(?:rather than|over|instead of|in place of|in preference to)\b|"
        rf"{pattern('rather_than')}|{pattern('instead_of')})"
    ),
    guard=_NEGATED,
    reads=(
        "Use help instead of assist", "Say we in place of the firm", "Verwenden Sie Hilfe statt Assistenz",
        "Utilisez aide au lieu de soutien",
    ),
    leaves=("Assist instead of help", "Never use assist instead of help", "Use help"),
)  # fmt: skip

RULES = (PREFERS, TRADES)


def is_preference(text: str, *, is_word_list: bool = False) -> bool:
    """Whether a line below don'ts tells what is right.

    Args:
        text: one line.
        is_word_list: the list names words to avoid, and not what is done wrong.
    """
    return (TRADES if is_word_list else PREFERS).reads_text(text)
