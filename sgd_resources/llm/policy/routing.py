"""The order in which a task's models are asked: by rank in the policy, price, observed latency, load or quality.

What must not live here: asking them.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Mapping

from sgd_resources.llm.policy.policy_file import ModelFacts, TaskPolicy

_WINDOW = 200


class Observations:
    """What this process has seen of each model: latencies of successes, and calls in flight."""

    def __init__(self) -> None:
        self._latencies: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=_WINDOW))
        self.in_flight: dict[str, int] = defaultdict(int)

    def succeeded(self, model: str, latency_ms: float) -> None:
        """Remember one latency."""
        self._latencies[model].append(latency_ms)

    def p95_ms(self, model: str) -> float | None:
        """95th percentile of the last 200, or None before the first."""
        found = self._latencies.get(model)
        if not found:
            return None
        ordered = sorted(found)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


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
        models.sort(key=lambda model: seen.in_flight.get(model, 0))
    elif task.strategy == "quality":
        models.sort(key=lambda model: -(facts[model].quality or 0.0) if model in facts else 0.0)
    return models
