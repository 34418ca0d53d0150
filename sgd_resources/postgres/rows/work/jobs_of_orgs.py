"""Jobs as their org asks about them: listed, cancelled, what they cost, and removed when they have been kept enough.

What must not live here: asking for a job (`jobs.py`), or serving one (`queue.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, String, cast, func, or_, select, text, update

from sgd_resources.postgres.rows.jobs import ENDED, OPEN, Job, asked_for, get_job, mine
from sgd_resources.postgres.shape import all_of, columns_of, newest_first
from sgd_resources.postgres.tables.models import inference_calls
from sgd_resources.postgres.tables.work import jobs

_EXPIRED = text("SELECT * FROM directory_expired_jobs(:most)")
_REMOVE = text("SELECT directory_remove_expired_job(:org, :job)")


@dataclass(frozen=True)
class JobFilter:
    """Which jobs are meant; what is None narrows nothing. Times are of the making: from `since`, before `until`."""

    kind: str | None = None
    status: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class ExpiredJob:
    """A job that has been kept long enough."""

    org_id: str
    job_id: str
    part_ids: tuple[str, ...]


def list_jobs(
    connection: Connection, org_id: str, wanted: JobFilter, *, limit: int, before_seq: int | None = None
) -> list[Job]:
    """The org's jobs, newest first, those made before `before_seq`; parts of others are left out."""
    which = [jobs.c.org_id == org_id, jobs.c.parent_id.is_(None)]
    if wanted.kind is not None:
        which.append(jobs.c.kind == wanted.kind)
    which += asked_for(status=wanted.status, since=wanted.since, until=wanted.until)
    query = select(*columns_of(jobs, Job)).where(*which)
    return all_of(Job, connection.execute(newest_first(query, jobs.c.seq, before=before_seq, limit=limit)))


def cancel_job(connection: Connection, org_id: str, job_id: str) -> bool:
    """Ask for the end of a job and of its parts; False when it had ended, or was asked to end before.

    What waits ends here; what runs is ended by its worker, at its next look at the row.

    Raises:
        NotFound: no job of this org.
    """
    job = get_job(connection, org_id, job_id)
    # The parent first, as parts that end do after it: who comes second waits, and nobody for each other.
    asked = update(jobs).where(*mine(org_id, job.job_id), jobs.c.status.in_(OPEN), jobs.c.cancel_requested_at.is_(None))
    if connection.execute(asked.values(cancel_requested_at=func.now())).rowcount == 0:
        return False
    parts = (jobs.c.org_id == org_id, jobs.c.parent_id == job.job_id)
    running = update(jobs).where(*parts, jobs.c.status == "running")
    connection.execute(running.values(cancel_requested_at=func.now()))
    ended = {"status": "cancelled", "cancel_requested_at": func.now(), **ENDED}
    waiting = connection.execute(update(jobs).where(*parts, jobs.c.status == "queued").values(ended)).rowcount
    has_parts = waiting or connection.execute(select(jobs.c.job_id).where(*parts).limit(1)).one_or_none()
    if not has_parts:
        itself = (*mine(org_id, job.job_id), jobs.c.status == "queued")
        connection.execute(update(jobs).where(*itself).values({"status": "cancelled", **ENDED}))
    return True


def spend_of(connection: Connection, org_id: str, job_ids: Sequence[str]) -> Mapping[str, int]:
    """What the model calls of these jobs and their parts cost so far, in millionths of a dollar; 0 is left out."""
    if not job_ids:
        return {}
    whole = func.coalesce(jobs.c.parent_id, jobs.c.job_id)
    is_of = (inference_calls.c.org_id == jobs.c.org_id) & (inference_calls.c.request_id == cast(jobs.c.job_id, String))
    query = (
        select(whole, func.sum(inference_calls.c.cost_usd_micros))
        .join_from(jobs, inference_calls, is_of)
        .where(jobs.c.org_id == org_id, or_(jobs.c.job_id.in_(job_ids), jobs.c.parent_id.in_(job_ids)))
        .group_by(whole)
    )
    return {str(job_id): int(cost) for job_id, cost in connection.execute(query) if cost}


def expired_jobs(connection: Connection, *, limit: int) -> list[ExpiredJob]:
    """Jobs of any org that have been kept long enough, on a connection without an org."""
    rows = connection.execute(_EXPIRED, {"most": limit})
    return [ExpiredJob(row.org_id, str(row.job_id), tuple(map(str, row.part_ids))) for row in rows]


def remove_expired(connection: Connection, expired: ExpiredJob) -> bool:
    """Remove such a job with its parts and the rows of their pictures, on a connection without an org; False: gone."""
    return bool(connection.execute(_REMOVE, {"org": expired.org_id, "job": expired.job_id}).scalar_one())
