"""The words that a line of the brand's donts rules out: `Do not use the words cheap, deal or hurry` -> the three.

Only what the line says outright, with quotation marks or without. What must not live here: looking for them
(`claims.py`).
"""

import re
from collections.abc import Iterator

_QUOTED = re.compile("[\"“„«'‘]([^\"“”„«»'‘’]{2,30})[\"”“»'’]")
_NOUNS = (
    r"words?|terms?|phrases?|wort|wörter|worte|begriffe?|mots?|termes?|palabras?|términos?|palavras?|termos?|"
    r"parol[ae]|termini|woord(?:en)?"
)
_VERBS = r"say|write|saying|writing|sagen|schreiben|dire|écrire|decir|escribir|dizer|escrever|scrivere|zeggen|schrijven"
_INTRODUCED = re.compile(
    rf"\b(?:{_NOUNS}|{_VERBS})\b[^.:;]{{0,20}}?[:]?\s*((?:[\"“„«'‘][^\"”“»'’]{{2,30}}[\"”“»'’](?:,|\s\w{{1,4}}(?=\s)|\s)*)+)",
    re.IGNORECASE,
)
_LISTED = re.compile(
    rf"\b(?:{_NOUNS})\b:?\s+(?:like\s+|such as\s+|wie\s+|comme\s+|como\s+|come\s+)?([^.:;!?()\"“„«]+)", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"\s*,\s*(?:(?:and|or|und|oder|et|ou|y|o|e|of|en)\s+)?|\s+(?:and|or|und|oder|et|ou|y|o|e|of|en)\s+"
)
_CALLED = re.compile(
    r"\b(?:do not|don['’]t|never) (?:ever )?(?:call|refer to) (?:our |the |a |an )?\w+ (?:as )?(?:an? )?(\w{3,30})\.?$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,30}(?:[- ][^\W\d_]{2,30})?")
_NO_LIST = re.compile(
    r"(?:that|which|who|when|where|with|without|from|for|of|in|on|to|as|than|you|we|they|people|die|der|das|mit|von|que|"
    r"qui|avec|de|con|di|che|met|van)\b",
    re.IGNORECASE,
)
"""What follows such a word describes words and names none: `Do not use words that exclude`."""


def ruled_out_words(line: str) -> tuple[str, ...]:
    """The words, in their order, as they are written."""
    return tuple(dict.fromkeys((*_quoted(line), *_listed(line), *_CALLED.findall(line.strip()))))


def _quoted(line: str) -> Iterator[str]:
    for found in _INTRODUCED.finditer(line):
        yield from (word.strip(" ,.") for word in _QUOTED.findall(found.group(1)))


def _listed(line: str) -> Iterator[str]:
    """Words without quotation marks; a list that holds anything but single words names none."""
    for found in _LISTED.finditer(line):
        words = _BETWEEN.split(found.group(1).strip())
        if all(_WORD.fullmatch(word) and not _NO_LIST.match(word) for word in words):
            yield from words
