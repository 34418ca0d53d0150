"""What a refusal for want of money says: of a pot that is empty, one that is held, and one with too little left."""

from datetime import UTC, datetime

import pytest

from sgd_resources.errors import BudgetExceeded
from sgd_resources.llm.money.scopes import IN_FLIGHT_RETRY_S, Scope, exceeded

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def _refused(spent: int, reserved: int, asked: int, *, kind: str = "org_day") -> BudgetExceeded:
    pot = Scope(kind, "2026-11-30", "org:acme", 3_000)
    return exceeded(pot, spent=spent, reserved=reserved, asked=asked, now=NOON)


def test_a_call_that_may_cost_more_than_is_left_is_told_so_and_that_a_smaller_one_may_fit() -> None:
    refused = _refused(0, 0, 17_849)
    assert str(refused) == (
        "this call may cost up to $0.017849, more than the $0.003000 left of the budget of this org day: "
        "a smaller one may fit"
    )
    assert (refused.details["left_usd_micros"], refused.retry_after_s) == (3_000, 43_200)


@pytest.mark.parametrize("spent", [3_000, 3_001])
def test_a_pot_is_spent_only_when_nothing_is_left(spent: int) -> None:
    refused = _refused(spent, 0, 1)
    assert str(refused) == "the budget of this org day is spent"
    assert refused.details["left_usd_micros"] == 0


def test_a_pot_that_is_held_has_room_again_in_seconds() -> None:
    refused = _refused(1_000, 1_500, 1_000)
    assert str(refused) == "the budget of this org day is held by calls in flight"
    assert (refused.details["left_usd_micros"], refused.retry_after_s) == (500, IN_FLIGHT_RETRY_S)


@pytest.mark.parametrize("kind", ["global_day", "global_month"])
def test_of_everybodys_pot_no_org_is_told_any_money_but_its_own_call(kind: str) -> None:
    refused = _refused(1_234, 0, 17_849, kind=kind)
    assert "0.001766" not in str(refused)
    assert "more than what is left of the budget" in str(refused)
    assert refused.details == {"scope": kind, "asked_usd_micros": 17_849}
