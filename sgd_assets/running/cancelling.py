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
def cancellable(
    instance: DagsterInstance, run_id: str, is_cancelled: Callable[[], bool], *, n_looks: int = 1
) -> Iterator[None]:
    """End the run that the block executes in the main thread once it is cancelled, or gone with an erased org.

    Args:
        instance: where the run is recorded.
        run_id: of the run; it may be made within the block.
        is_cancelled: asked every `LOOK_EVERY_S`.
        n_looks: so many in a row must say so: somebody else may be about to end it.
    """
    is_over, lock = threading.Event(), threading.Lock()

    def look() -> None:
        was_there, n_said = False, 0
        while not is_over.wait(LOOK_EVERY_S):
            try:
                run = instance.get_run_by_id(run_id)
                was_there |= run is not None
                n_said = n_said + 1 if (was_there and run is None) or is_cancelled() else 0
            except Exception:
                # The database is away; the run notices by itself.
                log.warning("could not look whether run %s was cancelled", run_id, exc_info=True)
                continue
            if n_said < n_looks or not was_there:
                continue
            if run is not None and run.is_finished and run.status != DagsterRunStatus.CANCELED:
                continue
            if run is not None and run.status == DagsterRunStatus.STARTED:
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


def is_run_cancelled(instance: DagsterInstance, run_id: str) -> bool:
    """Whether somebody asked for the run's end in the UI, or marked it ended."""
    run = instance.get_run_by_id(run_id)
    return run is not None and run.status in (DagsterRunStatus.CANCELING, DagsterRunStatus.CANCELED)
