"""Gives up on a client that sends its body too slowly, so that a request cannot be held open for nothing.

Only the time spent waiting for the client counts: when our own disk is slow, no client is blamed. What must not live
here: what the bytes mean.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import anyio

from sgd_resources.errors import TooSlow
from sgd_resources.settings import Settings

_WINDOW_S = 30.0
"""Long enough for a mobile network's pauses, short enough that a dribble is seen within two of them."""


@dataclass(frozen=True)
class Pace:
    """How a body must come: no silence longer than `idle_s`, and `min_bytes_per_s` over each window of waiting."""

    idle_s: float
    min_bytes_per_s: int
    window_s: float = _WINDOW_S


def pace_of(settings: Settings) -> Pace:
    """The pace that these settings ask of clients."""
    return Pace(settings.sgd_upload_idle_s, settings.sgd_upload_min_bytes_per_s)


async def paced(
    chunks: AsyncIterator[bytes], pace: Pace, *, clock: Callable[[], float] = anyio.current_time
) -> AsyncIterator[bytes]:
    """The chunks, as long as they keep the pace.

    Raises:
        TooSlow: nothing came for `idle_s`, or less than the minimum rate in a window.
    """
    meter = _Meter(pace)
    while True:
        began = clock()
        chunk: bytes | None = None
        with anyio.move_on_after(pace.idle_s) as patience:
            chunk = await anext(chunks, None)
        if patience.cancelled_caught:
            raise TooSlow("no byte of the body came for too long", details={"idle_s": pace.idle_s})
        if chunk is None:
            return
        meter.note(len(chunk), clock() - began)
        yield chunk


class _Meter:
    """Bytes per second of waiting, window by window."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._waited_s = 0.0
        self._bytes = 0

    def note(self, size: int, waited_s: float) -> None:
        self._bytes += size
        self._waited_s += waited_s
        if self._waited_s < self._pace.window_s:
            return
        if self._bytes < self._pace.min_bytes_per_s * self._waited_s:
            raise TooSlow("the body comes too slowly", details={"min_bytes_per_s": self._pace.min_bytes_per_s})
        self._waited_s, self._bytes = 0.0, 0
