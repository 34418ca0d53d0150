"""What a process does for the books beside its calls: says that it lives, joins new epochs, settles for the dead.

What must not live here: how any of it is done (`money/`, `books.py`).
"""

import asyncio
import time

from sgd_resources.errors import SgdError
from sgd_resources.events import warn
from sgd_resources.llm.call.beside import beside
from sgd_resources.llm.call.books import Books
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.money.budget import RedisBudget
from sgd_resources.llm.money.epochs import ALIVE_S
from sgd_resources.llm.money.ledger import CallRow, DatabaseLedger

BEAT_S = 1.0
"""A new epoch waits for the slowest process: each looks so often whether there is one."""
ADOPT_EVERY_S = 15.0
"""With the 30 s after which a process counts as dead, and 30 s of a young epoch: settled within two minutes."""


class Keeper:
    """The background loop of one gateway's books. Starts with the first call, or when told to."""

    def __init__(self, books: Books, metrics: LlmMetrics) -> None:
        self._books = books
        self._metrics = metrics
        self._task: asyncio.Task[None] | None = None
        self._adopted_at = 0.0

    def start(self) -> None:
        """Begin, if it has not begun; needs a running loop."""
        if self._task is None and isinstance(self._books.budget, RedisBudget):
            self._watch_ledger(self._books.budget)
            self._task = asyncio.get_running_loop().create_task(self._run(self._books.budget))

    async def close(self) -> None:
        """Stop, and tell the others not to wait for this process."""
        if self._task is None:
            return
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        assert isinstance(self._books.budget, RedisBudget)
        with beside("leaving", self._metrics):
            await self._books.budget.epochs.leave()

    async def adopt(self, budget: RedisBudget, *, youngest_epoch_s: float = ALIVE_S) -> int:
        """Settle for the dead; how many attempts. Raises Unavailable."""
        found = await budget.adopt(youngest_epoch_s=youngest_epoch_s)
        if found:
            warn(
                "budget.reservations_swept",
                attempts=len(found),
                usd_micros=sum(left.reservation.amount_usd_micros for left in found),
            )
        self._books.adopt(found)
        return len(found)

    async def _run(self, budget: RedisBudget) -> None:
        while True:
            with beside("keeping the books", self._metrics):
                try:
                    await self._beat(budget)
                except SgdError:
                    # Redis or the database is away: the next beat asks again, and calls are refused until then.
                    await asyncio.sleep(0)
            await asyncio.sleep(BEAT_S)

    async def _beat(self, budget: RedisBudget) -> None:
        if not await budget.epochs.beat():
            await budget.epochs.ready()
        await budget.settle_doubtful()
        now = time.monotonic()
        if now - self._adopted_at >= ADOPT_EVERY_S:
            self._adopted_at = now
            # Also renews this process' place in the registry, should the database have been away.
            await budget.epochs.note_living()
            await self.adopt(budget)

    def _watch_ledger(self, budget: RedisBudget) -> None:
        ledger, loop = self._books.ledger, asyncio.get_running_loop()
        if not isinstance(ledger, DatabaseLedger):
            return

        def written(rows: "list[CallRow]") -> None:
            paid = [row.call_id for row in rows if row.cache_state == "miss"]
            if paid and not loop.is_closed():
                loop.call_soon_threadsafe(budget.written, paid)

        ledger.on_written = lambda rows: written(list(rows))
