"""The lane of uploads: how many may be under way, of all and of one caller, and the threads that write them.

A thread is held only while bytes are written or a row is made, never while a client is waited for; so listings, logins
and readiness have their threads to themselves. Caps hold per API process. What must not live here: HTTP.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import anyio
import anyio.to_thread

from sgd_resources.errors import RateLimited, Unavailable

T = TypeVar("T")
_FULL_RETRY_AFTER_S = 5.0
_WRITING_THREADS = 8
"""A block is written in about a millisecond; more threads than this only queue at the disk."""


@dataclass(frozen=True)
class LaneCaps:
    """Uploads under way at once in this process: of everybody, of one org, of one API key."""

    all: int
    per_org: int
    per_key: int


class UploadLane:
    """Lives in one event loop."""

    def __init__(self, caps: LaneCaps) -> None:
        self._caps = caps
        self._orgs: Counter[str] = Counter()
        self._keys: Counter[str] = Counter()
        self._threads = anyio.CapacityLimiter(_WRITING_THREADS)

    @property
    def under_way(self) -> int:
        """Uploads that have a place now."""
        return self._orgs.total()

    @contextmanager
    def place(self, org_id: str, key_id: str, *, frees_in_s: Callable[[], float]) -> Iterator[None]:
        """One upload's place for the length of the block.

        Args:
            org_id: whose.
            key_id: of the key, user or service that sends it.
            frees_in_s: seconds until the first of the org's uploads will be through, for whoever is refused.

        Raises:
            RateLimited: this key or org has its share under way already. Retry when one is through.
            Unavailable: the lane is full with others. Retry.
        """
        self._refuse_over("key", self._keys[key_id], self._caps.per_key, frees_in_s)
        self._refuse_over("org", self._orgs[org_id], self._caps.per_org, frees_in_s)
        if self.under_way >= self._caps.all:
            raise Unavailable("as many uploads are under way as this process takes", retry_after_s=_FULL_RETRY_AFTER_S)
        self._keys[key_id] += 1
        self._orgs[org_id] += 1
        try:
            yield
        finally:
            _give_back(self._keys, key_id)
            _give_back(self._orgs, org_id)

    async def run(self, work: Callable[..., T], *args: object) -> T:
        """The result of blocking work, done by one of the lane's own threads."""
        return await anyio.to_thread.run_sync(work, *args, limiter=self._threads)

    def _refuse_over(self, whose: str, under_way: int, cap: int, frees_in_s: Callable[[], float]) -> None:
        if under_way >= cap:
            raise RateLimited(
                f"too many uploads of this {whose} are under way",
                retry_after_s=frees_in_s(),
                details={"max_uploads_under_way": cap},
            )


def _give_back(counts: "Counter[str]", name: str) -> None:
    counts[name] -= 1
    if counts[name] <= 0:
        del counts[name]
