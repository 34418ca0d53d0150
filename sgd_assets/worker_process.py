"""One warm process: fetches jobs from the queue and serves them, one Dagster run at a time, until told to stop.

A stop (SIGTERM) has a bound whatever hangs, a database that is gone before all: the run in progress gets
`RUN_GRACE_S`, the tidying up `GOODBYE_S`, then the process ends. A run that was cut short goes back to the queue. What
must not live here: starting processes (`worker.py`), or what a run does (`warm_runs.py`).
"""

import asyncio
import contextlib
import ctypes
import importlib
import logging
import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from sgd_resources.settings import Settings

if TYPE_CHECKING:
    import procrastinate

    from sgd_assets.warm_runs import Kind

HEARTBEAT_S = 2.0
STALE_AFTER_S = 15.0
"""A worker silent for so long is taken for dead. Long enough for a process starved of processor time."""
POLL_S = 1.0
"""Fallback only: LISTEN wakes a worker for new jobs. A job that was handed back is not announced."""
RETRY_WAIT_S = 2
MAX_ATTEMPTS = 4
"""A request that killed its worker so often is failed rather than allowed to kill the next one."""
RUN_GRACE_S = 8.0
"""What a run in progress gets to finish: below the 10 s that most supervisors wait before they kill."""
GOODBYE_S = 2.0
"""For handing a job back and leaving the queue; a database that is away does not answer anyway."""
_PR_SET_PDEATHSIG = 1


def serve(
    settings: Settings, dagster_home: str, graph: str, run_grace_s: float, worker_id: Any, parent_pid: int
) -> None:
    """Body of the process; does not return.

    Args:
        settings: with every address filled in.
        dagster_home: directory with the `dagster.yaml` to use.
        graph: `module:function` that builds the definitions to serve.
        run_grace_s: seconds a run in progress gets after SIGTERM.
        worker_id: shared memory, set to the number under which this worker is registered.
        parent_pid: with its death this process ends.
    """
    # A Ctrl-C reaches the whole terminal group: the parent decides, and tells its children once.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with(parent_pid)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    asyncio.run(_serve_queue(settings, dagster_home, graph, run_grace_s, worker_id))
    end_at_once(0)


def end_at_once(exit_code: int) -> None:
    """End without unloading a thousand modules, which takes seconds on a busy machine; does not return."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(exit_code)


async def _serve_queue(settings: Settings, dagster_home: str, graph: str, run_grace_s: float, worker_id: Any) -> None:
    import procrastinate

    from sgd_assets.faces import faces_by_settings
    from sgd_assets.warm_runs import WarmRuns, warm_instance
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
    is_idle = threading.Event()
    is_idle.set()

    # A row that could not even be marked failed is served again: its database was away.
    again = procrastinate.RetryStrategy(max_attempts=MAX_ATTEMPTS, wait=RETRY_WAIT_S)

    @app.task(name=TASK, queue=QUEUE, pass_context=True, retry=again)
    async def serve_request(context: procrastinate.JobContext, kind: "Kind", org_id: str, request_id: str) -> None:
        worker_id.value = context.job.worker_id or 0
        is_idle.clear()
        try:
            if context.job.attempts >= MAX_ATTEMPTS:
                await loop.run_in_executor(one_at_a_time, runs.give_up, kind, org_id, request_id)
            else:
                await loop.run_in_executor(one_at_a_time, runs.serve, kind, org_id, request_id, str(worker_id.value))
        finally:
            is_idle.set()

    async def work() -> None:
        async with app.open_async():
            await app.run_worker_async(
                queues=[QUEUE],
                concurrency=1,
                listen_notify=True,
                fetch_job_polling_interval=POLL_S,
                update_heartbeat_interval=HEARTBEAT_S,
                stalled_worker_timeout=STALE_AFTER_S,
                delete_jobs="successful",
                shutdown_graceful_timeout=run_grace_s,
                install_signal_handlers=False,
            )

    working = loop.create_task(work())
    _stop_on_sigterm(loop, working, is_idle, run_grace_s)
    with contextlib.suppress(asyncio.CancelledError):
        await working


def _stop_on_sigterm(
    loop: asyncio.AbstractEventLoop, working: "asyncio.Task[None]", is_idle: threading.Event, run_grace_s: float
) -> None:
    """Let the first SIGTERM begin the end, and no later one cut it short: the kernel sends its own when a parent dies.

    Until here SIGTERM had its default action, which is right for a process that serves nothing yet.
    """
    is_stopping = False

    def end_in_any_case() -> None:
        is_idle.wait(run_grace_s)
        threading.Event().wait(GOODBYE_S)
        end_at_once(1)

    def stop() -> None:
        nonlocal is_stopping
        if not is_stopping:
            is_stopping = True
            threading.Thread(target=end_in_any_case, name="end in any case", daemon=True).start()
            working.cancel()

    loop.add_signal_handler(signal.SIGTERM, stop)


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
