"""Rules of the logo that came out of a page as one line are told one by one, and a sentence stays one."""

import pytest

from sgd_assets.canon.logo.run_on import rules_of


@pytest.mark.parametrize(
    ("first", "second"),
    [("Place the full-colour logo on Oat or white", "Use the reversed logo on Fold Green"),
     ("Do not stretch the logo", "Do not rotate the mark"),
     ("Keep the mark upright", "Never tilt it")],
)  # fmt: skip
def test_two_instructions_without_a_stop_are_two_rules(first: str, second: str) -> None:
    assert rules_of(f"{first} {second}") == [first, second]


@pytest.mark.parametrize(
    "line",
    ["Use the supplied logo files", "How we Use the logo", "Place the Use the app badge beside the logo",
     "Place The Logo And Keep The Distance", "The logo says Keep the change",
     "Use the logo of Keep Austin on white", "Place the logo on white, Use the reversed logo on green"],
)  # fmt: skip
def test_a_capital_that_begins_no_instruction_parts_nothing(line: str) -> None:
    assert rules_of(line) == [line]
