"""What all processes saw of each model's health, over Redis: written without waiting, read at most once a second.

A minute is a hash of counts (latencies in steps of 2^(1/4), failures), kept for a few minutes; attempts under way are
members with an end of their own, so that those of a killed process fall out. Without Redis each process goes by what it
saw itself. What must not live here: the order that follows from it (`routing.py`).
"""

import math
import time
from collections.abc import Callable, Iterable

from sgd_resources.errors import Unavailable
from sgd_resources.llm.policy.routing import SILENT_AFTER, SILENT_WINDOW_S, Observations
from sgd_resources.redis.shared_state import PREFIX, SharedState

REFRESH_S = 1.0
MINUTE_S = 60
MINUTES = math.ceil(SILENT_WINDOW_S / MINUTE_S) + 1
"""One more than the window: the first of them is only part of a minute."""
_STEPS_PER_DOUBLING = 4
_BASE = f"{PREFIX}:{{seen}}"
_READ = """
local found = {}
for at, key in ipairs(KEYS) do
  if at <= tonumber(ARGV[1]) then
    found[at] = redis.call('HGETALL', key)
  else
    redis.call('ZREMRANGEBYSCORE', key, '-inf', ARGV[2])
    found[at] = redis.call('ZCARD', key)
  end
end
return found
"""


class SharedObservations(Observations):
    """The view of all processes; its own observations are in it at once, others' after a second.

    Args:
        state: the shared Redis.
        clock: seconds since 1970; tests put their own here.
    """

    def __init__(self, state: SharedState, *, clock: Callable[[], float] = time.time) -> None:
        super().__init__(clock=clock)
        self._state = state
        self._read_at = -math.inf
        self._counts: dict[str, dict[str, int]] = {}
        self._busy_elsewhere: dict[str, int] = {}
        self._last_minute = 0

    async def refresh(self, models: Iterable[str]) -> None:
        """Read what is there, unless that was done within the last second."""
        now = self._clock()
        if now - self._read_at < REFRESH_S:
            return
        self._read_at = now
        slugs = list(models)
        minutes = [self._minute_key(int(now // MINUTE_S) - back) for back in range(MINUTES)]
        try:
            found = await self._state.run(_READ, [*minutes, *map(_busy_key, slugs)], [MINUTES, int(now * 1000)])
        except Unavailable:
            return
        counts: dict[str, dict[str, int]] = {}
        for flat in found[:MINUTES]:
            for name, count in zip(flat[::2], flat[1::2], strict=True):
                model, _, step = _text(name).rpartition("|")
                of_model = counts.setdefault(model, {})
                of_model[step] = of_model.get(step, 0) + int(count)
        self._counts.update({slug: counts.get(slug, {}) for slug in slugs})
        self._busy_elsewhere.update(
            {
                slug: max(0, int(n) - self._in_flight.get(slug, 0))
                for slug, n in zip(slugs, found[MINUTES:], strict=True)
            }
        )

    def entered(self, model: str, attempt_id: str, timeout_s: float) -> None:
        """See `Observations.entered`."""
        super().entered(model, attempt_id, timeout_s)
        ends_at_ms = int((self._clock() + timeout_s + 1) * 1000)
        self._state.post("ZADD", _busy_key(model), ends_at_ms, attempt_id)

    def left(self, model: str, attempt_id: str) -> None:
        """See `Observations.left`."""
        super().left(model, attempt_id)
        self._state.post("ZREM", _busy_key(model), attempt_id)

    def succeeded(self, model: str, latency_ms: float) -> None:
        """See `Observations.succeeded`."""
        super().succeeded(model, latency_ms)
        self._count(model, f"{round(math.log2(max(1.0, latency_ms)) * _STEPS_PER_DOUBLING)}")

    def failed(self, model: str) -> None:
        """See `Observations.failed`."""
        super().failed(model)
        self._count(model, "failed")

    def p95_ms(self, model: str) -> float | None:
        """95th percentile over all processes, to a step of 19 %."""
        steps = {int(step): count for step, count in self._counts.get(model, {}).items() if step != "failed"}
        total, passed = sum(steps.values()), 0
        for step in sorted(steps):
            passed += steps[step]
            if passed >= total * 0.95:
                return float(2 ** (step / _STEPS_PER_DOUBLING))
        return super().p95_ms(model)

    def busy(self, model: str) -> int:
        """Attempts under way in all processes."""
        return super().busy(model) + self._busy_elsewhere.get(model, 0)

    def is_silent(self, model: str) -> bool:
        """Whether it failed several times lately, anywhere, and answered nobody."""
        counts = self._counts.get(model, {})
        if any(step != "failed" and count for step, count in counts.items()):
            return False
        return counts.get("failed", 0) >= SILENT_AFTER or super().is_silent(model)

    def _count(self, model: str, step: str) -> None:
        minute = int(self._clock() // MINUTE_S)
        key = self._minute_key(minute)
        self._state.post("HINCRBY", key, f"{model}|{step}", 1)
        if minute != self._last_minute:
            self._last_minute = minute
            self._state.post("EXPIRE", key, (MINUTES + 2) * MINUTE_S)

    @staticmethod
    def _minute_key(minute: int) -> str:
        return f"{_BASE}:{minute}"


def _busy_key(model: str) -> str:
    return f"{_BASE}:busy:{model}"


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value
