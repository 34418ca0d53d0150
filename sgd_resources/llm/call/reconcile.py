"""What attempts of unknown outcome really cost: asked of the provider, `GET /generation?id=`, until it tells.

While the provider is away nothing is decided: one question at a time finds out whether it is back. A provider that
answers and knows no such generation is asked a few more times, for it writes generations down late; then the attempt is
settled at its estimate. What waits here is in Redis too (`RedisBudget.unknown`): another process can go on with it.

What must not live here: holding or settling money (`books.py`).
"""

import asyncio
import heapq
import itertools
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote

from sgd_resources.llm.money.ledger import CallRow
from sgd_resources.llm.money.scopes import Reservation
from sgd_resources.llm.wire import openrouter
from sgd_resources.llm.wire.transport import Transport, TransportFailed

LOOKUP_DELAYS_S = (1.0, 3.0, 8.0, 20.0, 60.0, 120.0, 300.0)
"""OpenRouter writes a generation down within seconds, at busy times within minutes."""
FIRST_AWAY_S, MOST_AWAY_S = 1.0, 300.0
GIVE_UP_S = 86_400.0
"""A provider that is away for a whole day: by then the day whose budget is held is over."""
LOOKUP_TIMEOUT_S = 5.0
_MOST_BYTES = 1_000_000
_AT_ONCE = 16

Settle = Callable[["Waiting", int | None], Awaitable[None]]
"""(what waited, its cost, None when nobody will ever know)."""


@dataclass(frozen=True)
class Waiting:
    """An attempt whose cost the provider has yet to tell."""

    reservation: Reservation
    row: CallRow
    """As it is written if nobody tells: its cost is the estimate."""
    generation_id: str
    since: float
    asked: int = 0


@dataclass(order=True)
class _Due:
    at: float
    order: int
    what: Waiting = field(compare=False)


class Reconciler:
    """Looks costs up, in the background of one event loop.

    Args:
        transport_of: to the provider that served the attempt of a row.
        settle: told each outcome.
        delays_s: between the questions to a provider that answers and does not know.
        clock, sleep: of the loop; a simulation brings its own.
    """

    def __init__(
        self,
        transport_of: Callable[[CallRow], Transport],
        settle: Settle,
        *,
        delays_s: Sequence[float] = LOOKUP_DELAYS_S,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._transport_of = transport_of
        self._settle = settle
        self._delays_s = tuple(delays_s) or (0.0,)
        self._clock = clock
        self._sleep = sleep
        self._due: list[_Due] = []
        self._count = itertools.count()
        self._away_s = 0.0
        self._task: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._due)

    def add(self, reservation: Reservation, row: CallRow, generation_id: str) -> None:
        """Look this one up from now on."""
        now = self._clock()
        self._push(Waiting(reservation, row, generation_id, now), now + self._delays_s[0])
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def idle(self, timeout_s: float) -> None:
        """Wait until nothing waits any more, or for so long."""
        ends_at = time.monotonic() + timeout_s
        while self._task is not None and not self._task.done() and time.monotonic() < ends_at:
            await asyncio.wait([self._task], timeout=max(0.0, ends_at - time.monotonic()))

    async def close(self) -> None:
        """Stop; what still waits stays held, for another process."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while self._due:
            wait_s = self._due[0].at - self._clock()
            if wait_s > 0:
                await self._sleep(wait_s)
            await self._turn()

    async def _turn(self) -> None:
        """Ask for what is due: one alone while the provider is away, else some at once."""
        now, most = self._clock(), 1 if self._away_s else _AT_ONCE
        due = [heapq.heappop(self._due).what for _ in range(most) if self._due and self._due[0].at <= now]
        answers = await asyncio.gather(*(self._ask(one) for one in due))
        is_away = bool(due) and all(answer == "away" for answer in answers)
        if is_away:
            self._away_s = min(MOST_AWAY_S, 2 * self._away_s or FIRST_AWAY_S)
            for entry in self._due:
                entry.at = max(entry.at, now + self._away_s)
            heapq.heapify(self._due)
        elif due:
            self._away_s = 0.0
        for one, answer in zip(due, answers, strict=True):
            await self._decide(one, answer)

    async def _decide(self, one: Waiting, answer: int | Literal["away", "absent"]) -> None:
        now = self._clock()
        if isinstance(answer, int):
            await self._settle(one, answer)
        elif answer == "away":
            if now - one.since >= GIVE_UP_S:
                await self._settle(one, None)
            else:
                self._push(one, now + (self._away_s or FIRST_AWAY_S))
        elif one.asked + 1 >= len(self._delays_s):
            await self._settle(one, None)
        else:
            later = Waiting(one.reservation, one.row, one.generation_id, one.since, one.asked + 1)
            self._push(later, now + self._delays_s[later.asked])

    async def _ask(self, one: Waiting) -> int | Literal["away", "absent"]:
        path = f"{openrouter.GENERATION_PATH}?id={quote(one.generation_id, safe='')}"
        try:
            answer = await self._transport_of(one.row).send(
                "GET", path, timeout_s=LOOKUP_TIMEOUT_S, max_bytes=_MOST_BYTES
            )
        except TransportFailed:
            return "away"
        found = openrouter.parse_generation(answer.status, answer.body)
        if found is not None:
            return found
        # Any other refusal than "no such thing" says nothing of the generation: a burst of 401 is an outage too.
        return "absent" if answer.status in {200, 404} else "away"

    def _push(self, what: Waiting, at: float) -> None:
        heapq.heappush(self._due, _Due(at, next(self._count), what))
