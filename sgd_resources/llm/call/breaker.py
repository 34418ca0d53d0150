"""Circuit breakers: one per model, one for each provider as a whole; after a pause a single probe decides.

Counts are of this process: each finds out for itself, within `failures` calls. What must not live here: what counts as
a failure of the model (the gateway tells).
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from sgd_resources.events import tell, warn
from sgd_resources.llm.policy.policy_file import BreakerPolicy

State = Literal["closed", "open", "half_open"]

DEFAULT = "*"
FAULTS_OF_MODEL = frozenset({
    "provider_error", "provider_unavailable", "provider_overloaded", "timeout", "connection_reset", "truncated",
    "garbage", "empty_body", "empty_choices", "empty_reply", "unknown_status", "reply_too_large",
})  # fmt: skip
FAULTS_OF_PROVIDER = frozenset({"connect_failed", "unauthorized"})
"""Every model shares these; a burst of 401 on a key that worked is an outage, not a revoked key."""


@dataclass
class _Breaker:
    state: State = "closed"
    failed_at: deque[float] = field(default_factory=deque)
    opened_at: float = 0.0
    is_probing: bool = False
    kind: str = ""
    """Of the failure that opened it last."""
    rests: int = 0
    """Times it opened in a row, each after a failure that may have cost money."""


@dataclass(frozen=True)
class Rest:
    """Why a model may not be asked now, and for how long.

    Attributes:
        wait_s: seconds until a probe is allowed.
        kind: of the failure that opened the breaker.
        is_of_provider: whether every model of its provider rests with it.
    """

    wait_s: float
    kind: str
    is_of_provider: bool


MOST_RESTS = 6
"""30 s, doubled so often, is half an hour: a day of failures that cost money is some 55 probes, not 2,880."""


class Breakers:
    """All breakers of one process. Not for threads: it belongs to the gateway's event loop."""

    def __init__(
        self, *, clock: Callable[[], float] = time.monotonic, provider_of: Callable[[str], str] = lambda _: DEFAULT
    ) -> None:
        self._clock = clock
        self._provider_of = provider_of
        self._models: dict[str, _Breaker] = {}
        self._providers: dict[str, _Breaker] = {DEFAULT: _Breaker()}
        self._worked: set[str] = set()
        """Providers whose key has worked."""

    def wait_s(self, model: str, policy: BreakerPolicy) -> float:
        """0 when the model may be asked now, else seconds until a probe is allowed. Changes nothing."""
        found = self.rest(model, policy)
        return 0.0 if found is None else found.wait_s

    def rest(self, model: str, policy: BreakerPolicy) -> Rest | None:
        """The longer of the model's own rest and its provider's; None when it may be asked now. Changes nothing."""
        both = ((self._shared(model), True), (self._of(model), False))
        rests = [Rest(self._wait_s(breaker, policy), breaker.kind, is_of_provider) for breaker, is_of_provider in both]
        longest = max(rests, key=lambda found: found.wait_s)
        return longest if longest.wait_s > 0 else None

    def enter(self, model: str, policy: BreakerPolicy) -> None:
        """A call to the model starts; through a breaker that had been open it is the probe."""
        for breaker in (self._shared(model), self._of(model)):
            if breaker.state == "open" and self._wait_s(breaker, policy) == 0:
                breaker.state = "half_open"
            if breaker.state == "half_open":
                breaker.is_probing = True

    def succeeded(self, model: str) -> None:
        """The model answered."""
        self._worked.add(self._provider_of(model))
        for name, breaker in ((f"provider of {model}", self._shared(model)), (model, self._of(model))):
            if breaker.state != "closed":
                tell("breaker.closed", model=name)
            breaker.state, breaker.is_probing, breaker.rests = "closed", False, 0
            breaker.failed_at.clear()

    def failed(self, model: str, kind: str, policy: BreakerPolicy, *, is_costly: bool = False) -> None:
        """A try ended with a failure of this kind; kinds that say nothing about health only end a probe.

        Args:
            model: that was asked.
            kind: of the failure.
            policy: of the file.
            is_costly: whether it may have cost money: then each failed probe doubles the rest before the next one, so
                that an outage does not eat a day's budget. What is proven free is probed again as soon as before.
        """
        own, shared = self._of(model), self._shared(model)
        if kind in FAULTS_OF_MODEL:
            self._count(model, own, policy, is_costly, kind)
        if kind == "connect_failed" or (kind == "unauthorized" and self._provider_of(model) in self._worked):
            self._count(f"provider of {model}", shared, policy, is_costly, kind)
        self.left(model)

    def left(self, model: str) -> None:
        """A call ended without a verdict (cancelled, refused for other reasons): a probe's place is free again."""
        for breaker in (self._of(model), self._shared(model)):
            breaker.is_probing = False

    def states(self) -> dict[str, State]:
        """By model, and by provider: `*` for the first one, `*name` for others that were asked."""
        shared = {name if name == DEFAULT else f"*{name}": found.state for name, found in self._providers.items()}
        return shared | {model: found.state for model, found in sorted(self._models.items())}

    def _count(self, name: str, breaker: _Breaker, policy: BreakerPolicy, is_costly: bool, kind: str) -> None:
        now = self._clock()
        if breaker.state == "half_open":
            breaker.state, breaker.opened_at, breaker.kind = "open", now, kind
            warn("breaker.opened", model=name, kind=kind, rests_s=policy.open_s)
            breaker.rests = min(MOST_RESTS, breaker.rests + 1) if is_costly else 0
            return
        breaker.failed_at.append(now)
        while breaker.failed_at and breaker.failed_at[0] <= now - policy.window_s:
            breaker.failed_at.popleft()
        if len(breaker.failed_at) >= policy.failures:
            breaker.state, breaker.opened_at, breaker.kind = "open", now, kind
            warn("breaker.opened", model=name, kind=kind, rests_s=policy.open_s)
            breaker.failed_at.clear()

    def _wait_s(self, breaker: _Breaker, policy: BreakerPolicy) -> float:
        if breaker.state == "closed":
            return 0.0
        if breaker.state == "half_open":
            return 1.0 if breaker.is_probing else 0.0
        return max(0.0, breaker.opened_at + policy.open_s * float(2**breaker.rests) - self._clock())

    def _shared(self, model: str) -> _Breaker:
        return self._providers.setdefault(self._provider_of(model), _Breaker())

    def _of(self, model: str) -> _Breaker:
        return self._models.setdefault(model, _Breaker())
