"""A Redis that accepts and never answers is waited for once: from then on the link rests until a look is answered."""

import asyncio
import math
from collections.abc import Iterator

import pytest

from sgd_resources.errors import Unavailable
from sgd_resources.redis.in_turn import Step
from sgd_resources.redis.shared_state import SharedState
from tests.fakes.silent_redis import SilentRedis, silent_redis

pytestmark = pytest.mark.embedded
PATIENCE_S = 20.0
BUSY = """
local function now() local t = redis.call('TIME') return t[1] * 1000000 + t[2] end
local ends_at = now() + 150000
repeat until now() >= ends_at
return 1
"""
ONE = Step("return {1}", [], [])


@pytest.fixture
def fake(redis_url: str) -> Iterator[SilentRedis]:
    with silent_redis(redis_url) as found:
        yield found


async def is_refused(state: SharedState) -> bool:
    """Every way to ask, one after another, as a call does."""
    asked = (lambda: state.run(ONE.script, [], []), lambda: state.run_in_turn([ONE]), lambda: state.command("GET", "x"))
    n_refused = 0
    for ask in asked:
        try:
            await asyncio.wait_for(ask(), PATIENCE_S)
        except Unavailable:
            n_refused += 1
    assert n_refused in (0, len(asked))
    return n_refused > 0


async def until_it_answers(state: SharedState) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            try:
                await state.command("PING")
                return
            except Unavailable:
                await asyncio.sleep(0.02)


@pytest.mark.parametrize("was_connected", [True, False])
async def test_one_command_waits_and_the_others_of_the_call_and_all_calls_after_do_not(
    fake: SilentRedis, was_connected: bool
) -> None:
    state = SharedState(fake.url)
    if was_connected:
        assert not await is_refused(state)
    fake.fall_silent()
    for _ in range(5):
        assert await is_refused(state)
    assert fake.asked == ["EVALSHA"]
    assert state.post("SET", "sgd:silent", "1") is False
    await state.close()


async def test_commands_under_way_together_wait_together(fake: SilentRedis) -> None:
    state = SharedState(fake.url)
    assert not await is_refused(state)
    fake.fall_silent()
    found = await asyncio.gather(*(state.command("GET", f"k{n}") for n in range(50)), return_exceptions=True)
    assert {type(one) for one in found} == {Unavailable}
    assert fake.asked == ["GET"] * 50
    assert await is_refused(state)
    assert fake.asked == ["GET"] * 50
    await state.close()


async def test_the_link_is_back_when_redis_answers_a_look(fake: SilentRedis) -> None:
    state = SharedState(fake.url)
    fake.fall_silent()
    assert await is_refused(state)
    fake.speak()
    await until_it_answers(state)
    assert not await is_refused(state)
    await state.close()


async def test_what_another_part_of_the_process_found_away_is_not_waited_for_again(fake: SilentRedis) -> None:
    lost_at = [-math.inf]
    state = SharedState(fake.url, lost_at=lambda: lost_at[0])
    assert not await is_refused(state)
    fake.fall_silent()
    lost_at[0] = asyncio.get_running_loop().time()
    assert await is_refused(state)
    assert fake.asked == []
    fake.speak()
    # The other part has not looked since: an answer that is newer than its word counts.
    await until_it_answers(state)
    assert not await is_refused(state)
    await state.close()


async def test_a_redis_that_is_slow_and_answers_is_not_lost(fake: SilentRedis) -> None:
    """Silence begins with the last answer, not with the first command."""
    state = SharedState(fake.url)
    assert [await state.run(BUSY, [], []) for _ in range(5)] == [1] * 5
    await state.close()


async def test_a_link_that_is_closed_while_it_rests_leaves_nothing_behind(fake: SilentRedis) -> None:
    state = SharedState(fake.url)
    fake.fall_silent()
    assert await is_refused(state)
    await state.close()
    await asyncio.sleep(0)
    assert [task.get_name() for task in asyncio.all_tasks() if "redis" in task.get_name()] == []
