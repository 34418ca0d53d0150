"""Many prompts asked at once: so many in flight and no more, equal ones asked once, each with an end of its own.

What must not live here: one analysis (`analyze.py`).
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

from sgd_assets.prompts.analyze import Completes, Ready, analyze
from sgd_assets.prompts.model import Analysis, Failed
from sgd_resources.errors import SgdError
from sgd_resources.llm.caller import Caller

AT_ONCE = 50
"""Calls of one batch in flight: 100 prompts are two rounds, and other requests still get their turn."""


@dataclass(frozen=True)
class Outcome:
    """What came of one prompt of a batch."""

    found: Analysis | Failed | SgdError
    took_ms: int
    duplicate_of: int | None = None
    """The first prompt that was equal, whose answer this is."""


async def analyze_all(
    gateway: Completes, asked: Sequence[Ready], caller: Caller, *, at_once: int = AT_ONCE
) -> list[Outcome]:
    """The outcome of each, in their order; one that fails fails alone. All share the request's budget."""
    seats = asyncio.Semaphore(at_once)
    first: dict[str, int] = {}
    for index, ready in enumerate(asked):
        first.setdefault(ready.ask.prompt, index)

    async def one(ready: Ready) -> Outcome:
        async with seats:
            began = time.perf_counter()
            try:
                found: Analysis | Failed | SgdError = await analyze(gateway, ready, caller)
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
