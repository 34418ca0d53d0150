"""Warm workers: N processes that fetch on-demand jobs from Postgres and run each as a Dagster run in-process.

The parent starts the processes, starts a dead one again and hands its job to another at once; jobs of workers on a lost
machine follow when their heartbeat is stale. SIGTERM lets the current runs finish. What must not live here: what a run
does (`warm_runs.py`).

    python -m sgd_assets.worker --processes 2
"""

import argparse
import asyncio
import ctypes
import importlib
import logging
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import wait as wait_for_any
from multiprocessing.context import SpawnProcess
from types import FrameType
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from sgd_resources.settings import Settings, load_settings

if TYPE_CHECKING:
    import procrastinate
    from dagster import DagsterInstance

    from sgd_resources.embedded import ServiceUrls

log = logging.getLogger(__name__)

HEARTBEAT_S = 2.0
STALE_AFTER_S = 15.0
"""A worker silent for so long is taken for dead. Long enough for a process starved of processor time."""
POLL_S = 1.0
"""Fallback only: LISTEN wakes a worker for new jobs. A job that was handed back is not announced."""
SWEEP_S = 5.0
RETRY_WAIT_S = 2
MAX_ATTEMPTS = 4
"""A request that killed its worker so often is failed rather than allowed to kill the next one."""
DEFAULT_GRAPH = "sgd_assets.definitions:build_definitions"
_PR_SET_PDEATHSIG = 1
_RESTART_PAUSE_S = 0.5


@dataclass
class _Child:
    process: SpawnProcess
    worker_id: Any
    """Shared memory: the number under which the child's worker is registered, 0 before."""


def run_worker(settings: Settings, processes: int, *, graph: str = DEFAULT_GRAPH) -> None:
    """Serve until SIGTERM or SIGINT; then let the runs in progress finish.

    Args:
        settings: where the services are.
        processes: warm processes, one run at a time each.
        graph: `module:function` that builds the definitions to serve, for tests and benchmarks.

    Raises:
        Unavailable: the services cannot be reached. Retry.
    """
    from sgd_resources.dagster_home import prepare_dagster_home
    from sgd_resources.embedded import embedded_services

    with embedded_services(settings) as urls:
        # Dagster's own configuration reads it from there; child processes inherit it.
        os.environ["DAGSTER_DATABASE_URL"] = urls.dagster_url
        home = str(prepare_dagster_home(settings))
        _Parent(_with_urls(settings, urls), home, processes, graph).run()


class _Parent:
    """Keeps the processes alive and their jobs moving."""

    def __init__(self, settings: Settings, dagster_home: str, processes: int, graph: str) -> None:
        self._settings = settings
        self._home = dagster_home
        self._count = processes
        self._graph = graph
        self._context = multiprocessing.get_context("spawn")
        self._stopping = False
        self._children: list[_Child] = []
        self._instance: DagsterInstance | None = None

    def run(self) -> None:
        from sgd_assets.warm_runs import warm_instance

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        # Opened before any child, so that Dagster's tables are made by one process and not by all at once.
        self._instance = warm_instance(self._home)
        self._children = [self._start() for _ in range(self._count)]
        self._sweep([])
        swept_at = time.monotonic()
        while not self._stopping:
            wait_for_any([child.process.sentinel for child in self._children], timeout=0.5)
            dead = [child for child in self._children if not child.process.is_alive()]
            if dead:
                self._replace(dead)
            elif time.monotonic() - swept_at >= SWEEP_S:
                self._sweep([])
                swept_at = time.monotonic()
        for child in self._children:
            child.process.join()

    def _start(self) -> _Child:
        worker_id = self._context.Value("q", 0)
        process = self._context.Process(
            target=_serve, args=(self._settings, self._home, self._graph, worker_id, os.getpid()), name="sgd-worker"
        )
        process.start()
        return _Child(process, worker_id)

    def _replace(self, dead: Sequence[_Child]) -> None:
        for child in dead:
            log.warning("worker %s ended with exit code %s", child.worker_id.value, child.process.exitcode)
            self._children.remove(child)
        self._sweep([child.worker_id.value for child in dead])
        time.sleep(_RESTART_PAUSE_S)
        self._children += [self._start() for _ in dead]

    def _sweep(self, dead_worker_ids: Sequence[int]) -> None:
        try:
            asyncio.run(self._sweep_once(dead_worker_ids))
        except Exception:
            log.exception("the sweep for dead workers failed")

    async def _sweep_once(self, dead_worker_ids: Sequence[int]) -> None:
        from sgd_assets.worker_sweep import sweep

        assert self._instance is not None
        app = queue_app(self._settings)
        async with app.open_async():
            await sweep(app, self._instance, dead_worker_ids, stale_after_s=STALE_AFTER_S)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True
        for child in self._children:
            if child.process.is_alive() and child.process.pid is not None:
                os.kill(child.process.pid, signal.SIGTERM)


