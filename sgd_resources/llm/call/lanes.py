"""How many tries of one model may be under way in this process: any number, and half as many once it is strained.

Half of the most that were under way in the five minutes before it began to fail or to be slow. Who comes later waits
for a turn, in order, and is told to ask another model when half of his own time is used up. What must not live here:
when a model is strained (`policy/routing.py`), or the limits that a policy sets (`policy/rate_limit.py`).
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from sgd_resources.errors import RateLimited
from sgd_resources.events import tell, warn

_PEAK_S = 300.0
_RETRY_AFTER_S = 1.0


@dataclass
class _Lane:
    under_way: int = 0
    peak: int = 0
    peak_at: float = 0.0
    cap: int | None = None
    waiting: deque["asyncio.Future[None]"] = field(default_factory=deque)

    @property
    def is_full(self) -> bool:
        return self.cap is not None and self.under_way >= self.cap


class Lanes:
    """Belongs to the gateway's event loop.

    Args:
        told: called when a model begins or ceases to be asked less.
        clock: seconds of any origin.
    """

    def __init__(
        self,
        told: Callable[[str, bool], None] = lambda _, __: None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._told = told
        self._clock = clock
        self._lanes: dict[str, _Lane] = {}

    async def enter(self, model: str, *, is_strained: bool, patience_s: float) -> None:
        """Take a place, which `leave` gives back.

        Args:
            model: that is to be asked.
            is_strained: whether less is to be asked of it now.
            patience_s: how long to wait for a turn.

        Raises:
            RateLimited: no turn came in time; `details["scope"]` is `model`, so that another one may be asked.
        """
        lane = self._lanes.setdefault(model, _Lane())
        self._adjust(model, lane, is_strained)
        if not lane.is_full and not lane.waiting:
            self._count(lane)
            return
        await self._wait(model, lane, patience_s)

    def leave(self, model: str) -> None:
        """A try is over, however it ended; the next in line has the place."""
        lane = self._lanes[model]
        lane.under_way -= 1
        self._wake(lane)

    def _adjust(self, model: str, lane: _Lane, is_strained: bool) -> None:
        if is_strained == (lane.cap is not None):
            return
        lane.cap = max(1, lane.peak // 2) if is_strained else None
        if is_strained:
            warn("model.throttled", model=model, at_once=lane.cap, before=lane.peak)
        else:
            tell("model.not_throttled", model=model)
            self._wake(lane)
        self._told(model, is_strained)

    def _count(self, lane: _Lane) -> None:
        lane.under_way += 1
        now = self._clock()
        # What a throttled model gets says nothing of what it is wanted for.
        if lane.cap is None and (lane.under_way >= lane.peak or now - lane.peak_at > _PEAK_S):
            lane.peak, lane.peak_at = lane.under_way, now

    def _wake(self, lane: _Lane) -> None:
        while lane.waiting and not lane.is_full:
            turn = lane.waiting.popleft()
            if not turn.done():
                self._count(lane)
                turn.set_result(None)

    async def _wait(self, model: str, lane: _Lane, patience_s: float) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        lane.waiting.append(turn)
        try:
            async with asyncio.timeout(patience_s):
                await turn
        except (TimeoutError, asyncio.CancelledError) as error:
            if turn.done() and not turn.cancelled():
                self.leave(model)  # it came at this very moment, for nobody
            if isinstance(error, asyncio.CancelledError):
                raise
            raise RateLimited(
                "the model is asked less for now, and no turn came in time",
                retry_after_s=_RETRY_AFTER_S,
                details={"scope": "model", "at_once": lane.cap},
            ) from None
