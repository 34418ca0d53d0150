"""Identical calls in flight are made once: by one task in this process, by one process among all.

A caller that is cancelled leaves; the call goes on while anybody waits for it. Across processes a leader holds a short
lease in Redis that it renews; its followers look for the answer it leaves, and one of them leads when it is gone
without one. Failures are shared within the process only. What must not live here: what is called.
"""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sgd_resources.errors import Unavailable
from sgd_resources.redis.in_turn import Step
from sgd_resources.redis.shared_state import PREFIX, SharedState

T = TypeVar("T")

LEASE_S = 6.0
RENEW_S = 2.0
ANSWER_TTL_S = 3
FIRST_LOOK_S = 0.004
SLOWEST_LOOK_S = 0.05
_BASE = f"{PREFIX}:flight"
_JOIN = """
if KEYS[3] then
  local cached = redis.call('GET', KEYS[3])
  if cached then return {3, cached} end
end
if ARGV[3] == '1' then
  local answer = redis.call('GET', KEYS[2])
  if answer then return {2, answer} end
end
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return {1} end
-- The first try of this very step, whose answer was lost on the way.
if redis.call('GET', KEYS[1]) == ARGV[1] then return {1} end
return {0}
"""
_RENEW = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0"
_LAND = """
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
if ARGV[2] ~= '' then redis.call('SET', KEYS[2], ARGV[2], 'EX', ARGV[3]) end
return 1
"""


@dataclass
class _Flight(Generic[T]):
    task: "asyncio.Task[T]"
    waiting: int = 0


class LocalFlights(Generic[T]):
    """Calls in flight of this event loop, by key."""

    def __init__(self) -> None:
        self._flights: dict[str, _Flight[T]] = {}

    async def join(self, key: str, lead: Callable[[], Awaitable[T]]) -> tuple[T, bool]:
        """The answer of the one call, and whether this caller only followed.

        The call is cancelled when the last who waits for it is.
        """
        flight = self._flights.get(key)
        is_follower = flight is not None
        if flight is None:
            flight = self._flights[key] = _Flight(asyncio.ensure_future(_run(lead)))
            flight.task.add_done_callback(lambda _: self._flights.pop(key, None))
        flight.waiting += 1
        try:
            return await asyncio.shield(flight.task), is_follower
        except asyncio.CancelledError:
            if flight.waiting == 1 and not flight.task.done():
                # Whoever comes now starts anew instead of joining a call that is ending.
                self._flights.pop(key, None)
                flight.task.cancel()
                with suppress(asyncio.CancelledError, Exception):
                    await flight.task
            raise
        finally:
            flight.waiting -= 1


async def _run(lead: Callable[[], Awaitable[T]]) -> T:
    return await lead()


class SharedFlights:
    """Calls in flight of all processes, by key, over Redis."""

    def __init__(self, state: SharedState) -> None:
        self._state = state
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._later: set[asyncio.Task[None]] = set()
        self._has_landed = False

    async def join(
        self,
        key: str,
        lead: Callable[[], Awaitable[tuple[T, bytes | None]]],
        read: Callable[[bytes], T | None],
        *,
        wait_s: float,
        cached_name: str | None = None,
        read_cached: Callable[[bytes], T | None] | None = None,
        if_leading: Sequence[Step] = (),
        answered: Callable[[Sequence[Any]], None] | None = None,
    ) -> tuple[T, bool]:
        """The answer, and whether another process made the call.

        Args:
            key: of the call.
            lead: makes the call; its bytes, if any, are what followers get.
            read: turns those bytes into an answer; None for bytes that are none: then this caller leads.
            wait_s: at most this long a follower looks for the answer, then it makes the call itself.
            cached_name: a Redis key to look at in the same step; what is there is the answer.
            read_cached: turns that into one; None for bytes that are none: then it is not looked at again.
            if_leading: taken in the same step of Redis as the first look, if the call is then this caller's to make.
            answered: is told their answers before `lead` is called.

        Raises:
            Unavailable: Redis cannot be used.
        """
        lock, answer_key, token = f"{_BASE}:{key}:lead", f"{_BASE}:{key}:answer", uuid.uuid4().hex
        loop = asyncio.get_running_loop()
        ends_at, pause = loop.time() + wait_s, FIRST_LOOK_S
        is_waiting = False
        keys = [lock, answer_key, *([cached_name] if cached_name else [])]
        more = if_leading
        while True:
            look = Step(_JOIN, keys, [token, int(LEASE_S * 1000), int(is_waiting)])
            found, *answers = await self._state.run_in_turn([look, *more])
            if answers and answered is not None:
                answered(answers)
            more = ()
            if found[0] == 3 and read_cached is not None:
                cached = read_cached(found[1])
                if cached is not None:
                    return cached, False
                keys = [lock, answer_key]
                continue
            if found[0] == 2:
                shared = read(found[1])
                if shared is not None:
                    return shared, True
                return await self._lead(lock, answer_key, token, lead), False
            if found[0] == 1 or loop.time() >= ends_at:
                return await self._lead(lock, answer_key, token, lead), False
            is_waiting = True
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, SLOWEST_LOOK_S)

    async def close(self) -> None:
        """Let what has landed be seen by those who wait for it elsewhere."""
        await asyncio.gather(*self._later, return_exceptions=True)
        if self._has_landed:
            with suppress(Unavailable):
                # Answered after all that was sent before it.
                await self._state.command("PING")

    async def _lead(
        self, lock: str, answer_key: str, token: str, lead: Callable[[], Awaitable[tuple[T, bytes | None]]]
    ) -> T:
        self._schedule(lock, token)
        packed: bytes | None = None
        try:
            answer, packed = await lead()
            return answer
        finally:
            self._timers.pop(token).cancel()
            # Nobody who holds the answer waits for those who want it: the lease would end by itself.
            self._has_landed |= self._state.post("EVAL", _LAND, 2, lock, answer_key, token, packed or b"", ANSWER_TTL_S)

    def _schedule(self, lock: str, token: str) -> None:
        # A timer, not a task: most calls end before the first renewal, and a timer costs next to nothing.
        loop = asyncio.get_running_loop()
        self._timers[token] = loop.call_later(RENEW_S, self._renew_soon, lock, token)

    def _renew_soon(self, lock: str, token: str) -> None:
        self._soon(self._renew(lock, token))

    def _soon(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    async def _renew(self, lock: str, token: str) -> None:
        with suppress(Unavailable):
            await self._state.run(_RENEW, [lock], [token, int(LEASE_S * 1000)])
        if token in self._timers:
            self._schedule(lock, token)
