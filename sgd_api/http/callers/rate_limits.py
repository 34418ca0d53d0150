"""Rate limits per org and caller: one atomic limiter for all API processes, in Redis, and the headers that tell of it.

When Redis is away each process limits on its own by the same rule (a degraded limit rather than none, and no outage of
the API): the metric `sgd_rate_limits_local` and a header of the answers say so. Headers:
draft-ietf-httpapi-ratelimit-headers-11.
What must not live here: who the caller is, or how spending is counted (`sgd_resources/redis/sliding_window.py`).
"""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import redis

from sgd_resources.errors import RateLimited
from sgd_resources.events import warn
from sgd_resources.redis.sliding_window import SCRIPT, LocalWindows, Spending, Verdict, read_answer, script_arguments

DEGRADED_HEADER = "X-SGD-Degraded"
"""On answers: what is done otherwise for now, by the name that `GET /readyz` gives it."""
_REDIS_PAUSE_S = 1.0
"""After a failure Redis is left alone this long, so that not every request waits for its time-out."""


@dataclass(frozen=True)
class Policy:
    """At most `quota` requests in any `window_s` seconds, as a burst or spread."""

    name: str
    quota: int
    window_s: int
    of: str = ""
    """Who within the org it counts; empty: the org."""


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
    is_local: bool = False
    """Decided without Redis, by what this process alone has seen."""

    @property
    def headers(self) -> dict[str, str]:
        """`RateLimit`, `RateLimit-Policy`, `Retry-After` when refused, and that this process counts for itself."""
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
        if self.is_local:
            found[DEGRADED_HEADER] = "local_rate_limits"
        return found

    @property
    def retry_after_s(self) -> int:
        """Whole seconds after which the same request fits, if nobody else asks meanwhile."""
        return max(1, math.ceil(max(state.retry_in_s for state in self.states)))

    def enforce(self) -> None:
        """Raises RateLimited when refused, with the wait."""
        if not self.is_allowed:
            names = [state.policy.name for state in self.states if state.retry_in_s > 0]
            raise RateLimited("too many requests", retry_after_s=self.retry_after_s, details={"policies": names})


class RateLimiter:
    """Counts requests of orgs. Threads may share it.

    Args:
        client: sync Redis client with short time-outs; it is the caller's to close.
        on_fallback: called for each decision made without Redis.
        on_decision: called for each decision; whether it was made without Redis.
    """

    def __init__(
        self,
        client: "redis.Redis",
        *,
        on_fallback: Callable[[], None] = lambda: None,
        on_decision: Callable[[bool], None] = lambda _: None,
    ) -> None:
        self._script = client.register_script(SCRIPT)
        self._on_fallback = on_fallback
        self._on_decision = on_decision
        self._local = LocalWindows()
        self._redis_again_at = 0.0

    def decide(self, org_id: str, policies: Sequence[Policy], *, cost: int = 1) -> Decision:
        """Spend `cost` of every policy, or of none when one has too little left."""
        # The braces keep all keys of an org on one node of a Redis cluster.
        spendings = [
            Spending(f"sgd:window:{{{org_id}}}:{policy.name}:{policy.of}", cost, policy.quota, policy.window_s)
            for policy in policies
        ]
        verdict, is_local = self._verdict(spendings)
        self._on_decision(is_local)
        states = (
            PolicyState(policy, max(0, policy.quota - s.used), s.empty_in_s, s.fits_in_s)
            for policy, s in zip(policies, verdict.standings, strict=True)
        )
        return Decision(verdict.is_allowed, tuple(states), is_local)

    def _verdict(self, spendings: Sequence[Spending]) -> tuple[Verdict, bool]:
        """And whether it is this process' own."""
        if time.monotonic() >= self._redis_again_at:
            keys, args = script_arguments(spendings)
            try:
                return read_answer(self._script(keys=keys, args=args)), False
            except redis.RedisError as error:
                self._redis_again_at = time.monotonic() + _REDIS_PAUSE_S
                warn("rate_limiter.without_redis", reason=type(error).__name__, pause_s=_REDIS_PAUSE_S)
        self._on_fallback()
        return self._local.decide(spendings), True
