"""A job's stream of events: how it ends."""

import asyncio
from typing import Any, cast

import pytest

from sgd_api.http.bodies.work import Job
from sgd_api.http.work.stream import events_of
from sgd_assets.on_demand.completion import CompletionListener
from sgd_resources.errors import NotFound, Unavailable


class Listener:
    async def wait(self, job_id: str, timeout_s: float, *, org_id: str) -> None:
        await asyncio.sleep(0)


def running() -> Job:
    return cast("Job", Running())


class Running:
    job_id, status = "j1", "running"

    def wire(self) -> dict[str, Any]:
        return {"job_id": "j1", "status": "running"}


async def told(read: Any) -> list[bytes]:
    listener = cast("CompletionListener", Listener())
    return [line async for line in events_of(read, listener, org_id="acme", first=running(), last_id=None)]


def test_the_stream_of_a_job_that_is_gone_ends_without_a_fault() -> None:
    def gone() -> Job:
        raise NotFound("no such job")

    lines = asyncio.run(told(gone))
    assert len(lines) == 2
    assert b"event: progress" in lines[1]


def test_what_else_goes_wrong_in_a_stream_is_not_called_its_end() -> None:
    def away() -> Job:
        raise Unavailable("the database is away")

    with pytest.raises(Unavailable):
        asyncio.run(told(away))
