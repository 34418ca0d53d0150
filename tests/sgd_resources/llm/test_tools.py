"""Tools are sent, streamed, given back checked, asked for once more when they are wrong, and never invented."""

from typing import Any

import pytest

from sgd_resources.errors import InvalidInput, ProviderFailed
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.wire.replies import ToolCall
from tests.fakes.llm import bench
from tests.fakes.openrouter import DONE, Step, chat_reply, delta, usage
from tests.fakes.transport import FakeTransport

pytestmark = pytest.mark.embedded
ASK = [{"role": "user", "content": "Draw for kim@example.org"}]
ACME = Caller("acme")
DRAW = {
    "type": "function",
    "function": {
        "name": "draw",
        "parameters": {"type": "object", "required": ["for"], "properties": {"for": {"type": "string"}}},
    },
}


def _calls(*arguments: str, name: str = "draw") -> Step:
    calls = [
        {"id": f"c{at}", "type": "function", "function": {"name": name, "arguments": text}}
        for at, text in enumerate(arguments)
    ]
    return Step(body=chat_reply(None, finish="tool_calls", tool_calls=calls))


def _by_turns(*steps: Step) -> FakeTransport:
    left = list(steps)
    return FakeTransport(lambda _: left.pop(0) if len(left) > 1 else left[0])


async def test_a_call_comes_back_checked_with_personal_data_put_back(redis_url: str) -> None:
    transport = _by_turns(_calls('{"for": "[EMAIL_1]"}'))
    async with bench(redis_url, transport=transport) as made:
        answer = await made.gateway.complete("planner", ASK, tools=[DRAW], tool_choice="auto", caller=ACME)
    assert answer.tool_calls == (ToolCall("c0", "draw", {"for": "kim@example.org"}),)
    assert (answer.validation, answer.finish_reason, answer.data) == ("passed", "tool_calls", None)
    assert (transport.bodies[0]["tools"], transport.bodies[0]["tool_choice"]) == ([DRAW], "auto")


async def test_tools_among_the_parameters_are_checked_as_well(redis_url: str) -> None:
    transport = _by_turns(_calls('{"for": "us"}'))
    async with bench(redis_url, transport=transport) as made:
        answer = await made.gateway.complete("planner", ASK, params={"tools": [DRAW]}, caller=ACME)
        assert answer.tool_calls[0].arguments == {"for": "us"}
        with pytest.raises(InvalidInput):
            await made.gateway.complete("planner", ASK, params={"tools": [{"type": "function"}]}, caller=ACME)
    assert len(transport.bodies) == 1


@pytest.mark.parametrize("arguments", ['{"for": ', '{"for": 3}', "[]"])
async def test_a_call_that_is_not_valid_is_asked_for_once_more(redis_url: str, arguments: str) -> None:
    transport = _by_turns(_calls(arguments), _calls('{"for": "us"}'))
    async with bench(redis_url, transport=transport) as made:
        answer = await made.gateway.complete("planner", ASK, tools=[DRAW], caller=ACME)
    assert answer.tool_calls == (ToolCall("c0", "draw", {"for": "us"}),)
    assert answer.attempts == 2
    assert "$.tool_calls[0].function.arguments" in transport.bodies[1]["messages"][-1]["content"]


async def test_calls_that_stay_wrong_are_no_success_and_no_cache_keeps_them(redis_url: str) -> None:
    transport = _by_turns(_calls('{"for": '))
    async with bench(redis_url, transport=transport) as made:
        answer = await made.gateway.complete("draft", ASK, tools=[DRAW], caller=ACME)
        assert (answer.validation, answer.tool_calls, answer.text) == ("failed", (), "")
        assert answer.errors[0]["path"] == "$.tool_calls[0].function.arguments"
        await made.gateway.complete("draft", ASK, tools=[DRAW], caller=ACME)
    assert len(transport.bodies) == 4


async def test_a_tool_that_had_to_be_called_is_asked_for_again(redis_url: str) -> None:
    transport = _by_turns(Step(body=chat_reply("I would rather not")), _calls('{"for": "us"}'))
    async with bench(redis_url, transport=transport) as made:
        answer = await made.gateway.complete("planner", ASK, tools=[DRAW], tool_choice="required", caller=ACME)
    assert len(answer.tool_calls) == 1


async def test_calls_of_tools_that_nobody_offered_are_a_failure_not_an_empty_text(redis_url: str) -> None:
    async with bench(redis_url, transport=_by_turns(_calls("{nope"))) as made:
        with pytest.raises(ProviderFailed) as failed:
            await made.gateway.complete("planner", ASK, caller=ACME)
    assert failed.value.details["kind"] == "unasked_tool_call"


async def test_calls_beside_a_text_that_nobody_asked_for_are_left_out(redis_url: str) -> None:
    step = Step(body=chat_reply("Here", tool_calls=[{"id": "c", "function": {"name": "x", "arguments": "{"}}]))
    async with bench(redis_url, transport=_by_turns(step)) as made:
        answer = await made.gateway.complete("planner", ASK, caller=ACME)
    assert (answer.text, answer.tool_calls, answer.validation) == ("Here", (), "none")


def _stream(*pieces: dict[str, Any]) -> Step:
    choices = ([{"index": 0, "delta": {"tool_calls": [piece]}, "finish_reason": None}] for piece in pieces)
    events = [delta("", choices=choice) for choice in choices]
    return Step(events=(*events, delta("", finish="tool_calls", usage=usage()), DONE))


async def test_calls_of_a_stream_come_whole_with_its_last_event(redis_url: str) -> None:
    step = _stream(
        {"index": 0, "id": "c1", "function": {"name": "draw", "arguments": '{"for"'}},
        {"index": 0, "function": {"arguments": ': "us"}'}},
    )
    async with bench(redis_url, transport=_by_turns(step)) as made:
        events = [e async for e in made.gateway.stream("planner", ASK, tools=[DRAW], caller=ACME)]
    last = events[-1].completion
    assert last is not None
    assert (last.tool_calls, last.validation) == ((ToolCall("c1", "draw", {"for": "us"}),), "passed")


async def test_a_stream_of_calls_that_nobody_asked_for_is_a_failure(redis_url: str) -> None:
    step = _stream({"index": 0, "id": "c1", "function": {"name": "draw", "arguments": "{}"}})
    async with bench(redis_url, transport=_by_turns(step)) as made:
        with pytest.raises(ProviderFailed):
            [event async for event in made.gateway.stream("planner", ASK, caller=ACME)]
