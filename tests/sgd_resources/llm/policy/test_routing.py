"""The order of a chain, by what one process saw and by what all of them saw."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from sgd_resources.errors import Unavailable
from sgd_resources.llm.policy.policy_file import ModelFacts, TaskPolicy
from sgd_resources.llm.policy.routing import SILENT_WINDOW_S, STRAINED_WINDOW_S, Observations, ordered_models
from sgd_resources.llm.policy.shared_observations import REFRESH_S, SharedObservations
from sgd_resources.redis.shared_state import SharedState

TASK = TaskPolicy("draft", "light", ("a/one", "a/two", "a/three"), 1_000, 100, 100, 5.0)


class Clock:
    """Seconds that move when a test says so."""

    def __init__(self) -> None:
        self.now = 1_764_000_000.0

    def __call__(self) -> float:
        return self.now


def _order(seen: Observations, strategy: Any) -> list[str]:
    prices = {"a/one": 3, "a/two": 1, "a/three": 2}
    facts = {"a/three": ModelFacts(quality=0.9), "a/one": ModelFacts(quality=0.2)}
    return ordered_models(replace(TASK, strategy=strategy), seen=seen, price=prices.__getitem__, facts=facts)


@pytest.mark.parametrize("strategy", ["priority", "cost", "latency", "least_busy", "quality"])
def test_a_model_that_never_answers_is_not_tried_first_whatever_the_strategy(strategy: str) -> None:
    clock = Clock()
    seen = Observations(clock=clock)
    first = _order(seen, strategy)[0]
    for _ in range(3):
        seen.failed(first)
    assert _order(seen, strategy)[-1] == first
    clock.now += SILENT_WINDOW_S + 1
    assert _order(seen, strategy)[0] == first


def test_one_answer_among_many_failures_keeps_a_models_place() -> None:
    seen = Observations()
    for _ in range(5):
        seen.failed("a/one")
    seen.succeeded("a/one", 10.0)
    assert _order(seen, "priority")[0] == "a/one"


@pytest.mark.parametrize("strategy", ["priority", "cost", "latency", "least_busy", "quality"])
def test_a_model_that_fails_too_often_goes_behind_for_five_minutes_whatever_the_strategy(strategy: str) -> None:
    clock = Clock()
    seen = Observations(clock=clock)
    first = _order(seen, strategy)[0]
    for number in range(100):
        (seen.failed if number % 33 == 0 else lambda model: seen.succeeded(model, 0.0))(first)
    assert _order(seen, strategy)[-1] == first
    clock.now += STRAINED_WINDOW_S + 1
    assert _order(seen, strategy)[0] == first


def test_three_failures_in_a_hundred_and_a_few_among_few_strain_nobody() -> None:
    seen = Observations(clock=Clock())
    for number in range(100):
        (seen.failed if number % 34 == 0 else lambda model: seen.succeeded(model, 10.0))("a/one")
    for number in range(19):
        (seen.failed if number % 2 else lambda model: seen.succeeded(model, 10.0))("a/two")
    assert not seen.is_strained("a/one")
    assert not seen.is_strained("a/two")
    assert not seen.is_strained("a/three")


def test_tries_beyond_those_that_are_kept_are_forgotten_with_their_failures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sgd_resources.llm.policy.routing._MOST_TRIES", 50)
    seen = Observations(clock=Clock())
    for _ in range(10):
        seen.failed("a/one")
    for _ in range(50):
        seen.succeeded("a/one", 10.0)
    assert not seen.is_strained("a/one")
    for _ in range(3):
        seen.failed("a/one")
    assert seen.is_strained("a/one")


def test_slow_is_more_than_half_of_the_time_that_a_try_has() -> None:
    seen = Observations()
    assert not seen.is_slow("a/one", 1.0)
    seen.succeeded("a/one", 500.0)
    assert not seen.is_slow("a/one", 1.0)
    seen.succeeded("a/one", 510.0)
    assert seen.is_slow("a/one", 1.0)


def test_the_quickest_and_the_least_busy_go_first() -> None:
    seen = Observations()
    for model, latency in (("a/one", 300.0), ("a/two", 20.0), ("a/three", 100.0)):
        seen.succeeded(model, latency)
    assert _order(seen, "latency") == ["a/two", "a/three", "a/one"]
    seen.entered("a/one", "1", 5.0)
    assert _order(seen, "least_busy") == ["a/two", "a/three", "a/one"]
    seen.left("a/one", "1")
    assert _order(seen, "least_busy")[0] == "a/one"


@pytest.mark.embedded
async def test_each_process_goes_by_what_all_of_them_saw(redis_url: str) -> None:
    state, clock = SharedState(redis_url), Clock()
    here, there = SharedObservations(state, clock=clock), SharedObservations(state, clock=clock)
    await state.command("PING")
    for model, latency in (("a/one", 900.0), ("a/two", 40.0), ("a/three", 300.0)):
        there.succeeded(model, latency)
    there.entered("a/two", "call:1", 5.0)
    there.flush()
    await here.refresh(TASK.models)
    assert _order(here, "latency") == ["a/two", "a/three", "a/one"]
    assert _order(here, "least_busy") == ["a/one", "a/three", "a/two"]
    there.left("a/two", "call:1")
    for _ in range(3):
        there.failed("a/new")
    there.flush()
    clock.now += REFRESH_S
    await here.refresh([*TASK.models, "a/new"])
    assert here.busy("a/two") == 0
    assert here.is_silent("a/new")
    assert not here.is_silent("a/one")
    clock.now += SILENT_WINDOW_S + 120
    await here.refresh([*TASK.models, "a/new"])
    assert not here.is_silent("a/new")
    await state.close()


@pytest.mark.embedded
async def test_attempts_of_a_process_that_was_killed_fall_out(redis_url: str) -> None:
    state, clock = SharedState(redis_url), Clock()
    here, killed = SharedObservations(state, clock=clock), SharedObservations(state, clock=clock)
    await state.command("PING")
    killed.entered("a/one", "lost:1", 2.0)
    killed.flush()
    await here.refresh(TASK.models)
    assert here.busy("a/one") == 1
    clock.now += 4
    await here.refresh(TASK.models)
    assert here.busy("a/one") == 0
    await state.close()


@pytest.mark.embedded
async def test_what_was_seen_goes_to_the_others_in_one_writing_and_a_short_attempt_never(redis_url: str) -> None:
    sent: list[tuple[str | int | bytes, ...]] = []

    class Counted(SharedState):
        def post(self, *args: str | int | bytes) -> bool:
            sent.append(args)
            return super().post(*args)

    state, clock = Counted(redis_url), Clock()
    elsewhere = SharedState(redis_url)
    here, there = SharedObservations(elsewhere, clock=clock), SharedObservations(state, clock=clock)
    await state.command("PING")
    for number in range(50):
        there.entered("a/one", f"call:{number}", 5.0)
        if number >= 2:
            there.left("a/one", f"call:{number}")
            there.succeeded("a/one", 40.0)
    assert sent == []
    while not sent:
        await asyncio.sleep(0.01)
    assert [args[0] for args in sent] == ["HINCRBY", "EXPIRE", "ZADD"]
    await state.command("PING")
    await here.refresh(TASK.models)
    await there.refresh(TASK.models)
    assert here.busy("a/one") == there.busy("a/one") == 2
    for number in range(2):
        there.left("a/one", f"call:{number}")
    there.flush()
    clock.now += REFRESH_S
    await state.command("PING")
    await here.refresh(TASK.models)
    assert here.busy("a/one") == there.busy("a/one") == 0
    await elsewhere.close()
    await state.close()


async def test_without_redis_a_process_goes_by_what_it_saw_itself() -> None:
    class Gone(SharedState):
        async def run(self, script: str, keys: Sequence[str], args: Sequence[Any]) -> Any:
            raise Unavailable("redis is down")

        def post(self, *args: str | int | bytes) -> bool:
            return False

    seen = SharedObservations(Gone("redis://127.0.0.1:9/0"))
    seen.succeeded("a/one", 500.0)
    seen.succeeded("a/two", 5.0)
    await seen.refresh(TASK.models)
    assert _order(seen, "latency") == ["a/three", "a/two", "a/one"]
