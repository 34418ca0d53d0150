"""Bytes of request bodies under way, by org: how many there may be, and when some will have passed.

A body counts from its first byte until its request has been answered, with the length that it declares, or with what
has come of one that declares none. Counts are of this process, as the memory and the disk's queue are that they keep
free. What must not live here: HTTP (`body_layer.py`), or how many uploads there may be (`lane.py`).
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from sgd_resources.errors import RateLimited

_LONGEST_WAIT_S = 60
_UNKNOWN_WAIT_S = 5
"""Nobody can say when a body ends that declares no length, or of which nothing has come yet."""


@dataclass
class Passage:
    """One body under way."""

    org_id: str
    declared: int | None
    began: float
    received: int = 0

    @property
    def size(self) -> int:
        """Bytes that it counts with."""
        return max(self.declared or 0, self.received)

    def ends_in_s(self, now: float) -> float | None:
        """Seconds until its last byte, at the pace it has come so far; None where that cannot be told."""
        waited = now - self.began
        if self.declared is None or self.received == 0 or waited <= 0:
            return None
        return (self.declared - self.received) * waited / self.received


class BodiesInFlight:
    """Lives in one event loop."""

    def __init__(self, most_per_org: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most_per_org
        self._clock = clock
        self._under_way: dict[str, dict[int, Passage]] = {}

    def bytes_of(self, org_id: str) -> int:
        """What the org has under way."""
        return sum(passage.size for passage in self._under_way.get(org_id, {}).values())

    def enter(self, org_id: str, declared: int | None) -> Passage:
        """A body begins. One larger than the cap passes alone, or it would wait for ever.

        Raises:
            RateLimited: it does not fit beside the org's others. Retry when one of them has passed.
        """
        self._refuse_beyond(org_id, declared or 0)
        passage = Passage(org_id, declared, self._clock())
        self._under_way.setdefault(org_id, {})[id(passage)] = passage
        return passage

    def note(self, passage: Passage, n_bytes: int) -> None:
        """So many more bytes came. Raises RateLimited when an undeclared body has grown too large beside others."""
        if passage.received + n_bytes > passage.size and len(self._under_way[passage.org_id]) > 1:
            self._refuse_beyond(passage.org_id, passage.received + n_bytes - passage.size)
        passage.received += n_bytes

    def leave(self, passage: Passage) -> None:
        """Its request was answered."""
        mine = self._under_way.get(passage.org_id, {})
        mine.pop(id(passage), None)
        if not mine:
            self._under_way.pop(passage.org_id, None)

    def frees_in_s(self, org_id: str) -> int:
        """Whole seconds until the first of the org's bodies will have passed, 1 to 60."""
        now = self._clock()
        ends = [passage.ends_in_s(now) for passage in self._under_way.get(org_id, {}).values()]
        soonest = min((end for end in ends if end is not None), default=_UNKNOWN_WAIT_S)
        return max(1, min(_LONGEST_WAIT_S, math.ceil(soonest)))

    def _refuse_beyond(self, org_id: str, more: int) -> None:
        under_way = self.bytes_of(org_id)
        if under_way and under_way + more > self._most:
            raise RateLimited(
                "too many bytes of this org are under way",
                retry_after_s=self.frees_in_s(org_id),
                details={"max_bytes_in_flight": self._most},
            )
