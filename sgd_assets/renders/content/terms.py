"""The word lists of the content policy, ready to be looked for: phrases by their first word, pairs, contexts.

From `policies/content_terms/*.json` (contracts `content_terms`, `content_contexts`) to `Terms`. In the lists
`word{,s,ed}` stands for each ending, `{her,him} alive` for each word, `hand ?job` for both spellings. What must not
live here: the words themselves, or when one of them blocks (`screen.py`).
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from sgd_assets.renders.content.readings import folded, words_of
from sgd_resources.contracts import check_input, policy_path

CATEGORIES = ("hate", "violence", "sexual", "self_harm", "weapons")
_CHOICE = re.compile(r"\{([^{}]*)\}")
Phrase = tuple[str, ...]


class Phrases:
    """Phrases by their first word, so that a text is read once however many there are."""

    def __init__(self, phrases: Iterable[Phrase] = ()) -> None:
        self._by_first: dict[str, list[Phrase]] = {}
        for phrase in sorted(set(phrases)):
            self._by_first.setdefault(phrase[0], []).append(phrase)

    def found(self, words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        """(start, end) of each place where one stands, in order of starts."""
        for at, word in enumerate(words):
            for phrase in self._by_first.get(word, ()):
                if words[at : at + len(phrase)] == phrase:
                    yield at, at + len(phrase)

    @cached_property
    def single(self) -> frozenset[str]:
        """Those of one word."""
        return frozenset(phrase[0] for phrases in self._by_first.values() for phrase in phrases if len(phrase) == 1)

    @cached_property
    def several(self) -> frozenset[Phrase]:
        """Those of more than one word."""
        return frozenset(phrase for phrases in self._by_first.values() for phrase in phrases if len(phrase) > 1)


@dataclass(frozen=True)
class Pair:
    """Two words that block together. `is_soft`: not where a word before them refuses both ('no', 'without').

    `is_ordered`: only where the second stands behind the first ('shoot the kids', and not 'kids shoot hoops').
    """

    words: frozenset[str]
    beside: frozenset[str]
    within: int
    is_soft: bool
    is_ordered: bool


@dataclass(frozen=True)
class CategoryTerms:
    """What is looked for in one category, in all languages at once."""

    always: Phrases
    unless: Phrases
    """Words that block but for a context: prevention, remembrance, a refusal in front of them."""
    pairs: tuple[Pair, ...]
    benign: Phrases
    """Phrases whose words are not looked at."""


@dataclass(frozen=True)
class Terms:
    """All lists. `before` are words that refuse what follows, `around` words that make it a subject."""

    categories: Mapping[str, CategoryTerms]
    before: frozenset[str]
    around: frozenset[str]


@lru_cache(maxsize=4)
def shipped_terms(directory: Path | None = None) -> Terms:
    """The lists in force, or those of a folder, read once.

    Raises:
        ValidationFailed: a list breaks its contract; the operator must mend it.
    """
    contexts = _read(_path("contexts", directory), "content_contexts")
    found = {name: _category(_read(_path(name, directory), "content_terms")) for name in CATEGORIES}
    return Terms(
        found,
        frozenset(phrase[0] for phrase in _phrases(contexts["before"])),
        frozenset(phrase[0] for phrase in _phrases(contexts["around"])),
    )


def _path(name: str, directory: Path | None) -> Path:
    return directory / f"{name}.json" if directory else policy_path(f"content_terms/{name}.json")


def phrases_of(lines: Iterable[str]) -> Phrases:
    """Phrases of an operator's own lines."""
    return Phrases(phrase for line in lines for phrase in expanded(line))


def expanded(term: str) -> Iterator[Phrase]:
    """Every phrase that a term of a list stands for."""
    parts = _CHOICE.split(term)
    choices = [part.split(",") if at % 2 else [part] for at, part in enumerate(parts)]
    for chosen in product(*choices):
        line = "".join(chosen)
        for spelled in {line.replace(" ?", " "), line.replace(" ?", "")} if " ?" in line else {line}:
            phrase = words_of(folded(spelled))
            if phrase:
                yield phrase


def _category(document: Mapping[str, Any]) -> CategoryTerms:
    pairs = [
        Pair(
            _words(pair["words"]),
            _words(pair["with"]),
            pair["within"],
            bool(pair.get("soft")),
            bool(pair.get("ordered")),
        )
        for listed in document["pairs"].values()
        for pair in listed
    ]
    return CategoryTerms(
        Phrases(_phrases(document["always"])),
        Phrases(_phrases(document["unless"])),
        tuple(pairs),
        Phrases(_phrases(document["benign"])),
    )


def _phrases(by_language: Mapping[str, list[str]]) -> Iterator[Phrase]:
    for terms in by_language.values():
        for term in terms:
            yield from expanded(term)


def _words(terms: Iterable[str]) -> frozenset[str]:
    return frozenset(word for term in terms for phrase in expanded(term) for word in phrase)


def _read(path: Path, contract: str) -> Mapping[str, Any]:
    document = json.loads(path.read_text("utf-8"))
    check_input(contract, document)
    found: Mapping[str, Any] = document
    return found
