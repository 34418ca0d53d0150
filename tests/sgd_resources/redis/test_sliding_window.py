"""No window holds more than its limit, wherever it begins: in Redis, and in a process by itself."""

import random
from collections.abc import Callable, Iterator, Sequence

import pytest
import redis

from sgd_resources.redis.sliding_window import (
    SCRIPT,
    LocalWindows,
    Spending,
    Verdict,
    read_answer,
    script_arguments,
)

Decide = Callable[[Sequence[Spending], float], Verdict]
START_S = 1_800_000_000.0


@pytest.fixture
def client(redis_url: str) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(redis_url) as found:
        yield found


def _in_redis(client: redis.Redis) -> Decide:
    script = client.register_script(SCRIPT)

    def decide(spendings: Sequence[Spending], now_s: float) -> Verdict:
        keys, args = script_arguments(spendings, now_s=now_s)
        return read_answer(script(keys=keys, args=args))

    return decide


def _in_process() -> Decide:
    now = [0.0]
    windows = LocalWindows(clock=lambda: now[0])

    def decide(spendings: Sequence[Spending], now_s: float) -> Verdict:
        now[0] = now_s
        return windows.decide(spendings)

    return decide


@pytest.fixture(params=[pytest.param("redis", marks=pytest.mark.embedded), "process"])
def decide(request: pytest.FixtureRequest) -> Decide:
    if request.param == "process":
        return _in_process()
    return _in_redis(request.getfixturevalue("client"))


def _most_in_a_window(spent: Sequence[tuple[float, int]], window_s: float) -> int:
    return max(sum(cost for at, cost in spent if begin <= at < begin + window_s - 1e-6) for begin, _ in spent)


@pytest.mark.parametrize("phase_s", [0.0, 0.001, 1.0, 1.999, 2.0, 30.0, 59.99])
def test_a_minute_never_holds_more_than_its_limit_at_the_worst_phase(decide: Decide, phase_s: float) -> None:
    # One call opens the window early, the rest comes at its very end, and then everybody tries again and again.
    spending = [Spending("calls", 1, 60)]
    moments = [START_S, *[START_S + phase_s] * 100, *(START_S + 40 + step / 4 for step in range(600))]
    spent = [(at, 1) for at in sorted(moments) if decide(spending, at).is_allowed]
    assert _most_in_a_window(spent, 60) == 60
    # What is held back in a cell is held back by a thirtieth at most.
    assert len([at for at, _ in spent if at >= START_S + 62 + phase_s]) >= 60


def test_weights_keep_to_the_limit_too_and_both_counts_decide_alike(client: redis.Redis) -> None:
    source = random.Random(5)
    in_redis, in_process = _in_redis(client), _in_process()
    now_s, spent = START_S, []
    for _ in range(800):
        now_s += source.choice((0.0, 0.0001, 0.3, 2.0, 7.7)) * source.random()
        wanted = [Spending("tokens", source.randrange(0, 900), 5_000), Spending("calls", 1, 12)]
        verdict = in_redis(wanted, now_s)
        assert verdict == in_process(wanted, now_s)
        if verdict.is_allowed:
            spent.append((now_s, wanted[0].cost))
    assert _most_in_a_window(spent, 60) <= 5_000
    assert _most_in_a_window([(at, 1) for at, _ in spent], 60) == 12


def test_what_is_refused_by_one_limit_spends_nothing_of_the_others(decide: Decide) -> None:
    wide, narrow = Spending("wide", 1, 5), Spending("narrow", 1, 1)
    assert decide([wide, narrow], START_S).is_allowed
    refused = decide([wide, narrow], START_S + 1)
    assert not refused.is_allowed
    assert [standing.used for standing in refused.standings] == [1, 1]
    assert [standing.fits_in_s for standing in refused.standings] == [0, 59]


def test_after_the_stated_wait_it_fits_and_not_before(decide: Decide) -> None:
    spending = [Spending("tokens", 40, 100)]
    for after_s in (0, 10, 20):
        verdict = decide(spending, START_S + after_s)
    assert not verdict.is_allowed
    wait_s = verdict.standings[0].fits_in_s
    assert wait_s == 40
    assert verdict.standings[0].empty_in_s == 50
    assert not decide(spending, START_S + 20 + wait_s - 0.001).is_allowed
    assert decide(spending, START_S + 20 + wait_s).is_allowed


def test_a_cost_above_its_limit_passes_alone_and_keeps_the_others_out_for_a_window(decide: Decide) -> None:
    large, small = [Spending("tokens", 500, 100)], [Spending("tokens", 1, 100)]
    assert decide(small, START_S).is_allowed
    assert decide(large, START_S + 1).standings[0].fits_in_s == 59
    assert decide(large, START_S + 60).is_allowed
    assert not decide(small, START_S + 119.9).is_allowed
    assert decide(small, START_S + 120).is_allowed


def test_a_clock_that_is_set_back_lets_nothing_in(decide: Decide) -> None:
    assert decide([Spending("calls", 1, 1)], START_S).is_allowed
    assert not decide([Spending("calls", 1, 1)], START_S - 3_600).is_allowed


def test_a_key_takes_32_entries_at_most_and_goes_with_its_window(client: redis.Redis) -> None:
    decide = _in_redis(client)
    for step in range(2_000):
        assert decide([Spending("tokens", 1_000, 10**9)], START_S + step / 10).is_allowed
    assert client.llen("tokens") <= 32
    assert (client.memory_usage("tokens", samples=0) or 0) <= 1_500
    assert 60_000 < client.pttl("tokens") <= 61_000


def test_redis_counts_by_its_own_clock_when_given_none(client: redis.Redis) -> None:
    keys, args = script_arguments([Spending("calls", 1, 2)])
    verdicts = [read_answer(client.eval(SCRIPT, 1, *keys, *args)) for _ in range(3)]
    assert [verdict.is_allowed for verdict in verdicts] == [True, True, False]
    assert 59 < verdicts[2].standings[0].fits_in_s <= 60


def test_a_process_keeps_so_many_keys_and_forgets_the_one_that_spent_longest_ago(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sgd_resources.redis.sliding_window._MOST_KEYS", 100)
    now = [0.0]
    windows = LocalWindows(clock=lambda: now[0])
    first = [Spending("org 0", 1, 5_000, 3_600)]
    for number in range(1_000):
        windows.note(first)
        windows.decide([Spending(f"org {number}", 1, 5_000, 3_600)])
    assert len(windows._windows) == 100
    assert windows.surely_used([*first, Spending("org 1", 1, 5_000, 3_600)]) == [1_001, 0]


def test_what_was_spent_elsewhere_counts_here_and_what_is_given_back_does_not() -> None:
    now = [START_S]
    windows = LocalWindows(clock=lambda: now[0])
    spending = [Spending("calls", 2, 5)]
    windows.note(spending)
    now[0] += 20
    assert windows.decide(spending).standings[0].used == 4
    assert windows.surely_used(spending) == [4]
    windows.give_back([Spending("calls", 3, 5)])
    assert windows.decide(spending).standings[0].used == 3
    now[0] += 40
    assert windows.decide(spending).standings[0].used == 4


def test_only_what_redis_cannot_have_let_go_is_surely_used() -> None:
    now = [START_S]
    windows = LocalWindows(clock=lambda: now[0])
    spending = [Spending("calls", 1, 5)]
    windows.note(spending)
    now[0] += 56.9
    assert windows.surely_used(spending) == [1]
    now[0] += 0.2
    assert windows.surely_used(spending) == [0]
    assert windows.surely_used([Spending("others", 1, 5)]) == [0]
