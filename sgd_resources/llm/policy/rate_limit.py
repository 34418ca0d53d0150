"""Calls and tokens a minute, per model and per key, over all processes.

All limits of a call are looked at before any is charged, so that a refused call takes nothing. What must not live here:
how spending is counted (`redis/sliding_window.py`), the API's own limits for its callers
(`sgd_api/http/callers/rate_limits.py`).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sgd_resources.errors import RateLimited
from sgd_resources.llm.policy.policy_file import RateLimits
from sgd_resources.redis.in_turn import Step
from sgd_resources.redis.shared_state import PREFIX, SharedState
from sgd_resources.redis.sliding_window import SCRIPT, Spending, read_answer, script_arguments


class Limiter(Protocol):
    """What the gateway asks of a limiter."""

    async def admit(self, limits: RateLimits, *, model: str, tokens: int, charge: "Charge | None" = None) -> None:
        """Spend one call and its tokens of every limit, unless `charge` has. Raises RateLimited, Unavailable."""
        ...


@dataclass
class Charge:
    """What a call spends of the limits that are set, to be asked for in a step of Redis with others."""

    step: Step
    active: Sequence[tuple[str, str, Spending]]
    answer: Sequence[Any] | None = None
    """What the step said, once it was taken."""


class RedisLimiter:
    """The limiter over Redis.

    Args:
        state: the shared Redis.
        api_key: whose limits are shared; only a part of its hash is used.
    """

    def __init__(self, state: SharedState, api_key: str | None) -> None:
        self._state = state
        self._key_name = hashlib.sha256((api_key or "").encode()).hexdigest()[:16]

    def charge(self, limits: RateLimits, *, model: str, tokens: int) -> Charge | None:
        """What a call spends; None where no limit is set."""
        active = self._active(limits, model, tokens)
        if not active:
            return None
        keys, args = script_arguments([spending for _, _, spending in active])
        return Charge(Step(SCRIPT, keys, args), active)

    async def admit(self, limits: RateLimits, *, model: str, tokens: int, charge: Charge | None = None) -> None:
        """See `Limiter.admit`.

        Raises:
            RateLimited: `details["scope"]` is `model` or `key`; `retry_after_s` says when the call fits.
        """
        charge = charge or self.charge(limits, model=model, tokens=tokens)
        if charge is None:
            return
        if charge.answer is None:
            charge.answer = await self._state.run(SCRIPT, charge.step.keys, charge.step.args)
        verdict = read_answer(charge.answer)
        if not verdict.is_allowed:
            waits = [standing.fits_in_s for standing in verdict.standings]
            wait_s = max(waits)
            scope, unit, spending = charge.active[waits.index(wait_s)]
            raise RateLimited(
                f"too many {unit} a minute for this {scope}",
                retry_after_s=max(0.001, wait_s),
                details={"scope": scope, "unit": unit, "limit_per_min": spending.limit},
            )

    def _active(self, limits: RateLimits, model: str, tokens: int) -> list[tuple[str, str, Spending]]:
        """The limits that are set, with what a call spends of each."""
        wanted = [
            ("model", "calls", f"model:{model}", 1, limits.calls_per_min_per_model),
            ("model", "tokens", f"model:{model}", tokens, limits.tokens_per_min_per_model),
            ("key", "calls", f"key:{self._key_name}", 1, limits.calls_per_min_per_key),
            ("key", "tokens", f"key:{self._key_name}", tokens, limits.tokens_per_min_per_key),
        ]
        return [
            (scope, unit, Spending(f"{PREFIX}:window:{name}:{unit}", cost, limit))
            for scope, unit, name, cost, limit in wanted
            if limit is not None
        ]
