"""The view of all processes as Prometheus reads it, with the names that dashboards of other services use beside ours.

Whichever API process is asked answers the same: scrape one address, not every process. What must not live here: the
/metrics route, or what the database tells (`standing.py`).
"""

from collections.abc import Iterable, Iterator, Sequence

from prometheus_client import CollectorRegistry, Metric, generate_latest

from sgd_resources.observed.aliases import aliases
from sgd_resources.observed.counts import process_counts
from sgd_resources.observed.samples import Sample, order
from sgd_resources.observed.view import ProcessesView

OWN = frozenset({"sgd_dependency_up"})
"""Gauges of what the process that is asked has seen itself, and when it looked: another's older look says less."""


def exposition(
    view: ProcessesView | None, registries: Sequence[CollectorRegistry] = (), models: Sequence[Sample] = ()
) -> bytes:
    """The metrics of all processes, as text.

    Args:
        view: of all processes; None when Redis could not be asked: then no count is shown, since a smaller one than
            before would be taken for a restart and the next for a burst; gauges are those of this process.
        registries: of this process, beside the counts that every process has.
        models: what the gateways counted, for the names beside ours.
    """
    return generate_latest(_Collected(view, registries, models))


class _Collected:
    def __init__(
        self, view: ProcessesView | None, registries: Sequence[CollectorRegistry], models: Sequence[Sample]
    ) -> None:
        self._view = view
        self._registries = registries
        self._models = models

    def collect(self) -> Iterator[Metric]:
        view = self._view
        yield gauge("sgd_metrics_view_up", "1 when the counts of all processes could be read", [({}, view is not None)])
        samples = (*view.counts, *view.gauges) if view is not None else ()
        for registry in (process_counts().registry, *self._registries):
            for known in registry.collect():
                if known.name in OWN or (view is None and known.type == "gauge"):
                    yield known
                elif view is not None:
                    yield _filled(known, samples)
        if view is None:
            return
        living = [({"role": role}, number) for role, number in view.processes.items()]
        yield gauge("sgd_processes", "Living processes, by what they do", living)
        yield from aliases(samples, self._models)


def gauge(name: str, documentation: str, values: Iterable[tuple[dict[str, str], float]]) -> Metric:
    """A gauge with its values by labels."""
    metric = Metric(name, documentation, "gauge")
    for labels, value in values:
        metric.add_sample(name, labels, float(value))
    return metric


def _filled(known: Metric, samples: Sequence[Sample]) -> Metric:
    metric = Metric(known.name, known.documentation, known.type)
    for one in sorted((one for one in samples if one.family == known.name), key=order):
        metric.add_sample(one.name, dict(one.labels), one.value)
    return metric
