"""Warm workers: N processes that take on-demand jobs from Postgres and run each as a Dagster run in-process.

The parent starts the processes, starts a dead one again and moves its job along at once: to another worker, or to its
end when its run was over a limit; jobs of workers on a lost machine follow when their lease has run out. SIGTERM lets
the current runs finish, for a bounded time. What must not live here: serving jobs (`worker_process.py`).

    python -m sgd_assets.on_demand.worker --processes 2
"""

import argparse
import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import wait as wait_for_any
from multiprocessing.context import SpawnProcess
from types import FrameType
from typing import TYPE_CHECKING
from uuid import uuid4

from pydantic import SecretStr

from sgd_assets.on_demand.kinds import type_of
from sgd_assets.on_demand.worker_process import EXIT_OVER, GOODBYE_S, RUN_GRACE_S, WorkerPlan, end_at_once, serve
from sgd_assets.running.limits import LIMIT_OF_SIGNAL, RunLimits
from sgd_resources.events import tell, warn
from sgd_resources.observed.counts import process_counts
from sgd_resources.observed.logs import write_logs
from sgd_resources.observed.spans import checked_address
from sgd_resources.observed.told import start_telling
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.queue import LEASE_S, JobQueue, OrgShare, WhyOfKind
from sgd_resources.settings import Settings, load_settings

if TYPE_CHECKING:
    from dagster import DagsterInstance

    from sgd_resources.embedded.services import ServiceUrls

log = logging.getLogger(__name__)

SWEEP_S = 5.0
FOLLOW_UP_S = 60.0
"""Between two looks for failed ingests; the first of them rests ten minutes."""
DEFAULT_GRAPH = "sgd_assets.graph.definitions:build_definitions"
_RESTART_PAUSE_S = 0.5
_LOOK_AGAIN_S = 0.5


@dataclass
class _Child:
    process: SpawnProcess
    worker: str
    """The name under which it holds jobs."""


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
        InvalidInput: spans are to be sent and the extra for it is not installed.
    """
    from sgd_resources.dagster.home import prepare_dagster_home
    from sgd_resources.embedded.services import embedded_services

    checked_address(settings)
    with embedded_services(settings) as urls:
        start_telling(urls.redis_url, "workers")
        # Dagster's own configuration reads it from there; child processes inherit it.
        os.environ["DAGSTER_DATABASE_URL"] = urls.dagster_url
        home = str(prepare_dagster_home(settings))
        plan = WorkerPlan(_with_urls(settings, urls), home, graph, run_grace_s, org_share(settings, processes))
        _Parent(plan, processes).run()


def org_share(settings: Settings, processes: int) -> OrgShare:
    """What one org may have: the operator's own number as a cap, else all workers but one as long as others wait."""
    if settings.sgd_org_max_running:
        return OrgShare(settings.sgd_org_max_running, is_cap=True)
    return OrgShare(max(1, processes - 1), is_cap=False)


class _Parent:
    """Keeps the processes alive and their jobs moving."""

    def __init__(self, plan: WorkerPlan, processes: int) -> None:
        self._plan = plan
        self._count = processes
        self._context = multiprocessing.get_context("spawn")
        self._stopping = False
        self._children: list[_Child] = []

    def run(self) -> None:
        from sgd_assets.on_demand.webhook_lane import build_webhook_lane
        from sgd_assets.running.warm_runs import warm_instance

        # Opened before any child, so that Dagster's tables are made by one process and not by all at once.
        sweeper = _Sweeper(self._plan, warm_instance(self._plan.dagster_home), self._living)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        sweeper.start()
        build_webhook_lane(self._plan.settings).start()
        began = time.monotonic()
        tell("workers.started", processes=self._count, pid=os.getpid())
        while not self._stopping:
            # A child at a time, so that a stop in between leaves none that nobody knows of.
            if len(self._children) < self._count:
                self._children.append(self._start())
                continue
            wait_for_any([child.process.sentinel for child in self._children], timeout=_LOOK_AGAIN_S)
            dead = [child for child in self._children if not child.process.is_alive()]
            if dead and not self._stopping:
                for child in dead:
                    warn("worker.died", worker=child.worker, exit_code=child.process.exitcode)
                    self._children.remove(child)
                settings = self._plan.settings
                sweeper.move_along({child.worker: _error_of(child.process.exitcode, settings) for child in dead})
                time.sleep(_RESTART_PAUSE_S)
        self._end_children()
        tell("workers.stopped", processes=self._count, served_s=round(time.monotonic() - began, 1), pid=os.getpid())

    def _living(self) -> list[str]:
        return [child.worker for child in tuple(self._children)]

    def _start(self) -> _Child:
        worker = str(uuid4())
        process = self._context.Process(target=serve, args=(self._plan, worker, os.getpid()), name="sgd-worker")
        process.start()
        tell("worker.started", worker=worker, pid=process.pid)
        return _Child(process, worker)

    def _end_children(self) -> None:
        for child in self._children:
            if child.process.is_alive():
                child.process.terminate()
        # Each child keeps to its own bound; one that is stopped or starved does not keep us.
        deadline = time.monotonic() + self._plan.run_grace_s + 2 * GOODBYE_S
        for child in self._children:
            child.process.join(max(0.0, deadline - time.monotonic()))
            if child.process.is_alive():
                warn("worker.killed", worker=child.worker, reason="it did not end in its grace")
                child.process.kill()
                child.process.join()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        # Only the flag: the main loop may be between starting a child and knowing of it.
        self._stopping = True


