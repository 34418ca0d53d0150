"""An outage does not eat a day's budget: probes that may cost money come ever more rarely, free ones do not."""

import logging

import pytest

from sgd_resources.llm.call.breaker import Breakers
from sgd_resources.llm.policy.policy_file import BreakerPolicy

RULES = BreakerPolicy(failures=5, window_s=60, open_s=30)
DAY_S = 86_400


def tries_of_a_day(*, is_costly: bool) -> int:
    """How often a model that always fails is asked by calls that come each second."""
    now = [0.0]
    breakers = Breakers(clock=lambda: now[0])
    tries = 0
    while now[0] < DAY_S:
        if breakers.wait_s("m", RULES) == 0:
            breakers.enter("m", RULES)
            breakers.failed("m", "truncated", RULES, is_costly=is_costly)
            tries += 1
        now[0] += 1
    return tries


@pytest.mark.slow
def test_a_day_of_failures_that_may_cost_money_is_some_dozens_of_tries() -> None:
    assert tries_of_a_day(is_costly=True) <= 60


@pytest.mark.slow
def test_failures_that_are_proven_free_are_probed_as_often_as_before() -> None:
    assert tries_of_a_day(is_costly=False) > 2_000


def test_one_success_takes_the_long_rests_back() -> None:
    now = [0.0]
    breakers = Breakers(clock=lambda: now[0])
    for _ in range(4):
        now[0] += breakers.wait_s("m", RULES)
        for _ in range(5):
            breakers.enter("m", RULES)
            breakers.failed("m", "truncated", RULES, is_costly=True)
    assert breakers.wait_s("m", RULES) > 30
    breakers.succeeded("m")
    for _ in range(5):
        breakers.failed("m", "truncated", RULES, is_costly=True)
    assert breakers.wait_s("m", RULES) == 30


def test_a_breaker_that_opened_tells_once_that_it_closed(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "sgd.events")
    now = [0.0]
    breakers = Breakers(clock=lambda: now[0])
    breakers.succeeded("m")
    for _ in range(5):
        breakers.failed("m", "timeout", RULES)
    now[0] += RULES.open_s
    breakers.enter("m", RULES)
    breakers.succeeded("m")
    breakers.succeeded("m")
    told = [record.getMessage() for record in caplog.records]
    assert [("breaker.opened" in line, "breaker.closed" in line) for line in told] == [(True, False), (False, True)]
