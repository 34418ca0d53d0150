"""What a guide's headings and labels are called in German, French, Spanish, Italian, Portuguese and Dutch.

One table for all readers of the canon: a topic, then a language, then its terms. `words/topics.py` and the readers join
them to their English patterns with `joined`. A term ends in `*` where endings follow, begins with `*` where compounds
are built in front, and begins with `=` where only the whole heading counts, because the word alone means other things
too. What must not live here: English (each reader's own pattern), a brand's name, or any rule.
"""

import re
import unicodedata
from collections.abc import Sequence

from sgd_assets.canon.words.design import DESIGN_TERMS
from sgd_assets.canon.words.voice import VOICE_TERMS

LANGUAGES = ("de", "fr", "es", "it", "pt", "nl")

_TERMS = {**DESIGN_TERMS, **VOICE_TERMS}

_SPACE = r"[\s\u00a0]+"


def pattern(topic: str, *, ending: str = r"\w*", languages: Sequence[str] = LANGUAGES) -> str:
    """A regular expression for the topic's terms in all six languages, accents optional, case left to the caller.

    Args:
        topic: a key of the table.
        ending: what a `*` behind a term stands for.
        languages: of these only.
    """
    whole: list[str] = []
    parts: list[str] = []
    for language in languages:
        for written in _TERMS[topic].get(language, "").split(","):
            term = written.strip()
            if term.startswith("="):
                whole.append(_expression(term[1:], ending))
            elif term:
                parts.append(_expression(term, ending))
    found = [rf"(?<!\w)(?:{'|'.join(dict.fromkeys(parts))})"] if parts else []
    if whole:
        found.append(rf"^\W*(?:\d+(?:\.\d+)*\W+)?(?:{'|'.join(dict.fromkeys(whole))})\W*$")
    return "|".join(found)


def joined(english: str, topic: str) -> re.Pattern[str]:
    """The English pattern or any of the topic's terms."""
    return re.compile(rf"(?i){english.removeprefix('(?i)')}|{pattern(topic)}")


def _expression(term: str, ending: str) -> str:
    """A term as an expression: `*` at either end, any white space, accents composed, separate or left out."""
    body = term.strip("*")
    letters = []
    for char in body:
        plain = unicodedata.normalize("NFKD", char)[0]
        if char == " ":
            letters.append(_SPACE)
        elif char == "'":
            letters.append("['’]" + r"\s?")
        elif char == "ß":
            letters.append("(?:ß|ss)")
        elif plain != char:
            letters.append(rf"(?:{char}|{plain}[\u0300-\u036f]?)")
        else:
            letters.append(re.escape(char))
    before = r"\w*" if term.startswith("*") else ""
    after = ending if term.endswith("*") else ""
    # an elided word ("n'") runs into the next, and "non-" is no negation
    end = "" if body.endswith("'") else r"(?![\w-])"
    return before + "".join(letters) + after + end
