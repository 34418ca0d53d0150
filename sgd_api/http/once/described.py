"""What OpenAPI says of `Idempotency-Key`: every POST that has a caller takes it, so every one of them says so.

What must not live here: making the rest of the description (`sgd_api/http/openapi.py`).
"""

from typing import Any

from sgd_api.http.once.key import IDEMPOTENCY_KEY_SCHEMA

_NAME = "Idempotency-Key"
_SAID = (
    "The same request under the same key gets the same answer for 24 hours, marked `Idempotent-Replayed: true`, and "
    "nothing is made twice; secrets are left out of it. 409 while the first runs, 422 with another body."
)
_ERROR = {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorEnvelope"}}}
_CONFLICT = "the first request with this Idempotency-Key still runs, or its answer was too large to be kept"


def describe(operation: dict[str, Any]) -> None:
    """Add the header, and the 409 where the route has none of its own, to a POST route."""
    parameters = operation.setdefault("parameters", [])
    if not any(one["name"] == _NAME for one in parameters):
        parameters.append({"name": _NAME, "in": "header", "schema": dict(IDEMPOTENCY_KEY_SCHEMA), "description": _SAID})
    operation["responses"].setdefault("409", {"description": _CONFLICT, "content": _ERROR})
