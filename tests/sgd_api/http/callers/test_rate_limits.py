"""The limiter: atomic across processes, honest about the wait, and still there when Redis is not."""

import multiprocessing
import time
from collections.abc import Iterator

import pytest
import redis

from sgd_api.http.callers.rate_limits import Policy, RateLimiter
from sgd_resources.errors import RateLimited
from tests.benchmarks.bench_limiter import Seen, ask_from_processes, most_in_a_window, refused_with_room

FIVE = Policy("default", 5, 60)


@pytest.fixture
def client(redis_url: str) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(redis_url) as found:
        yield found


def test_a_quota_is_a_burst_and_then_a_refusal_with_a_wait(client: redis.Redis) -> None:
    limiter = RateLimiter(client)
    allowed = [limiter.decide("acme", [FIVE]) for _ in range(5)]
    assert [decision.states[0].remaining for decision in allowed] == [4, 3, 2, 1, 0]
    refused = limiter.decide("acme", [FIVE])
    assert not refused.is_allowed
    assert refused.headers["Retry-After"] == "60"
    assert refused.headers["RateLimit-Policy"] == '"default";q=5;w=60'
    assert refused.headers["RateLimit"] == '"default";r=0;t=60'
    assert "X-SGD-Degraded" not in refused.headers
    with pytest.raises(RateLimited) as caught:
        refused.enforce()
    assert caught.value.retry_after_s == 60


def test_orgs_do_not_share_a_quota(client: redis.Redis) -> None:
    limiter = RateLimiter(client)
    for _ in range(6):
        limiter.decide("acme", [FIVE])
    assert limiter.decide("globex", [FIVE]).is_allowed


def test_a_request_refused_by_one_policy_spends_nothing_of_the_other(client: redis.Redis) -> None:
    limiter = RateLimiter(client)
    narrow = Policy("work", 1, 60)
    assert limiter.decide("acme", [FIVE, narrow]).is_allowed
    for _ in range(3):
        assert not limiter.decide("acme", [FIVE, narrow]).is_allowed
    assert limiter.decide("acme", [FIVE]).states[0].remaining == 3


def test_after_the_stated_wait_a_request_fits(client: redis.Redis) -> None:
    limiter = RateLimiter(client)
    quick = Policy("default", 20, 1)
    while limiter.decide("acme", [quick]).is_allowed:
        pass
    refused = limiter.decide("acme", [quick])
    assert refused.retry_after_s == 1
    time.sleep(refused.states[0].retry_in_s + 0.01)
    assert limiter.decide("acme", [quick]).is_allowed


def _spend(url: str, wanted: int, found: "multiprocessing.Queue[int]") -> None:
    with redis.Redis.from_url(url) as client:
        limiter = RateLimiter(client)
        found.put(sum(limiter.decide("acme", [Policy("default", 50, 3600)]).is_allowed for _ in range(wanted)))


def test_four_processes_together_never_pass_the_quota(redis_url: str) -> None:
    context = multiprocessing.get_context("fork")
    found: multiprocessing.Queue[int] = context.Queue()
    workers = [context.Process(target=_spend, args=(redis_url, 40, found)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert sum(found.get(timeout=5) for _ in workers) == 50


def test_four_processes_that_go_on_asking_get_exactly_the_quota_in_any_window(redis_url: str) -> None:
    policy = Policy("default", 20, 1)
    seen = ask_from_processes(redis_url, [policy], processes=4, requests=200, seconds=2.5)
    assert len(seen) == 200
    assert most_in_a_window(seen, 1) <= 20
    assert refused_with_room(seen, policy) == 0
    assert 20 <= sum(one.is_allowed for one in seen) < 200


def test_the_count_of_windows_finds_one_too_many_and_one_too_few() -> None:
    full = [Seen(at / 10, at / 10 + 0.01, is_allowed=True) for at in range(5)]
    assert most_in_a_window([*full, Seen(60.5, 60.6, is_allowed=True)], 60) == 5
    assert most_in_a_window([*full, Seen(59.0, 59.1, is_allowed=True)], 60) == 6
    late = [Seen(at, at + 0.01, is_allowed=False, refused_by=("default",)) for at in (59.0, 61.9, 63.0)]
    assert [refused_with_room([*full, one], FIVE) for one in late] == [0, 0, 1]


def test_without_redis_each_process_limits_by_itself_and_says_so() -> None:
    fallbacks: list[int] = []
    gone = redis.Redis.from_url("unix:///nowhere/redis.sock")
    told: list[bool] = []
    limiter = RateLimiter(gone, on_fallback=lambda: fallbacks.append(1), on_decision=told.append)
    decisions = [limiter.decide("acme", [FIVE]) for _ in range(7)]
    assert [decision.is_allowed for decision in decisions] == [True] * 5 + [False] * 2
    assert [decision.states[0].remaining for decision in decisions] == [4, 3, 2, 1, 0, 0, 0]
    assert len(fallbacks) == 7
    assert told == [True] * 7
    assert {decision.headers["X-SGD-Degraded"] for decision in decisions} == {"local_rate_limits"}
