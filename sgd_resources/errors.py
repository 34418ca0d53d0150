"""The error tree. Every client of the outside world raises only these; each class carries its code and HTTP status.

    SgdError
    ├── InvalidInput          the caller must change something; a retry cannot help (HTTP 4xx)
    │   ├── NotFound              no such thing, or not this org's (indistinguishable on purpose)
    │   ├── Unauthorized          no credential, or one that is unknown, expired or revoked
    │   ├── Forbidden             a known caller without the right
    │   ├── Conflict              the state of the thing forbids it now
    │   ├── PayloadTooLarge       over a byte, page, pixel or quota cap
    │   ├── TooSlow               a request's body came too slowly; send it again over a better line
    │   ├── ValidationFailed      well-formed, but breaks a contract; `details` names the paths
    │   ├── ContentBlocked        the content policy refuses what is said or shown; `details` names the rule
    │   ├── RejectedEvidence      the evidence gate's refusal, with its verdict and reason
    │   └── ProviderRefused       a model provider refused the request or our key; trying again changes nothing
    ├── Unavailable           wait and try again; `retry_after_s` says how long (HTTP 429/502/503/504)
    │   ├── RateLimited           too many calls
    │   ├── BudgetExceeded        the money for this scope is spent
    │   ├── ProviderFailed        a model provider failed after retries
    │   └── StorageFull           no room left to write
    └── BrokenContract        our own or a model's output violates a schema (HTTP 500/502)
        └── CorruptObject         stored bytes do not have the hash they were stored under

A class without a code of its own has its parent's. What must not live here: the form of an answer
(`sgd_api/http/errors.py`) or what Dagster hears (`sgd_assets/graph/failures.py`).
"""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar


class SgdError(Exception):
    """Base of every error SGD raises on purpose.

    Attributes:
        code: for a program; one of those of the contract `error`.
        http_status: of an answer with that code.
        message: one sentence for a person; holds no secret and no document text.
        details: JSON-safe facts for a program (field paths, limits, names).
    """

    code: ClassVar[str] = "INTERNAL_ERROR"
    http_status: ClassVar[int] = 500

    def __init__(self, message: str, *, details: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.details: dict[str, Any] = dict(details or {})


class InvalidInput(SgdError):
    """The caller must change something before trying again."""

    code = "INVALID_REQUEST"
    http_status = 400


class NotFound(InvalidInput):
    """No such thing in this org."""

    code = "NOT_FOUND"
    http_status = 404


class Unauthorized(InvalidInput):
    """No usable credential was presented."""

    code = "UNAUTHORIZED"
    http_status = 401


class Forbidden(InvalidInput):
    """The caller is known and may not do this."""

    code = "FORBIDDEN"
    http_status = 403


class Conflict(InvalidInput):
    """The thing's present state forbids the request."""

    code = "CONFLICT"
    http_status = 409


class PayloadTooLarge(InvalidInput):
    """A size cap was passed."""

    code = "PAYLOAD_TOO_LARGE"
    http_status = 413


class TooSlow(InvalidInput):
    """The body of a request came too slowly, or stopped coming."""

    code = "REQUEST_TIMEOUT"
    http_status = 408


class ValidationFailed(InvalidInput):
    """A document breaks its contract; `details["errors"]` lists path and message of each fault."""

    code = "VALIDATION_FAILED"
    http_status = 422


class ContentBlocked(InvalidInput):
    """The content policy refuses a text or a picture. `details` name rule and place, never the words."""

    code = "CONTENT_BLOCKED"
    http_status = 422


class RejectedEvidence(InvalidInput):
    """The evidence gate refused the bytes."""

    code = "VALIDATION_FAILED"
    http_status = 422

    def __init__(self, verdict: str, reason: str, *, details: Mapping[str, Any] | None = None) -> None:
        super().__init__(f"{verdict}: {reason}", details=details)
        self.verdict = verdict
        self.reason = reason


class ProviderRefused(InvalidInput):
    """A model provider refused the request, our key or our credit; `details["kind"]` says which."""

    code = "LLM_PROVIDER_ERROR"
    http_status = 502


class Unavailable(SgdError):
    """Something outside is down or busy; the same call may work later."""

    code = "UNAVAILABLE"
    http_status = 503

    def __init__(self, message: str, *, retry_after_s: float = 5.0, details: Mapping[str, Any] | None = None) -> None:
        super().__init__(message, details=details)
        self.retry_after_s = retry_after_s


class RateLimited(Unavailable):
    """Too many calls in the window."""

    code = "RATE_LIMIT_EXCEEDED"
    http_status = 429


class BudgetExceeded(Unavailable):
    """The money for this scope and day is spent or reserved."""

    code = "BUDGET_EXCEEDED"
    http_status = 429


class ProviderFailed(Unavailable):
    """A model or parsing provider failed after the retries its policy allows."""

    code = "LLM_PROVIDER_ERROR"
    http_status = 502


class IndexDamaged(Unavailable):
    """The org's search index cannot be read; its next embedding run makes it anew."""


class StorageFull(Unavailable):
    """The store has no room; nothing was left half-written."""


class BrokenContract(SgdError):
    """An output of ours or of a model violates its schema. A blind retry does not help."""


class CorruptObject(BrokenContract):
    """Stored bytes no longer hash to the name they were stored under."""


def _with_descendants(kind: type[SgdError]) -> Iterator[type[SgdError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _with_descendants(child)


STATUS_OF_CODE: Mapping[str, int] = {kind.code: kind.http_status for kind in _with_descendants(SgdError)}
"""For a code that was written down: in the row of a failed request."""
