"""Patterns of a topic's words in all languages: `topic -> regular expression`.

A term ends in `*` where endings follow, begins with `*` where compounds are built in front, and begins with `=` where
only the whole heading counts, because the word alone means other things too. What must not live here: words
(`languages/`), or any rule.
"""

import re
import unicodedata
from collections.abc import Iterable

from sgd_assets.canon.words.language import Language, languages
from sgd_assets.canon.words.topic_names import TOPICS
from sgd_resources.errors import BrokenContract

_SPACE = r"[\s\u00a0]+"


def pattern(topic: str, *, ending: str = r"\w*", of: Iterable[Language] | None = None) -> str:
    """A regular expression for the topic's terms in all languages, accents optional, case left to the caller.

    Args:
        topic: a name of `TOPICS`.
        ending: what a `*` behind a term stands for.
        of: these languages only.

    Raises:
        BrokenContract: no such topic.
    """
    if topic not in TOPICS:
        raise BrokenContract(f"no topic is called {topic}")
    whole: list[str] = []
    parts: list[str] = []
    unspaced: list[str] = []
    for language in languages().values() if of is None else of:
        for term in language.topics.get(topic, ()):
            if term.startswith("="):
                whole.append(_expression(term[1:], ending))
            elif language.is_spaced:
                parts.append(_expression(term, ending))
            else:
                unspaced.append(re.escape(term.strip("*")))
    found = [rf"(?<!\w)(?:{_alternatives(parts)})"] if parts else []
    if unspaced:
        found.append(_alternatives(unspaced))
    if whole:
        found.append(rf"^\W*(?:\d+(?:\.\d+)*\W+)?(?:{_alternatives(whole)})\W*$")
    return "|".join(found)


def english(topic: str) -> str:
    """The regular expression of the topic in the English file.

    Raises:
        BrokenContract: it has none.
    """
    parts = languages()["en"].patterns.get(topic)
    if parts is None:
        raise BrokenContract(f"English has no pattern for {topic}")
    return "".join(parts)


def expressions(topic: str) -> str:
    """The regular expressions that language files state for the topic, any of them; case left to the caller.

    Raises:
        BrokenContract: no such topic.
    """
    if topic not in TOPICS:
        raise BrokenContract(f"no topic is called {topic}")
    stated = [language.patterns[topic] for language in languages().values() if topic in language.patterns]
    return "|".join(f"(?:{''.join(parts)})" for parts in stated)


def listed(name: str) -> frozenset[str]:
    """A list of the English file."""
    return frozenset(languages()["en"].words[name])


def beside(own: str, topic: str) -> str:
    """A regular expression: a reader's own pattern or any of the topic's terms, in any letter case."""
    return rf"(?i){own.removeprefix('(?i)')}|{pattern(topic)}"


def joined(own: str, topic: str) -> re.Pattern[str]:
    """The same, compiled."""
    return re.compile(beside(own, topic))


def _alternatives(expressions: Iterable[str]) -> str:
    return "|".join(dict.fromkeys(expressions))


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
            letters.append(rf"[{char}{plain}][\u0300-\u036f]?")
        else:
            letters.append(re.escape(char))
    before = r"\w*" if term.startswith("*") else ""
    after = ending if term.endswith("*") else ""
    # an elided word ("n'") runs into the next, and "non-" is no negation
    end = "" if body.endswith("'") else r"(?![\w-])"
    return before + "".join(letters) + after + end
