"""The order in which characters are drawn (UAX 9), shown with capitals for Hebrew letters where that is plainer."""

import pytest

from sgd_resources.writing.bidi import has_right_to_left, in_visual_order, is_right_to_left, levels_of


def _drawn(text: str) -> str:
    levels = levels_of(text, is_rtl=is_right_to_left(text))
    return "".join(in_visual_order(list(text), list(levels)))


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("plain words", "plain words"),
        ("אבג", "גבא"),
        ("אב Open דה", "הד Open בא"),
        ("Open אב Studio", "Open בא Studio"),
        ("אב 25% גד", "דג 25% בא"),
        ("אב 31/12/2026", "31/12/2026 בא"),
    ],
)
def test_words_stand_as_they_are_read(text: str, drawn: str) -> None:
    assert _drawn(text) == drawn


def test_the_first_strong_letter_says_where_a_text_begins() -> None:
    assert is_right_to_left("25% خصم")
    assert not is_right_to_left("Open פתוח")
    assert has_right_to_left("Open פתוח")
