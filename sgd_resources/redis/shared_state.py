"""The Redis that the gateway's processes share: one client, its scripts, and its failures as ours.

What must not live here: what the scripts do (`money/budget.py`, `policy/rate_limit.py`, `answers/single_flight.py`,
`cache.py`).
"""

import hashlib
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import hiredis
import redis.asyncio as redis_async
from redis.exceptions import RedisError

from sgd_resources.errors import Unavailable
from sgd_resources.observed.spans import span_inside
from sgd_resources.redis.in_turn import Step, in_turn
from sgd_resources.redis.link import LinkLost, RedisLink

_TIMEOUT_S = 1.0
PREFIX = "sgd:{llm}"
"""Of every key of the gateway. Budgets, windows, flights and kept answers are decided on in one script, so a Redis
Cluster must hold them in one slot: the braces say so. It keeps them available then; it does not spread them."""


class SharedState:
    """One Redis, bound to the event loop of its first use.

    Args:
        url: `redis://`, `rediss://` or `unix://`.
        lost_at: when another part of this process last found it away (seconds, monotonic), so that a request which has
            waited for Redis once does not wait for it again here.
    """

    def __init__(self, url: str, *, lost_at: Callable[[], float] = lambda: -math.inf) -> None:
        self._link = RedisLink(url, lost_at=lost_at)
        self.client: redis_async.Redis = redis_async.Redis.from_url(
            url, socket_timeout=_TIMEOUT_S, socket_connect_timeout=_TIMEOUT_S
        )
        """For what is rare: scans, reports. The hot path uses `run` and `command`."""

    async def run(self, script: str, keys: Sequence[str], args: Sequence[str | int | bytes]) -> Any:
        """What the Lua script returns. Raises Unavailable when Redis cannot be used (retry later)."""
        rest = (len(keys), *keys, *args)
        with translated():
            try:
                return await self._once_more("EVALSHA", _sha1(script), *rest)
            except hiredis.ReplyError as error:
                if not str(error).startswith("NOSCRIPT"):
                    raise
                return await self._once_more("EVAL", script, *rest)

    async def run_in_turn(self, steps: Sequence[Step]) -> list[Any]:
        """The answers of the steps that were taken, in one round trip. Raises Unavailable."""
        whole = in_turn(steps)
        answers: list[Any] = await self.run(whole.script, whole.keys, whole.args)
        return answers

    async def command(self, *args: str | int | bytes) -> Any:
        """The reply to one command. Raises Unavailable."""
        with translated():
            return await self._once_more(*args)

    def post(self, *args: str | int | bytes) -> bool:
        """Send a command without waiting for it; False when there is no connection. For what may be lost."""
        return self._link.post(*args)

    async def close(self) -> None:
        """Give the connections back."""
        await self._link.close()
        await self.client.aclose()

    async def _once_more(self, *args: str | int | bytes) -> Any:
        with span_inside(f"redis {args[0]!s}", db__system__name="redis"):
            return await self._sent(args)

    async def _sent(self, args: Sequence[Any]) -> Any:
        try:
            return await self._link.execute(*args)
        except LinkLost:
            # Scripts are idempotent by an id of their own, so that one more try is safe; a sliding window then counts
            # a call twice, which errs on the right side.
            return await self._link.execute(*args)


@lru_cache(maxsize=64)
def _sha1(script: str) -> str:
    return hashlib.sha1(script.encode(), usedforsecurity=False).hexdigest()


@contextmanager
def translated() -> Iterator[None]:
    """Redis errors as Unavailable; their own words may hold the URL with its password."""
    try:
        yield
    except (RedisError, hiredis.HiredisError, OSError) as error:
        raise Unavailable(f"the gateway's Redis cannot be used ({type(error).__name__})", retry_after_s=2.0) from error
