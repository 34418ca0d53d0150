"""Lets a run in this process be cancelled from Dagster's UI, which can only reach processes that it launched.

A thread looks every few seconds whether somebody cancelled; then the run is marked as being cancelled and the main
thread interrupted, which Dagster turns into a cancelled run between two steps of the work. What must not live here:
what counts as cancelled.
"""

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from dagster import DagsterInstance, DagsterRunStatus

log = logging.getLogger(__name__)

LOOK_EVERY_S = 2.0


@contextmanager
def cancellable(instance: DagsterInstance, run_id: str, is_cancelled: Callable[[], bool]) -> Iterator[None]:
    """End the run that the block executes in the main thread once `is_cancelled` says so."""
    is_over, lock = threading.Event(), threading.Lock()

    def look() -> None:
        while not is_over.wait(LOOK_EVERY_S):
            try:
                if not is_cancelled():
                    continue
                run = instance.get_run_by_id(run_id)
            except Exception:
                # The database is away; the run notices by itself.
                log.warning("could not look whether run %s was cancelled", run_id, exc_info=True)
                continue
            if run is None or (run.is_finished and run.status != DagsterRunStatus.CANCELED):
                continue
            if run.status == DagsterRunStatus.STARTED:
                instance.report_run_canceling(run)
            with lock:
                if not is_over.is_set():
                    os.kill(os.getpid(), signal.SIGINT)
            return

    looking = threading.Thread(target=look, name="cancel watch", daemon=True)
    looking.start()
    try:
        yield
    finally:
        with lock:
            is_over.set()
        looking.join()
