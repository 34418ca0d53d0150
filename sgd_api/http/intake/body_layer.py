"""Counts the bodies of callers while they come and are worked on, whichever route reads them.

What must not live here: how many bytes there may be (`in_flight.py`).
"""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sgd_api.http.intake.in_flight import BodiesInFlight, Passage

_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


class BodyLayer:
    """ASGI middleware: a body that does not fit beside the others of its org is RateLimited before it is read.

    Args:
        app: what reads bodies, once it knows the caller (`state["caller"]`); without one nothing is counted.
        bodies: of this process.
    """

    def __init__(self, app: ASGIApp, bodies: BodiesInFlight) -> None:
        self._app = app
        self._bodies = bodies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] not in _WITH_BODY:
            await self._app(scope, receive, send)
            return
        reading = _Reading(scope, receive, self._bodies)
        try:
            await self._app(scope, reading.receive, send)
        finally:
            reading.end()


class _Reading:
    def __init__(self, scope: Scope, receive: Receive, bodies: BodiesInFlight) -> None:
        self._scope = scope
        self._receive = receive
        self._bodies = bodies
        self._passage: Passage | None = None

    async def receive(self) -> Message:
        caller = self._scope.get("state", {}).get("caller")
        if self._passage is None and caller is not None:
            self._passage = self._bodies.enter(caller.org_id, _declared(self._scope))
        message = await self._receive()
        if self._passage is not None and message["type"] == "http.request":
            self._bodies.note(self._passage, len(message.get("body", b"")))
        return message

    def end(self) -> None:
        if self._passage is not None:
            self._bodies.leave(self._passage)


def _declared(scope: Scope) -> int | None:
    told = Headers(scope=scope).get("content-length", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) <= 18 else None
