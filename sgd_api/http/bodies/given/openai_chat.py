"""Chat completions as OpenAI's clients send and read them: a request becomes a call of the gateway, its answer a body.

Every field is obeyed, passed on to the model, or refused by its name. What must not live here: routes, or asking.

Source: OpenAI's API reference, POST /chat/completions, November 2026.
"""

import hashlib
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from sgd_resources.errors import ValidationFailed
from sgd_resources.llm.wire.replies import Completion, ToolCall

PASSED_ON = frozenset({
    "temperature", "top_p", "seed", "stop", "frequency_penalty", "presence_penalty", "logit_bias", "reasoning_effort",
    "parallel_tool_calls", "verbosity", "top_k", "min_p",
})  # fmt: skip
"""Fields that go to the model as they are."""
_ROLES = frozenset({"system", "developer", "user", "assistant", "tool"})
_LIMITS = ("max_completion_tokens", "max_tokens")
MAX_MESSAGES = 1_000


@dataclass(frozen=True)
class ChatAsk:
    """A request, read."""

    model: str
    messages: list[dict[str, Any]]
    is_stream: bool
    has_usage: bool
    """Whether a stream ends with its usage."""
    schema: Mapping[str, Any] | None
    tools: list[Mapping[str, Any]]
    tool_choice: Any
    params: dict[str, Any]


def read_ask(document: Any) -> ChatAsk:
    """The request of a parsed body.

    Raises:
        ValidationFailed: a field is missing, of the wrong kind, or one that SGD neither obeys nor passes on.
    """
    if not isinstance(document, Mapping):
        raise _wrong("", "the body is a JSON object")
    known = {"model", "messages", "stream", "stream_options", "response_format", "tools", "tool_choice", "n", "user"}
    for name in document:
        if name not in known | PASSED_ON and name not in _LIMITS:
            raise _wrong(name, "not supported here")
    if document.get("n") not in {None, 1}:
        raise _wrong("n", "one answer a request")
    model = document.get("model")
    if not isinstance(model, str) or not model:
        raise _wrong("model", "required: a text")
    tools = document.get("tools") or []
    if not isinstance(tools, list):
        raise _wrong("tools", "a list of functions")
    options = document.get("stream_options") or {}
    return ChatAsk(
        model=model,
        messages=_messages(document.get("messages")),
        is_stream=_flag(document, "stream"),
        has_usage=isinstance(options, Mapping) and options.get("include_usage") is True,
        schema=_schema(document.get("response_format")),
        tools=tools,
        tool_choice=document.get("tool_choice"),
        params=_params(document),
    )


def texts_of(ask: ChatAsk) -> Iterator[tuple[str, str]]:
    """Every text of a request that a model is to read, with its path."""
    for at, message in enumerate(ask.messages):
        yield from _texts(f"$.messages[{at}]", {name: value for name, value in message.items() if name != "role"})
    yield from _texts("$.tools", ask.tools)
    yield from _texts("$.response_format", ask.schema)


def completion_body(answer: Completion, completion_id: str) -> dict[str, Any]:
    """The body of an answer in one piece; what is SGD's own stands under `sgd`."""
    message: dict[str, Any] = {"role": "assistant", "content": answer.text or None, "refusal": answer.refusal}
    if answer.tool_calls:
        message["tool_calls"] = [_call(call) for call in answer.tool_calls]
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": _finish(answer)}
    return {
        **_head(answer.served_model, completion_id, "chat.completion"),
        "choices": [choice],
        "usage": _usage(answer),
        "sgd": _own(answer),
    }


def text_chunk(text: str, model: str, completion_id: str, *, is_first: bool) -> dict[str, Any]:
    """One piece of a stream."""
    delta = {"role": "assistant", "content": text} if is_first else {"content": text}
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": None}
    return {**_head(model, completion_id, "chat.completion.chunk"), "choices": [choice]}


