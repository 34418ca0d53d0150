"""The loads and what each must hold to: soak, spike, users, a backfill beside renders.

What must not live here: sending (`drive.py`), an installation (`place.py`).
"""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from tests.load.drive import Asked, Run, at_rate, client, quantile, read, render
from tests.load.place import Place, take_in

READ_PATHS = ("/v1/jobs", "/v1/schemas", "/v1/templates", "/v1/reviews", "/v1/health")
SOAK_P95_MS, SPIKE_ACCEPTED_P95_MS, BESIDE_FACTOR, MEMORY_GROWTH = 1_800.0, 300.0, 2.0, 1.2


@dataclass(frozen=True)
class Rule:
    """What a load must hold to, what it gave, and whether it did."""

    says: str
    found: str
    is_kept: bool


def soak(place: Place, per_s: float, seconds: float) -> tuple[Run, list[Rule]]:
    """A steady stream of pictures that are waited for; memory stays flat after the first third."""
    run = Run("soak")
    asyncio.run(_renders(run, place, per_s, seconds, prefer="wait=25"))
    done = [asked.done_ms for asked in run.asked if asked.done_ms is not None]
    early, late = _memory(run, 1 / 3, 1 / 2), _memory(run, 5 / 6, 1)
    return run, [
        _all_succeed(run),
        at_most("p95 of a picture, ms", quantile(done, 0.95), SOAK_P95_MS),
        at_most("memory at the end over memory after a third", late / early if early else 1.0, MEMORY_GROWTH),
    ]


def spike(place: Place, per_s: float, seconds: float) -> tuple[Run, list[Rule]]:
    """Ten times the stream for a minute: all accepted at once, all made, none twice."""
    run = Run("spike")
    asyncio.run(_renders(run, place, per_s, seconds, prefer="respond-async"))
    failed = sum(asked.status >= 500 or asked.status == 0 for asked in run.asked)
    seen = Counter(asked.subject for asked in run.asked if asked.subject)
    return run, [
        at_most("answers that are 5xx or none", failed, 0),
        at_most(
            "p95 until accepted, ms", quantile([asked.answered_ms for asked in run.asked], 0.95), SPIKE_ACCEPTED_P95_MS
        ),
        _all_succeed(run),
        at_most("renders that two requests share", sum(count > 1 for count in seen.values()), 0),
    ]


def users(place: Place, count: int, seconds: float, *, pause_s: float = 20.0) -> tuple[Run, list[Rule]]:
    """So many people who look at something every 20 seconds."""
    run = Run("users")

    async def all_of_them() -> None:
        async with client(place.url) as http:

            async def look(number: int, asked: Asked) -> None:
                _, key = place.keys[number % len(place.keys)]
                await read(http, key, READ_PATHS[number % len(READ_PATHS)], asked)

            await at_rate(run, count / pause_s, seconds, look)

    asyncio.run(all_of_them())
    return run, [
        _all_succeed(run),
        at_most("p95 of a read, ms", quantile([asked.answered_ms for asked in run.asked], 0.95), SPIKE_ACCEPTED_P95_MS),
    ]


def beside_backfill(place: Place, per_s: float, seconds: float, *, orgs: int = 4) -> tuple[Run, list[Rule]]:
    """Pictures that people wait for, idle and then while other orgs are read in."""
    idle, run = Run("idle"), Run("beside a backfill")
    asyncio.run(_renders(idle, place, per_s, seconds, prefer="wait=25"))
    ended = threading.Event()

    def backfill() -> None:
        number = 0
        while not ended.is_set() and number < orgs:
            with place.stack.client(f"backfill-{time.monotonic_ns()}", makes_org=True) as other:
                take_in(other)
            number += 1

    beside = threading.Thread(target=backfill)
    beside.start()
    try:
        asyncio.run(_renders(run, place, per_s, seconds, prefer="wait=25"))
    finally:
        ended.set()
        beside.join()
    before, after = (quantile([a.done_ms for a in one.asked if a.done_ms is not None], 0.95) for one in (idle, run))
    return run, [
        _all_succeed(run),
        at_most("p95 over its idle value", after / before if before else 1.0, BESIDE_FACTOR),
    ]


async def _renders(run: Run, place: Place, per_s: float, seconds: float, *, prefer: str) -> None:
    began = time.monotonic()

    async def watch_memory() -> None:
        while True:
            run.memory_mb.append((time.monotonic() - began, await asyncio.to_thread(place.memory_mb)))
            await asyncio.sleep(2)

    async with client(place.url) as http:
        watching = asyncio.ensure_future(watch_memory())

        async def ask(number: int, asked: Asked) -> None:
            asked.org_id, key = place.keys[number % len(place.keys)]
            await render(http, key, asked, prefer=prefer)

        try:
            await at_rate(run, per_s, seconds, ask)
            await asyncio.to_thread(place.follow, run.asked)
        finally:
            watching.cancel()


def _memory(run: Run, start: float, end: float) -> float:
    count = len(run.memory_mb)
    found = [mb for _, mb in run.memory_mb[int(start * count) : max(1, int(end * count))]]
    return quantile(found, 0.5)


def _all_succeed(run: Run) -> Rule:
    ends = Counter(asked.end for asked in run.asked)
    told = ", ".join(f"{count} {end}" for end, count in ends.most_common())
    return Rule("every request ends well", told, set(ends) == {"succeeded"})


def at_most(says: str, found: float, most: float) -> Rule:
    """A figure that is kept under a bound."""
    return Rule(f"{says}: at most {most:g}", f"{found:.4g}", found <= most)


SCENARIOS: dict[str, Callable[..., tuple[Run, list[Rule]]]] = {
    "soak": soak, "spike": spike, "users": users, "beside": beside_backfill,
}  # fmt: skip
