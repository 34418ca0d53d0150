"""Every process' counts add up in one view; gauges are those of the living."""

from collections.abc import Iterator

import pytest
import redis
from prometheus_client import CollectorRegistry, Counter, Gauge
from prometheus_client.parser import text_string_to_metric_families

from sgd_resources.events import tell
from sgd_resources.observed.exposition import exposition
from sgd_resources.observed.told import Teller
from sgd_resources.observed.view import ALIVE_KEY

pytestmark = pytest.mark.embedded


class _Process:
    def __init__(self, client: "redis.Redis", role: str) -> None:
        registry = CollectorRegistry()
        self.requests = Counter("sgd_http_requests", "r", ["route"], registry=registry)
        self.in_flight = Gauge("sgd_http_requests_in_flight", "f", registry=registry)
        self.registry = registry
        self.teller = Teller(client, role, (registry,))


@pytest.fixture
def client(redis_url: str) -> Iterator["redis.Redis"]:
    with redis.Redis.from_url(redis_url) as made:
        yield made


def value(process: _Process, name: str, **labels: str) -> float | None:
    text = exposition(process.teller.read(), (process.registry,)).decode()
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if sample.name == name and sample.labels == labels:
                return sample.value
    return None


def test_counts_of_two_processes_add_up_whichever_is_asked(client: "redis.Redis") -> None:
    one, other = _Process(client, "api"), _Process(client, "worker")
    one.requests.labels("/a").inc(2)
    other.requests.labels("/a").inc(3)
    other.in_flight.set(4)
    one.in_flight.set(1)
    one.teller.tell()
    other.teller.tell()
    for asked in (one, other):
        assert value(asked, "sgd_http_requests_total", route="/a") == 5
        assert value(asked, "sgd_http_requests_in_flight") == 5
        assert value(asked, "sgd_processes", role="worker") == 1


def test_what_was_counted_once_is_told_once(client: "redis.Redis") -> None:
    one = _Process(client, "api")
    one.requests.labels("/a").inc()
    for _ in range(3):
        one.teller.tell()
    assert value(one, "sgd_http_requests_total", route="/a") == 1


def test_a_process_that_ends_leaves_its_counts_and_takes_its_gauges(client: "redis.Redis") -> None:
    one, other = _Process(client, "api"), _Process(client, "worker")
    other.teller.start()
    other.requests.labels("/a").inc()
    other.in_flight.set(7)
    other.teller.close()
    assert value(one, "sgd_http_requests_total", route="/a") == 1
    assert value(one, "sgd_http_requests_in_flight") == 0
    assert client.zcard(ALIVE_KEY) == 1


def test_without_redis_nothing_is_lost_and_no_count_is_shown(client: "redis.Redis", redis_url: str) -> None:
    gone = redis.Redis.from_url("unix:///nowhere/redis.sock")
    one = _Process(gone, "api")
    one.requests.labels("/a").inc()
    one.in_flight.set(1)
    with pytest.raises(redis.RedisError):
        one.teller.tell()
    text = exposition(None, (one.registry,)).decode()
    assert "sgd_metrics_view_up 0.0" in text
    assert "sgd_http_requests_total" not in text
    assert "sgd_http_requests_in_flight 1.0" in text
    one.teller._client = client
    one.teller.tell()
    assert value(one, "sgd_http_requests_total", route="/a") == 1


def test_events_are_counted_whether_or_not_they_are_logged(client: "redis.Redis") -> None:
    one = _Process(client, "worker")
    one.teller.start()
    counted = "sgd_render_duration_seconds_count"
    before = value(one, counted, outcome="succeeded") or 0
    tell("render.ended", outcome="succeeded", duration_ms=1500, pictures=3, pictures_passed=2, cost_usd_micros=7)
    assert value(one, counted, outcome="succeeded") == before + 1
    one.teller.close()