def _serve(settings: Settings, dagster_home: str, graph: str, worker_id: Any, parent_pid: int) -> None:
    """Body of one warm process."""
    _die_with(parent_pid)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    asyncio.run(_serve_queue(settings, dagster_home, graph, worker_id))


async def _serve_queue(settings: Settings, dagster_home: str, graph: str, worker_id: Any) -> None:
    import procrastinate

    from sgd_assets.faces import faces_by_settings
    from sgd_assets.warm_runs import Kind, WarmRuns, warm_instance
    from sgd_resources.database.queue import QUEUE, TASK

    faces = faces_by_settings(settings)
    module, _, function = graph.partition(":")
    build_definitions = getattr(importlib.import_module(module), function)
    definitions = build_definitions(faces, settings=settings)
    runs = WarmRuns(definitions, warm_instance(dagster_home), faces["database"])
    app = queue_app(settings)
    loop = asyncio.get_running_loop()
    # One thread: never two Dagster runs at once, and the loop stays free for the heartbeat.
    one_at_a_time = ThreadPoolExecutor(max_workers=1, thread_name_prefix="dagster-run")

    # A row that could not even be marked failed is served again: its database was away.
    again = procrastinate.RetryStrategy(max_attempts=MAX_ATTEMPTS, wait=RETRY_WAIT_S)

    @app.task(name=TASK, queue=QUEUE, pass_context=True, retry=again)
    async def serve_request(context: procrastinate.JobContext, kind: Kind, org_id: str, request_id: str) -> None:
        worker_id.value = context.job.worker_id or 0
        if context.job.attempts >= MAX_ATTEMPTS:
            await loop.run_in_executor(one_at_a_time, runs.give_up, kind, org_id, request_id)
            return
        await loop.run_in_executor(one_at_a_time, runs.serve, kind, org_id, request_id, str(worker_id.value))

    async with app.open_async():
        await app.run_worker_async(
            queues=[QUEUE],
            concurrency=1,
            listen_notify=True,
            fetch_job_polling_interval=POLL_S,
            update_heartbeat_interval=HEARTBEAT_S,
            stalled_worker_timeout=STALE_AFTER_S,
            delete_jobs="successful",
        )
    one_at_a_time.shutdown()


def _with_urls(settings: Settings, urls: "ServiceUrls") -> Settings:
    """The settings with every address filled in, so that the processes connect and never start or migrate anything."""
    filled = {
        "database_url": SecretStr(urls.database_url),
        "database_owner_url": None,
        "dagster_database_url": SecretStr(urls.dagster_url),
        "redis_url": SecretStr(urls.redis_url),
    }
    return settings.model_copy(update=filled)


def queue_app(settings: Settings) -> "procrastinate.App":
    """procrastinate over the app role's own database; not opened yet."""
    import procrastinate

    assert settings.database_url is not None
    conninfo = settings.database_url.get_secret_value().replace("postgresql+psycopg://", "postgresql://", 1)
    return procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=conninfo, min_size=1, max_size=3))


def _die_with(parent_pid: int) -> None:
    """Be terminated when the parent dies, however it dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent_pid:
            raise SystemExit(1)


def main(argv: Sequence[str] | None = None) -> None:
    """Command line of the worker."""
    parser = argparse.ArgumentParser(prog="python -m sgd_assets.worker", description=__doc__.split("\n")[0])
    parser.add_argument("--processes", type=int, default=None, help="warm processes, one run at a time each")
    chosen = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    settings = load_settings()
    run_worker(settings, chosen.processes or settings.sgd_workers)


if __name__ == "__main__":
    main()
