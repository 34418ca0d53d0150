"""A model that fails or is slow gets half of what it got, the rest waits in order, and nobody is forgotten."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from sgd_resources.errors import RateLimited
from sgd_resources.llm.call.lanes import Lanes
from sgd_resources.llm.caller import Caller
from tests.fakes.llm import bench
from tests.fakes.openrouter import Step, error_body
from tests.fakes.transport import FakeTransport

MODEL = "acme/good-1"
ASK = [{"role": "user", "content": "Plan a poster"}]


def cap_of(lanes: Lanes, model: str) -> int | None:
    """The most tries that may be under way now; None for any number."""
    lane = lanes._lanes.get(model)
    return None if lane is None else lane.cap


async def until(is_so: Callable[[], bool]) -> None:
    while not is_so():
        await asyncio.sleep(0)


async def filled(lanes: Lanes, count: int) -> None:
    for _ in range(count):
        await lanes.enter(MODEL, is_strained=False, patience_s=0)


async def test_a_healthy_model_has_no_cap_and_a_strained_one_half_of_its_peak() -> None:
    told: list[tuple[str, bool]] = []
    lanes = Lanes(lambda model, is_throttled: told.append((model, is_throttled)))
    await filled(lanes, 9)
    for _ in range(9):
        lanes.leave(MODEL)
    assert (cap_of(lanes, MODEL), told) == (None, [])
    for _ in range(4):
        await lanes.enter(MODEL, is_strained=True, patience_s=0)
    with pytest.raises(RateLimited) as refused:
        await lanes.enter(MODEL, is_strained=True, patience_s=0)
    assert refused.value.details == {"scope": "model", "at_once": 4}
    assert (cap_of(lanes, MODEL), told) == (4, [(MODEL, True)])
    await lanes.enter(MODEL, is_strained=False, patience_s=0)
    assert (cap_of(lanes, MODEL), told[1:]) == (None, [(MODEL, False)])


async def test_who_waits_gets_his_turn_in_order_and_one_who_gives_up_takes_nobodys_place() -> None:
    lanes, order = Lanes(), list[int]()
    await filled(lanes, 2)

    async def wait(number: int) -> None:
        await lanes.enter(MODEL, is_strained=True, patience_s=30)
        order.append(number)

    waiting = [asyncio.create_task(wait(number)) for number in range(4)]
    await until(lambda: cap_of(lanes, MODEL) == 1)
    await asyncio.sleep(0)
    assert order == []
    waiting[1].cancel()
    lanes.leave(MODEL)
    await asyncio.sleep(0)
    assert order == []  # one of the two is still under way
    for _ in range(3):
        lanes.leave(MODEL)
        await asyncio.wait(waiting, timeout=0.01)
    await asyncio.gather(*waiting, return_exceptions=True)
    assert order == [0, 2, 3]


async def test_a_turn_that_comes_as_its_caller_is_cancelled_goes_to_the_next() -> None:
    lanes = Lanes()
    await filled(lanes, 1)
    first, second = (
        asyncio.create_task(lanes.enter(MODEL, is_strained=True, patience_s=30)) for _ in range(2)
    )  # fmt: skip
    await until(lambda: cap_of(lanes, MODEL) == 1)
    await asyncio.sleep(0)
    lanes.leave(MODEL)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    await asyncio.wait_for(second, 5)


async def test_when_the_strain_ends_all_who_wait_go_at_once() -> None:
    lanes = Lanes()
    await filled(lanes, 2)
    waiting = [asyncio.create_task(lanes.enter(MODEL, is_strained=True, patience_s=30)) for _ in range(5)]
    await until(lambda: cap_of(lanes, MODEL) == 1)
    await asyncio.sleep(0)
    await lanes.enter(MODEL, is_strained=False, patience_s=0)
    await asyncio.wait_for(asyncio.gather(*waiting), 5)


@pytest.mark.embedded
async def test_a_model_that_fails_more_than_three_in_a_hundred_comes_after_its_fallback(redis_url: str) -> None:
    is_ill = [False]
    wire = FakeTransport(
        lambda body: Step(503, error_body(503)) if is_ill[0] and body["model"] == MODEL else None
    )  # fmt: skip
    async with bench(redis_url, transport=wire) as made:

        async def ask(number: int) -> Any:
            said = [{"role": "user", "content": f"Plan {number}"}]
            return await made.gateway.complete("planner", said, caller=Caller("acme"))

        healthy = await asyncio.gather(*(ask(number) for number in range(40)))
        assert {answer.requested_model for answer in healthy} == {MODEL}
        is_ill[0] = True
        for number in range(2):
            assert (await ask(100 + number)).requested_model == "acme/good-2"
        is_ill[0] = False
        asked_before = len(wire.bodies)
        answers = [await ask(200 + number) for number in range(3)]
        assert {answer.requested_model for answer in answers} == {"acme/good-2"}
        assert len(wire.bodies) - asked_before == 3
        assert made.attempts.seen.is_strained(MODEL)


@pytest.mark.embedded
async def test_a_slow_model_of_pictures_is_asked_half_as_much_and_the_rest_is_queued_and_made(redis_url: str) -> None:
    async with bench(redis_url, transport=FakeTransport()) as made:
        seen, lanes = made.attempts.seen, made.attempts.lanes
        for _ in range(8):
            await lanes.enter("acme/painter", is_strained=False, patience_s=0)
        for _ in range(8):
            lanes.leave("acme/painter")
        for _ in range(20):
            seen.succeeded("acme/painter", 900.0)  # of a second that a try has

        async def paint(number: int) -> Any:
            return await made.gateway.generate_image("image", f"A boat, number {number}", caller=Caller("acme"))

        pictures = await asyncio.gather(*(paint(number) for number in range(12)))
        assert len(pictures) == 12
        assert cap_of(lanes, "acme/painter") == 4
        assert made.attempts.metrics.throttled.labels("acme/painter")._value.get() == 1
