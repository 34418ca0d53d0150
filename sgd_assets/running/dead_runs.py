"""Marks runs failed whose process is gone, and keeps living ones known as such.

Two dead runs left as started would fill the daemon's two places for ever. Safe to run at any time from any number of
processes. What must not live here: how a process is named (`owner.py`).
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from dagster import DagsterInstance, DagsterRunStatus, RunsFilter

from sgd_assets.running.owner import HEARTBEAT_S, OWNED_RUN_TAG, heartbeat_tag, is_owner_dead

log = logging.getLogger(__name__)

OWNER_DIED = "the process that executed this run is gone"
_UNFINISHED = [
    DagsterRunStatus.NOT_STARTED,
    DagsterRunStatus.STARTING,
    DagsterRunStatus.STARTED,
    DagsterRunStatus.CANCELING,
]


def fail_runs_of_dead_owners(instance: DagsterInstance) -> list[str]:
    """Ids of the runs that were marked failed because the process named in their tags is gone."""
    failed = []
    for run in instance.get_runs(RunsFilter(statuses=_UNFINISHED)):
        # A run that Dagster made from another bears that one's tags until its own process names itself.
        is_own = run.parent_run_id is None or run.tags.get(OWNED_RUN_TAG) == run.run_id
        if is_own and is_owner_dead(run.tags) and fail_run(instance, run.run_id, OWNER_DIED):
            failed.append(run.run_id)
    return failed


def fail_run(instance: DagsterInstance, run_id: str, why: str) -> bool:
    """Mark a run failed whose process is gone; False when it had ended by itself, or never began."""
    run = instance.get_run_by_id(run_id)
    if run is None or run.is_finished:
        return False
    instance.report_run_failed(run, why)
    return True


@contextmanager
def heartbeat(instance: DagsterInstance, run_id: str) -> Iterator[None]:
    """Keep a run's heartbeat fresh for the length of the block, which executes it. A short run pays nothing."""
    is_over = threading.Event()

    def beat() -> None:
        while not is_over.wait(HEARTBEAT_S):
            try:
                instance.add_run_tags(run_id, heartbeat_tag())
            except Exception:
                # The database is away: whoever sweeps cannot reach it either.
                log.warning("the heartbeat of run %s was not written", run_id, exc_info=True)

    beating = threading.Thread(target=beat, name="run heartbeat", daemon=True)
    beating.start()
    try:
        yield
    finally:
        is_over.set()
        beating.join()
