"""Where a long word may be hyphenated, by its language: Liang's patterns of the open office dictionaries (pyphen).

What must not live here: whether a word is hyphenated at all, which its line decides.
"""

from functools import lru_cache

from pyphen import language_fallback

from sgd_resources.writing.hyphen_patterns import patterns_of

_LEAST_LETTERS = 7
"""Shorter words are not hyphenated: a line of display type gains nothing by it."""
_LEAST_PART = 3


@lru_cache(maxsize=512)
def hyphen_points(word: str, language: str) -> tuple[int, ...]:
    """Offsets before which a hyphen may be set, ascending; none where there are no patterns for the language."""
    known = language_fallback(language)
    if known is None or sum(character.isalpha() for character in word) < _LEAST_LETTERS:
        return ()
    if len(word.lower()) != len(word):
        return ()
    points = (int(point) for point in patterns_of(known).positions(word))
    kept = (point for point in points if _LEAST_PART <= point <= len(word) - _LEAST_PART)
    return tuple(point for point in kept if word[point - 1].isalpha() and word[point].isalpha())
