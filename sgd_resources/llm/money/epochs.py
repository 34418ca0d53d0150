"""One life of Redis after another: the books are whole again before anything is drawn from them.

A Redis that was lost knows nothing of what was spent or held, or too little. So a new epoch begins by gathering: every
living process writes out its queued rows (then the ledger knows all that was spent) and announces what it holds. Only
when all of them have, the epoch is open and pots are filled from the ledger. Who lives is asked of the database, which
did not get lost along with Redis. Waiting is bounded and fails closed. What a process held that died together with
Redis is known to nobody: it is the one thing that a new epoch cannot count.

What must not live here: reserving or settling (`budget.py`).
"""

import asyncio
import time
import uuid
from collections.abc import Callable, Sequence
from typing import Protocol

from sgd_resources.errors import Unavailable
from sgd_resources.llm.money import scripts
from sgd_resources.redis.shared_state import SharedState

MOST_WAIT_S = 8.0
"""Longer than a stalled ledger needs to write; then a call is refused and the next one waits on."""
POLL_S = 0.1
DRAIN_S = 5.0
ALIVE_S = 30
"""A process that has not said for so long that it lives is dead to the others, who settle what it held."""
GRACE_S = 0.5
"""Without a database nobody can say who lives: others get so long to notice a new epoch and to announce."""


class Registry(Protocol):
    """Which processes have a gateway; outlives Redis."""

    def living(self, process_id: str) -> Sequence[str]:
        """All that live, after this one has said that it does. Blocks; raises Unavailable."""
        ...

    def left(self, process_id: str) -> None:
        """This one ends. Blocks; raises Unavailable."""
        ...


class Epochs:
    """Joins this process to the epoch of its Redis.

    Args:
        state: the shared Redis.
        process_id: of this process' gateway.
        held: what it holds now, as the arguments of the script ANNOUNCE.
        drain: writes queued rows out; blocks, False when that took too long. None without a ledger.
        registry: who else there is; None where one process is alone, and in tests.
    """

    def __init__(
        self,
        state: SharedState,
        process_id: str,
        held: Callable[[], Sequence[str | int]],
        *,
        drain: Callable[[float], bool] | None,
        registry: Registry | None,
    ) -> None:
        self._state = state
        self._process_id = process_id
        self._held = held
        self._drain = drain
        self._registry = registry
        self._joining: asyncio.Lock | None = None
        self.joined: str | None = None
        """The epoch this process has announced itself in."""
        self.n_recorded = 0
        """Rows given to the ledger so far."""

    async def ready(self, *, replaces: str = "") -> None:
        """Return when the epoch is open and knows this process.

        Args:
            replaces: an epoch that is known to have lost pots: another one begins.

        Raises:
            Unavailable: Redis or the ledger cannot be used, or another process has not announced itself in time.
        """
        self._joining = self._joining or asyncio.Lock()
        async with self._joining:
            ends_at = time.monotonic() + MOST_WAIT_S
            while not await self._try(replaces):
                replaces = ""
                if time.monotonic() >= ends_at:
                    raise Unavailable("the budget waits for the books of other processes", retry_after_s=2.0)
                await asyncio.sleep(POLL_S)

    async def beat(self) -> bool:
        """Say that this process lives; False when it has to join a new epoch. Raises Unavailable."""
        epoch, state = await self._state.run(scripts.BEAT, [scripts.EPOCH], [scripts.ALIVE + self._process_id, ALIVE_S])
        return bool(epoch) and epoch.decode() == self.joined and state == b"open"

    async def note_living(self) -> list[str]:
        """The processes that live, this one among them. Raises Unavailable."""
        if self._registry is None:
            return [self._process_id]
        return list({*await asyncio.to_thread(self._registry.living, self._process_id), self._process_id})

    async def leave(self) -> None:
        """This process ends: the others need not wait for it. Raises Unavailable."""
        if self.joined is None:
            return
        if self._registry is not None:
            await asyncio.to_thread(self._registry.left, self._process_id)
        await self._state.command("DEL", scripts.ALIVE + self._process_id)

    async def _try(self, replaces: str) -> bool:
        living = await self.note_living()
        epoch, state = (
            part.decode()
            for part in await self._state.run(
                scripts.BEGIN,
                [scripts.EPOCH, scripts.OPEN],
                [uuid.uuid4().hex, scripts.POTS, scripts.HELD, replaces],
            )
        )
        if self.joined != epoch:
            if self._registry is None and self.joined is not None:
                await asyncio.sleep(GRACE_S)
            if not await self._announce(epoch):
                return False
            self.joined = epoch
        if state == "open":
            return True
        return bool(await self._state.run(scripts.TRY_OPEN, [scripts.EPOCH], [epoch, *living]) == 1)

    async def _announce(self, epoch: str) -> bool:
        await self._write_out()
        told: list[str | int] = [
            epoch, self._process_id, scripts.POTS, scripts.HELD, scripts.ALIVE + self._process_id, ALIVE_S
        ]  # fmt: skip
        return bool(await self._state.run(scripts.ANNOUNCE, [scripts.EPOCH, scripts.OPEN], [*told, *self._held()]))

    async def _write_out(self) -> None:
        """Until no row was recorded meanwhile: then what is not held is in the database."""
        ends_at = time.monotonic() + DRAIN_S
        while self._drain is not None:
            recorded = self.n_recorded
            is_written = await asyncio.to_thread(self._drain, DRAIN_S)
            if is_written and self.n_recorded == recorded:
                return
            if time.monotonic() >= ends_at:
                raise Unavailable("the call log cannot be written, so nobody knows what was spent", retry_after_s=2.0)
