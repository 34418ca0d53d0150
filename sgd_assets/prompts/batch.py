"""Many prompts asked at once: so many in flight and no more, equal ones asked once, each with an end of its own.

A call is held at the most it may cost, so that fifty of one request can hold all of its budget though they cost a
hundredth of it: a prompt that finds it held waits for another of the batch to end, and asks again.

What must not live here: one analysis (`analyze.py`).
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sgd_assets.prompts.analyze import Completes, Ready, analyze
from sgd_assets.prompts.model import Analysis, Failed
from sgd_resources.errors import BudgetExceeded, SgdError
from sgd_resources.llm.caller import Caller

AT_ONCE = 50
"""Calls of one batch in flight: 100 prompts are two rounds, and other requests still get their turn."""
HELD_PAUSE_S = 1.0
"""A prompt that waits looks again by itself so often: what is held may be another request's."""
HELD_PATIENCE_S = 5.0
"""With no other prompt of the batch in a call; the gateway says of what is held that it is free after as long."""
MOST_WAITED_S = 60.0
"""As long as the gateway gives one call in all."""
_WOKEN = 2
"""By each prompt that ends: calls are not of one size, and fifty that look at once would be in each other's way."""


@dataclass(frozen=True)
class Outcome:
    """What came of one prompt of a batch."""

    found: Analysis | Failed | SgdError
    took_ms: int
    duplicate_of: int | None = None
    """The first prompt that was equal, whose answer this is."""


class _Calls:
    """The prompts of one batch that are in a call, and those that wait for one of them to end."""

    def __init__(self) -> None:
        self._in_flight = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._last_end = time.monotonic()

    async def made(self, ask: Callable[[], Awaitable[Analysis | Failed]]) -> Analysis | Failed:
        """What `ask` gives; asked again as long as its money is only held. Raises what it raises."""
        began = time.monotonic()
        while True:
            self._in_flight += 1
            is_held = False
            try:
                return await ask()
            except BudgetExceeded as error:
                is_held = _is_held(error) and self._may_wait(began)
                if not is_held:
                    raise
            finally:
                self._in_flight -= 1
                if not is_held:
                    self._ended()
            await self._an_end()

    def _may_wait(self, began: float) -> bool:
        now = time.monotonic()
        is_alone = self._in_flight == 1
        return now - began < MOST_WAITED_S and not (is_alone and now - max(began, self._last_end) >= HELD_PATIENCE_S)

    def _ended(self) -> None:
        self._last_end = time.monotonic()
        for _ in range(min(_WOKEN, len(self._waiting))):
            one = self._waiting.popleft()
            if not one.done():
                one.set_result(None)

    async def _an_end(self) -> None:
        one = asyncio.get_running_loop().create_future()
        self._waiting.append(one)
        with suppress(TimeoutError):
            await asyncio.wait_for(one, HELD_PAUSE_S)
        if one in self._waiting:
            self._waiting.remove(one)


def _is_held(error: BudgetExceeded) -> bool:
    """Whether the money is there and held by calls in flight; everybody's pots do not say."""
    told = error.details
    if "limit_usd_micros" not in told:
        return False
    return bool(told["spent_usd_micros"] + told["asked_usd_micros"] <= told["limit_usd_micros"])


async def analyze_all(
    gateway: Completes, asked: Sequence[Ready], caller: Caller, *, at_once: int = AT_ONCE
) -> list[Outcome]:
    """The outcome of each, in their order; one that fails fails alone. All share the request's budget."""
    seats, calls = asyncio.Semaphore(at_once), _Calls()
    first: dict[str, int] = {}
    for index, ready in enumerate(asked):
        first.setdefault(ready.ask.prompt, index)

    async def one(ready: Ready) -> Outcome:
        async with seats:
            began = time.perf_counter()
            try:
                found: Analysis | Failed | SgdError = await calls.made(lambda: analyze(gateway, ready, caller))
            except SgdError as error:
                found = error
            return Outcome(found, round((time.perf_counter() - began) * 1_000))

    ends = dict(zip(first, await asyncio.gather(*(one(asked[index]) for index in first.values())), strict=True))
    return [
        ends[ready.ask.prompt]
        if first[ready.ask.prompt] == index
        else Outcome(ends[ready.ask.prompt].found, 0, duplicate_of=first[ready.ask.prompt])
        for index, ready in enumerate(asked)
    ]
