"""The limiter: atomic across processes, honest about the wait, and still there when Redis is not."""

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast

import pytest
import redis

from sgd_api.http.callers.rate_limits import Policy, RateLimiter
from sgd_resources.errors import RateLimited
from sgd_resources.redis.sliding_window import LocalWindows, Spending
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


class _FakeRedis:
    """Counts as the script does, by a clock of the test; can be away, stalled calls counted, and lose everything."""

    def __init__(self) -> None:
        self.now_s, self.is_away, self.n_asked = 1_000.0, False, 0
        self.lose()

    def lose(self) -> None:
        self._windows = LocalWindows(clock=lambda: self.now_s)

    def ping(self) -> bool:
        if self.is_away:
            raise redis.ConnectionError("away")
        return True

    def register_script(self, _: str) -> Callable[..., list[int]]:
        return self._run

    def _run(self, *, keys: Sequence[str], args: Sequence[int]) -> list[int]:
        self.n_asked += 1
        self.ping()
        spendings = [
            Spending(key, args[3 * at + 1], args[3 * at + 2], args[3 * at + 3] // 1_000_000)
            for at, key in enumerate(keys)
        ]
        verdict = self._windows.decide(spendings)
        parts = ((s.used, int(s.empty_in_s * 1e6), int(s.fits_in_s * 1e6)) for s in verdict.standings)
        return [int(verdict.is_allowed), *(part for standing in parts for part in standing)]


class _Place:
    """A limiter over a fake Redis, with one clock for both; the look for Redis is taken at once, not beside."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.redis = _FakeRedis()
        monkeypatch.setattr("sgd_api.http.callers.rate_limits.time.monotonic", lambda: self.redis.now_s)
        monkeypatch.setattr("sgd_api.http.callers.rate_limits.threading.Thread", _AtOnce)
        self.limiter = RateLimiter(cast("redis.Redis", self.redis))
        self.limiter._local = LocalWindows(clock=lambda: self.redis.now_s)

    def ask(self, times: int, *policies: Policy) -> list[bool]:
        return [self.limiter.decide("acme", policies or [FIVE]).is_allowed for _ in range(times)]

    def wait(self, seconds: float) -> None:
        self.redis.now_s += seconds


class _AtOnce:
    def __init__(self, *, target: Callable[[], None], **_: Any) -> None:
        self._target = target

    def start(self) -> None:
        self._target()


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> _Place:
    return _Place(monkeypatch)


def test_a_process_without_redis_goes_on_from_what_it_saw_redis_let_in(place: _Place) -> None:
    assert place.ask(3) == [True] * 3
    place.redis.is_away = True
    assert place.ask(4) == [True, True, False, False]
    place.wait(60)
    assert place.ask(6) == [True] * 5 + [False]


@pytest.mark.parametrize("is_lost", [True, False], ids=["empty", "behind"])
def test_what_was_let_in_without_redis_counts_when_it_is_back(place: _Place, is_lost: bool) -> None:
    assert place.ask(1) == [True]
    place.redis.is_away = True
    assert place.ask(2) == [True] * 2
    place.redis.is_away = False
    if is_lost:
        place.redis.lose()
    place.wait(2)
    assert place.ask(5) == [True, True, False, False, False]
    place.wait(57.9)
    assert place.ask(1) == [False]
    # The first three are out of the window, what was refused spent nothing anywhere, and the last two still count.
    place.wait(0.1)
    assert place.ask(5) == [True] * 3 + [False] * 2


def test_a_redis_that_was_lost_and_back_unseen_lets_nobody_begin_anew(place: _Place) -> None:
    assert place.ask(5) == [True] * 5
    place.redis.lose()
    decision = place.limiter.decide("acme", [FIVE])
    assert (decision.is_allowed, decision.is_local) == (False, True)
    place.wait(58)
    assert place.ask(2) == [False] * 2
    place.wait(2)
    assert place.ask(2) == [True] * 2


def test_what_redis_refuses_after_its_return_is_not_spent_here(place: _Place) -> None:
    place.redis.is_away = True
    assert place.ask(1) == [True]
    place.redis.is_away = False
    place.wait(2)
    other = RateLimiter(cast("redis.Redis", place.redis))
    assert [other.decide("acme", [FIVE]).is_allowed for _ in range(5)] == [True] * 5
    assert place.ask(20) == [False] * 20
    # Redis is away again: this process has let in one of five.
    place.redis.is_away = True
    assert place.ask(5) == [True] * 4 + [False]


def test_an_hour_stays_guarded_for_an_hour_and_other_callers_for_their_own_windows(place: _Place) -> None:
    hour = Policy("hour", 3, 3_600, "key")
    place.redis.is_away = True
    assert place.ask(3, hour) == [True] * 3
    place.redis.is_away = False
    place.redis.lose()
    place.wait(1_800)
    assert place.ask(1, hour) == [False]
    n_asked = place.redis.n_asked
    assert place.ask(2) == [True] * 2
    assert place.redis.n_asked == n_asked + 2
    place.wait(1_800)
    assert place.ask(4, hour) == [True] * 3 + [False]


def test_only_the_request_that_finds_redis_away_waits_for_it(place: _Place) -> None:
    wide = Policy("default", 1_000, 60)
    place.redis.is_away = True
    for _ in range(30):
        place.ask(1, wide)
        place.wait(0.5)
    assert place.redis.n_asked == 1
    place.redis.is_away = False
    place.wait(1)
    place.ask(2, wide)
    assert place.redis.n_asked == 3


def test_limits_that_nothing_disturbed_are_redis_own(place: _Place) -> None:
    place.ask(3)
    other = RateLimiter(cast("redis.Redis", place.redis))
    assert other.decide("acme", [FIVE]).states[0].remaining == 1
    decision = place.limiter.decide("acme", [FIVE])
    assert (decision.is_local, decision.states[0].remaining) == (False, 0)
    assert not place.limiter.decide("acme", [FIVE]).is_local
