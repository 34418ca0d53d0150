"""The header `Idempotency-Key`: how it is written, and how a route that keeps its keys itself reads it.

What must not live here: what a key stands for.
"""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant

from sgd_resources.errors import InvalidInput

MAX_IDEMPOTENCY_KEY_CHARACTERS = 255
IDEMPOTENCY_KEY_SCHEMA = {
    "type": "string",
    "minLength": 1,
    "maxLength": MAX_IDEMPOTENCY_KEY_CHARACTERS,
    "pattern": r"^[!#-~]([ -~]*[!#-~])?$",
}


def idempotency_key(request: Request) -> str | None:
    """The request's Idempotency-Key, or None.

    Raises:
        InvalidInput: sent twice, empty, over 255 characters, or not printable ASCII.
    """
    found = request.headers.getlist("idempotency-key")
    if not found:
        return None
    key = found[0].strip().strip('"')
    if (
        len(found) > 1
        or not 0 < len(key) <= MAX_IDEMPOTENCY_KEY_CHARACTERS
        or not (key.isascii() and key.isprintable())
    ):
        raise InvalidInput("Idempotency-Key is one value of 1 to 255 printable ASCII characters")
    return key


async def _own_key(request: Request) -> str | None:
    # A coroutine: FastAPI sends other dependencies to a thread, at every request.
    return idempotency_key(request)


IdempotencyKey = Annotated[str | None, Depends(_own_key)]
"""Of a route whose own rows know the keys they were made under."""


def keeps_its_own(dependant: Dependant) -> bool:
    """Whether a route asks for the key itself."""
    return any(inner.call is _own_key for inner in dependant.dependencies)
