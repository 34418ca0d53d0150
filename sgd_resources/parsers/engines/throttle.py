"""Spaces calls to a service evenly, so that a batch of documents never bursts through a quota."""

import threading
import time
from collections.abc import Callable


class Throttle:
    """At most `calls_per_min` calls a minute from this process, evenly spaced. Thread-safe."""

    def __init__(
        self,
        calls_per_min: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._gap_s = 60.0 / calls_per_min
        self._clock, self._sleep = clock, sleep
        self._lock = threading.Lock()
        self._next = 0.0

    def wait(self, *, at_least_s: float = 0.0) -> None:
        """Return when the next call may start, and not before `at_least_s` from now."""
        with self._lock:
            now = self._clock()
            start = max(now + at_least_s, self._next)
            self._next = start + self._gap_s
        if start > now:
            self._sleep(start - now)
