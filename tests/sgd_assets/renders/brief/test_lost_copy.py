"""Words that are asked for and are not in the copy are told, and stand among the plan's unmet wishes."""

import pytest

from tests.sgd_assets.renders.brief.reading import brief_of
from tests.sgd_assets.renders.laying import plan_of


@pytest.mark.parametrize(
    ("instruction", "lost"),
    [
        ("Announce our summer sale: 30% off all bikes until 31 August. No photo please.", "30% off all bikes"),
        ("Werbung für unseren Sommerschlussverkauf, bis zu 20 % auf alle Räder", "bis zu 20 % auf alle Räder"),
    ],
)
def test_an_offer_beside_the_name_of_what_is_announced_is_told_as_lost(instruction: str, lost: str) -> None:
    assert brief_of(instruction).lost_copy == (f"copy: {lost}: left out beside the name of what is announced",)


@pytest.mark.parametrize(
    "instruction",
    [
        "A poster for our summer sale with 30% off all bikes",
        "Poster for the spring sale, logo at 20% of the width",
        "A poster for our summer sale, light and calm",
    ],
)
def test_what_is_printed_or_told_to_the_designer_is_no_lost_copy(instruction: str) -> None:
    assert brief_of(instruction).lost_copy == ()


def test_a_line_beyond_what_the_copy_takes_is_among_the_unmet_wishes() -> None:
    lines = " ".join(f'"Line number {number} of the list"' for number in range(14))
    brief = brief_of(f"Poster: {lines}")
    assert len(brief.lost_copy) == 14 - len(brief.words.elements())
    assert plan_of(words=brief.words, notes=brief.notes).unmet == brief.lost_copy
