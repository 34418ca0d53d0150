"""One pipelined Redis connection for the hot path: commands of one loop turn leave in one write.

A model call makes half a dozen round trips; the general client spends more on each than Redis does. A Redis that says
nothing is waited for once, not by each command: then the link rests, every command fails at once, and looks beside them
find out when it speaks again. What must not live here: what the commands mean (`shared_state.py` and those who use it).
"""

import asyncio
import math
import ssl
from collections import deque
from collections.abc import Callable
from typing import Any, cast

import hiredis
from redis.connection import parse_url

STALL_S = 0.45
"""A connection that answers nothing for so long is dropped with everything on it: the most that one call waits."""
LOOK_EVERY_S = 0.5
"""While the link rests."""


class LinkLost(ConnectionError):
    """The connection broke with the command on it; whether it was done is not known."""


class LinkRests(ConnectionError):
    """Redis says nothing. Whether a command that was on its way was done is not known; others were not sent."""


class _Connection(asyncio.Protocol):
    def __init__(self) -> None:
        self._reader = hiredis.Reader()
        self._waiting: deque[tuple[asyncio.Future[Any], float]] = deque()
        """Each with when it was asked."""
        self._out: list[bytes] = []
        self._transport: asyncio.Transport | None = None
        self._loop = asyncio.get_running_loop()
        self._watch: asyncio.TimerHandle | None = None
        self.answered_at = -math.inf
        self.is_lost = False
        self.is_stalled = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._reader.feed(data)
        self.answered_at = self._loop.time()
        while (reply := self._reader.gets()) is not False:
            waiting, _ = self._waiting.popleft()
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
        why: type[ConnectionError] = LinkRests if self.is_stalled else LinkLost
        while self._waiting:
            waiting, _ = self._waiting.popleft()
            if not waiting.done():
                waiting.set_exception(why("Redis closed the connection"))

    def execute(self, args: tuple[Any, ...]) -> "asyncio.Future[Any]":
        future: asyncio.Future[Any] = self._loop.create_future()
        if self.is_lost:
            future.set_exception(LinkLost("Redis closed the connection"))
            return future
        if not self._out:
            self._loop.call_soon(self._flush)
        self._out.append(hiredis.pack_command(args))
        self._waiting.append((future, self._loop.time()))
        if self._watch is None:
            self._watch = self._loop.call_later(STALL_S, self._look)
        return future

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def _flush(self) -> None:
        out, self._out = self._out, []
        if self._transport is not None and not self.is_lost:
            self._transport.write(b"".join(out))

    def _look(self) -> None:
        self._watch = None
        if not self._waiting:
            return
        silent_since = max(self.answered_at, self._waiting[0][1])
        left_s = silent_since + STALL_S - self._loop.time()
        if left_s <= 0 and self._transport is not None:
            self.is_stalled = True
            self._transport.abort()
            return
        self._watch = self._loop.call_later(max(0.001, left_s), self._look)


class RedisLink:
    """Commands to one Redis, bound to the event loop of its first use; reconnects when it was lost.

    Args:
        url: `redis://`, `rediss://` or `unix://`.
        lost_at: when another part of this process last found this Redis away, by the loop's clock.
    """

    def __init__(self, url: str, *, lost_at: Callable[[], float] = lambda: -math.inf) -> None:
        self._target: dict[str, Any] = parse_url(url)  # type: ignore[no-untyped-call]  # untyped upstream
        self._is_tls = url.startswith("rediss://")
        self._connection: _Connection | None = None
        self._connecting: asyncio.Lock | None = None
        self._lost_at = lost_at
        self._looking: asyncio.Task[None] | None = None
        self._looked_at = -math.inf
        """When the last look was answered."""

    async def execute(self, *args: Any) -> Any:
        """The reply. Raises hiredis.ReplyError, OSError (LinkLost and LinkRests among them)."""
        if self._rests():
            raise LinkRests("Redis says nothing")
        try:
            connection = self._connection
            if connection is None or connection.is_lost:
                connection = await self._connect()
            return await connection.execute(args)
        except (LinkRests, TimeoutError) as error:
            self._rest()
            raise LinkRests("Redis says nothing") from error

    def post(self, *args: Any) -> bool:
        """Send without waiting; what is sent after it is done after it. False when there is no connection."""
        connection = self._connection
        if connection is None or connection.is_lost or self._rests():
            return False
        connection.execute(args).add_done_callback(_forget)
        return True

    async def close(self) -> None:
        """Close the connection; look no more."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
            self._looking = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _rests(self) -> bool:
        if self._looking is not None:
            return True
        heard_at = -math.inf if self._connection is None else self._connection.answered_at
        if self._lost_at() > max(heard_at, self._looked_at):
            self._rest()
            return True
        return False

    def _rest(self) -> None:
        if self._looking is None:
            self._looking = asyncio.get_running_loop().create_task(self._look(), name="looks for redis")

    async def _look(self) -> None:
        """Until Redis answers; whatever was on the old connection is lost with it."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        while True:
            try:
                made = await self._connect()
                await made.execute(("PING",))
                break
            except hiredis.ReplyError:
                break  # refused, but answered: the next command tells why
            except OSError:
                await asyncio.sleep(LOOK_EVERY_S)
        self._looked_at = asyncio.get_running_loop().time()
        self._looking = None

    async def _connect(self) -> _Connection:
        self._connecting = self._connecting or asyncio.Lock()
        async with self._connecting:
            if self._connection is not None and not self._connection.is_lost:
                return self._connection
            if self._looking is not None and asyncio.current_task() is not self._looking:
                # Whoever was before us at the lock has waited in vain.
                raise LinkRests("Redis says nothing")
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
