"""The view of all processes as Prometheus reads it.

The counts only grow while Redis keeps them, whichever process is asked: scrape one of them, or all and take the
highest. What must not live here: the /metrics route.
"""

from collections.abc import Iterator

from prometheus_client import Metric, generate_latest

from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.shown.view import SharedView
from sgd_resources.observed.samples import order


def exposition(view: SharedView | None) -> bytes:
    """The gateway's metrics over all processes; None when Redis could not be asked, which is told too."""
    return generate_latest(_Collected(view))


class _Collected:
    def __init__(self, view: SharedView | None) -> None:
        self._view = view

    def collect(self) -> Iterator[Metric]:
        view = self._view
        yield _single("sgd_llm_view_up", "1 when the view of all processes could be read", view is not None)
        if view is None:
            return
        yield _single("sgd_llm_processes", "Living processes that ask models", view.processes)
        breakers = Metric("sgd_llm_breaker_open", "1 while any process holds a breaker open", "gauge")
        for name, state in sorted(view.breakers.items()):
            breakers.add_sample(breakers.name, {"breaker": name}, float(state != "closed"))
        yield breakers
        failing = Metric("sgd_llm_failing_since_seconds", "Unix time of the first failure since an answer", "gauge")
        for model, found in view.failing().items():
            failing.add_sample(failing.name, {"model": model, "kind": found.kind}, found.failing_since / 1000)
        yield failing
        yield from self._counted(view)

    @staticmethod
    def _counted(view: SharedView) -> Iterator[Metric]:
        for known in LlmMetrics().registry.collect():
            metric = Metric(known.name, known.documentation, known.type)
            mine = [one for one in (*view.counts, *view.gauges) if one.family == known.name]
            for one in sorted(mine, key=order):
                metric.add_sample(one.name, dict(one.labels), one.value)
            yield metric


def _single(name: str, documentation: str, value: float) -> Metric:
    metric = Metric(name, documentation, "gauge")
    metric.add_sample(name, {}, float(value))
    return metric
