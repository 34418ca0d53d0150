"""Who may upload how much at once, and that a thread is held for the writing only."""

from contextlib import ExitStack

import anyio
import pytest

from sgd_api.http.intake.lane import LaneCaps, UploadLane
from sgd_resources.errors import RateLimited, Unavailable

CAPS = LaneCaps(all=5, per_org=3, per_key=2)


def test_a_key_and_an_org_have_their_share_and_get_it_back() -> None:
    lane = UploadLane(CAPS)
    with ExitStack() as places:
        places.enter_context(lane.place("acme", "k1", frees_in_s=lambda: 7))
        places.enter_context(lane.place("acme", "k1", frees_in_s=lambda: 7))
        with pytest.raises(RateLimited, match="key") as refused, lane.place("acme", "k1", frees_in_s=lambda: 7):
            pass
        assert refused.value.retry_after_s == 7
        places.enter_context(lane.place("acme", "k2", frees_in_s=lambda: 7))
        with pytest.raises(RateLimited, match="org"), lane.place("acme", "k3", frees_in_s=lambda: 7):
            pass
        with lane.place("globex", "k4", frees_in_s=lambda: 7):
            assert lane.under_way == 4
    with lane.place("acme", "k1", frees_in_s=lambda: 7):
        assert lane.under_way == 1


def test_a_full_lane_is_not_the_callers_fault() -> None:
    lane = UploadLane(CAPS)
    with ExitStack() as places:
        for number in range(5):
            places.enter_context(lane.place(f"org{number}", f"k{number}", frees_in_s=lambda: 7))
        with pytest.raises(Unavailable) as refused, lane.place("acme", "k9", frees_in_s=lambda: 7):
            pass
        assert not isinstance(refused.value, RateLimited)


async def test_uploads_that_wait_for_their_client_hold_no_thread() -> None:
    lane = UploadLane(LaneCaps(all=1_000, per_org=1_000, per_key=1_000))
    written: list[int] = []

    async def dribble(number: int) -> None:
        with lane.place("acme", "k1", frees_in_s=lambda: 7):
            await lane.run(written.append, number)
            await all_wait.wait()

    all_wait = anyio.Event()
    async with anyio.create_task_group() as tasks:
        for number in range(200):
            tasks.start_soon(dribble, number)
        while len(written) < 200:
            await anyio.sleep(0)
        assert lane.under_way == 200
        assert await lane.run(lambda: "free") == "free"
        all_wait.set()
