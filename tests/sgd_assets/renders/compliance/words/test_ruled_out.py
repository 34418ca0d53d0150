"""Which words a line of the brand's donts rules out."""

import pytest

from sgd_assets.renders.compliance.words.ruled_out import ruled_out_words


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Do not use the words revolutionary, seamless or smart", ("revolutionary", "seamless", "smart")),
        ("Do not use the words “cheap” and “deal”.", ("cheap", "deal")),
        ('Never write "hurry up" or "last chance"', ("hurry up", "last chance")),
        ("Avoid words like hassle and cheap", ("hassle", "cheap")),
        ("Do not call members customers", ("customers",)),
        ("Verwenden Sie nicht die Wörter billig, gratis und Schnäppchen.", ("billig", "gratis", "Schnäppchen")),
        ("N'utilisez pas les mots révolutionnaire ou magique", ("révolutionnaire", "magique")),
    ],
)
def test_words_that_a_line_names_are_ruled_out_quoted_or_not(line: str, words: tuple[str, ...]) -> None:
    assert ruled_out_words(line) == words


@pytest.mark.parametrize(
    "line",
    [
        "Do not use words that exclude people",
        "Do not use long words in headlines",
        "Do not use exclamation marks",
        "Do not promise a harvest",
        "Do not talk down to readers",
        "Do not round a figure to make it prettier",
        "Never use more words than the reader needs",
        "Do not call us before noon on a Sunday",
    ],
)
def test_a_line_that_names_no_word_rules_none_out(line: str) -> None:
    assert ruled_out_words(line) == ()
