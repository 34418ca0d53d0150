"""Serves the job table as a queue: which job is next, who holds it, and which have lost their holder.

The choice is made in the database (`directory_claim_job`): what somebody waits for first, orgs in turn, none above its
cap, and none above its share while others wait. A claim is a lease: it is renewed while the job runs, and ends with
it. What must not live here: what a job does, or starting workers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select, text, update

from sgd_resources.llm.safety.request_text import TextKept
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import audit, jobs
from sgd_resources.postgres.rows.work.request_text import settle_ended
from sgd_resources.postgres.tables.work import jobs as table

NEW_JOB_CHANNEL = "sgd_job"
"""Notified when a job is queued, new or handed back."""
DONE_CHANNEL = "sgd_done"
"""Notified with the job's id when it reaches its final status."""
LEASE_S = 15.0
"""A worker silent for so long is taken for dead. Long enough for a process starved of processor time."""
MAX_WORKER_DEATHS = 2
"""A job that so many workers died of is failed: the next one would die of it too."""
_LOST_AT_ONCE = 500

_CLAIM = text("SELECT * FROM directory_claim_job(:worker, :kinds, :lease, :most_per_org, :is_cap)")
_KEEP = text("SELECT directory_keep_leases(:workers, :lease)")
_LOST = text("SELECT * FROM directory_lost_jobs(:workers, :with_stale, :most)")


@dataclass(frozen=True)
class OrgShare:
    """What one org may have of all workers together.

    Attributes:
        runs: jobs of one org at the same time.
        is_cap: never more. Otherwise more whenever a worker would be idle, that is while no other org's job waits.
    """

    runs: int
    is_cap: bool


@dataclass(frozen=True)
class Claim:
    """A job that this worker holds."""

    org_id: str
    job_id: str
    kind: str
    attempts: int
    """Runs that began to serve it before this one."""
    deadline_at: datetime | None
    worker: str


@dataclass(frozen=True)
class Lease:
    """What a renewal says.

    Attributes:
        is_held: False when the job went back to the queue, or to another. One that has ended is held: its run may still
            be writing down what it did.
        is_cancelled: somebody asked for its end.
    """

    is_held: bool
    is_cancelled: bool


WhyOfKind = Callable[[str], Mapping[str, Any]]
"""Of the kind of a job: the error that it fails with."""


@dataclass(frozen=True)
class LostJob:
    """A job whose worker is gone, or that was not served before its deadline, and what became of it.

    Attributes:
        run_id: the Dagster run that died with the worker.
        why: for that run.
        is_over: False when the job is queued again.
    """

    org_id: str
    job_id: str
    run_id: str | None
    why: str
    is_over: bool


@dataclass(frozen=True)
class Reasons:
    """The errors of jobs that end without a run of their own telling why."""

    worker_killer: Mapping[str, Any]
    too_late: Mapping[str, Any]


