"""Redis is killed in the middle, again and again, while four processes spend one budget: never a cent above the cap.

As a command it runs as often as it is told to: `python -m tests.services.llm.redis_chaos 20`.
"""

import pytest

from tests.services.llm.redis_chaos import CAP_USD_MICROS, REQUEST_CAP_USD_MICROS, Outcome, run_once

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return [run_once(seed) for seed in range(3)]


def test_a_killed_redis_lets_no_cent_through(outcomes: list[Outcome]) -> None:
    assert [found for found in outcomes if found.paid_usd_micros > CAP_USD_MICROS] == []


def test_no_request_spends_more_than_its_own_cap(outcomes: list[Outcome]) -> None:
    assert all(0 < found.dearest_request_usd_micros <= REQUEST_CAP_USD_MICROS for found in outcomes)


def test_it_was_killed_while_money_was_in_flight_and_spending_went_on_after(outcomes: list[Outcome]) -> None:
    assert all(found.kills >= 1 and found.paid_usd_micros >= 0.9 * CAP_USD_MICROS for found in outcomes)


def test_the_ledger_has_every_call_that_was_paid_for(outcomes: list[Outcome]) -> None:
    assert [found.ledger_usd_micros for found in outcomes] == [found.paid_usd_micros for found in outcomes]
