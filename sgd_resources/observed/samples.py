"""One number of a metric as it travels through Redis: its name there, and how numbers of one series are ordered.

What must not live here: sending (`told.py`) or reading (`view.py`) them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import orjson
from prometheus_client import CollectorRegistry


@dataclass(frozen=True)
class Sample:
    """One number of a metric: `family` is the metric's name, `name` the sample's own."""

    family: str
    name: str
    labels: tuple[tuple[str, str], ...]
    value: float


def field_of(family: str, name: str, labels: Mapping[str, str]) -> str:
    """A sample's name in a hash of Redis."""
    return orjson.dumps([family, name, sorted(labels.items())]).decode()


def sample_of(field: str, value: float) -> Sample:
    """The sample that `field_of` named."""
    family, name, labels = orjson.loads(field)
    return Sample(family, name, tuple((key, value) for key, value in labels), value)


def samples_of(registry: CollectorRegistry) -> tuple[dict[str, float], dict[str, float]]:
    """(gauges, counts) of this process, by the names they have in Redis."""
    gauges: dict[str, float] = {}
    counts: dict[str, float] = {}
    for family, kind, name, labels, value in _each(registry):
        (gauges if kind == "gauge" else counts)[field_of(family, name, labels)] = value
    return gauges, counts


def order(sample: Sample) -> tuple[list[tuple[str, str]], str, float]:
    """Sorts so that the buckets of one series stand together, the smallest first."""
    labels = dict(sample.labels)
    bound = labels.pop("le", "0")
    return sorted(labels.items()), sample.name, float(bound)


def _each(registry: CollectorRegistry) -> Iterator[tuple[str, str, str, Mapping[str, str], float]]:
    for metric in registry.collect():
        for sample in metric.samples:
            if not sample.name.endswith("_created"):
                yield metric.name, metric.type, sample.name, sample.labels, sample.value
