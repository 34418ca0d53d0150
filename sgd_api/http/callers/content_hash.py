"""Bodies whose SHA-256 the client declared are what was declared: a signature covers the hash, this covers the body.

What must not live here: the signature (`sgd_resources/identity/signed_request.py`).
"""

import hashlib
import hmac

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sgd_api.http.callers.auth import CONTENT_HASH_HEADER
from sgd_resources.errors import Unauthorized


class ContentHashLayer:
    """ASGI middleware: the last piece of a body that is not the declared one never arrives; Unauthorized is raised."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        declared = Headers(scope=scope).get(CONTENT_HASH_HEADER) if scope["type"] == "http" else None
        await self._app(scope, receive if declared is None else _checked(receive, declared), send)


def _checked(receive: Receive, declared: str) -> Receive:
    seen = hashlib.sha256()

    async def checked() -> Message:
        message = await receive()
        if message["type"] == "http.request":
            seen.update(message.get("body", b""))
            is_last = not message.get("more_body", False)
            if is_last and not hmac.compare_digest(
                seen.hexdigest().encode(), declared.lower().encode("utf-8", "replace")
            ):
                raise Unauthorized("the body is not the one that X-SGD-Content-SHA256 names")
        return message

    return checked
