"""Rows of work asked for through the API that is no render: ingest, canon_derive and the like."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import JSONB

from sgd_resources.database.shape import all_of, columns_of, known_uuid, one_of
from sgd_resources.database.tables import jobs

OPEN = ("queued", "running")


@dataclass(frozen=True)
class Job:
    """One job, at any stage of its life."""

    job_id: str
    kind: str
    status: str
    body: Mapping[str, Any]
    result: Mapping[str, Any] | None
    error: Mapping[str, Any] | None
    dagster_run_id: str | None
    attempts: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    seq: int


def create_job(
    connection: Connection, org_id: str, *, kind: str, body: Mapping[str, Any], job_id: str | None = None
) -> Job:
    """A queued job."""
    row = {"org_id": org_id, "job_id": job_id or str(uuid4()), "kind": kind, "body": dict(body)}
    return Job(*connection.execute(insert(jobs).values(row).returning(*columns_of(jobs, Job))).one())


def get_job(connection: Connection, org_id: str, job_id: str) -> Job:
    """One job. Raises NotFound, for another org's too."""
    query = select(*columns_of(jobs, Job)).where(*_mine(org_id, job_id))
    return one_of(Job, connection.execute(query).one_or_none(), "job")


def find_queued(connection: Connection, org_id: str, *, kind: str, body: Mapping[str, Any]) -> Job | None:
    """A job of exactly this body that has not begun; it cannot begin before this transaction ends."""
    is_same = jobs.c.body == literal(dict(body), JSONB)
    query = select(*columns_of(jobs, Job)).where(
        jobs.c.org_id == org_id, jobs.c.kind == kind, jobs.c.status == "queued", is_same
    )
    row = connection.execute(query.order_by(jobs.c.seq).limit(1).with_for_update()).one_or_none()
    return None if row is None else Job(*row)


def pending_jobs(connection: Connection, org_id: str) -> list[Job]:
    """Jobs that have not ended, oldest first."""
    query = select(*columns_of(jobs, Job)).where(jobs.c.org_id == org_id, jobs.c.status.in_(OPEN))
    return all_of(Job, connection.execute(query.order_by(jobs.c.seq)))


def mark_running(connection: Connection, org_id: str, job_id: str, *, dagster_run_id: str | None = None) -> bool:
    """One more try begins; False when the job has ended."""
    values = {
        "status": "running", "dagster_run_id": dagster_run_id, "attempts": jobs.c.attempts + 1,
        "started_at": func.coalesce(jobs.c.started_at, func.now()),
    }  # fmt: skip
    return _change(connection, org_id, job_id, values)


def mark_succeeded(connection: Connection, org_id: str, job_id: str, *, result: Mapping[str, Any]) -> bool:
    """Done; False when the job has ended. Waiters are woken at commit."""
    values = {"status": "succeeded", "result": dict(result), "finished_at": func.now()}
    return _change(connection, org_id, job_id, values)


def mark_failed(connection: Connection, org_id: str, job_id: str, *, error: Mapping[str, Any]) -> bool:
    """It cannot be done; False when the job has ended. Waiters are woken at commit."""
    values = {"status": "failed", "error": dict(error), "finished_at": func.now()}
    return _change(connection, org_id, job_id, values)


def mark_cancelled(connection: Connection, org_id: str, job_id: str) -> bool:
    """Nobody wants it any more; False when the job has ended. Waiters are woken at commit."""
    return _change(connection, org_id, job_id, {"status": "cancelled", "finished_at": func.now()})


def _mine(org_id: str, job_id: str) -> tuple[Any, Any]:
    return jobs.c.org_id == org_id, jobs.c.job_id == known_uuid(job_id, "job")


def _change(connection: Connection, org_id: str, job_id: str, values: Mapping[str, Any]) -> bool:
    change = update(jobs).where(*_mine(org_id, job_id), jobs.c.status.in_(OPEN))
    if connection.execute(change.values(**values)).rowcount == 1:
        return True
    get_job(connection, org_id, job_id)
    return False
