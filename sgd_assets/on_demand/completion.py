"""Waits for jobs to finish, over one Postgres connection however many wait.

`LISTEN` carries the wake-up; the row is the truth: it is read after listening began and again after every reconnect, so
that no wake-up is lost. Imports no dagster: the API waits with this. What must not live here: what a job is.
"""

import asyncio
from collections import defaultdict
from contextlib import suppress
from types import TracebackType

import psycopg

from sgd_resources.postgres.notices import conninfo_of, listen
from sgd_resources.postgres.rows.queue import DONE_CHANNEL

FINAL_STATUSES = frozenset({"succeeded", "failed", "cancelled"})
_STATUS = "SELECT status FROM jobs WHERE org_id = %s AND job_id = %s"


class CompletionListener:
    """Start with `async with` in the loop that waits.

    Args:
        database_url: SQLAlchemy or libpq URL of the app role.
    """

    def __init__(self, database_url: str) -> None:
        self._database_url = database_url
        self._waiters: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._listening = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._reader: psycopg.AsyncConnection[tuple[str]] | None = None
        self._reading = asyncio.Lock()

    async def __aenter__(self) -> "CompletionListener":
        listening = listen(
            self._database_url,
            DONE_CHANNEL,
            on_notice=self._wake,
            on_connected=self._wake_all,
            on_lost=self._listening.clear,
        )
        self._task = asyncio.create_task(listening, name="completion listener")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Stop listening; waiters see their time-out."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        if self._reader is not None:
            await self._reader.close()
            self._reader = None

    async def wait(self, job_id: str, timeout_s: float, *, org_id: str) -> bool:
        """Whether the job is finished within `timeout_s` seconds; also True when it was finished before.

        A database that is away is waited for like everything else: the answer is then False at the time-out.
        """
        wake = asyncio.Event()
        self._waiters[job_id].add(wake)
        try:
            async with asyncio.timeout(timeout_s):
                while True:
                    await self._listening.wait()
                    wake.clear()
                    if await self._is_finished(job_id, org_id):
                        return True
                    await wake.wait()
        except TimeoutError:
            return False
        finally:
            self._waiters[job_id].discard(wake)
            if not self._waiters[job_id]:
                del self._waiters[job_id]

    def _wake(self, job_id: str) -> None:
        for wake in self._waiters.get(job_id, ()):
            wake.set()

    def _wake_all(self) -> None:
        self._listening.set()
        for job_id in self._waiters:
            self._wake(job_id)

    async def _is_finished(self, job_id: str, org_id: str) -> bool:
        async with self._reading:
            try:
                return await self._read(job_id, org_id)
            except psycopg.OperationalError:
                self._reader = None
            # The connection was older than the server: a new one tells, or the server is away.
            try:
                return await self._read(job_id, org_id)
            except psycopg.OperationalError:
                self._reader = None
                return False

    async def _read(self, job_id: str, org_id: str) -> bool:
        if self._reader is None or self._reader.closed:
            self._reader = await psycopg.AsyncConnection.connect(conninfo_of(self._database_url), connect_timeout=5)
        async with self._reader.transaction():
            await self._reader.execute("SELECT set_config('app.org_id', %s, true)", (org_id,))
            row = await (await self._reader.execute(_STATUS, (org_id, job_id))).fetchone()
        return row is not None and row[0] in FINAL_STATUSES
