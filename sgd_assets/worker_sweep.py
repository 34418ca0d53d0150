"""Hands the jobs of dead workers back to the queue and marks their Dagster runs failed.

Safe to run at any time from any number of processes: each step is done once, by whoever comes first. What must not live
here: starting processes (`worker.py`).
"""

import logging
from collections.abc import Sequence

from dagster import DagsterInstance, DagsterRunStatus, RunsFilter
from procrastinate import App, exceptions

from sgd_assets.org_runs import SOMEBODY_WAITS_TAG
from sgd_assets.warm_runs import WORKER_TAG, fail_dead_run
from sgd_resources.database.queue import QUEUE

log = logging.getLogger(__name__)

_DELETE_WORKERS = "DELETE FROM procrastinate_workers WHERE id = ANY(%(ids)s::bigint[])"
_LIVE_WORKERS = "SELECT id FROM procrastinate_workers"
_UNFINISHED = [DagsterRunStatus.NOT_STARTED, DagsterRunStatus.STARTING, DagsterRunStatus.STARTED]


async def sweep(
    app: App, instance: DagsterInstance, dead_worker_ids: Sequence[int], *, stale_after_s: float
) -> tuple[int, int]:
    """(jobs handed back, runs marked failed).

    Args:
        app: the queue, opened.
        instance: the shared Dagster instance.
        dead_worker_ids: workers known to be dead, whatever their heartbeat says.
        stale_after_s: seconds of silence after which any worker counts as dead.
    """
    if dead_worker_ids:
        await app.connector.execute_query_async(_DELETE_WORKERS, ids=list(dead_worker_ids))
    await app.job_manager.prune_stalled_workers(stale_after_s)
    handed_back = 0
    for job in await app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=stale_after_s):
        try:
            await app.job_manager.retry_job(job)
            handed_back += 1
        except exceptions.ConnectorException:
            log.info("job %s was handed back by another process", job.id)
    live = {str(row["id"]) for row in await app.connector.execute_query_all_async(_LIVE_WORKERS)}
    return handed_back, fail_runs_of_dead_workers(instance, live)


def fail_runs_of_dead_workers(instance: DagsterInstance, live_workers: set[str]) -> int:
    """How many unfinished on-demand runs were marked failed because their worker is gone."""
    failed = 0
    for run in instance.get_runs(RunsFilter(statuses=_UNFINISHED, tags={SOMEBODY_WAITS_TAG: "true"})):
        # A run that was re-executed in the UI bears the tags of the first; no worker of ours executes it.
        if run.parent_run_id is None and run.tags.get(WORKER_TAG) not in live_workers:
            failed += fail_dead_run(instance, run.run_id, "its worker died")
    return failed
