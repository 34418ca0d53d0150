"""An outage does not eat a day's budget: probes that may cost money come ever more rarely, free ones do not."""

import logging
from datetime import UTC, datetime

import pytest

from sgd_resources.llm.call.breaker import Breakers, Rest
from sgd_resources.llm.call.chain import resting_error
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


def test_a_rest_names_the_failure_that_opened_the_breaker_and_whether_the_whole_provider_rests() -> None:
    now = [0.0]
    breakers = Breakers(clock=lambda: now[0])
    assert breakers.rest("m", RULES) is None
    for kind in ("garbage", "garbage", "garbage", "garbage", "timeout"):
        breakers.failed("m", kind, RULES)
    assert breakers.rest("m", RULES) == Rest(30, "timeout", is_of_provider=False)
    now[0] = 10.0
    for _ in range(5):
        breakers.failed("other", "connect_failed", RULES)
    assert breakers.rest("m", RULES) == Rest(30, "connect_failed", is_of_provider=True)
    now[0] = 40.0
    assert breakers.rest("m", RULES) is None


def test_the_error_of_a_task_whose_models_all_rest_says_why_each_does_and_until_when() -> None:
    at = datetime(2026, 11, 30, 12, tzinfo=UTC)
    rests = [
        ("acme/good-1", Rest(30, "timeout", is_of_provider=False)),
        ("acme/good-2", Rest(9, "garbage", is_of_provider=False)),
    ]
    error = resting_error("planner", rests, at)
    assert error.message == (
        "the models of this task are resting after failures: acme/good-1 until 2026-11-30T12:00:30.000Z (timeout); "
        "acme/good-2 until 2026-11-30T12:00:09.000Z (garbage)"
    )
    assert error.retry_after_s == 9
    assert error.details["resting"][0] == {
        "model": "acme/good-1", "fault": "timeout", "of": "model", "until": "2026-11-30T12:00:30.000Z"
    }  # fmt: skip
