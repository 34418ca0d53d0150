"""What all processes saw of each model's health, over Redis: written ten times a second, read at most once a second.

A minute is a hash of counts (latencies in steps of 2^(1/4), failures), kept for a few minutes; attempts under way are
members with an end of their own, so that those of a killed process fall out; one that is over before the next writing
is never told. Without Redis each process goes by what it
saw itself. What must not live here: the order that follows from it (`routing.py`).
"""

import asyncio
import math
import time
from collections.abc import Callable, Iterable

from sgd_resources.errors import Unavailable
from sgd_resources.llm.policy.routing import SILENT_AFTER, SILENT_WINDOW_S, Observations
from sgd_resources.redis.shared_state import PREFIX, SharedState

REFRESH_S = 1.0
FLUSH_S = 0.1
"""Between two writings: a model's load is read once a second, and most calls last longer than this."""
MINUTE_S = 60
MINUTES = math.ceil(SILENT_WINDOW_S / MINUTE_S) + 1
"""One more than the window: the first of them is only part of a minute."""
_STEPS_PER_DOUBLING = 4
_BASE = f"{PREFIX}:seen"
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
        self._under_way: dict[str, tuple[str, int]] = {}
        """Attempts that no other process was told of: their model and end."""
        self._told: dict[str, str] = {}
        """Attempts that they were told of, with their model."""
        self._over: dict[str, list[str]] = {}
        self._new_counts: dict[tuple[int, str], int] = {}
        self._flushing: asyncio.TimerHandle | None = None

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
                slug: max(0, int(n) - sum(model == slug for model in self._told.values()))
                for slug, n in zip(slugs, found[MINUTES:], strict=True)
            }
        )

    def entered(self, model: str, attempt_id: str, timeout_s: float) -> None:
        """See `Observations.entered`."""
        super().entered(model, attempt_id, timeout_s)
        self._under_way[attempt_id] = (model, int((self._clock() + timeout_s + 1) * 1000))
        self._flush_soon()

    def left(self, model: str, attempt_id: str) -> None:
        """See `Observations.left`."""
        super().left(model, attempt_id)
        if self._told.pop(attempt_id, None) is not None:
            self._over.setdefault(model, []).append(attempt_id)
        self._under_way.pop(attempt_id, None)

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
        counted = (int(self._clock() // MINUTE_S), f"{model}|{step}")
        self._new_counts[counted] = self._new_counts.get(counted, 0) + 1
        self._flush_soon()

    def _flush_soon(self) -> None:
        if self._flushing is None:
            self._flushing = asyncio.get_running_loop().call_later(FLUSH_S, self.flush)

    def flush(self) -> None:
        """Tell the others what was seen since the last time; it is lost when Redis is away."""
        if self._flushing is not None:
            self._flushing.cancel()
            self._flushing = None
        for (minute, name), count in self._new_counts.items():
            key = self._minute_key(minute)
            self._state.post("HINCRBY", key, name, count)
            if minute != self._last_minute:
                self._last_minute = minute
                self._state.post("EXPIRE", key, (MINUTES + 2) * MINUTE_S)
        begun: dict[str, list[str | int]] = {}
        for attempt_id, (model, ends_at_ms) in self._under_way.items():
            begun.setdefault(model, []).extend((ends_at_ms, attempt_id))
            self._told[attempt_id] = model
        for model, members in begun.items():
            self._state.post("ZADD", _busy_key(model), *members)
        for model, ids in self._over.items():
            self._state.post("ZREM", _busy_key(model), *ids)
        self._new_counts, self._under_way, self._over = {}, {}, {}

    @staticmethod
    def _minute_key(minute: int) -> str:
        return f"{_BASE}:{minute}"


def _busy_key(model: str) -> str:
    return f"{_BASE}:busy:{model}"


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value
