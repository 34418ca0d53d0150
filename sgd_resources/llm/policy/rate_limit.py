"""Calls and tokens a minute, per model and per key, over all processes: GCRA in one Lua script, in Redis' own time.

All limits of a call are looked at before any is charged, so that a refused call takes nothing. What must not live here:
the API's own limits for its callers (`sgd_api/http/rate_limits.py`).
"""

import hashlib
from typing import Protocol

from sgd_resources.errors import RateLimited
from sgd_resources.llm.policy.policy_file import RateLimits
from sgd_resources.redis.shared_state import PREFIX, SharedState

_GCRA = """
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local ends = {}
for i, key in ipairs(KEYS) do
  local cost = tonumber(ARGV[2 * i - 1])
  local limit = tonumber(ARGV[2 * i])
  local start = math.max(now, tonumber(redis.call('GET', key) or 0))
  local after = start + cost * 60000000 / limit
  -- An empty bucket takes any single call, however large: else it would wait for ever.
  if after > now + 60000000 and start > now then return {i, math.ceil(after - now - 60000000)} end
  ends[i] = after
end
for i, key in ipairs(KEYS) do
  redis.call('SET', key, string.format('%d', ends[i]), 'PX', math.ceil((ends[i] - now) / 1000) + 1000)
end
return {0, 0}
"""


class Limiter(Protocol):
    """What the gateway asks of a limiter."""

    async def admit(self, limits: RateLimits, *, model: str, tokens: int) -> None:
        """Take one call and its tokens from every bucket. Raises RateLimited, Unavailable."""
        ...


class RedisLimiter:
    """The limiter over Redis.

    Args:
        state: the shared Redis.
        api_key: whose limits are shared; only a part of its hash is used.
    """

    def __init__(self, state: SharedState, api_key: str | None) -> None:
        self._state = state
        self._key_name = hashlib.sha256((api_key or "").encode()).hexdigest()[:16]

    async def admit(self, limits: RateLimits, *, model: str, tokens: int) -> None:
        """See `Limiter.admit`.

        Raises:
            RateLimited: `details["scope"]` is `model` or `key`; `retry_after_s` says when the bucket has room.
        """
        buckets = [
            ("model", "calls", f"model:{model}", 1, limits.calls_per_min_per_model),
            ("model", "tokens", f"model:{model}", tokens, limits.tokens_per_min_per_model),
            ("key", "calls", f"key:{self._key_name}", 1, limits.calls_per_min_per_key),
            ("key", "tokens", f"key:{self._key_name}", tokens, limits.tokens_per_min_per_key),
        ]
        active = [bucket for bucket in buckets if bucket[4] is not None]
        if not active:
            return
        keys = [f"{PREFIX}:{{rate}}:{name}:{unit}" for _, unit, name, _, _ in active]
        args = [part for _, _, _, cost, limit in active for part in (cost, limit or 1)]
        at, wait_micros = await self._state.run(_GCRA, keys, args)
        if at:
            scope, unit, _, _, limit = active[at - 1]
            raise RateLimited(
                f"too many {unit} a minute for this {scope}",
                retry_after_s=max(0.001, wait_micros / 1_000_000),
                details={"scope": scope, "unit": unit, "limit_per_min": limit},
            )


class NoLimiter:
    """Lets everything pass: for the plain service class."""

    async def admit(self, limits: RateLimits, *, model: str, tokens: int) -> None:
        """Always."""
