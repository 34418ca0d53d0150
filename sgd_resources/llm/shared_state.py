"""The Redis that the gateway's processes share: one client, its scripts, and its failures as ours.

What must not live here: what the scripts do (`budget.py`, `ratelimit.py`, `single_flight.py`, `cache.py`).
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import redis.asyncio as redis_async
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff
from redis.commands.core import AsyncScript
from redis.exceptions import RedisError

from sgd_resources.errors import Unavailable

_TIMEOUT_S = 1.0
PREFIX = "sgd:llm"


class SharedState:
    """One Redis client, bound to the event loop of its first use.

    Args:
        url: `redis://`, `rediss://` or `unix://`.
    """

    def __init__(self, url: str) -> None:
        # Every script is idempotent by an id of its own, so that one quick retry is safe.
        self.client: redis_async.Redis = redis_async.Redis.from_url(
            url,
            socket_timeout=_TIMEOUT_S,
            socket_connect_timeout=_TIMEOUT_S,
            retry=Retry(ConstantBackoff(0.01), 1),
        )
        self._scripts: dict[str, AsyncScript] = {}

    async def run(self, script: str, keys: Sequence[str], args: Sequence[str | int | bytes]) -> Any:
        """What the Lua script returns. Raises Unavailable when Redis cannot be used (retry later)."""
        known = self._scripts.get(script)
        if known is None:
            known = self._scripts[script] = self.client.register_script(script)
        async with translated():
            return await known(keys=list(keys), args=list(args))

    async def close(self) -> None:
        """Give the connections back."""
        await self.client.aclose()


@asynccontextmanager
async def translated() -> AsyncIterator[None]:
    """Redis errors as Unavailable; their own words may hold the URL with its password."""
    try:
        yield
    except (RedisError, OSError) as error:
        raise Unavailable(f"the gateway's Redis cannot be used ({type(error).__name__})", retry_after_s=2.0) from error
