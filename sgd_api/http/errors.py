"""Our errors -> HTTP: one envelope. Codes and statuses are the classes' own (`sgd_resources/errors.py`).

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
from sgd_resources.errors import STATUS_OF_CODE
from sgd_resources.shown.moment import rfc3339

# Of those the framework decides on; any other is a fault of the request below 500, else of ours.
_CODE_OF_STATUS = {
    kind.http_status: kind.code
    for kind in (
        errors.Unauthorized, errors.Forbidden, errors.NotFound, errors.Conflict, errors.PayloadTooLarge,
        errors.ValidationFailed, errors.RateLimited, errors.Unavailable,
    )
}  # fmt: skip
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
            "timestamp": rfc3339(datetime.now(UTC)),
        }
        content = to_json({"error": error}, inf_nan_mode="null", fallback=str)
        headers = {"Cache-Control": "no-store", **self.headers}
        return Response(content, self.status, headers, media_type="application/json")


def http_error(error: errors.SgdError) -> HttpError:
    """The HTTP form of one of our errors. A fault of ours keeps its details in the log, not in the answer."""
    details: dict[str, Any] = dict(error.details)
    headers: dict[str, str] = {}
    message = error.message
    if error.code == errors.SgdError.code:
        message, details = INTERNAL_MESSAGE, {}
    if isinstance(error, errors.RejectedEvidence):
        details |= {"verdict": error.verdict, "reason": error.reason}
    if isinstance(error, errors.Unavailable):
        headers["Retry-After"] = str(max(1, math.ceil(error.retry_after_s)))
        details["retry_after_s"] = error.retry_after_s
    if isinstance(error, errors.Unauthorized):
        headers["WWW-Authenticate"] = 'Bearer realm="sgd"'
    return HttpError(error.http_status, error.code, message, details, headers)


def stored_http_error(row: Mapping[str, Any]) -> HttpError:
    """The HTTP form of `{"code", "message", "details"}` as the row of a failed request keeps it."""
    code = str(row.get("code"))
    if STATUS_OF_CODE.get(code, 500) == 500:
        return HttpError(500, errors.SgdError.code, str(row.get("message") or INTERNAL_MESSAGE))
    details = dict(row.get("details") or {})
    retry_after_s = details.get("retry_after_s")
    headers = {}
    if isinstance(retry_after_s, int | float):
        headers["Retry-After"] = str(max(1, math.ceil(retry_after_s)))
    return HttpError(STATUS_OF_CODE[code], code, str(row.get("message", "")), details, headers)


def status_http_error(status: int, message: str, headers: Mapping[str, str] | None = None) -> HttpError:
    """The envelope for a status the framework itself decided on: 404, 405 and their kin."""
    code = _CODE_OF_STATUS.get(status, errors.InvalidInput.code if status < 500 else errors.SgdError.code)
    return HttpError(status, code, message, {}, dict(headers or {}))
