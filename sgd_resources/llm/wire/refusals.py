"""A provider's error, as a failed try: what kind, whether to ask again, when, and whether it cost money.

What must not live here: waiting, the shapes of error bodies (`error_shapes.py`), or the success path (`openrouter.py`).

Source: OpenRouter's OpenAPI description (August 2026), schemas ApiErrorType and *ResponseErrorData.
"""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal

from sgd_resources.llm.wire.error_shapes import told
from sgd_resources.llm.wire.replies import CallFailed, Usage

MAX_RETRY_AFTER_S = 3_600.0
RETRYABLE_STATUSES = frozenset({408, 429, 500, 502, 503, 504, 524, 529})
_KIND_OF_STATUS = {
    400: "invalid_request", 401: "unauthorized", 402: "payment_required", 403: "forbidden", 404: "model_not_found",
    408: "timeout", 413: "payload_too_large", 422: "unprocessable", 429: "rate_limited", 500: "provider_error",
    502: "provider_error", 503: "provider_unavailable", 504: "timeout", 524: "timeout", 529: "provider_overloaded",
}  # fmt: skip
_STATUS_OF_NAME = {
    "rate_limit_exceeded": 429, "rate_limit_error": 429, "too_many_requests": 429, "insufficient_quota": 402,
    "invalid_api_key": 401, "authentication_error": 401, "permission_error": 403, "model_not_found": 404,
    "not_found_error": 404, "invalid_request_error": 400, "overloaded_error": 529, "server_error": 500, "timeout": 408,
}  # fmt: skip
"""What OpenAI-compatible servers write where OpenRouter writes a number."""
_RETRYABLE_KINDS = frozenset(
    {"rate_limited", "provider_overloaded", "provider_unavailable", "provider_error", "timeout"}
)
_ANOTHER_MODEL_MAY = _RETRYABLE_KINDS | {
    "model_not_found", "context_too_long", "unsupported_parameter", "unknown_status"
}  # fmt: skip
"""After these the next model of the chain is asked; any other would say the same again."""
_STATUS_DECIDES = frozenset({401, 402})
"""Whatever the sentence says: it may name the model or the limit that could not be paid for."""


def refusal(
    status: int, body: Any, headers: Mapping[str, str], *, usage: Usage | None = None, generation_id: str | None = None
) -> CallFailed:
    """The failure a status and an error body tell of. Never repeats the provider's words: they may quote the prompt.

    Args:
        status: of HTTP, or the `code` inside a 200.
        body: the parsed reply, in whatever shape it came.
        headers: lower-case names.
        usage: what the reply says was used, if it says so; only then is an error taken as billed.
        generation_id: to look the cost up by.
    """
    error = body.get("error") if isinstance(body, Mapping) else None
    facts = error if isinstance(error, Mapping) else {}
    metadata = facts.get("metadata") if isinstance(facts.get("metadata"), Mapping) else {}
    assert isinstance(metadata, Mapping)
    error_type = metadata.get("error_type") or facts.get("error_type")
    said = told(body)
    named = None if status in _STATUS_DECIDES else said.kind
    kind = named or _KIND_OF_STATUS.get(status) or _kind_of_other(status)
    is_retryable = kind in _RETRYABLE_KINDS or (kind == "unknown_status" and status >= 500)
    if error_type in {None, "unmapped"}:
        is_retryable = is_retryable and (status in RETRYABLE_STATUSES or kind == "unknown_status")
    availability = facts.get("availability")
    if not isinstance(availability, Mapping):
        availability = metadata.get("availability")
    if isinstance(availability, Mapping) and isinstance(availability.get("retryable"), bool):
        is_retryable = bool(availability["retryable"])
    charge: Literal["known", "none"] = "known" if usage is not None and usage.cost_usd_micros is not None else "none"
    return CallFailed(
        kind,
        f"the provider answered {status} ({kind})",
        status=status,
        is_retryable=is_retryable,
        tries_next=kind in _ANOTHER_MODEL_MAY or is_retryable,
        retry_after_s=_retry_after(headers, facts, metadata, said.retry_after_s),
        charge=charge,
        usage=usage,
        generation_id=generation_id,
        parameter=said.parameter if kind == "unsupported_parameter" else None,
    )


def status_inside(body: Any) -> int:
    """The code a 200 with a top-level error carries; 502 when it names none."""
    error = body.get("error") if isinstance(body, Mapping) else None
    facts = error if isinstance(error, Mapping) else body if isinstance(body, Mapping) else {}
    for name in ("code", "status", "type"):
        value = facts.get(name)
        if isinstance(value, str):
            value = int(value) if value.isascii() and value.isdigit() else _STATUS_OF_NAME.get(value)
        if isinstance(value, int | float) and not isinstance(value, bool) and 400 <= value < 600:
            return int(value)
    return 502


def parse_retry_after(text: str | None, *, now: datetime | None = None) -> float | None:
    """Seconds to wait, from seconds or an HTTP date; None when it is neither or absurd."""
    if text is None:
        return None
    text = text.strip()
    try:
        seconds = float(text)
    except ValueError:
        try:
            at = parsedate_to_datetime(text)
        except (ValueError, TypeError):
            return None
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        seconds = (at - (now or datetime.now(UTC))).total_seconds()
    if not math.isfinite(seconds):
        return None
    return min(max(seconds, 0.0), MAX_RETRY_AFTER_S)


def _retry_after(
    headers: Mapping[str, str], facts: Mapping[str, Any], metadata: Mapping[str, Any], in_sentence: float | None
) -> float | None:
    found = parse_retry_after(headers.get("retry-after"))
    if found is not None:
        return found
    found = parse_retry_after(headers.get("retry-after-ms"))
    if found is not None:
        return found / 1000
    inner = metadata.get("headers")
    if isinstance(inner, Mapping):
        lower = {str(name).lower(): str(value) for name, value in inner.items()}
        found = parse_retry_after(lower.get("retry-after"))
        if found is not None:
            return found
    for value in (metadata.get("retry_after"), facts.get("retry_after"), metadata.get("retry_after_seconds")):
        if isinstance(value, int | float) and not isinstance(value, bool):
            return parse_retry_after(str(value))
    return None if in_sentence is None else parse_retry_after(str(in_sentence))


def _kind_of_other(status: int) -> str:
    return "unknown_status" if status >= 500 or status < 400 else "invalid_request"
