"""What an error body says, in any dialect: OpenAI, Azure, vLLM, llama.cpp, LM Studio, Ollama, OpenRouter.

The same event has many shapes: an object, a text, an object without `error` around it, an upstream's error as text
inside another one; a number, a word or nothing for its code; the fact sometimes only in a sentence. Sentences are
matched, never kept: they may quote the prompt. What must not live here: what is done about it (`refusals.py`).

Source: the servers' own code and issue trackers, November 2026; the shapes seen are the rows of
`tests/sgd_resources/llm/wire/test_error_shapes.py`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

_KIND_OF_CODE = {
    "context_length_exceeded": "context_too_long", "string_above_max_length": "context_too_long",
    "exceed_context_size_error": "context_too_long", "max_tokens_exceeded": "context_too_long",
    "token_limit_exceeded": "context_too_long", "string_too_long": "context_too_long",
    "insufficient_quota": "payment_required", "billing_hard_limit_reached": "payment_required",
    "billing_not_active": "payment_required", "payment_required": "payment_required",
    "insufficientquota": "payment_required", "billing_error": "payment_required",
    "content_filter": "content_filtered", "content_policy_violation": "content_filtered",
    "responsibleaipolicyviolation": "content_filtered", "moderation_blocked": "content_filtered",
    "refusal": "content_filtered", "content_management_policy": "content_filtered",
    "unsupported_parameter": "unsupported_parameter", "unsupported_value": "unsupported_parameter",
    "unknown_parameter": "unsupported_parameter", "not_supported_error": "unsupported_parameter",
    "operationnotsupported": "unsupported_parameter",
    "model_not_found": "model_not_found", "deploymentnotfound": "model_not_found", "not_found": "model_not_found",
    "not_found_error": "model_not_found", "notfounderror": "model_not_found", "model_not_loaded": "model_not_found",
    "invalid_api_key": "unauthorized", "authentication": "unauthorized", "authentication_error": "unauthorized",
    "permission_denied": "forbidden", "permission_error": "forbidden",
    "rate_limit_exceeded": "rate_limited", "rate_limit_error": "rate_limited", "too_many_requests": "rate_limited",
    "nocapacity": "provider_overloaded", "overloaded_error": "provider_overloaded",
    "provider_overloaded": "provider_overloaded", "engine_overloaded": "provider_overloaded",
    "slow_down": "provider_overloaded", "provider_unavailable": "provider_unavailable",
    "unavailable_error": "provider_unavailable", "server": "provider_error", "server_error": "provider_error",
    "internalservererror": "provider_error", "api_error": "provider_error", "timeout": "timeout",
    "payload_too_large": "payload_too_large", "unprocessable": "unprocessable",
    "invalid_prompt": "invalid_request", "precondition_failed": "invalid_request", "invalid_image": "invalid_request",
    "invalid_request": "invalid_request", "image_too_large": "invalid_request",
    "image_too_small": "invalid_request", "image_not_found": "invalid_request",
    "unsupported_image_format": "invalid_request", "image_download_failed": "invalid_request",
}  # fmt: skip
"""By `code`, `type` or `innererror.code`, in lower case. Words that say too little (`invalid_request_error`,
`BadRequestError`) are left out: the sentence decides then, and after it the status."""
_SAYS_LITTLE = frozenset({
    "server_error", "api_error", "internalservererror", "invalid_prompt", "invalid_request", "server", "not_found",
})  # fmt: skip
"""Words that some servers put on everything: they count only as OpenRouter's own `error_type`, behind a sentence."""
_SENTENCES: Mapping[str, tuple[str, ...]] = {
    "payment_required": (
        r"exceeded your current quota", r"credit balance is too low", r"insufficient (?:credits|quota|funds)",
        r"requires more credits", r"billing hard limit", r"usage limit\b.*upgrade",
    ),
    "context_too_long": (
        r"maximum context length", r"available context size",
        r"context (?:size|length|window) (?:has been |is )?exceeded",
        r"exceeds? (?:the )?(?:maximum |max |available |model'?s )?context", r"context the overflows",
        r"context overflows", r"loaded with (?:a )?context length of only", r"greater than the context length",
        r"longer than the (?:maximum model length|model's context)", r"prompt (?:is )?too long", r"input is too long",
        r"maximum model length", r"reduce the length of the (?:messages|prompt|input)",
    ),
    "content_filtered": (
        r"content management policy", r"content (?:policy|filter)", r"violat\w+ our usage polic",
        r"flagged (?:as|for|by)", r"requires moderation", r"safety system",
        r"blocked by (?:the )?(?:safety|moderation)",
    ),
    "unsupported_parameter": (
        r"unsupported (?:parameter|value|param)\b", r"unrecognized request argument", r"unknown parameter",
        r"does(?: not|n't) support (?:tools?|images?|vision|json|response|the parameter|system|thinking)",
        r"does not support this (?:endpoint|feature|method)", r"is not a multimodal model",
        r"not supported (?:with|by|for) this model", r"no endpoints found that (?:support|can handle)",
        r"input is not supported", r"requires --", r"must be 'json_schema'",
        r"extra (?:inputs|fields) (?:are )?not permitted", r"unexpected keyword argument",
    ),
    "model_not_found": (
        r"model .{1,200}?(?:not found|does not exist)", r"no models? (?:is |are )?loaded", r"no such model",
        r"not a valid model", r"no endpoints found", r"no allowed providers", r"unexpected endpoint or method",
    ),
    "provider_unavailable": (
        r"loading model", r"model is loading", r"server busy", r"no healthy upstream", r"requires more system memory",
        r"model (?:has )?crashed",
    ),
}  # fmt: skip
"""By kind: pieces of what servers write. The first kind with a piece in the text is it, so that the order counts."""
_KIND_OF_SENTENCE = tuple((kind, re.compile("|".join(pieces), re.IGNORECASE)) for kind, pieces in _SENTENCES.items())
_PARAMETER_IN_SENTENCE = re.compile(
    r"(?:parameter|value|argument supplied|param)s?:? *[`'\"]?([a-z_][a-z0-9_.]*)[`'\"]?", re.IGNORECASE
)
_MEANS_PARAMETER = (
    (re.compile(r"support(?: the)? tool|tools? (?:param|is|are|choice)|tool choice requires", re.IGNORECASE), "tools"),
    (re.compile(r"response_format|json_schema|json mode", re.IGNORECASE), "response_format"),
)
_NOT_A_PARAMETER = frozenset({"is", "not", "was", "the", "for", "in", "to", "s", "does", "supplied", "tool"})
_RETRY_IN_SENTENCE = re.compile(
    r"(?:retry|try again) (?:after|in) (?:(\d+)m(?!s))? ?(?:([\d.]+) ?(ms|s\b|sec))?", re.IGNORECASE
)
_MAX_SENTENCE = 4_000


