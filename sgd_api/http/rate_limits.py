"""Rate limits per org: one atomic limiter for all API processes, in Redis.

The generic cell rate algorithm (GCRA): one number per org and policy, tested and moved in one Lua script, so that no
two processes can spend the same token. When Redis is away each process limits on its own by the same rule (a degraded
limit rather than none, and no outage of the API); the metric `sgd_rate_limiter_fallback_total` counts that.
Headers: draft-ietf-httpapi-ratelimit-headers-11. What must not live here: who the caller is.
"""

import logging
import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import redis

from sgd_resources.errors import RateLimited

log = logging.getLogger(__name__)

# KEYS: one per policy. ARGV: cost, then quota and window in seconds of each policy.
# Returns {allowed, then per policy: remaining, seconds to a full quota, seconds until this cost fits}.
_GCRA = """
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local cost = tonumber(ARGV[1])
local allowed, states = 1, {}
for i, key in ipairs(KEYS) do
  local quota, window = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  local tat = math.max(tonumber(redis.call('GET', key) or '0'), now)
  local after = tat + cost * window / quota
  states[i] = {quota = quota, window = window, tat = tat, after = after, excess = after - window - now}
  if states[i].excess > 0.0005 then allowed = 0 end
end
local answer = {allowed}
for i, key in ipairs(KEYS) do
  local s = states[i]
  local tat = s.tat
  if allowed == 1 then
    tat = s.after
    redis.call('SET', key, string.format('%.6f', tat), 'PX', math.ceil((tat - now) * 1000) + 1000)
  end
  table.insert(answer, math.floor(math.max(0, s.window - (tat - now)) * s.quota / s.window + 0.001))
  table.insert(answer, string.format('%.6f', tat - now))
  table.insert(answer, string.format('%.6f', math.max(0, s.excess)))
end
return answer
"""
_REDIS_PAUSE_S = 1.0
"""After a failure Redis is left alone this long, so that not every request waits for its time-out."""


@dataclass(frozen=True)
class Policy:
    """`quota` requests per `window_s` seconds, as a burst or spread."""

    name: str
    quota: int
    window_s: int


@dataclass(frozen=True)
class PolicyState:
    """Where an org stands with one policy."""

    policy: Policy
    remaining: int
    full_in_s: float
    retry_in_s: float


@dataclass(frozen=True)
class Decision:
    """Whether a request may go on, and what its answer says of the limits."""

    is_allowed: bool
    states: tuple[PolicyState, ...]

    @property
    def headers(self) -> dict[str, str]:
        """`RateLimit`, `RateLimit-Policy`, and `Retry-After` when refused."""
        found = {
            "RateLimit-Policy": ", ".join(
                f'"{s.policy.name}";q={s.policy.quota};w={s.policy.window_s}' for s in self.states
            ),
            "RateLimit": ", ".join(
                f'"{s.policy.name}";r={s.remaining};t={math.ceil(s.full_in_s)}' for s in self.states
            ),
        }
        if not self.is_allowed:
            found["Retry-After"] = str(self.retry_after_s)
        return found

    @property
    def retry_after_s(self) -> int:
        """Whole seconds after which the same request fits, if nobody else asks meanwhile."""
        return max(1, math.ceil(max(state.retry_in_s for state in self.states)))

    def enforce(self) -> None:
        """Raises RateLimited when refused, with the wait."""
        if not self.is_allowed:
            names = [state.policy.name for state in self.states if state.retry_in_s > 0]
            raise RateLimited(
                "too many requests of this org", retry_after_s=self.retry_after_s, details={"policies": names}
            )


class RateLimiter:
    """Counts requests of orgs. Threads may share it.

    Args:
        client: sync Redis client with short time-outs; it is the caller's to close.
        on_fallback: called for each decision made without Redis.
    """

    def __init__(self, client: "redis.Redis", *, on_fallback: Callable[[], None] = lambda: None) -> None:
        self._script = client.register_script(_GCRA)
        self._on_fallback = on_fallback
        self._local = LocalLimiter()
        self._redis_again_at = 0.0

    def decide(self, org_id: str, policies: Sequence[Policy], *, cost: int = 1) -> Decision:
        """Spend `cost` of every policy, or of none when one has too little left."""
        if time.monotonic() >= self._redis_again_at:
            try:
                return self._decide_in_redis(org_id, policies, cost)
            except redis.RedisError as error:
                self._redis_again_at = time.monotonic() + _REDIS_PAUSE_S
                log.warning("the rate limiter works without Redis: %s", type(error).__name__)
        self._on_fallback()
        return self._local.decide(org_id, policies, cost=cost)

    def _decide_in_redis(self, org_id: str, policies: Sequence[Policy], cost: int) -> Decision:
        # The braces keep all keys of an org on one node of a Redis cluster.
        keys = [f"sgd:limit:{{{org_id}}}:{policy.name}" for policy in policies]
        limits = [number for policy in policies for number in (policy.quota, policy.window_s)]
        answer = self._script(keys=keys, args=[cost, *limits])
        states = tuple(
            PolicyState(policy, int(answer[3 * i + 1]), float(answer[3 * i + 2]), float(answer[3 * i + 3]))
            for i, policy in enumerate(policies)
        )
        return Decision(bool(answer[0]), states)


class LocalLimiter:
    """The same rule within one process, for when Redis is away."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._full_at: dict[tuple[str, str], float] = {}

    def decide(self, org_id: str, policies: Sequence[Policy], *, cost: int = 1) -> Decision:
        """Spend `cost` of every policy, or of none."""
        with self._lock:
            now = self._clock()
            if len(self._full_at) > 50_000:
                self._full_at = {key: at for key, at in self._full_at.items() if at > now}
            before = {p: max(self._full_at.get((org_id, p.name), 0.0), now) for p in policies}
            after = {p: before[p] + cost * p.window_s / p.quota for p in policies}
            excess = {p: max(0.0, after[p] - p.window_s - now) for p in policies}
            is_allowed = all(value <= 0.0005 for value in excess.values())
            kept = after if is_allowed else before
            self._full_at |= {(org_id, p.name): kept[p] for p in policies}
        states = tuple(
            PolicyState(
                p,
                math.floor(max(0.0, p.window_s - (kept[p] - now)) * p.quota / p.window_s + 0.001),
                kept[p] - now,
                excess[p] if excess[p] > 0.0005 else 0.0,
            )
            for p in policies
        )
        return Decision(is_allowed, states)
