"""Patterns that are read late say what pyphen's own reading of the whole file says."""

import random

import pytest
from pyphen import LANGUAGES, HyphDict

from sgd_resources.writing.hyphen_patterns import patterns_of

pytestmark = pytest.mark.slow


def _same(language: str) -> None:
    whole, late = HyphDict(LANGUAGES[language]), patterns_of(language)
    assert late.maxlen == whole.maxlen
    for letters, (start, values) in whole.patterns.items():
        assert late.patterns.get(letters) == (start, values), letters
    assert not [letters for letters in late.patterns._lines if letters not in whole.patterns]
    letters = sorted({character for pattern in whole.patterns for character in pattern if character.isalpha()})
    draw = random.Random(3)
    for word in ("".join(draw.choices(letters, k=draw.randrange(3, 24))) for _ in range(200)):
        found, expected = late.positions(word), whole.positions(word)
        assert [(int(point), point.data) for point in found] == [(int(point), point.data) for point in expected], word


@pytest.mark.slow  # whole files of a megabyte
@pytest.mark.parametrize("language", sorted({path: name for name, path in LANGUAGES.items()}.values()))
def test_late_patterns_are_those_of_every_file(language: str) -> None:
    _same(language)


@pytest.mark.slow
def test_a_language_is_opened_without_reading_its_patterns() -> None:
    patterns_of.cache_clear()
    assert not patterns_of("de").patterns._read
    assert patterns_of("de").positions("donaudampfschiff")
    assert 0 < len(patterns_of("de").patterns._read) < 100
