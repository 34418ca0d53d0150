"""A request in the form every model of a chain can be asked in, and what one flight brings home.

What must not live here: asking.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sgd_resources.llm.answers.structured import Verdict, response_format
from sgd_resources.llm.policy.policy_file import Policy, Surface, TaskPolicy
from sgd_resources.llm.wire import openrouter
from sgd_resources.llm.wire.replies import CacheState, CallFailed, Completion, Reply
from sgd_resources.llm.wire.sse import read_whole
from sgd_resources.llm.wire.transport import HttpReply


@dataclass(frozen=True)
class Answer:
    """What one flight brings home, before personal data is put back."""

    reply: Reply
    requested_model: str
    cost_usd_micros: int
    attempts: int
    cache_state: CacheState
    verdict: Verdict | None


@dataclass(frozen=True)
class StreamEvent:
    """A piece of text, and with the last event the completion."""

    text: str = ""
    completion: Completion | None = None


@dataclass(frozen=True)
class CallRequest:
    """A request in the form every model of the chain can be asked in."""

    messages: Sequence[Mapping[str, Any]]
    build: Callable[[str, Sequence[Mapping[str, Any]]], tuple[str, dict[str, Any]]]
    """(model, messages) -> (path, body)."""
    read: Callable[[str, HttpReply], Reply]
    schema: Mapping[str, Any] | None = None
    salt: str = ""
    n_images: int = 0


def chat_request(
    rules: TaskPolicy,
    messages: Sequence[Mapping[str, Any]],
    *,
    schema: Mapping[str, Any] | None = None,
    params: Mapping[str, Any] | None = None,
    is_stream: bool = False,
) -> CallRequest:
    """A chat completion, maybe with a schema."""
    format_ = response_format(schema) if schema is not None else None

    def build(model: str, asked: Sequence[Mapping[str, Any]]) -> tuple[str, dict[str, Any]]:
        return openrouter.CHAT_PATH, openrouter.chat_body(
            model,
            asked,
            max_tokens=rules.max_output_tokens,
            temperature=rules.temperature,
            response_format=format_,
            params=params,
            is_stream=is_stream,
        )

    return CallRequest(messages, build, _read_chat, schema)


def image_request(
    policy: Policy,
    rules: TaskPolicy,
    prompt: str,
    urls: Sequence[str],
    *,
    aspect_ratio: str | None,
    size: str | None,
    params: Mapping[str, Any] | None,
    variant: int,
) -> CallRequest:
    """One picture, on the surface each model has: chat with modalities, or POST /images."""
    messages = openrouter.with_images([{"role": "user", "content": prompt}], urls)
    config = {name: value for name, value in (("aspect_ratio", aspect_ratio), ("image_size", size)) if value}

    def build(model: str, asked: Sequence[Mapping[str, Any]]) -> tuple[str, dict[str, Any]]:
        if _surface(policy, rules, model) == "images":
            return openrouter.IMAGES_PATH, openrouter.images_body(
                model, prompt, references=urls, aspect_ratio=aspect_ratio, resolution=size, params=params
            )
        return openrouter.CHAT_PATH, openrouter.chat_body(
            model, asked, params=params, modalities=("image", "text"), image_config=config
        )

    def read(model: str, answer: HttpReply) -> Reply:
        if _surface(policy, rules, model) == "images":
            return openrouter.parse_images(answer.status, answer.headers, answer.body, model=model)
        return _with_picture(_read_chat(model, answer))

    return CallRequest(messages, build, read, None, f"variant {variant}", 1)


def texts_of(message: Mapping[str, Any]) -> list[str]:
    """The texts of a chat message."""
    content = message.get("content")
    if isinstance(content, str):
        return [content]
    parts = content if isinstance(content, list) else []
    return [part["text"] for part in parts if isinstance(part, Mapping) and isinstance(part.get("text"), str)]


def up_to_open_bracket(text: str) -> tuple[str, str]:
    """What of a stream may be shown now, and a tail that may be the start of a placeholder."""
    at = text.rfind("[")
    if at < 0 or "]" in text[at:] or len(text) - at > 24:
        return text, ""
    return text[:at], text[at:]


def _surface(policy: Policy, rules: TaskPolicy, model: str) -> Surface:
    facts = policy.models.get(model)
    return rules.surface or (facts.surface if facts else None) or "chat"


def _read_chat(model: str, answer: HttpReply) -> Reply:
    return read_whole(answer.status, answer.headers, answer.body)


def _with_picture(reply: Reply) -> Reply:
    if reply.pictures:
        return reply
    is_known = reply.usage.cost_usd_micros is not None
    raise CallFailed(
        "no_picture",
        "the reply has text but no picture",
        is_retryable=reply.refusal is None,
        charge="known" if is_known else "unknown",
        usage=reply.usage,
        generation_id=reply.generation_id,
        served_model=reply.served_model,
    )
