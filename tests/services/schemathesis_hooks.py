"""What the fuzzer does before each request: a valid Idempotency-Key is one that nobody has used yet.

It draws short keys again and again with other bodies, which is a 422 by design; tests/sgd_api/http/once sends those.
"""

import re
import uuid
from typing import Any

import schemathesis

_VALID = re.compile(r"[!#-~]([ -~]{0,253}[!#-~])?")


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Called with the request as it was drawn."""
    del context, kwargs
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and _VALID.fullmatch(key):
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