@dataclass(frozen=True)
class Told:
    """What an error says of itself; None where it says nothing."""

    kind: str | None = None
    parameter: str | None = None
    """The request field it is about, of `unsupported_parameter`."""
    retry_after_s: float | None = None


def told(body: Any) -> Told:
    """What the error in this parsed body says; its sentence is used and forgotten."""
    errors = list(_errors(body))
    codes = [code for error in errors for code in _codes(error)]
    sentence = " ".join(_sentence(error) for error in errors)[:_MAX_SENTENCE]
    kind = next((_KIND_OF_CODE[code] for code in codes if code in _KIND_OF_CODE and code not in _SAYS_LITTLE), None)
    if kind is None and any(isinstance(_metadata(error).get("reasons"), list) for error in errors):
        # OpenRouter's moderation: 403 with the reasons and the flagged text beside the message
        kind = "content_filtered"
    kind = kind or next((name for name, pattern in _KIND_OF_SENTENCE if pattern.search(sentence)), None)
    kind = kind or next((_KIND_OF_CODE[name] for name in map(_error_type, errors) if name in _KIND_OF_CODE), None)
    parameter = _parameter(errors, sentence) if kind == "unsupported_parameter" else None
    return Told(kind, parameter, _retry_after(sentence))


def _errors(body: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The error objects of a body, outer first, however they are wrapped."""
    if isinstance(body, str):
        yield {"message": body}
        return
    if isinstance(body, list):
        for item in body[:4]:
            yield from _errors(item, depth + 1)
        return
    if not isinstance(body, Mapping) or depth > 4:
        return
    inner = body.get("error") or body.get("errors") or body.get("detail")
    if inner:
        yield from _errors(inner, depth + 1)
    if not inner or any(name in body for name in ("message", "code", "type")):
        yield body
        raw = _metadata(body).get("raw")
        if isinstance(raw, str):
            yield from _errors(_parsed(raw), depth + 1)


def _parsed(raw: str) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return raw


def _codes(error: Mapping[str, Any]) -> list[str]:
    inner = error.get("innererror")
    values = [error.get("code"), inner.get("code") if isinstance(inner, Mapping) else None]
    values += [_error_type(error), error.get("type")]
    return [value.lower() for value in values if isinstance(value, str)]


def _error_type(error: Mapping[str, Any]) -> str:
    return str(_metadata(error).get("error_type") or error.get("error_type") or "")


def _metadata(error: Mapping[str, Any]) -> Mapping[str, Any]:
    found = error.get("metadata")
    return found if isinstance(found, Mapping) else {}


def _sentence(error: Mapping[str, Any]) -> str:
    values = (error.get(name) for name in ("message", "msg", "detail"))
    return " ".join(value for value in values if isinstance(value, str))


def _parameter(errors: list[Mapping[str, Any]], sentence: str) -> str | None:
    for error in errors:
        named = error.get("param")
        if isinstance(named, str) and named:
            return named.partition(".")[0].partition("[")[0]
    for pattern, name in _MEANS_PARAMETER:
        if pattern.search(sentence):
            return name
    for found in _PARAMETER_IN_SENTENCE.finditer(sentence):
        name = found.group(1).partition(".")[0].lower()
        if name not in _NOT_A_PARAMETER:
            return name
    return None


def _retry_after(sentence: str) -> float | None:
    """Seconds that a sentence such as "try again in 1m12s" or "retry after 6 seconds" names."""
    found = _RETRY_IN_SENTENCE.search(sentence)
    if found is None or not (found.group(1) or found.group(2)):
        return None
    try:
        rest = float(found.group(2) or 0) / (1000 if (found.group(3) or "").lower() == "ms" else 1)
    except ValueError:
        return None
    return int(found.group(1) or 0) * 60 + rest
