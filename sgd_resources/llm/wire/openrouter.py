"""OpenRouter's wire: builds request bodies, reads replies of both surfaces, and nothing else.

Emits exactly what the published description allows; reads liberally, but never takes a failure inside a 200, an empty
or a broken-off reply for a success. What must not live here: sending, retrying, or validating against a schema.

Source: OpenRouter's OpenAPI description (August 2026): /chat/completions, /images, /models, /generation, /key.
"""

import base64
import binascii
import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import orjson

from sgd_resources.errors import InvalidInput
from sgd_resources.llm.policy.policy_file import usd_to_micros
from sgd_resources.llm.wire.refusals import refusal, status_inside
from sgd_resources.llm.wire.replies import CallFailed, Picture, Reply, Usage

CHAT_PATH = "/chat/completions"
IMAGES_PATH = "/images"
MODELS_PATH = "/models"
KEY_PATH = "/key"
GENERATION_PATH = "/generation"
OWNED_KEYS = frozenset({"model", "models", "messages", "stream", "stream_options", "usage", "route", "n"})
"""A caller's `params` may not set these: the gateway does."""
MAX_COST_USD = 1_000.0
"""A reply that claims more is garbage, not a bill."""
_LONE_SURROGATE = re.compile(
    rb"(?<!\\)\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
_PICTURE_STARTS = ("iVBORw0KGgo", "/9j/", "UklGR", "R0lGOD")
"""PNG, JPEG, WebP and GIF in base64."""


def chat_body(
    model: str,
    messages: Sequence[Mapping[str, Any]],
    *,
    max_tokens: int | None = None,
    temperature: float | None = None,
    response_format: Mapping[str, Any] | None = None,
    params: Mapping[str, Any] | None = None,
    modalities: Sequence[str] = (),
    image_config: Mapping[str, Any] | None = None,
    is_stream: bool = False,
) -> dict[str, Any]:
    """The body of POST /chat/completions.

    Raises:
        InvalidInput: `params` sets what belongs to the gateway, or there is no message.
    """
    extra = dict(params or {})
    if taken := sorted(OWNED_KEYS & extra.keys()):
        raise InvalidInput(f"params may not set {', '.join(taken)}", details={"params": taken})
    if not messages:
        raise InvalidInput("there is no message to send")
    body: dict[str, Any] = {"model": model, "messages": [dict(message) for message in messages]}
    if max_tokens is not None:
        body["max_tokens"] = max_tokens
    if temperature is not None:
        body["temperature"] = temperature
    body.update(extra)
    if max_tokens is not None and isinstance(body.get("max_tokens"), int):
        body["max_tokens"] = min(max_tokens, body["max_tokens"])
    if modalities:
        body["modalities"] = list(modalities)
    if image_config:
        body["image_config"] = dict(image_config)
    if response_format is not None:
        body["response_format"] = dict(response_format)
        # Without this a provider that cannot hold a schema drops it silently.
        body["provider"] = {**body.get("provider", {}), "require_parameters": True}
    if is_stream:
        body["stream"] = True
        body["stream_options"] = {"include_usage": True}
    return body


def images_body(
    model: str,
    prompt: str,
    *,
    references: Sequence[str] = (),
    aspect_ratio: str | None = None,
    resolution: str | None = None,
    params: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The body of POST /images. `n` is never sent: some providers refuse it, so variants are calls."""
    body: dict[str, Any] = {"model": model, "prompt": prompt, **(params or {})}
    if references:
        body["input_references"] = [{"type": "image_url", "image_url": {"url": url}} for url in references]
    if aspect_ratio:
        body["aspect_ratio"] = aspect_ratio
    if resolution:
        body["resolution"] = resolution
    return body


def with_images(messages: Sequence[Mapping[str, Any]], urls: Sequence[str]) -> list[dict[str, Any]]:
    """The messages with pictures (data URLs) after the text of the last user message."""
    copied = [dict(message) for message in messages]
    if not urls:
        return copied
    for message in reversed(copied):
        if message.get("role") == "user":
            content = message.get("content", "")
            parts = [{"type": "text", "text": content}] if isinstance(content, str) else list(content)
            message["content"] = [*parts, *({"type": "image_url", "image_url": {"url": url}} for url in urls)]
            return copied
    raise InvalidInput("pictures need a user message to go with")


def data_url(data: bytes) -> str:
    """The bytes of a PNG, JPEG, WebP or GIF as a data URL. Raises InvalidInput for anything else."""
    media_type = picture_type(data)
    if media_type is None:
        raise InvalidInput("a picture for a model is PNG, JPEG, WebP or GIF")
    return f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}"


def picture_type(data: bytes) -> str | None:
    """Media type by the first bytes, or None."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return "image/gif" if data[:6] in {b"GIF87a", b"GIF89a"} else None


def load_json(body: bytes) -> Any:
    """The parsed body. Raises CallFailed (`garbage`) when it is no JSON; what it cost is unknown then."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        try:
            # A byte order mark, NaN or half a surrogate pair is bad JSON, but the answer is there, and paid for.
            return json.loads(_LONE_SURROGATE.sub(rb"\\ufffd", body).decode("utf-8-sig"))
        except (ValueError, RecursionError):
            kind = "empty_body" if not body.strip() else "garbage"
            raise CallFailed(kind, "the reply is no JSON", is_retryable=True, charge="unknown") from error


def parse_chat(status: int, headers: Mapping[str, str], raw: bytes) -> Reply:
    """The reply of POST /chat/completions.

    Raises:
        CallFailed: any failure, also one that came as a 200.
    """
    generation_id = headers.get("x-generation-id")
    body = _checked(status, headers, raw)
    generation_id = _text(body.get("id")) or generation_id
    usage = parse_usage(body.get("usage"))
    choices = body.get("choices")
    if body.get("error") or (not choices and (body.get("errors") or body.get("detail") or body.get("message"))):
        raise refusal(status_inside(body), body, headers, usage=usage, generation_id=generation_id)
    choice = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(choice, Mapping):
        raise _hollow("empty_choices", "the reply has no choices", usage, generation_id, body)
    if choice.get("error") or choice.get("finish_reason") == "error":
        inner = choice if choice.get("error") else {"error": {"code": 502}}
        failed = refusal(status_inside(inner), inner, headers, usage=usage, generation_id=generation_id)
        if failed.charge == "none":
            # Text was made before it broke: only the provider knows what that cost.
            failed.charge = "unknown"
        failed.kind = "provider_error" if failed.kind == "unknown_status" else failed.kind
        failed.served_model = _text(body.get("model"))
        raise failed
    message = choice.get("message")
    if not isinstance(message, Mapping) and isinstance(choice.get("text"), str):
        message = {"content": choice["text"]}
    if not isinstance(message, Mapping):
        raise _hollow("empty_choices", "the choice has no message", usage, generation_id, body)
    return _reply(body, choice, message, usage, generation_id)


def _reply(
    body: Mapping[str, Any],
    choice: Mapping[str, Any],
    message: Mapping[str, Any],
    usage: Usage,
    generation_id: str | None,
) -> Reply:
    text, urls = read_content(message.get("content"))
    images = message.get("images")
    for image in [images] if isinstance(images, str | Mapping) else images if isinstance(images, list) else ():
        urls.append(_image_url(image))
    try:
        pictures = tuple(_decoded(url) for url in urls)
    except CallFailed as failed:
        failed.charge, failed.usage, failed.generation_id = _charge(usage), usage, generation_id
        failed.served_model = _text(body.get("model"))
        raise
    calls = message.get("tool_calls")
    tool_calls = tuple(call for call in calls if isinstance(call, Mapping)) if isinstance(calls, list) else ()
    refused = _text(message.get("refusal"))
    finish_reason = _text(choice.get("finish_reason"))
    if finish_reason == "content_filter" and not text:
        filtered = _hollow("content_filtered", "the provider filtered the answer", usage, generation_id, body)
        filtered.is_retryable = filtered.tries_next = False
        raise filtered
    if not text.strip() and not pictures and not tool_calls and not refused:
        raise _hollow("empty_reply", "the reply is empty", usage, generation_id, body)
    return Reply(
        text=text,
        pictures=pictures,
        finish_reason=finish_reason,
        served_model=_text(body.get("model")),
        provider=_text(body.get("provider")),
        generation_id=generation_id,
        usage=usage,
        refusal=refused,
        tool_calls=tool_calls,
    )


def parse_images(status: int, headers: Mapping[str, str], raw: bytes, *, model: str) -> Reply:
    """The reply of POST /images. Raises CallFailed."""
    body = _checked(status, headers, raw)
    generation_id = _text(body.get("id")) or headers.get("x-generation-id")
    usage = parse_usage(body.get("usage"))
    if body.get("error"):
        raise refusal(status_inside(body), body, headers, usage=usage, generation_id=generation_id)
    data = body.get("data")
    pictures = []
    for item in data if isinstance(data, list) else ():
        try:
            pictures.append(_decoded(_image_url(item)))
        except CallFailed as failed:
            failed.charge, failed.usage, failed.generation_id = _charge(usage), usage, generation_id
            raise
    if not pictures:
        raise _hollow("empty_reply", "the reply has no picture", usage, generation_id, body)
    return Reply(
        text="",
        pictures=tuple(pictures),
        finish_reason="stop",
        served_model=_text(body.get("model")) or model,
        provider=_text(body.get("provider")),
        generation_id=generation_id,
        usage=usage,
    )


def parse_usage(usage: Any) -> Usage:
    """Tokens and cost; whatever is missing, negative or no number counts as unknown."""
    if not isinstance(usage, Mapping):
        return Usage()
    details_in, details_out = usage.get("prompt_tokens_details"), usage.get("completion_tokens_details")
    return Usage(
        tokens_in=_count(usage.get("prompt_tokens")),
        tokens_out=_count(usage.get("completion_tokens")),
        tokens_cached=_count(details_in.get("cached_tokens")) if isinstance(details_in, Mapping) else 0,
        tokens_reasoning=_count(details_out.get("reasoning_tokens")) if isinstance(details_out, Mapping) else 0,
        cost_usd_micros=_cost(usage.get("cost")),
    )


def parse_generation(status: int, raw: bytes) -> int | None:
    """Micro-USD that GET /generation reports, or None while it does not know the generation."""
    if status != 200:
        return None
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None
    data = body.get("data") if isinstance(body, Mapping) else None
    if not isinstance(data, Mapping):
        return None
    found = _cost(data.get("total_cost"))
    return found if found is not None else _cost(data.get("usage"))


def _checked(status: int, headers: Mapping[str, str], raw: bytes) -> Mapping[str, Any]:
    if not 200 <= status < 300:
        try:
            body = orjson.loads(raw)
        except orjson.JSONDecodeError:
            body = None
        raise refusal(status, body, headers, generation_id=headers.get("x-generation-id"))
    try:
        body = load_json(raw)
    except CallFailed as failed:
        failed.generation_id = headers.get("x-generation-id")
        if not raw or (failed.generation_id is None and _is_page(headers, raw)):
            # No byte of an answer, or a page of something that stands before the provider: no model was asked.
            failed.charge = "none"
        raise
    if not isinstance(body, dict):
        raise CallFailed(
            "garbage",
            "the reply is no JSON object",
            is_retryable=True,
            charge="unknown",
            generation_id=headers.get("x-generation-id"),
        )
    return body


def _is_page(headers: Mapping[str, str], raw: bytes) -> bool:
    return "html" in headers.get("content-type", "") or raw[:64].lstrip().lower().startswith((b"<!doctype", b"<html"))


def _hollow(kind: str, message: str, usage: Usage, generation_id: str | None, body: Mapping[str, Any]) -> CallFailed:
    return CallFailed(
        kind,
        message,
        is_retryable=True,
        charge=_charge(usage),
        usage=usage,
        generation_id=generation_id,
        served_model=_text(body.get("model")),
    )


def _charge(usage: Usage) -> Literal["known", "unknown"]:
    return "known" if usage.cost_usd_micros is not None else "unknown"


def read_content(content: Any) -> tuple[str, list[str]]:
    """The text of a message's content, and the pictures in it, whether it is a string or a list of parts."""
    if isinstance(content, str):
        return content, []
    texts, urls = [], []
    for part in content if isinstance(content, list) else ():
        if isinstance(part, str):
            texts.append(part)
        elif isinstance(part, Mapping):
            if isinstance(part.get("text"), str):
                texts.append(part["text"])
            elif part.get("image_url") or part.get("b64_json"):
                urls.append(_image_url(part))
    return "".join(texts), urls


def _image_url(image: Any) -> str:
    """The data URL of a picture in any of the shapes in use."""
    if isinstance(image, str):
        return image
    if not isinstance(image, Mapping):
        return ""
    if isinstance(image.get("b64_json"), str):
        encoded = str(image["b64_json"])
        return encoded if encoded[:5].lower() == "data:" else f"data:image/png;base64,{encoded}"
    inner = image.get("image_url", image.get("imageUrl"))
    found = inner.get("url") if isinstance(inner, Mapping) else inner if isinstance(inner, str) else image.get("url")
    return found if isinstance(found, str) else ""


def _decoded(url: str) -> Picture:
    head, comma, payload = url.partition(",")
    if not comma and url.lstrip().startswith(_PICTURE_STARTS):
        head, comma, payload = "data:", ",", url
    if not (head[:5].lower() == "data:" and comma):
        # Never fetched: a reply must not make this machine call an address of the model's choice.
        raise CallFailed("picture_not_inline", "the picture is not in the reply itself", is_retryable=False)
    try:
        bare = "".join(payload.split()).rstrip("=").replace("-", "+").replace("_", "/")
        data = base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise CallFailed("garbage", "the picture is no base64", is_retryable=True) from error
    media_type = picture_type(data)
    if media_type is None:
        raise CallFailed("garbage", "the picture is of no known type", is_retryable=True)
    return Picture(data, media_type)


def _count(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12 else 0


def _cost(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    try:
        usd = float(value)
    except (TypeError, ValueError):
        return None
    return usd_to_micros(repr(usd)) if math.isfinite(usd) and 0 <= usd <= MAX_COST_USD else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
