"""Topics know no letter case, in whatever letters they are asked, and say so when their words could never be met."""

import pytest

from sgd_assets.canon.words.topic import Topic


@pytest.mark.parametrize("text", ["Our LOGO", "our logo", "x" * 1000 + " Logo"])
def test_letter_case_plays_no_part(text: str) -> None:
    topic = Topic(r"(?i)\blogo\b")
    for _ in range(2):  # the second answer is the one that was kept
        assert topic.search(text) is not None
        assert topic.search("logos") is None
    assert [match[0] for match in topic.finditer("Logo logo")] == ["Logo", "logo"]


def test_a_whole_text_is_told_from_a_part() -> None:
    topic = Topic(r"(?:brand )?colou?rs?")
    assert topic.fullmatch("Brand Colours") is not None
    assert topic.fullmatch("Brand colours of old") is None


def test_capital_letters_in_a_topic_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="lower case"):
        Topic(r"\bLogo\b")
    Topic(r"\Wlogo\S+\\w")
