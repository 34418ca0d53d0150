"""Moves the jobs of dead workers along and marks the Dagster runs of dead processes failed.

Safe to run at any time from any number of processes: each step is done once, by whoever comes first. What must not live
here: starting processes (`worker.py`), or deciding who is dead (`sgd_resources/postgres/rows/queue.py`,
`sgd_assets/running/owner.py`).
"""

from collections.abc import Mapping

from dagster import DagsterInstance

from sgd_assets.running.dead_runs import fail_run, fail_runs_of_dead_owners
from sgd_resources.events import warn
from sgd_resources.postgres.rows.queue import MAX_WORKER_DEATHS, JobQueue, LostJob, Reasons, WhyOfKind

WHY = Reasons(
    worker_killer={
        "code": "INTERNAL_ERROR",
        "message": (
            f"the worker died {MAX_WORKER_DEATHS} times while it served this request: it is given up; ask again with"
            " another Idempotency-Key, or without one, for a new try"
        ),
        "details": {"worker_deaths": MAX_WORKER_DEATHS},
    },
    too_late={
        "code": "UNAVAILABLE",
        "message": "no worker was free before the deadline of this request",
        "details": {"retry_after_s": 30},
    },
)


def sweep(
    queue: JobQueue,
    instance: DagsterInstance,
    dead_workers: Mapping[str, WhyOfKind | None],
    *,
    with_stale: bool = True,
) -> list[LostJob]:
    """The jobs that were moved along.

    Args:
        queue: the job table.
        instance: the shared Dagster instance.
        dead_workers: workers known to be dead, whatever their lease says; with an error, their job fails for it.
        with_stale: also jobs whose lease ran out.

    Raises:
        Unavailable: the database cannot be reached. Retry.
    """
    moved = queue.sweep(dead_workers, why=WHY, with_stale=with_stale)
    for lost in moved:
        fate = "ended" if lost.is_over else "queued again"
        warn("sweep.job_moved", job_id=lost.job_id, org_id=lost.org_id, run_id=lost.run_id, fate=fate, reason=lost.why)
        if lost.run_id is not None:
            fail_run(instance, lost.run_id, lost.why)
    for run_id in fail_runs_of_dead_owners(instance):
        warn("sweep.run_failed", run_id=run_id, reason="its process is gone")
    return moved
