"""Tools a model may call: checked before they are sent, and every call checked against its tool's schema when it comes.

A call whose arguments are no JSON, or break the schema, is no answer. What must not live here: running a tool (the
caller does, or does not).

Source: OpenAI's and OpenRouter's chat completions (2026): `tools`, `tool_choice`, `message.tool_calls`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from sgd_resources.errors import InvalidInput
from sgd_resources.llm.answers.structured import Verdict, response_format, violations
from sgd_resources.llm.wire.replies import ToolCall

MAX_TOOLS = 128
_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_CHOICES = ("none", "auto", "required")
_ANYTHING: Mapping[str, Any] = {"type": "object"}


@dataclass(frozen=True)
class Tools:
    """The tools of one request, and how they are to be used. Empty when there are none."""

    offered: tuple[Mapping[str, Any], ...] = ()
    choice: str | Mapping[str, Any] | None = None

    @property
    def schemas(self) -> dict[str, Mapping[str, Any]]:
        """The schema of the arguments by the tool's name."""
        functions = [tool["function"] for tool in self.offered]
        return {function["name"]: function.get("parameters") or _ANYTHING for function in functions}

    @property
    def must_call(self) -> bool:
        """Whether an answer without a call is none."""
        return self.choice == "required" or isinstance(self.choice, Mapping)

    def parameters(self) -> dict[str, Any]:
        """What goes into the request's body."""
        if not self.offered:
            return {}
        found: dict[str, Any] = {"tools": [dict(tool) for tool in self.offered]}
        return found if self.choice is None else {**found, "tool_choice": self.choice}


def checked_tools(offered: Sequence[Mapping[str, Any]], choice: str | Mapping[str, Any] | None = None) -> Tools:
    """The tools, found to make sense before they cost anything.

    Args:
        offered: in the form of the chat completions: `{"type": "function", "function": {"name", "parameters"}}`.
        choice: `none`, `auto`, `required`, or `{"type": "function", "function": {"name"}}`.

    Raises:
        InvalidInput: a tool has no name or schema that can be used, or the choice names none of them.
    """
    if len(offered) > MAX_TOOLS:
        raise InvalidInput(f"at most {MAX_TOOLS} tools")
    names: set[str] = set()
    for at, tool in enumerate(offered):
        function = tool.get("function") if isinstance(tool, Mapping) and tool.get("type") == "function" else None
        name = function.get("name") if isinstance(function, Mapping) else None
        if not isinstance(function, Mapping) or not isinstance(name, str) or not _NAME.fullmatch(name):
            raise InvalidInput(f"tools[{at}] is no function with a name of letters, digits, _ and -")
        if name in names:
            raise InvalidInput(f"tools[{at}] has the name of another tool")
        names.add(name)
        schema = function.get("parameters")
        if schema is not None:
            if not isinstance(schema, Mapping):
                raise InvalidInput(f"tools[{at}].function.parameters is no schema")
            response_format(schema)
    _check_choice(choice, names)
    return Tools(tuple(offered), choice)


def _check_choice(choice: str | Mapping[str, Any] | None, names: set[str]) -> None:
    if choice is None or (isinstance(choice, str) and choice in _CHOICES and (names or choice == "none")):
        return
    function = choice.get("function") if isinstance(choice, Mapping) else None
    if not (isinstance(function, Mapping) and function.get("name") in names):
        raise InvalidInput("tool_choice is none, auto, required, or names one of the tools")


def judge_calls(raw: Sequence[Mapping[str, Any]], tools: Tools) -> Verdict:
    """The calls of an answer; the verdict holds them when every one of them is right.

    Args:
        raw: as the reply has them.
        tools: as they were offered.
    """
    errors: list[Mapping[str, str]] = []
    calls: list[ToolCall] = []
    schemas = tools.schemas
    for at, call in enumerate(raw):
        inner = call.get("function")
        function = inner if isinstance(inner, Mapping) else {}
        name, path = str(function.get("name") or ""), f"$.tool_calls[{at}]"
        if name not in schemas:
            errors.append({"path": f"{path}.function.name", "message": "no such tool was offered"})
            continue
        arguments = _arguments(function.get("arguments"))
        if arguments is None:
            errors.append({"path": f"{path}.function.arguments", "message": "the arguments are no JSON object"})
            continue
        faults = violations(arguments, schemas[name])
        errors += [{**fault, "path": f"{path}.function.arguments{fault['path'][1:]}"} for fault in faults]
        calls.append(ToolCall(str(call.get("id") or f"call_{at}"), name, arguments))
    if not raw and tools.must_call:
        errors.append({"path": "$.tool_calls", "message": "a tool had to be called"})
    return Verdict("failed", None, tuple(errors)) if errors else Verdict("passed", calls=tuple(calls))


def reask_calls(messages: Sequence[Mapping[str, Any]], errors: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """The messages with one more that names what was wrong with the calls, never what was in them."""
    faults = "; ".join(dict.fromkeys(f"{error['path']}: {error['message']}" for error in errors))[:2_000]
    ask = f"Your last tool calls were not valid ({faults}). Call the tools again, with arguments that satisfy them."
    return [*(dict(message) for message in messages), {"role": "user", "content": ask}]


def _arguments(value: Any) -> Mapping[str, Any] | None:
    """The arguments as an object; an empty text is one without fields, as some servers send it."""
    if isinstance(value, str):
        try:
            value = orjson.loads(value) if value.strip() else {}
        except orjson.JSONDecodeError:
            return None
    return value if isinstance(value, Mapping) else None
