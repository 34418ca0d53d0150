"""Sentences that announce a list, and the side of what is listed."""

import pytest

from sgd_assets.canon.sides.lead_ins import is_label, stance_of_lead_in


@pytest.mark.parametrize(
    "text",
    [
        "Please do not:",
        "You may not:",
        "The following uses of the mark are not permitted in any medium or country:",
        "When you use the logo, never:",
        "Évitez:",
    ],
)
def test_a_sentence_that_forbids_announces_donts(text: str) -> None:
    assert stance_of_lead_in(text) == "dont"


@pytest.mark.parametrize("text", ["Please:", "You may use the mark to:", "Always make sure that:"])
def test_a_sentence_that_asks_or_allows_announces_dos(text: str) -> None:
    assert stance_of_lead_in(text) == "do"


@pytest.mark.parametrize(
    "text",
    [
        "Our colours:",
        "Do not shorten it unless it is:",
        "If it cannot be printed:",
        "You can find our files here, available in:",
        "Use the following colours:",
    ],
)
def test_exceptions_conditions_and_lists_of_things_take_no_side(text: str) -> None:
    assert stance_of_lead_in(text) is None


def test_a_prohibition_with_exceptions_below_is_a_rule_and_no_label() -> None:
    assert not is_label("Do not capitalise the name unless it is:")
    assert is_label("Please do not:")
    assert not is_label("Do not capitalise the name.")
