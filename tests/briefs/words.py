"""How words are compared: exactly but for white space and quotation marks, or by likeness.

What must not live here: what a word means for a brief.
"""

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher

_QUOTES = str.maketrans(dict.fromkeys("„“”«»〝〞「」『』‟", '"') | dict.fromkeys("‘’‚‛‹›`´", "'"))
_EAST_ASIAN = "぀-ヿ㐀-䶿一-鿿豈-﫿가-힯"
_TOKEN = re.compile(rf"[{_EAST_ASIAN}]|[^\W{_EAST_ASIAN}]+")
_SHORTEST_FUZZY = 4  # below it one letter more or less makes another word


def exact(text: str) -> str:
    """The text with plain quotation marks, one space for any white space, and compatibility forms folded."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(_QUOTES)).split())


def bare(text: str) -> str:
    """`exact` without one pair of quotation marks around the whole."""
    plain = exact(text)
    return plain[1:-1].strip() if len(plain) > 2 and plain[0] in "\"'" and plain[-1] == plain[0] else plain


def tokens(text: str) -> list[str]:
    """Words without case and accents, in order; of scripts that set no spaces each character is one."""
    marks_apart = unicodedata.normalize("NFKD", exact(text).casefold())
    plain = "".join(each for each in marks_apart if not unicodedata.combining(each))
    return _TOKEN.findall(unicodedata.normalize("NFKC", plain))


def overlap(one: str, other: str) -> float:
    """Dice coefficient of the words of both, 0 to 1."""
    first, second = Counter(tokens(one)), Counter(tokens(other))
    both = first.total() + second.total()
    return 2 * (first & second).total() / both if both else 0.0


def holds(text: str, phrase: str) -> bool:
    """Whether the phrase's words stand in the text, next to each other and in order."""
    words, sought = tokens(text), tokens(phrase)
    return bool(sought) and any(words[i : i + len(sought)] == sought for i in range(len(words) - len(sought) + 1))


def made_of(text: str, phrases: list[str]) -> bool:
    """Whether every word of the text stands in one of the phrases."""
    known = {word for phrase in phrases for word in tokens(phrase)}
    return bool(known) and set(tokens(text)) <= known


def likeness(sought: str, text: str) -> float:
    """How well the words sought are met by some stretch of the text, 0 to 1; spaces count for nothing.

    Three letters or fewer are met whole or not at all.
    """
    short = "".join(tokens(sought))
    if len(short) < _SHORTEST_FUZZY or not text:
        return float(holds(text, sought))
    words = tokens(text)
    whole = "".join(words)
    starts = [sum(map(len, words[:i])) for i in range(len(words))]
    return max((_ratio(short, whole[start : start + len(short)]) for start in starts), default=0.0)


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