class JobQueue:
    """The queue as workers use it.

    Args:
        database: where the jobs are.
        share: what one org may have of the workers.
        words: what of a job's words may stay after its end.
    """

    def __init__(self, database: Database, share: OrgShare, words: TextKept = "kept") -> None:
        self._database = database
        self._share = share
        self._words = words

    def claim(self, worker: str, kinds: Sequence[str]) -> Claim | None:
        """The next job of these kinds, now this worker's; None when nothing may start.

        Raises:
            Unavailable: the database cannot be reached. Retry.
        """
        lease = timedelta(seconds=LEASE_S)
        share = {"most_per_org": self._share.runs, "is_cap": self._share.is_cap}
        values = {"worker": worker, "kinds": list(kinds), "lease": lease, **share}
        with self._database.directory() as connection:
            row = connection.execute(_CLAIM, values).one_or_none()
        return (
            None if row is None else Claim(row.org_id, str(row.job_id), row.kind, row.attempts, row.deadline_at, worker)
        )

    def renew(self, claim: Claim) -> Lease:
        """Keep the job for another `LEASE_S` seconds.

        Raises:
            Unavailable: the database cannot be reached. Retry.
        """
        until = func.clock_timestamp() + timedelta(seconds=LEASE_S)
        renewal = update(table).where(*_held_by(claim)).values(lease_until=until)
        with self._database.org_transaction(claim.org_id) as connection:
            row = connection.execute(renewal.returning(table.c.cancel_requested_at)).one_or_none()
            if row is not None:
                return Lease(True, row.cancel_requested_at is not None)
            job = jobs.get_job(connection, claim.org_id, claim.job_id)
        return Lease(job.status not in jobs.OPEN, False)

    def traceparent(self, claim: Claim) -> str | None:
        """The span of whoever asked for the job.

        Raises:
            Unavailable: the database cannot be reached. Retry.
        """
        with self._database.org_transaction(claim.org_id) as connection:
            return jobs.traceparent_of(connection, claim.org_id, claim.job_id)

    def keep(self, workers: Sequence[str]) -> int:
        """Keep what these workers hold for another `LEASE_S` seconds, as their parent, who knows that they live.

        Native code may hold a worker's interpreter for minutes; its limits end it, not its silence.

        Raises:
            Unavailable: the database cannot be reached. Retry.
        """
        values = {"workers": list(workers), "lease": timedelta(seconds=LEASE_S)}
        with self._database.directory() as connection:
            return int(connection.execute(_KEEP, values).scalar_one())

    def hand_back(self, claim: Claim, *, pause_s: float = 0.0) -> bool:
        """Queue the job again, for whoever is free in `pause_s` seconds; False when this worker no longer holds it.

        Raises:
            Unavailable: the database cannot be reached. Retry.
        """
        later = func.clock_timestamp() + timedelta(seconds=pause_s)
        values = {"status": "queued", "worker": None, "lease_until": None, "not_before": later}
        with self._database.org_transaction(claim.org_id) as connection:
            return connection.execute(update(table).where(*_held_by(claim)).values(values)).rowcount == 1

    def end(self, claim: Claim, *, error: Mapping[str, Any] | None) -> str | None:
        """Fail the job, or cancel it when `error` is None. Returns the run that served it, to be failed too.

        Raises:
            Unavailable: the database cannot be reached. Retry.
        """
        with self._database.org_transaction(claim.org_id) as connection:
            _end(connection, claim.org_id, claim.job_id, claim.kind, error, _held_by(claim), self._words)
            found = select(table.c.dagster_run_id).where(*jobs.mine(claim.org_id, claim.job_id))
            run_id: str | None = connection.execute(found).scalar_one_or_none()
        return run_id

    def sweep(
        self, dead_workers: Mapping[str, WhyOfKind | None], *, why: Reasons, with_stale: bool = True
    ) -> list[LostJob]:
        """Move every job along whose worker is gone.

        Safe to call from any number of processes: each job is moved once, by whoever comes first.

        Args:
            dead_workers: workers known to be dead, whatever their lease says; with an error of its kind, their job
                fails for it.
            why: the errors of jobs that fail for what happened to them.
            with_stale: also where only the lease has run out. Not just after the database was away: then no worker
                could renew its own.

        Raises:
            Unavailable: the database cannot be reached. Retry.
        """
        with self._database.directory() as connection:
            rows = connection.execute(
                _LOST, {"workers": list(dead_workers), "with_stale": with_stale, "most": _LOST_AT_ONCE}
            ).all()
        moved = []
        for row in rows:
            known = None if row.worker is None else dead_workers.get(row.worker)
            lost = self._move_along(row, None if known is None else known(row.kind), why)
            if lost is not None:
                moved.append(lost)
        return moved

    def _move_along(self, row: Any, known: Mapping[str, Any] | None, why: Reasons) -> LostJob | None:
        org_id, job_id = row.org_id, str(row.job_id)
        is_his = table.c.worker.is_not_distinct_from(row.worker)
        same = (*jobs.mine(org_id, job_id), table.c.status == row.status, is_his)
        with self._database.org_transaction(org_id) as connection:
            current = select(table.c.dagster_run_id, table.c.worker_deaths, table.c.cancel_requested_at)
            found = connection.execute(current.where(*same).with_for_update()).one_or_none()
            if found is None:
                return None
            deaths = found.worker_deaths + (row.status == "running")
            error: Mapping[str, Any] | None = None
            if found.cancel_requested_at is None:
                error = known or (why.too_late if row.status == "queued" else why.worker_killer)
                if known is None and row.status == "running" and deaths < MAX_WORKER_DEATHS:
                    values = {"status": "queued", "worker": None, "lease_until": None, "worker_deaths": deaths}
                    connection.execute(update(table).where(*same).values(values))
                    return LostJob(org_id, job_id, found.dagster_run_id, "its worker died", is_over=False)
            _end(connection, org_id, job_id, row.kind, error, same, self._words, worker_deaths=deaths)
        reason = "the request was cancelled" if error is None else str(error["message"])
        return LostJob(org_id, job_id, found.dagster_run_id, reason, is_over=True)


def _held_by(claim: Claim) -> tuple[Any, ...]:
    return (*jobs.mine(claim.org_id, claim.job_id), table.c.status == "running", table.c.worker == claim.worker)


def _end(
    connection: Connection,
    org_id: str,
    job_id: str,
    kind: str,
    error: Mapping[str, Any] | None,
    where: Sequence[Any],
    words: TextKept,
    **more: Any,
) -> None:
    status = "cancelled" if error is None else "failed"
    values = {"status": status, "error": None if error is None else dict(error), **jobs.ENDED, **more}
    if connection.execute(update(table).where(*where).values(values)).rowcount == 1:
        settle_ended(connection, org_id, job_id, words)
        details = {} if error is None else {"code": error["code"]}
        audit.append(connection, org_id, actor="graph", action=f"{kind}.{status}", subject=job_id, details=details)
