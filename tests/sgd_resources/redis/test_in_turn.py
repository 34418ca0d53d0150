"""Scripts in turn: each with its own keys and arguments, and none after one that did not say yes."""

import pytest

from sgd_resources.redis.in_turn import Step, in_turn
from sgd_resources.redis.shared_state import SharedState

pytestmark = pytest.mark.embedded

ADD = "local function twice(n) return 2 * n end return {1, redis.call('INCRBY', KEYS[1], twice(tonumber(ARGV[1])))}"
LIST = "return {1, KEYS[1], #KEYS, ARGV[#ARGV], #ARGV}"
REFUSE = "return {0, 'no'}"


async def test_each_script_sees_its_own_keys_and_arguments(redis_url: str) -> None:
    state = SharedState(redis_url)
    steps = [Step(ADD, ["in_turn:a"], [3]), Step(LIST, ["x", "y"], ["p", b"q", 7]), Step(ADD, ["in_turn:b"], [1])]
    assert await state.run_in_turn(steps) == [[1, 6], [1, b"x", 2, b"7", 3], [1, 2]]
    await state.command("DEL", "in_turn:a", "in_turn:b")
    await state.close()


async def test_nothing_is_done_after_a_refusal(redis_url: str) -> None:
    state = SharedState(redis_url)
    steps = [Step(ADD, ["in_turn:c"], [1]), Step(REFUSE, [], []), Step(ADD, ["in_turn:c"], [50])]
    assert await state.run_in_turn(steps) == [[1, 2], [0, b"no"]]
    assert await state.command("GET", "in_turn:c") == b"2"
    await state.command("DEL", "in_turn:c")
    await state.close()


def test_the_same_scripts_make_the_same_text_whatever_they_are_given() -> None:
    one, other = in_turn([Step(ADD, ["a"], [1])]), in_turn([Step(ADD, ["b"], [2, 3])])
    assert one.script is other.script
