"""Tools make sense before they are sent, and calls satisfy them when they come."""

from collections.abc import Mapping
from typing import Any

import pytest

from sgd_resources.errors import InvalidInput
from sgd_resources.llm.answers.tool_calls import checked_tools, judge_calls, reask_calls
from sgd_resources.llm.wire.replies import ToolCall

DRAW = {
    "type": "function",
    "function": {
        "name": "draw",
        "parameters": {"type": "object", "required": ["width"], "properties": {"width": {"type": "integer"}}},
    },
}
PING = {"type": "function", "function": {"name": "ping"}}


def _call(name: str, arguments: Any, call_id: str | None = "c1") -> dict[str, Any]:
    return {"id": call_id, "type": "function", "function": {"name": name, "arguments": arguments}}


@pytest.mark.parametrize(
    "offered",
    [
        [{"type": "function"}],
        [{"type": "web_search"}],
        [{"type": "function", "function": {"name": "has space"}}],
        [PING, PING],
        [{"type": "function", "function": {"name": "a", "parameters": "no"}}],
        [{"type": "function", "function": {"name": "a", "parameters": {"type": "nothing"}}}],
        [{"type": "function", "function": {"name": f"t{at}"}} for at in range(129)],
    ],
)
def test_tools_that_make_no_sense_are_refused_before_they_cost(offered: list[Mapping[str, Any]]) -> None:
    with pytest.raises(InvalidInput):
        checked_tools(offered)


@pytest.mark.parametrize("choice", ["always", {"type": "function", "function": {"name": "other"}}, {}])
def test_a_choice_names_one_of_the_tools(choice: Any) -> None:
    with pytest.raises(InvalidInput):
        checked_tools([PING], choice)
    with pytest.raises(InvalidInput):
        checked_tools([], "required")


def test_tools_go_out_as_they_were_given() -> None:
    tools = checked_tools([DRAW, PING], "auto")
    assert tools.parameters() == {"tools": [DRAW, PING], "tool_choice": "auto"}
    assert checked_tools([]).parameters() == {}


def test_calls_that_satisfy_their_tools_are_given_as_values() -> None:
    found = judge_calls([_call("draw", '{"width": 3}'), _call("ping", "", None)], checked_tools([DRAW, PING]))
    assert found.calls == (ToolCall("c1", "draw", {"width": 3}), ToolCall("call_1", "ping", {}))


@pytest.mark.parametrize(
    ("call", "path"),
    [
        (_call("draw", '{"width": '), "$.tool_calls[0].function.arguments"),
        (_call("draw", "[3]"), "$.tool_calls[0].function.arguments"),
        (_call("draw", '{"width": "3"}'), "$.tool_calls[0].function.arguments.width"),
        (_call("erase", "{}"), "$.tool_calls[0].function.name"),
        ({"id": "c1"}, "$.tool_calls[0].function.name"),
    ],
)
def test_a_call_that_breaks_its_tool_is_no_answer_and_says_where(call: dict[str, Any], path: str) -> None:
    found = judge_calls([call], checked_tools([DRAW, PING]))
    assert (found.status, found.calls, found.errors[0]["path"]) == ("failed", (), path)
    again = reask_calls([{"role": "user", "content": "go"}], found.errors)
    assert path in again[-1]["content"]


def test_a_tool_that_had_to_be_called_is_missed() -> None:
    assert judge_calls([], checked_tools([PING], "required")).status == "failed"
    assert judge_calls([], checked_tools([PING])).status == "passed"
