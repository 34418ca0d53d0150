"""One limit for many processes: four of them ask a thousand times under the limits that production ships.

python -m tests.benchmarks.bench_limiter [--quick]

Real Redis, real processes, real time. For every window, wherever it begins, what was let in is counted with the moments
that the askers saw before and after each answer; code 1 when a window held more than its limit, or when a request was
refused that its window had room for.
"""

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import redis

from sgd_api.http.callers.key_limits import policies_for
from sgd_api.http.callers.rate_limits import Policy, RateLimiter
from sgd_resources.embedded.services import embedded_services
from sgd_resources.identity.principal import Principal
from sgd_resources.settings import Settings

HELD_BACK = 1 / 30
"""Of a window: for so long one that has left it may still count (`sgd_resources/redis/sliding_window.py`)."""


@dataclass(frozen=True)
class Seen:
    """One request: when it was sent and answered, on the clock that all processes share, and how."""

    sent_s: float
    answered_s: float
    is_allowed: bool
    refused_by: tuple[str, ...] = ()


def ask_from_processes(
    url: str, policies: Sequence[Policy], *, processes: int, requests: int, seconds: float
) -> list[Seen]:
    """What `requests` requests in so many seconds met, spread evenly over processes that all begin at once."""
    context = multiprocessing.get_context("fork")
    found: multiprocessing.Queue[list[Seen]] = context.Queue()
    begin_s, each = time.monotonic() + 0.5, requests // processes
    arguments = (url, policies, begin_s, each, seconds / each, found)
    askers = [context.Process(target=_ask, args=arguments) for _ in range(processes)]
    for asker in askers:
        asker.start()
    seen = [one for _ in askers for one in found.get(timeout=seconds + 60)]
    for asker in askers:
        asker.join(30)
    return sorted(seen, key=lambda one: one.sent_s)


def _ask(
    url: str,
    policies: Sequence[Policy],
    begin_s: float,
    requests: int,
    pause_s: float,
    found: "multiprocessing.Queue[list[Seen]]",
) -> None:
    seen = []
    with redis.Redis.from_url(url) as client:
        limiter = RateLimiter(client)
        for number in range(requests):
            time.sleep(max(0.0, begin_s + number * pause_s - time.monotonic()))
            sent_s = time.monotonic()
            decision = limiter.decide("acme", policies)
            refused_by = tuple(state.policy.name for state in decision.states if state.retry_in_s > 0)
            seen.append(Seen(sent_s, time.monotonic(), decision.is_allowed, refused_by))
    found.put(seen)


def most_in_a_window(seen: Sequence[Seen], window_s: float) -> int:
    """The most that were let in within one window for certain: sent and answered in it."""
    allowed = [one for one in seen if one.is_allowed]
    return max(
        (
            sum(first.sent_s <= one.sent_s and one.answered_s < first.sent_s + window_s for one in allowed)
            for first in allowed
        ),
        default=0,
    )


def refused_with_room(seen: Sequence[Seen], policy: Policy) -> int:
    """Refusals by this policy whose window cannot have been full, even with what is held back."""
    allowed, length_s = [one for one in seen if one.is_allowed], policy.window_s * (1 + HELD_BACK)
    refused = [one for one in seen if policy.name in one.refused_by]
    return sum(
        sum(one.sent_s - length_s <= other.answered_s and other.sent_s <= one.answered_s for other in allowed)
        < policy.quota
        for one in refused
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Print what each window held."""
    parser = argparse.ArgumentParser(description="Four processes, a thousand requests, two minutes and a half.")
    parser.add_argument("--quick", action="store_true", help="windows of a twentieth")
    pace = 20 if parser.parse_args(argv).quick else 1
    with tempfile.TemporaryDirectory(prefix="sgd-bench-") as folder:
        settings = Settings(sgd_var_dir=Path(folder)).model_copy(
            update=dict.fromkeys(("database_url", "database_owner_url", "redis_url", "dagster_database_url"))
        )
        shipped = policies_for(
            Principal("acme", "key:1"),
            settings.model_copy(
                update={"sgd_key_limit_per_min": 100, "sgd_key_limit_per_s": 10, "sgd_key_limit_burst": 30}
            ),
            starts_work=True,
        )
        policies = [Policy(p.name, p.quota, max(1, p.window_s // pace), p.of) for p in shipped]
        with embedded_services(settings, is_durable=False) as urls:
            seen = ask_from_processes(urls.redis_url, policies, processes=4, requests=1_000, seconds=150 / pace)
    is_broken = False
    let_in = sum(one.is_allowed for one in seen)
    print(f"4 processes, {len(seen)} requests in {150 / pace:g} s: {let_in} let in")  # noqa: T201 - a benchmark speaks
    for policy in policies:
        most, wrongly = most_in_a_window(seen, policy.window_s), refused_with_room(seen, policy)
        is_broken |= most > policy.quota or wrongly > 0
        print(  # noqa: T201 - a benchmark speaks
            f"  {policy.name:8s} any {policy.window_s:g} s: at most {policy.quota}, found {most}; "
            f"refused with room: {wrongly} of {sum(policy.name in one.refused_by for one in seen)}"
        )
    return int(is_broken)


if __name__ == "__main__":
    sys.exit(main())
