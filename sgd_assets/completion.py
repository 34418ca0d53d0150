"""Waits for requests to finish, over one Postgres connection however many wait.

`LISTEN` carries the wake-up; the row is the truth: it is read after listening began and again after every reconnect, so
that no wake-up is lost. Imports no dagster: the API waits with this. What must not live here: what a request is.
"""

import asyncio
import logging
from collections import defaultdict
from contextlib import suppress
from types import TracebackType
from typing import Literal

import psycopg
from psycopg import sql

from sgd_resources.database.queue import DONE_CHANNEL

log = logging.getLogger(__name__)

Kind = Literal["render", "job"]
_ROWS: dict[Kind, sql.SQL] = {
    "render": sql.SQL("SELECT status FROM render_requests WHERE org_id = %s AND render_id = %s"),
    "job": sql.SQL("SELECT status FROM jobs WHERE org_id = %s AND job_id = %s"),
}
FINAL_STATUSES = frozenset({"succeeded", "failed", "cancelled"})
_LONGEST_PAUSE_S = 5.0


class CompletionListener:
    """Start with `async with` in the loop that waits.

    Args:
        database_url: SQLAlchemy or libpq URL of the app role. A session-level connection: not through a pooler in
            transaction mode.
    """

    def __init__(self, database_url: str) -> None:
        self._conninfo = database_url.replace("postgresql+psycopg://", "postgresql://", 1)
        self._waiters: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._listening = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._reader: psycopg.AsyncConnection[tuple[str]] | None = None
        self._reading = asyncio.Lock()

    async def __aenter__(self) -> "CompletionListener":
        self._task = asyncio.create_task(self._listen(), name="completion listener")
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

    async def wait(self, kind: Kind, request_id: str, timeout_s: float, *, org_id: str) -> bool:
        """Whether the request is finished within `timeout_s` seconds; also True when it was finished before.

        A database that is away is waited for like everything else: the answer is then False at the time-out.
        """
        wake = asyncio.Event()
        name = f"{kind}:{request_id}"
        self._waiters[name].add(wake)
        try:
            async with asyncio.timeout(timeout_s):
                while True:
                    await self._listening.wait()
                    wake.clear()
                    if await self._is_finished(kind, request_id, org_id):
                        return True
                    await wake.wait()
        except TimeoutError:
            return False
        finally:
            self._waiters[name].discard(wake)
            if not self._waiters[name]:
                del self._waiters[name]

    async def _listen(self) -> None:
        pause_s = 0.05
        while True:
            try:
                connection = await psycopg.AsyncConnection.connect(self._conninfo, autocommit=True)
                async with connection:
                    await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(DONE_CHANNEL)))
                    pause_s = 0.05
                    self._listening.set()
                    self._wake_all()
                    async for notice in connection.notifies():
                        for wake in self._waiters.get(notice.payload, ()):
                            wake.set()
            except psycopg.OperationalError as error:
                log.warning("the completion listener lost its connection: %s", type(error).__name__)
            self._listening.clear()
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)

    def _wake_all(self) -> None:
        for waiting in self._waiters.values():
            for wake in waiting:
                wake.set()

    async def _is_finished(self, kind: Kind, request_id: str, org_id: str) -> bool:
        async with self._reading:
            try:
                if self._reader is None or self._reader.closed:
                    self._reader = await psycopg.AsyncConnection.connect(self._conninfo)
                async with self._reader.transaction():
                    await self._reader.execute("SELECT set_config('app.org_id', %s, true)", (org_id,))
                    cursor = await self._reader.execute(_ROWS[kind], (org_id, request_id))
                    row = await cursor.fetchone()
            except psycopg.OperationalError:
                self._reader = None
                return False
        return row is not None and row[0] in FINAL_STATUSES