class _Sweeper(threading.Thread):
    """Keeps the leases of living workers and moves the jobs of dead ones along, whoever's they were.

    Beside the parent's loop: a database that is away must not hold that up.
    """

    def __init__(self, plan: WorkerPlan, instance: "DagsterInstance", living: Callable[[], list[str]]) -> None:
        super().__init__(name="sweeper", daemon=True)
        assert plan.settings.database_url is not None
        database = Database(plan.settings.database_url.get_secret_value(), pool_size=1)
        self._queue = JobQueue(database, plan.share, plan.settings.sgd_request_text)
        self._database = database
        self._follow_at_s = 0.0
        self._see_at_s = 0.0
        self._given_up: set[str] = set()
        self._instance = instance
        self._living = living
        self._dead: dict[str, WhyOfKind | None] = {}
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._blind_until_s = 0.0

    def move_along(self, dead_workers: Mapping[str, WhyOfKind | None]) -> None:
        """Move these workers' jobs along now, without waiting for their lease; with an error, to their end."""
        with self._lock:
            self._dead.update(dead_workers)
        self._wake.set()

    def run(self) -> None:
        from sgd_assets.on_demand.sweep import sweep

        while True:
            with self._lock:
                dead = dict(self._dead)
            try:
                self._queue.keep([worker for worker in self._living() if worker not in dead])
                sweep(self._queue, self._instance, dead, with_stale=time.monotonic() >= self._blind_until_s)
                self._follow_up()
                self._see()
            except Exception:
                log.exception("the sweep for dead workers failed")
                # While the database was away no worker could renew its lease.
                self._blind_until_s = time.monotonic() + LEASE_S
            else:
                with self._lock:
                    self._dead = {worker: error for worker, error in self._dead.items() if worker not in dead}
            self._wake.wait(SWEEP_S)
            self._wake.clear()

    def _see(self) -> None:
        """Once in a while: what Dagster's storage says of the graph, for the metrics."""
        from sgd_assets.running.seen import EVERY_S, see_graph

        if time.monotonic() >= self._see_at_s:
            self._see_at_s = time.monotonic() + EVERY_S
            see_graph(self._instance, process_counts())

    def _follow_up(self) -> None:
        """Once in a while: ingests that failed are asked for again; an org that is given up is told once."""
        from sgd_assets.on_demand.follow_ups import ask_for_failed

        if time.monotonic() < self._follow_at_s:
            return
        self._follow_at_s = time.monotonic() + FOLLOW_UP_S
        found = ask_for_failed(self._database)
        for org_id in found.asked:
            log.warning("the last ingest of %s failed and is asked for again", org_id)
        for org_id in sorted(found.given_up.keys() - self._given_up):
            log.error("the ingest of %s failed again and again: %s", org_id, found.given_up[org_id])
        self._given_up = set(found.given_up)


def _error_of(exit_code: int | None, settings: Settings) -> WhyOfKind | None:
    """Why the worker's job cannot be done, by its kind, when the worker ended for its sake."""
    passed = LIMIT_OF_SIGNAL.get(-(exit_code or 0))
    for limit, own_code in EXIT_OVER.items():
        if exit_code == own_code:
            passed = limit
    if passed is None:
        return None
    limit_passed = passed
    return lambda kind: RunLimits.on_demand(settings, type_of(kind)).error_row(limit_passed)


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
    parser = argparse.ArgumentParser(prog="python -m sgd_assets.on_demand.worker", description=__doc__.split("\n")[0])
    parser.add_argument("--processes", type=int, default=None, help="warm processes, one run at a time each")
    parser.add_argument("--graph", default=DEFAULT_GRAPH, help="module:function that builds the definitions to serve")
    parser.add_argument(
        "--run-grace", type=float, default=RUN_GRACE_S, help="seconds a run in progress gets after SIGTERM"
    )
    chosen = parser.parse_args(argv)
    settings = load_settings()
    write_logs(settings)
    run_worker(settings, chosen.processes or settings.sgd_workers, graph=chosen.graph, run_grace_s=chosen.run_grace)
    end_at_once(0)


if __name__ == "__main__":
    main()
