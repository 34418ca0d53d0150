"""Keeps the answer of a request that was claimed, before the client gets it, and frees a claim that came to nothing.

Kept: answers of success, and 422, since a model's answer that stays broken has cost money. All others say that nothing
was made. A stream of events goes through and is not kept. What must not live here: claiming (`entry.py`).
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

import anyio
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sgd_api.http.once.private_things import is_private
from sgd_api.http.once.request_hash import RequestHash
from sgd_api.http.once.shown_once import secrets_of, without_secrets
from sgd_resources.errors import SgdError
from sgd_resources.events import warn
from sgd_resources.postgres.rows.work.kept_answers import MOST_BODY_BYTES, Answer

STATE = "once"
HEADER = "idempotency-key"
_KEPT_HEADERS = ("content-type", "location", "cache-control", "preference-applied")
_MOST_UNREAD_BYTES = 1_000_000
"""Of a body that its route did not read; it is part of what was asked."""
_UNREAD_PATIENCE_S = 5.0


class Claim(Protocol):
    """A key that this request holds; both methods block."""

    @property
    def account(self) -> str:
        """Of the caller: who else reads what is private to it."""
        ...

    def keep(self, answer: Answer) -> None:
        """Answer the key with this from now on."""

    def free(self) -> None:
        """Let the next request have the key."""


class OnceLayer:
    """ASGI middleware, inside of whatever changes requests."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] != "POST" or HEADER not in Headers(scope=scope):
            await self._app(scope, receive, send)
            return
        exchange = Exchange(scope, receive, send)
        scope.setdefault("state", {})[STATE] = exchange
        try:
            await self._app(scope, exchange.receive, exchange.send)
        finally:
            with anyio.CancelScope(shield=True):
                await exchange.let_go()


class Exchange:
    """One request with a key and its answer.

    Attributes:
        asked: the hash of the request, as far as its body has been read.
    """

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked = RequestHash(scope)
        self._scope, self._receive, self._send = scope, receive, send
        self._claim: Claim | None = None
        self._start: Message | None = None
        self._body = bytearray()

    def begin(self, claim: Claim) -> None:
        """The answer belongs to this claim."""
        self._claim = claim

    async def receive(self) -> Message:
        """The next piece of the request."""
        message = await self._receive()
        if message["type"] == "http.request":
            self.asked.add(message.get("body", b""), is_last=not message.get("more_body", False))
        return message

    async def send(self, message: Message) -> None:
        """Hold the answer back until it is kept."""
        if self._claim is None or (self._start is None and message["type"] != "http.response.start"):
            await self._send(message)  # nothing to keep, or not any more
        elif self._start is None:
            if Headers(raw=message["headers"]).get("content-type", "").startswith("text/event-stream"):
                await self._send(message)  # the claim ends with the stream
            else:
                self._start = message
        else:
            self._body += message.get("body", b"")
            is_last = not message.get("more_body", False)
            if is_last or len(self._body) > MOST_BODY_BYTES:
                await self._settle()
                start, self._start = self._start, None
                await self._send(start)
                await self._send({**message, "body": bytes(self._body)})
                self._body.clear()

    async def let_go(self) -> None:
        """Free the claim, if no answer was kept."""
        claim, self._claim = self._claim, None
        if claim is not None:
            await _told(claim.free)

    async def _settle(self) -> None:
        assert self._claim is not None
        assert self._start is not None
        status = self._start["status"]
        if not (status < 300 or status == 422) or not await self._is_read():
            await self.let_go()
            return
        answer = self._answer(status)
        claim, self._claim = self._claim, None
        await _told(lambda: claim.keep(answer))

    def _answer(self, status: int) -> Answer:
        assert self._start is not None
        headers = Headers(raw=self._start["headers"])
        assert self._claim is not None
        model = getattr(self._scope.get("route"), "response_model", None) if status < 300 else None
        secrets, body = secrets_of(model), _text(bytes(self._body))
        return Answer(
            request_sha256=self.asked.hexdigest(),
            request_bytes=self.asked.size_bytes,
            status=status,
            headers={name: headers[name] for name in _KEPT_HEADERS if name in headers},
            body=None if body is None else without_secrets(body, secrets),
            seen_by=self._claim.account if is_private(model, body) else None,
        )

    async def _is_read(self) -> bool:
        """Whether the whole request is known: what its route left is read now, within bounds."""
        # A body that is refused now (it is not the signed one) was no part of an answer that is given already.
        with suppress(SgdError), anyio.move_on_after(_UNREAD_PATIENCE_S):
            while not self.asked.is_whole and self.asked.size_bytes <= _MOST_UNREAD_BYTES:
                if (await self.receive())["type"] != "http.request":
                    break
        return self.asked.is_whole


def _text(body: bytes) -> str | None:
    """None where it is too large to be kept, or no text that a row can hold."""
    if len(body) > MOST_BODY_BYTES or b"\0" in body:
        return None
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


async def _told(act: Callable[[], None]) -> None:
    """The work is done and its answer is true, whether the key learns of it or not: its claim runs out by itself."""
    try:
        await anyio.to_thread.run_sync(act)
    except SgdError as error:
        warn("idempotency.not_kept", reason=error.code)
