"""A job's stream of events (SSE): the whole resource whenever it changed, until its end.

An event's id is a digest of what it tells, so that a client that comes back with `Last-Event-ID` gets the resource if
it has changed since, and nothing twice. Each event holds all there is to know: one that was missed is missed by nobody.
What must not live here: what a job tells (`resource.py`).
"""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Callable

import anyio.to_thread

from sgd_api.http.bodies.work import Job
from sgd_assets.on_demand.completion import FINAL_STATUSES, CompletionListener
from sgd_resources.errors import NotFound

LOOK_S = 1.0
"""Progress is looked for so often; an end is heard of at once."""
ALIVE_S = 15.0
"""A word at least this often: proxies cut what is silent for a minute, some for half of one."""
LONGEST_S = 600.0
"""Then the client comes back by itself, as event streams do: no connection outlives a rolling restart by more."""
_RETRY_MS = 2_000


def event_id(job: Job) -> str:
    """Id of the event that tells this."""
    return hashlib.sha256(_data(job).encode()).hexdigest()[:16]


async def events_of(
    read: Callable[[], Job], listener: CompletionListener, *, org_id: str, first: Job, last_id: str | None
) -> AsyncIterator[bytes]:
    """The lines of the stream. A job that is gone, with its org or past its day, ends it: there is no more to tell.

    Args:
        read: the job now; blocks.
        listener: hears of its end.
        org_id: whose.
        first: the job as it was a moment ago.
        last_id: of the event that the client saw last.
    """
    loop = asyncio.get_running_loop()
    ends_at, spoke_at = loop.time() + LONGEST_S, loop.time()
    job = first
    yield f"retry: {_RETRY_MS}\n\n".encode()
    while True:
        is_over = job.status in FINAL_STATUSES
        if (told := event_id(job)) != last_id:
            last_id, spoke_at = told, loop.time()
            yield f"id: {told}\nevent: {'end' if is_over else 'progress'}\ndata: {_data(job)}\n\n".encode()
        if is_over or loop.time() >= ends_at:
            return
        if loop.time() - spoke_at >= ALIVE_S:
            spoke_at = loop.time()
            yield b": still here\n\n"
        await listener.wait(job.job_id, LOOK_S, org_id=org_id)
        try:
            job = await anyio.to_thread.run_sync(read)
        except NotFound:
            return


def _data(job: Job) -> str:
    return json.dumps(job.wire(), separators=(",", ":"), ensure_ascii=False)
