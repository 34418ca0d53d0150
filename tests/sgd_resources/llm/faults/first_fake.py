"""The faults as the in-memory transport and the replies of `tests/fakes/openrouter.py` say them."""

import json
from collections.abc import Mapping
from typing import Any

from sgd_resources.llm.wire.transport import TransportFailed
from tests.fakes.fault import UNSAID, Fault
from tests.fakes.openrouter import DONE, Step, chat_reply, delta, usage
from tests.fakes.transport import Answer, Broken, FakeTransport

GENERATION = "gen-first"
_CALL = {"id": "c", "type": "function", "function": {"name": "erase", "arguments": "{}"}}
_MESSAGES: Mapping[str, tuple[dict[str, Any], str]] = {
    "null text": ({"content": None}, "stop"),
    "blank text": ({"content": " \n"}, "stop"),
    "half, then an error": ({"content": "Half a sen"}, "error"),
    "half, then the limit": ({"content": "Half a sen"}, "length"),
    "filtered": ({"content": ""}, "content_filter"),
    "refuses": ({"content": None, "refusal": "I will not."}, "stop"),
    "calls a tool": ({"content": None, "tool_calls": [_CALL]}, "tool_calls"),
}
_FREE_FAILURES: Mapping[str, tuple[Any, bool]] = {
    "refused": ("connect", False), "no name": ("connect", False), "reset": ("reset", True), "closed": ("reset", True),
    "stalls": ("timeout", True), "reset after the head": ("truncated", True),
    "stalls after the head": ("timeout", True),
}  # fmt: skip
_FAILURES_IN_BODY: Mapping[str, Any] = {
    "cut": "truncated", "stalls in the body": "timeout", "drips": "timeout", "floods": "too_large"
}  # fmt: skip
_CODINGS: Mapping[str, Any] = {"broken gzip": "garbage", "unknown": "garbage", "bomb": "too_large"}


def transport(fault: Fault, faulty: str) -> FakeTransport:
    """A provider in memory whose model `faulty` has the fault; the others answer."""

    def said(body: Mapping[str, Any]) -> Answer:
        is_stream = body.get("stream") is True
        if body["model"] == faulty:
            return _said(fault, is_stream)
        return Step(events=_events(Fault())) if is_stream else Step()

    made = FakeTransport(said)
    if fault.generation_usd_micros is not None:
        made.generations[GENERATION] = fault.generation_usd_micros / 1_000_000
    return made


def _said(fault: Fault, is_stream: bool) -> Answer:
    headers = dict(fault.headers) | ({"x-generation-id": GENERATION} if fault.has_generation else {})
    if fault.line in _FREE_FAILURES:
        kind, was_sent = _FREE_FAILURES[fault.line]
        return TransportFailed(kind, fault.line, was_sent=was_sent, body_began=False)
    generation = GENERATION if fault.has_generation else None
    failed_in_body = _FAILURES_IN_BODY.get(fault.line) or _CODINGS.get(fault.coding)
    if failed_in_body:
        failure = TransportFailed(failed_in_body, "in the body", was_sent=True, generation_id=generation)
        if is_stream and fault.line == "floods":
            return Step(events=(delta("Half a sen"), "data: " + "x" * 5_000_000), headers=headers)
        has_text = fault.line in {"cut", "stalls in the body"}
        return Broken(Step(events=(delta("Half a sen"),) if has_text else (": drip",), headers=headers), failure)
    if fault.raw is not None:
        headers |= {"content-type": "text/html"} if fault.page else {}
        text = fault.raw.decode("latin-1")
        is_plain = not is_stream or fault.status != 200 or fault.page or text.encode() != fault.raw
        return (
            Step(fault.status, raw=fault.raw, headers=headers | _kind(fault, is_stream))
            if is_plain
            else Step(fault.status, events=(text,), headers=headers)
        )
    if fault.body is not None and is_stream and fault.status == 200:
        return Step(events=(f"data: {json.dumps(fault.body)}\n\n", DONE), headers=headers)
    if fault.body is not None:
        return Step(fault.status, fault.body, headers=headers)
    if is_stream and fault.line == "cut after the end":
        return Broken(Step(events=_events(fault)[:-1], headers=headers), TransportFailed("reset", "x", was_sent=True))
    return Step(events=_events(fault), headers=headers) if is_stream else Step(body=_reply(fault), headers=headers)


def _kind(fault: Fault, is_stream: bool) -> dict[str, str]:
    return {} if fault.page or not is_stream else {"content-type": "text/event-stream"}


def _used(fault: Fault) -> dict[str, Any]:
    if not fault.has_usage:
        return {}
    found = usage(fault.cost)
    if fault.cost == UNSAID:
        del found["cost"]
    return {"usage": found}


def _reply(fault: Fault) -> dict[str, Any]:
    message, finish = _MESSAGES.get(fault.says, ({"content": "Whole"}, "stop"))
    found = {**chat_reply(finish=finish), **_used(fault)}
    if not fault.has_usage:
        del found["usage"]
    found["choices"][0]["message"] |= message
    if fault.says == "no choices":
        found["choices"] = []
    elif fault.says == "null choices":
        found["choices"] = None
    elif fault.says == "no message":
        del found["choices"][0]["message"]
    return found


def _events(fault: Fault) -> tuple[str, ...]:
    if fault.says in {"no choices", "null choices", "no message"}:
        choices = {"no choices": [], "null choices": None}.get(fault.says, [{"index": 0, "finish_reason": "stop"}])
        return (f"data: {json.dumps({'id': 'gen-s', 'choices': choices, **_used(fault)})}\n\n", DONE)
    message, finish = _MESSAGES.get(fault.says, ({"content": "Whole"}, "stop"))
    calls = [{"index": 0, **call} for call in message.get("tool_calls") or ()]
    inner = {**message, **({"tool_calls": calls} if calls else {})}
    said = {"id": "gen-s", "model": "acme/good-1", "choices": [{"index": 0, "delta": inner, "finish_reason": None}]}
    return (f"data: {json.dumps(said)}\n\n", delta("", finish=finish, **_used(fault)), DONE)
