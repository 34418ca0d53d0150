"""HTTP methods beyond those a route names: HEAD of whatever has a GET, and the whole Allow header of a 405.

What must not live here: any route.
"""

from collections.abc import Iterable

from starlette.requests import Request
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OWN_HEAD = "/assets/"
"""Signed for one method each: this route answers HEAD itself."""


class HeadLayer:
    """ASGI middleware: HEAD is answered as GET without its body (RFC 9110, 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] != "HEAD" or scope["path"].startswith(_OWN_HEAD):
            await self._app(scope, receive, send)
            return

        # A copy: the server keeps the scope and must go on knowing that a HEAD was asked, or it waits for the body.
        inner = {**scope, "method": "GET"}

        async def without_body(message: Message) -> None:
            _tell(scope, inner)
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        try:
            await self._app(inner, receive, without_body)
        finally:
            _tell(scope, inner)


def _tell(outer: Scope, inner: Scope) -> None:
    """Let the layers around see what the ones inside found, such as the route; the method stays the one asked."""
    outer.update({name: value for name, value in inner.items() if name != "method"})


def allowed_methods(request: Request, routes: Iterable[BaseRoute]) -> list[str]:
    """Every method that one of the routes answers at this path, sorted; its own route beats one with a parameter."""
    found = [route for route in routes if route.matches(dict(request.scope))[0] is not Match.NONE]
    own = [route for route in found if getattr(route, "path", None) == request.url.path]
    methods: set[str] = set()
    for route in own or found:
        methods |= set(getattr(route, "methods", None) or ())
    return sorted(methods | ({"HEAD"} if "GET" in methods else set()))
