"""Errors in OpenAI's own shape, on the addresses under /v1 that its clients call.

    {"error": {"message", "type", "param", "code"}}

What must not live here: which error it is (`errors.py` has the one table).

Source: OpenAI's API reference and its Python SDK, November 2026: `x-should-retry` overrides the SDK's own rule.
"""

from collections.abc import Mapping

from pydantic_core import to_json
from starlette.responses import Response

from sgd_api.http.errors import HttpError

_PREFIXES = tuple(
    f"/v1/{name}"
    for name in ("chat", "models", "completions", "embeddings", "responses", "images", "audio", "moderations")
)
"""Addresses that its clients call, those that we have not too; what else begins with /v1 is ours."""
_TYPE_AND_CODE: Mapping[str, tuple[str, str | None]] = {
    "UNAUTHORIZED": ("invalid_request_error", "invalid_api_key"),
    "FORBIDDEN": ("invalid_request_error", "forbidden"),
    "NOT_FOUND": ("invalid_request_error", "model_not_found"),
    "PAYLOAD_TOO_LARGE": ("invalid_request_error", "context_length_exceeded"),
    "RATE_LIMIT_EXCEEDED": ("requests", "rate_limit_exceeded"),
    "BUDGET_EXCEEDED": ("insufficient_quota", "insufficient_quota"),
}
_LATER = "BUDGET_EXCEEDED"
"""Waiting a second or two, as the SDK would, does not bring the money back."""


def speaks_openai(path: str) -> bool:
    """Whether the address is one that OpenAI's clients call."""
    return path.startswith(_PREFIXES)


def shaped(path: str, failure: HttpError, request_id: str) -> Response:
    """The failure as the clients of this address expect it."""
    if not speaks_openai(path):
        return failure.response(request_id)
    headers = {"Cache-Control": "no-store", **failure.headers}
    if _is_final(failure):
        headers["x-should-retry"] = "false"
    return Response(to_json(openai_body(failure)), failure.status, headers, media_type="application/json")


def _is_final(failure: HttpError) -> bool:
    """Whether the same request would end the same way, paid for again; without `Retry-After` nothing will change."""
    if failure.code == _LATER:
        return failure.details.get("reserved_usd_micros") is None or _is_spent(failure)
    return failure.status < 429 or (failure.status == 502 and "Retry-After" not in failure.headers)


def _is_spent(failure: HttpError) -> bool:
    """Whether the money is spent, not only held by calls in flight."""
    told = failure.details
    return bool(told["spent_usd_micros"] + told["asked_usd_micros"] > told["limit_usd_micros"])


def openai_body(failure: HttpError) -> dict[str, dict[str, str | None]]:
    """The body: no detail of ours but the path of the first fault."""
    kind, code = _TYPE_AND_CODE.get(
        failure.code, ("invalid_request_error", None) if failure.status < 500 else ("server_error", None)
    )
    if failure.code == _LATER and not _is_final(failure):
        kind, code = _TYPE_AND_CODE["RATE_LIMIT_EXCEEDED"]  # what is held by calls in flight comes back in seconds
    if failure.details.get("kind") == "content_filtered" or failure.code == "CONTENT_BLOCKED":
        kind, code = "invalid_request_error", "content_filter"
    errors = failure.details.get("errors")
    first = errors[0] if isinstance(errors, list | tuple) and errors and isinstance(errors[0], Mapping) else {}
    path = str(first.get("path", "")).removeprefix("$.")
    return {"error": {"message": failure.message, "type": kind, "param": path or None, "code": code}}
