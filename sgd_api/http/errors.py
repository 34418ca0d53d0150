"""Our errors -> HTTP: one table, one envelope. The other such table is `sgd_assets/graph/failures.py` (for Dagster).

    {"error": {"code", "message", "details", "request_id", "timestamp"}}

What must not live here: raising errors, or logging them.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pydantic_core import to_json
from starlette.responses import Response

from sgd_resources import errors

STATUS_OF_CODE: Mapping[str, int] = {
    "INVALID_REQUEST": 400,
    "UNAUTHORIZED": 401,
    "FORBIDDEN": 403,
    "NOT_FOUND": 404,
    "REQUEST_TIMEOUT": 408,
    "CONFLICT": 409,
    "PAYLOAD_TOO_LARGE": 413,
    "VALIDATION_FAILED": 422,
    "RATE_LIMIT_EXCEEDED": 429,
    "BUDGET_EXCEEDED": 429,
    "LLM_PROVIDER_ERROR": 502,
    "UNAVAILABLE": 503,
    "INTERNAL_ERROR": 500,
}
# Most specific first: the first class that matches decides.
_CODE_OF_ERROR: tuple[tuple[type[errors.SgdError], str], ...] = (
    (errors.NotFound, "NOT_FOUND"),
    (errors.Unauthorized, "UNAUTHORIZED"),
    (errors.Forbidden, "FORBIDDEN"),
    (errors.Conflict, "CONFLICT"),
    (errors.PayloadTooLarge, "PAYLOAD_TOO_LARGE"),
    (errors.TooSlow, "REQUEST_TIMEOUT"),
    (errors.ValidationFailed, "VALIDATION_FAILED"),
    (errors.RejectedEvidence, "VALIDATION_FAILED"),
    (errors.ProviderRefused, "LLM_PROVIDER_ERROR"),
    (errors.InvalidInput, "INVALID_REQUEST"),
    (errors.RateLimited, "RATE_LIMIT_EXCEEDED"),
    (errors.BudgetExceeded, "BUDGET_EXCEEDED"),
    (errors.ProviderFailed, "LLM_PROVIDER_ERROR"),
    (errors.Unavailable, "UNAVAILABLE"),
    (errors.SgdError, "INTERNAL_ERROR"),
)
_CODE_OF_STATUS = {401: "UNAUTHORIZED", 403: "FORBIDDEN", 404: "NOT_FOUND", 409: "CONFLICT", 413: "PAYLOAD_TOO_LARGE"}
_CODE_OF_STATUS |= {422: "VALIDATION_FAILED", 429: "RATE_LIMIT_EXCEEDED", 503: "UNAVAILABLE"}
INTERNAL_MESSAGE = "something failed on our side; the request id finds it in our logs"


@dataclass(frozen=True)
class HttpError:
    """An error as a client sees it."""

    status: int
    code: str
    message: str
    details: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self, request_id: str) -> Response:
        """The envelope, with `request_id` and the time of the answer (UTC)."""
        error = {
            "code": self.code,
            "message": self.message,
            "details": dict(self.details),
            "request_id": request_id,
            "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }
        content = to_json({"error": error}, inf_nan_mode="null", fallback=str)
        headers = {"Cache-Control": "no-store", **self.headers}
        return Response(content, self.status, headers, media_type="application/json")


def http_error(error: errors.SgdError) -> HttpError:
    """The HTTP form of one of our errors. A fault of ours keeps its details in the log, not in the answer."""
    code = next(code for kind, code in _CODE_OF_ERROR if isinstance(error, kind))
    details: dict[str, Any] = dict(error.details)
    headers: dict[str, str] = {}
    message = error.message
    if code == "INTERNAL_ERROR":
        message, details = INTERNAL_MESSAGE, {}
    if isinstance(error, errors.RejectedEvidence):
        details |= {"verdict": error.verdict, "reason": error.reason}
    if isinstance(error, errors.Unavailable):
        headers["Retry-After"] = str(max(1, math.ceil(error.retry_after_s)))
        details["retry_after_s"] = error.retry_after_s
    if isinstance(error, errors.Unauthorized):
        headers["WWW-Authenticate"] = 'Bearer realm="sgd"'
    return HttpError(STATUS_OF_CODE[code], code, message, details, headers)


def stored_http_error(row: Mapping[str, Any]) -> HttpError:
    """The HTTP form of `{"code", "message", "details"}` as the row of a failed request keeps it."""
    code = str(row.get("code"))
    if code not in STATUS_OF_CODE or code == "INTERNAL_ERROR":
        return HttpError(500, "INTERNAL_ERROR", str(row.get("message") or INTERNAL_MESSAGE))
    details = dict(row.get("details") or {})
    retry_after_s = details.get("retry_after_s")
    headers = {}
    if isinstance(retry_after_s, int | float):
        headers["Retry-After"] = str(max(1, math.ceil(retry_after_s)))
    return HttpError(STATUS_OF_CODE[code], code, str(row.get("message", "")), details, headers)


def status_http_error(status: int, message: str, headers: Mapping[str, str] | None = None) -> HttpError:
    """The envelope for a status the framework itself decided on: 404, 405 and their kin."""
    code = _CODE_OF_STATUS.get(status, "INVALID_REQUEST" if status < 500 else "INTERNAL_ERROR")
    return HttpError(status, code, message, {}, dict(headers or {}))
