"""A body comes at a pace or not at all; what is slow on our side blames no client."""

from collections.abc import AsyncIterator

import anyio
import pytest

from sgd_api.http.intake.pace import Pace, paced
from sgd_resources.errors import TooSlow

PACE = Pace(idle_s=20, min_bytes_per_s=100, window_s=30)


class Line:
    """Chunks that each take some seconds to come, on a clock of its own."""

    def __init__(self, *waits_and_sizes: tuple[float, int]) -> None:
        self.now = 0.0
        self._coming = waits_and_sizes

    async def chunks(self) -> AsyncIterator[bytes]:
        for wait_s, size in self._coming:
            self.now += wait_s
            yield b"x" * size


async def received(line: Line, *, busy_s: float = 0.0) -> int:
    total = 0
    async for chunk in paced(line.chunks(), PACE, clock=lambda: line.now):
        total += len(chunk)
        line.now += busy_s
    return total


async def test_a_body_that_keeps_the_pace_comes_whole() -> None:
    assert await received(Line(*[(10.0, 1_000)] * 30)) == 30_000


async def test_a_body_that_dribbles_is_given_up_after_a_window() -> None:
    line = Line(*[(10.0, 1)] * 30)
    with pytest.raises(TooSlow):
        await received(line)
    assert line.now == 30.0


async def test_a_short_body_may_come_as_slowly_as_it_likes_within_a_window() -> None:
    assert await received(Line((10.0, 1), (10.0, 1))) == 2


async def test_time_in_which_our_own_disk_was_slow_does_not_count() -> None:
    assert await received(Line(*[(1.0, 200)] * 60), busy_s=100.0) == 12_000


async def test_silence_ends_it() -> None:
    async def nothing() -> AsyncIterator[bytes]:
        yield b"begun"
        await anyio.sleep_forever()

    with pytest.raises(TooSlow, match="no byte"):
        async for _ in paced(nothing(), Pace(idle_s=0.01, min_bytes_per_s=0)):
            pass
