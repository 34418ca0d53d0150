"""Warm workers: N processes that fetch on-demand jobs from Postgres and run each as a Dagster run in-process.

The parent starts the processes, starts a dead one again and hands its job to another at once; jobs of workers on a lost
machine follow when their heartbeat is stale. SIGTERM lets the current runs finish, for a bounded time. What must not
live here: serving jobs (`worker_process.py`).

    python -m sgd_assets.worker --processes 2
"""

import argparse
import asyncio
import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import wait as wait_for_any
from multiprocessing.context import SpawnProcess
from types import FrameType
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from sgd_assets.worker_process import GOODBYE_S, RUN_GRACE_S, STALE_AFTER_S, end_at_once, queue_app, serve
from sgd_resources.settings import Settings, load_settings

if TYPE_CHECKING:
    from dagster import DagsterInstance

    from sgd_resources.embedded import ServiceUrls

log = logging.getLogger(__name__)

SWEEP_S = 5.0
DEFAULT_GRAPH = "sgd_assets.definitions:build_definitions"
_RESTART_PAUSE_S = 0.5
_LOOK_AGAIN_S = 0.5


@dataclass
class _Child:
    process: SpawnProcess
    worker_id: Any
    """Shared memory: the number under which the child's worker is registered, 0 before."""


def run_worker(
    settings: Settings, processes: int, *, graph: str = DEFAULT_GRAPH, run_grace_s: float = RUN_GRACE_S
) -> None:
    """Serve until SIGTERM or SIGINT; then let the runs in progress finish.

    Args:
        settings: where the services are.
        processes: warm processes, one run at a time each.
        graph: `module:function` that builds the definitions to serve, for tests and benchmarks.
        run_grace_s: seconds a run in progress gets; one that needs longer goes back to the queue.

    Raises:
        Unavailable: the services cannot be reached. Retry.
    """
    from sgd_resources.dagster_home import prepare_dagster_home
    from sgd_resources.embedded import embedded_services

    with embedded_services(settings) as urls:
        # Dagster's own configuration reads it from there; child processes inherit it.
        os.environ["DAGSTER_DATABASE_URL"] = urls.dagster_url
        home = str(prepare_dagster_home(settings))
        _Parent(_with_urls(settings, urls), home, processes, graph, run_grace_s).run()


class _Parent:
    """Keeps the processes alive and their jobs moving."""

    def __init__(self, settings: Settings, dagster_home: str, processes: int, graph: str, run_grace_s: float) -> None:
        self._settings = settings
        self._home = dagster_home
        self._count = processes
        self._graph = graph
        self._run_grace_s = run_grace_s
        self._context = multiprocessing.get_context("spawn")
        self._stopping = False
        self._children: list[_Child] = []

    def run(self) -> None:
        from sgd_assets.warm_runs import warm_instance

        # Opened before any child, so that Dagster's tables are made by one process and not by all at once.
        sweeper = _Sweeper(self._settings, warm_instance(self._home))
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        sweeper.start()
        while not self._stopping:
            # A child at a time, so that a stop in between leaves none that nobody knows of.
            if len(self._children) < self._count:
                self._children.append(self._start())
                continue
            wait_for_any([child.process.sentinel for child in self._children], timeout=_LOOK_AGAIN_S)
            dead = [child for child in self._children if not child.process.is_alive()]
            if dead and not self._stopping:
                for child in dead:
                    log.warning("worker %s ended with exit code %s", child.worker_id.value, child.process.exitcode)
                    self._children.remove(child)
                sweeper.hand_back([child.worker_id.value for child in dead])
                time.sleep(_RESTART_PAUSE_S)
        self._end_children()

    def _start(self) -> _Child:
        # Without a lock: one writer, one machine word, and no semaphore to clean up.
        worker_id = self._context.RawValue("q", 0)
        args = (self._settings, self._home, self._graph, self._run_grace_s, worker_id, os.getpid())
        process = self._context.Process(target=serve, args=args, name="sgd-worker")
        process.start()
        return _Child(process, worker_id)

    def _end_children(self) -> None:
        for child in self._children:
            if child.process.is_alive():
                child.process.terminate()
        # Each child keeps to its own bound; one that is stopped or starved does not keep us.
        deadline = time.monotonic() + self._run_grace_s + 2 * GOODBYE_S
        for child in self._children:
            child.process.join(max(0.0, deadline - time.monotonic()))
            if child.process.is_alive():
                log.warning("worker %s does not end and is killed", child.worker_id.value)
                child.process.kill()
                child.process.join()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        # Only the flag: the main loop may be between starting a child and knowing of it.
        self._stopping = True


class _Sweeper(threading.Thread):
    """Moves the jobs of dead workers along, beside the parent's loop: a database that is away must not hold that up."""

    def __init__(self, settings: Settings, instance: "DagsterInstance") -> None:
        super().__init__(name="sweeper", daemon=True)
        self._settings = settings
        self._instance = instance
        self._dead: list[int] = []
        self._lock = threading.Lock()
        self._wake = threading.Event()

    def hand_back(self, dead_worker_ids: Sequence[int]) -> None:
        """Hand these workers' jobs on now, without waiting for their heartbeat to go stale."""
        with self._lock:
            self._dead += dead_worker_ids
        self._wake.set()

    def run(self) -> None:
        while True:
            with self._lock:
                dead = tuple(self._dead)
            try:
                asyncio.run(self._sweep(dead))
            except Exception:
                log.exception("the sweep for dead workers failed")
            else:
                with self._lock:
                    self._dead = [number for number in self._dead if number not in dead]
            self._wake.wait(SWEEP_S)
            self._wake.clear()

    async def _sweep(self, dead_worker_ids: Sequence[int]) -> None:
        from sgd_assets.worker_sweep import sweep

        app = queue_app(self._settings)
        async with app.open_async():
            await sweep(app, self._instance, dead_worker_ids, stale_after_s=STALE_AFTER_S)


def _with_urls(settings: Settings, urls: "ServiceUrls") -> Settings:
    """The settings with every address filled in, so that the processes connect and never start or migrate anything."""
    filled = {
        "database_url": SecretStr(urls.database_url),
        "database_owner_url": None,
        "dagster_database_url": SecretStr(urls.dagster_url),
        "redis_url": SecretStr(urls.redis_url),
    }
    return settings.model_copy(update=filled)


def main(argv: Sequence[str] | None = None) -> None:
    """Command line of the worker; ends the process."""
    parser = argparse.ArgumentParser(prog="python -m sgd_assets.worker", description=__doc__.split("\n")[0])
    parser.add_argument("--processes", type=int, default=None, help="warm processes, one run at a time each")
    parser.add_argument("--graph", default=DEFAULT_GRAPH, help="module:function that builds the definitions to serve")
    parser.add_argument(
        "--run-grace", type=float, default=RUN_GRACE_S, help="seconds a run in progress gets after SIGTERM"
    )
    chosen = parser.parse_args(argv)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    settings = load_settings()
    run_worker(settings, chosen.processes or settings.sgd_workers, graph=chosen.graph, run_grace_s=chosen.run_grace)
    end_at_once(0)


if __name__ == "__main__":
    main()
