"""Looks for what the content policy blocks in one text: `text -> the rule that it breaks, or None`.

Deterministic, in time linear in the text's length. What must not live here: which texts are looked at (`texts.py`), or
what follows from a finding (`enforce.py`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sgd_assets.renders.content.policy import ContentPolicy
from sgd_assets.renders.content.readings import BREAK, Reading, readings
from sgd_assets.renders.content.terms import CategoryTerms, Pair, Terms, phrases_of, shipped_terms

OWN_RULE = "operator"
"""The rule of phrases that an operator added."""
_BEFORE, _AROUND = 5, 6
"""Words within which a refusal ('without violence or blood') or a subject ('prevention') stands."""
_LEAST_GLUED = 4
"""Letters of a word that is looked for inside letters set apart: shorter ones occur in any word."""


@dataclass(frozen=True)
class _Place:
    words: tuple[str, ...]
    masked: frozenset[int]

    def is_masked(self, start: int, end: int) -> bool:
        return all(at in self.masked for at in range(start, end))


def broken_rule(text: str, policy: ContentPolicy, terms: Terms | None = None) -> str | None:
    """The category that the text breaks, `operator` for an operator's own phrase; None where it breaks none."""
    lists = terms or shipped_terms()
    allowed, own = phrases_of(policy.allow), phrases_of(policy.block)
    for reading in readings(text):
        spared = {at for start, end in allowed.found(reading.words) for at in range(start, end)}
        place = _Place(reading.words, frozenset(spared))
        if any(not place.is_masked(*found) for found in own.found(reading.words)):
            return OWN_RULE
        for name, category in lists.categories.items():
            if name in policy.blocked and _breaks(reading, place, category, lists):
                return name
    return None


def _breaks(reading: Reading, allowed: _Place, category: CategoryTerms, terms: Terms) -> bool:
    benign = {at for start, end in category.benign.found(reading.words) for at in range(start, end)}
    place = _Place(reading.words, allowed.masked | benign)
    if any(not place.is_masked(*found) for found in category.always.found(reading.words)):
        return True
    for start, end in category.unless.found(reading.words):
        is_softened = _is_refused(place, start, terms) or _is_subject(place, start, end, terms)
        if not is_softened and not place.is_masked(start, end):
            return True
    if any(_meet(place, pair, terms) for pair in category.pairs):
        return True
    return _is_glued(reading, category) or _is_hidden(reading, category)


def _meet(place: _Place, pair: Pair, terms: Terms) -> bool:
    """Whether a word of each set stands near one of the other, in one sentence, neither in a benign phrase."""
    for at, word in enumerate(place.words):
        if word not in pair.words or at in place.masked:
            continue
        for other in _near(place, at, pair.within, steps=(1,) if pair.is_ordered else (-1, 1)):
            if place.words[other] not in pair.beside or other in place.masked:
                continue
            if not (pair.is_soft and _is_refused(place, min(at, other), terms)):
                return True
    return False


def _near(place: _Place, at: int, within: int, *, steps: tuple[int, ...]) -> Iterator[int]:
    """Positions around a word as far as its sentence goes."""
    for step in steps:
        for distance in range(1, within + 1):
            other = at + step * distance
            if not 0 <= other < len(place.words) or place.words[other] == BREAK:
                break
            yield other


def _is_refused(place: _Place, start: int, terms: Terms) -> bool:
    for at in range(start - 1, max(-1, start - 1 - _BEFORE), -1):
        if place.words[at] == BREAK:
            return False
        if place.words[at] in terms.before:
            return True
    return False


def _is_subject(place: _Place, start: int, end: int, terms: Terms) -> bool:
    around = place.words[max(0, start - _AROUND) : start] + place.words[end : end + _AROUND]
    return any(word in terms.around for word in around)


def _is_glued(reading: Reading, category: CategoryTerms) -> bool:
    long = [word for word in category.always.single if len(word) >= _LEAST_GLUED]
    phrases = ["".join(phrase) for phrase in category.always.several]
    return any(word in run for run in reading.glued for word in (*long, *phrases))


def _is_hidden(reading: Reading, category: CategoryTerms) -> bool:
    """Whether a word with `*` in it can only be one that is looked for."""
    for masked in reading.masked:
        pattern = re.compile(re.sub(r"[*#]", "[a-z]", masked))
        if any(pattern.fullmatch(word) for word in category.always.single if len(word) == len(masked)):
            return True
    return False
