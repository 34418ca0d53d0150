"""One pipelined Redis connection for the hot path: commands of one loop turn leave in one write.

A model call makes half a dozen round trips; the general client spends more on each than Redis does. What must not live
here: what the commands mean (`shared_state.py` and those who use it).
"""

import asyncio
import ssl
from collections import deque
from typing import Any, cast

import hiredis
from redis.connection import parse_url

STALL_S = 1.0
"""A connection that answers nothing for so long is dropped with everything on it."""


class LinkLost(ConnectionError):
    """The connection broke with the command on it; whether it was done is not known."""


class _Connection(asyncio.Protocol):
    def __init__(self) -> None:
        self._reader = hiredis.Reader()
        self._waiting: deque[asyncio.Future[Any]] = deque()
        self._out: list[bytes] = []
        self._transport: asyncio.Transport | None = None
        self._loop = asyncio.get_running_loop()
        self._answered = 0
        self._watch: asyncio.TimerHandle | None = None
        self.is_lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._reader.feed(data)
        while (reply := self._reader.gets()) is not False:
            self._answered += 1
            waiting = self._waiting.popleft()
            if waiting.done():
                continue
            if isinstance(reply, hiredis.ReplyError):
                waiting.set_exception(reply)
            else:
                waiting.set_result(reply)

    def connection_lost(self, error: Exception | None) -> None:
        self.is_lost = True
        if self._watch is not None:
            self._watch.cancel()
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_exception(LinkLost("Redis closed the connection"))

    def execute(self, args: tuple[Any, ...]) -> "asyncio.Future[Any]":
        future: asyncio.Future[Any] = self._loop.create_future()
        if self.is_lost:
            future.set_exception(LinkLost("Redis closed the connection"))
            return future
        if not self._out:
            self._loop.call_soon(self._flush)
        self._out.append(hiredis.pack_command(args))
        self._waiting.append(future)
        if self._watch is None:
            self._watch = self._loop.call_later(STALL_S, self._look, self._answered)
        return future

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def _flush(self) -> None:
        out, self._out = self._out, []
        if self._transport is not None and not self.is_lost:
            self._transport.write(b"".join(out))

    def _look(self, answered_before: int) -> None:
        self._watch = None
        if not self._waiting:
            return
        if self._answered == answered_before and self._transport is not None:
            self._transport.abort()
            return
        self._watch = self._loop.call_later(STALL_S, self._look, self._answered)


class RedisLink:
    """Commands to one Redis, bound to the event loop of its first use; reconnects when it was lost.

    Args:
        url: `redis://`, `rediss://` or `unix://`.
    """

    def __init__(self, url: str) -> None:
        self._target: dict[str, Any] = parse_url(url)  # type: ignore[no-untyped-call]  # untyped upstream
        self._is_tls = url.startswith("rediss://")
        self._connection: _Connection | None = None
        self._connecting: asyncio.Lock | None = None

    async def execute(self, *args: Any) -> Any:
        """The reply. Raises hiredis.ReplyError, OSError (LinkLost among them)."""
        connection = self._connection
        if connection is None or connection.is_lost:
            connection = await self._connect()
        return await connection.execute(args)

    def post(self, *args: Any) -> bool:
        """Send without waiting; what is sent after it is done after it. False when there is no connection."""
        connection = self._connection
        if connection is None or connection.is_lost:
            return False
        connection.execute(args).add_done_callback(_forget)
        return True

    async def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    async def _connect(self) -> _Connection:
        self._connecting = self._connecting or asyncio.Lock()
        async with self._connecting:
            if self._connection is not None and not self._connection.is_lost:
                return self._connection
            made = await asyncio.wait_for(self._open(), STALL_S)
            target = self._target
            if target.get("password"):
                name = (target["username"],) if target.get("username") else ()
                await made.execute(("AUTH", *name, target["password"]))
            if target.get("db"):
                await made.execute(("SELECT", str(target["db"])))
            self._connection = made
            return made

    async def _open(self) -> _Connection:
        loop = asyncio.get_running_loop()
        if "path" in self._target:
            return (await loop.create_unix_connection(_Connection, self._target["path"]))[1]
        host, port = self._target.get("host", "localhost"), self._target.get("port", 6379)
        context = ssl.create_default_context() if self._is_tls else None
        return (await loop.create_connection(_Connection, host, port, ssl=context))[1]


def _forget(reply: "asyncio.Future[Any]") -> None:
    # Asking for the error marks it as seen: nobody waits for this reply.
    if not reply.cancelled():
        reply.exception()
