"""What is done beside an answer: booking, logging, tracing, keeping. If it fails, the answer is given out all the same.

A provider has been paid by then, and an answer that is thrown away is paid for again. What fails is told in the log and
counted. What must not live here: the things that are done.
"""

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from sgd_resources.llm.metrics import LlmMetrics

_log = logging.getLogger(__name__)


class beside:
    """Do what stands in the block; if it raises, say so and go on behind it.

    Args:
        what: names it in the log and as the metric's label, such as `trace`.
        metrics: count it.
    """

    def __init__(self, what: str, metrics: LlmMetrics) -> None:
        self._what = what
        self._metrics = metrics

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if not isinstance(error, Exception):
            return False
        # the message may repeat what it could not write: only its kind is told
        _log.error("%s failed beside an answer (%s); the answer is kept", self._what, type(error).__name__)
        with suppress(Exception):
            self._metrics.failed_beside.labels(self._what).inc()
        return True


class BesideLater:
    """What is done after an answer was given out: look-ups, late bookings, alerts. Failures are told, never raised."""

    def __init__(self, metrics: LlmMetrics) -> None:
        self._metrics = metrics
        self._tasks: set[asyncio.Task[None]] = set()

    def soon(self, work: Coroutine[Any, Any, None]) -> None:
        """Do it in the background of the running loop."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._landed)

    async def wait(self, timeout_s: float) -> None:
        """Let what is under way end, for so long at most."""
        if self._tasks:
            await asyncio.wait(list(self._tasks), timeout=timeout_s)

    async def close(self, timeout_s: float) -> None:
        """Let what is under way end for a moment, then cancel what is left."""
        pending = list(self._tasks)
        if not pending:
            return
        await asyncio.wait(pending, timeout=timeout_s)
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)

    def _landed(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        with beside("background work", self._metrics):
            if not task.cancelled():
                task.result()