def last_chunks(answer: Completion, completion_id: str, *, has_usage: bool) -> list[dict[str, Any]]:
    """What follows the texts of a stream: tool calls, how it ended, and its usage when that was asked for."""
    head = _head(answer.served_model, completion_id, "chat.completion.chunk")
    calls = [{"index": at, **_call(call)} for at, call in enumerate(answer.tool_calls)]
    deltas: list[dict[str, Any]] = [{"tool_calls": calls}] if calls else []
    chunks = [
        {**head, "choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": None}]} for delta in deltas
    ]
    ending = {"index": 0, "delta": {}, "logprobs": None, "finish_reason": _finish(answer)}
    chunks.append({**head, "choices": [ending], "sgd": _own(answer)})
    if has_usage:
        chunks.append({**head, "choices": [], "usage": _usage(answer)})
    return chunks


def _head(model: str, completion_id: str, kind: str) -> dict[str, Any]:
    return {"id": completion_id, "object": kind, "created": int(time.time()), "model": model}


def _usage(answer: Completion) -> dict[str, int]:
    total = answer.tokens_in + answer.tokens_out
    return {"prompt_tokens": answer.tokens_in, "completion_tokens": answer.tokens_out, "total_tokens": total}


def _own(answer: Completion) -> dict[str, Any]:
    return {
        "requested_model": answer.requested_model,
        "cost_usd_micros": answer.cost_usd_micros,
        "cache_state": answer.cache_state,
        "attempts": answer.attempts,
        "trace_id": answer.trace_id,
        "dropped_params": list(answer.dropped_params),
    }


def _finish(answer: Completion) -> str:
    if answer.tool_calls:
        return "tool_calls"
    return answer.finish_reason if answer.finish_reason in {"length", "content_filter"} else "stop"


def _call(call: ToolCall) -> dict[str, Any]:
    arguments = orjson.dumps(dict(call.arguments)).decode()
    return {"id": call.call_id, "type": "function", "function": {"name": call.name, "arguments": arguments}}


def _texts(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _texts(f"{path}.{str(name)[:40]}", inner)
    elif isinstance(value, list | tuple):
        for at, inner in enumerate(value):
            yield from _texts(f"{path}[{at}]", inner)


def _messages(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not 0 < len(value) <= MAX_MESSAGES:
        raise _wrong("messages", f"1 to {MAX_MESSAGES} messages")
    for at, message in enumerate(value):
        role = message.get("role") if isinstance(message, Mapping) else None
        if role not in _ROLES:
            raise _wrong(f"messages[{at}].role", f"one of {', '.join(sorted(_ROLES))}")
        content = message.get("content")
        if content is None and role == "assistant" and message.get("tool_calls"):
            continue
        parts = [{"type": "text", "text": content}] if isinstance(content, str) else content
        for part in parts if isinstance(parts, list) else [None]:
            if not (isinstance(part, Mapping) and part.get("type") == "text" and isinstance(part.get("text"), str)):
                raise _wrong(f"messages[{at}].content", "text, or parts of type text")
    return [dict(message) for message in value]


def _schema(format_: Any) -> Mapping[str, Any] | None:
    kind = format_.get("type") if isinstance(format_, Mapping) else None
    if format_ is None or kind == "text":
        return None
    if kind == "json_object":
        return {"type": "object"}
    inner = format_.get("json_schema") if isinstance(format_, Mapping) else None
    schema = inner.get("schema") if isinstance(inner, Mapping) else None
    if kind != "json_schema" or not isinstance(schema, Mapping):
        raise _wrong("response_format", "text, json_object, or json_schema with json_schema.schema")
    return schema


def _params(document: Mapping[str, Any]) -> dict[str, Any]:
    params = {name: document[name] for name in document if name in PASSED_ON and document[name] is not None}
    user = document.get("user")
    if user is not None:
        if not isinstance(user, str):
            raise _wrong("user", "a text")
        # Providers ask for it to tell users apart, not to know them.
        params["user"] = hashlib.sha256(user.encode()).hexdigest()[:32]
    for name in _LIMITS:
        limit = document.get(name)
        if limit is None:
            continue
        if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
            raise _wrong(name, "a number of tokens")
        params["max_tokens"] = limit
        break
    return params


def _flag(document: Mapping[str, Any], name: str) -> bool:
    value = document.get(name)
    if value is not None and not isinstance(value, bool):
        raise _wrong(name, "true or false")
    return bool(value)


def _wrong(path: str, message: str) -> ValidationFailed:
    where = f"$.{path}" if path else "$"
    return ValidationFailed(f"{path or 'body'}: {message}", details={"errors": [{"path": where, "message": message}]})
