"""The order in which a task's models are asked: by rank in the policy, price, observed latency, load or quality.

Whatever the strategy, a model that did not answer at all lately goes behind those that did, and one that fails too
often behind those that do not. What must not live here: asking them, or sharing what was seen between processes
(`shared_observations.py`).
"""

import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping

from sgd_resources.llm.policy.policy_file import ModelFacts, TaskPolicy

_WINDOW = 200
SILENT_WINDOW_S = 180.0
"""How long failures count: after it a model that never answered is tried in its place again."""
SILENT_AFTER = 3
"""Failures without one answer between them."""
STRAINED_WINDOW_S = 300.0
STRAINED_SHARE = 0.03
_STRAINED_TRIES, _STRAINED_FAILURES = 20, 3
"""Fewer in the window say nothing of a share so small: breakers look at those."""
_MOST_TRIES = 10_000
SLOW_SHARE = 0.5
"""Of a task's time for a try: a model of pictures whose p95 takes more has no room left for a queue of its own."""


class Observations:
    """What is known of each model's health: latencies of successes, failures, and calls in flight; here of one process.

    Args:
        clock: seconds; tests put their own here.
    """

    def __init__(self, *, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._latencies: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=_WINDOW))
        self._failed_at: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=_WINDOW))
        self._answered_at: dict[str, float] = {}
        self._in_flight: dict[str, int] = defaultdict(int)
        self._tries: dict[str, deque[tuple[float, bool]]] = defaultdict(lambda: deque(maxlen=_MOST_TRIES))
        self._failures: dict[str, int] = defaultdict(int)
        """Of those tries."""

    async def refresh(self, models: Iterable[str]) -> None:
        """Learn what other processes saw; nothing, here."""

    def entered(self, model: str, attempt_id: str, timeout_s: float) -> None:
        """An attempt is under way."""
        self._in_flight[model] += 1

    def left(self, model: str, attempt_id: str) -> None:
        """It is over, however it ended."""
        self._in_flight[model] -= 1

    def succeeded(self, model: str, latency_ms: float) -> None:
        """The model answered."""
        self._latencies[model].append(latency_ms)
        self._answered_at[model] = self._clock()
        self._note(model, has_failed=False)

    def failed(self, model: str) -> None:
        """The model did not answer, for a reason of its own."""
        self._failed_at[model].append(self._clock())
        self._note(model, has_failed=True)

    def flush(self) -> None:
        """Tell other processes what was seen and not told yet; nobody, here."""

    def p95_ms(self, model: str) -> float | None:
        """95th percentile of the last latencies, or None before the first."""
        found = self._latencies.get(model)
        if not found:
            return None
        ordered = sorted(found)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]

    def busy(self, model: str) -> int:
        """Attempts under way."""
        return self._in_flight.get(model, 0)

    def is_silent(self, model: str) -> bool:
        """Whether it failed several times lately and answered not once."""
        since = self._clock() - SILENT_WINDOW_S
        if self._answered_at.get(model, 0.0) >= since:
            return False
        return sum(at >= since for at in self._failed_at.get(model, ())) >= SILENT_AFTER

    def is_strained(self, model: str) -> bool:
        """Whether more than 3 of 100 tries of this process failed in the last five minutes."""
        tries = self._tries_in_window(model)
        failures = self._failures[model]
        return (
            len(tries) >= _STRAINED_TRIES and failures >= _STRAINED_FAILURES and failures > STRAINED_SHARE * len(tries)
        )

    def is_slow(self, model: str, timeout_s: float) -> bool:
        """Whether the model takes more than half of the time that a try has."""
        p95_ms = self.p95_ms(model)
        return p95_ms is not None and p95_ms > SLOW_SHARE * timeout_s * 1000

    def _note(self, model: str, *, has_failed: bool) -> None:
        tries = self._tries_in_window(model)
        if len(tries) == _MOST_TRIES:
            self._failures[model] -= tries.popleft()[1]
        tries.append((self._clock(), has_failed))
        self._failures[model] += has_failed

    def _tries_in_window(self, model: str) -> deque[tuple[float, bool]]:
        tries, since = self._tries[model], self._clock() - STRAINED_WINDOW_S
        while tries and tries[0][0] < since:
            self._failures[model] -= tries.popleft()[1]
        return tries


def ordered_models(
    task: TaskPolicy,
    *,
    seen: Observations,
    price: Callable[[str], int],
    facts: Mapping[str, ModelFacts],
) -> list[str]:
    """The task's models, best first; ties keep the policy's order, so that the order is stable.

    Args:
        task: its strategy and models.
        seen: for `latency` and `least_busy`; a model not seen yet goes first, so that it is.
        price: upper bound of this very call in micro-USD, for `cost`.
        facts: the policy's ranks, for `quality`.
    """
    models = list(task.models)
    if task.strategy == "cost":
        models.sort(key=price)
    elif task.strategy == "latency":
        models.sort(key=lambda model: seen.p95_ms(model) or 0.0)
    elif task.strategy == "least_busy":
        models.sort(key=seen.busy)
    elif task.strategy == "quality":
        models.sort(key=lambda model: -(facts[model].quality or 0.0) if model in facts else 0.0)
    return sorted(models, key=lambda model: (seen.is_silent(model), seen.is_strained(model)))
