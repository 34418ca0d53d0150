"""Rate limits per org and caller: one atomic limiter for all API processes, in Redis, and the headers that tell of it.

When Redis is away each process limits on its own by the same rule, from all it has seen let in (a degraded limit rather
than none, and no outage of the API): the metric `sgd_rate_limits_local` and a header of the answers say so. When it is
back, empty or behind, both counts must have room until every window holds only what Redis knows of. Headers:
draft-ietf-httpapi-ratelimit-headers-11.
What must not live here: who the caller is, or how spending is counted (`sgd_resources/redis/sliding_window.py`).
"""

import math
import threading
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
"""While Redis is away it is asked this often whether it is back, beside the requests: none waits for a time-out."""


@dataclass(frozen=True)
class Policy:
    """At most `quota` requests in any `window_s` seconds, as a burst or spread."""

    name: str
    quota: int
    window_s: int
    of: str = ""
    """Who within the org it counts; empty: the org."""
    counts_with: str = ""
    """The policy whose window it is, where it is told under another name."""


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
        self._client = client
        self._script = client.register_script(SCRIPT)
        self._on_fallback = on_fallback
        self._on_decision = on_decision
        self._local = LocalWindows()
        self._lock = threading.Lock()
        self._is_away = False
        self._look_at = 0.0
        self._lost_at = -math.inf
        self._redis_knows_since = -math.inf
        """Of what was let in before this moment Redis may not know."""

    @property
    def redis_lost_at(self) -> float:
        """When Redis was last found away, by `time.monotonic`; before all time while it is there."""
        return self._lost_at if self._is_away else -math.inf

    def decide(self, org_id: str, policies: Sequence[Policy], *, cost: int = 1) -> Decision:
        """Spend `cost` of every policy, or of none when one has too little left."""
        # The braces keep all keys of an org on one node of a Redis cluster.
        spendings = [
            Spending(
                f"sgd:window:{{{org_id}}}:{policy.counts_with or policy.name}:{policy.of}",
                cost,
                policy.quota,
                policy.window_s,
            )
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
        if self._is_redis_away():
            return self._own(spendings), True
        if self._is_redis_behind(spendings):
            return self._both(spendings)
        seen = self._local.surely_used(spendings)
        verdict = self._asked(spendings)
        if verdict is None:
            return self._own(spendings), True
        if any(standing.used < used for standing, used in zip(verdict.standings, seen, strict=True)):
            # Redis was lost and is back, and no request of this process came in between.
            self._redis_knows_since = time.monotonic()
            warn("rate_limiter.redis_forgot")
            if verdict.is_allowed and not (own := self._local.decide(spendings)).is_allowed:
                self._on_fallback()
                return own, True
        elif verdict.is_allowed:
            self._local.note(spendings)
        return verdict, False

    def _own(self, spendings: Sequence[Spending]) -> Verdict:
        self._redis_knows_since = time.monotonic()
        self._on_fallback()
        return self._local.decide(spendings)

    def _both(self, spendings: Sequence[Spending]) -> tuple[Verdict, bool]:
        """The stricter of both: what is refused here is not asked of Redis, and spends nothing there."""
        own = self._local.decide(spendings)
        if not own.is_allowed:
            self._on_fallback()
            return own, True
        verdict = self._asked(spendings)
        if verdict is None:
            self._redis_knows_since = time.monotonic()
            self._on_fallback()
            return own, True
        if not verdict.is_allowed:
            self._local.give_back(spendings)
            return verdict, False
        pairs = zip(own.standings, verdict.standings, strict=True)
        return Verdict(True, tuple(max(pair, key=lambda standing: standing.used) for pair in pairs)), False

    def _asked(self, spendings: Sequence[Spending]) -> Verdict | None:
        """What Redis says; None when it does not."""
        keys, args = script_arguments(spendings)
        try:
            return read_answer(self._script(keys=keys, args=args))
        except redis.RedisError as error:
            with self._lock:
                self._lost_at = time.monotonic()
                self._is_away, self._look_at = True, self._lost_at + _REDIS_PAUSE_S
            warn("rate_limiter.without_redis", reason=type(error).__name__, pause_s=_REDIS_PAUSE_S)
            return None

    def _is_redis_behind(self, spendings: Sequence[Spending]) -> bool:
        """Whether a window can still hold what was let in without Redis, or before it was lost."""
        return time.monotonic() < self._redis_knows_since + max((s.window_s for s in spendings), default=0)

    def _is_redis_away(self) -> bool:
        if not self._is_away:
            return False
        with self._lock:
            is_due = time.monotonic() >= self._look_at
            if is_due:
                # Set again by the look itself: there is one at a time.
                self._look_at = math.inf
        if is_due:
            threading.Thread(target=self._look, name="limiter-looks-for-redis", daemon=True).start()
        return self._is_away

    def _look(self) -> None:
        is_away = True
        try:
            self._client.ping()
            is_away = False
        except redis.RedisError as error:
            warn("rate_limiter.without_redis", reason=type(error).__name__, pause_s=_REDIS_PAUSE_S)
        finally:
            with self._lock:
                if is_away:
                    self._lost_at = time.monotonic()
                self._is_away, self._look_at = is_away, time.monotonic() + _REDIS_PAUSE_S
