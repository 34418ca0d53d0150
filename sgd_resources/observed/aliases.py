"""Our metrics under the names that the dashboards of other services expect, and the rates that people ask for first.

The rates are over all that was ever counted; over a window a query makes them of the counters, as the dashboards under
`deploy/grafana` do. What must not live here: counting.
"""

from collections.abc import Iterator, Mapping, Sequence

from prometheus_client import Metric

from sgd_resources.observed.samples import Sample, order

COPIED: Mapping[str, tuple[str, str]] = {
    "http_requests": ("sgd_http_requests", "counter"),
    "http_request_duration_seconds": ("sgd_http_request_duration_seconds", "histogram"),
    "active_requests": ("sgd_http_requests_in_flight", "gauge"),
    "db_query_duration_seconds": ("sgd_db_query_duration_seconds", "histogram"),
    "cache_operations": ("sgd_cache_operations", "counter"),
    "validation_results": ("sgd_prompts", "counter"),
    "llm_requests": ("sgd_llm_tries", "counter"),
    "llm_request_duration_seconds": ("sgd_llm_call_duration_seconds", "histogram"),
    "llm_tokens": ("sgd_llm_tokens", "counter"),
}
"""Name beside ours, to ours and its type."""
P95 = 0.95


def aliases(samples: Sequence[Sample], models: Sequence[Sample]) -> Iterator[Metric]:
    """Each alias with the values its own metric has now; a rate of nothing has no value."""
    every = (*samples, *models)
    for alias, (name, kind) in COPIED.items():
        metric = Metric(alias, f"The same as {name}", kind)
        for one in sorted((one for one in every if one.family == name), key=order):
            metric.add_sample(one.name.replace(name, alias, 1), dict(one.labels), one.value)
        yield metric
    yield _refusals(every)
    renders = _by(every, "sgd_render_duration_seconds_count", "outcome")
    hits = _by(every, "sgd_cache_operations_total", "result")
    jobs = sum(_by(every, "sgd_job_duration_seconds_count", "kind").values())
    cost = sum(one.value for one in every if one.name == "sgd_llm_cost_usd_micros_total")
    yield _rate("image_success_rate", "Renders that succeeded", renders.get("succeeded", 0), sum(renders.values()))
    looked_up = hits.get("hit", 0) + hits.get("miss", 0)
    yield _rate("cache_hit_rate", "Keys found of all asked of caches", hits.get("hit", 0), looked_up)
    yield _rate("cost_per_job", "US dollars that models cost for one job", cost / 1_000_000, jobs)
    yield _p95(every)


def _refusals(samples: Sequence[Sample]) -> Metric:
    metric = Metric("openrouter_4xx_5xx", "Tries that a provider of models answered with an error status", "counter")
    found = [one for one in samples if one.name == "sgd_llm_tries_total"]
    for one in sorted(found, key=order):
        labels = dict(one.labels)
        if labels["status"] in {"4xx", "5xx"}:
            metric.add_sample("openrouter_4xx_5xx_total", labels, one.value)
    return metric


def _rate(name: str, documentation: str, part: float, whole: float) -> Metric:
    metric = Metric(name, documentation, "gauge")
    if whole:
        metric.add_sample(name, {}, part / whole)
    return metric


def _p95(samples: Sequence[Sample]) -> Metric:
    """The bound, in seconds, of the bucket that 95 % of all requests lie below or in; as Prometheus, no finer."""
    metric = Metric("p95_latency", "Seconds that 95 % of requests were answered in, as a bucket's bound", "gauge")
    buckets: dict[float, float] = {}
    for one in samples:
        if one.name == "sgd_http_request_duration_seconds_bucket":
            bound = float(dict(one.labels)["le"])
            buckets[bound] = buckets.get(bound, 0.0) + one.value
    total = max(buckets.values(), default=0.0)
    if total:
        metric.add_sample("p95_latency", {}, next(bound for bound in sorted(buckets) if buckets[bound] >= P95 * total))
    return metric


def _by(samples: Sequence[Sample], name: str, label: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for one in samples:
        if one.name == name:
            key = dict(one.labels)[label]
            found[key] = found.get(key, 0.0) + one.value
    return found
