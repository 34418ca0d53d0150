"""The one table of work that is asked for, of whatever kind: renders, ingests, derivations. A row is a queued job.

What must not live here: serving jobs (`queue.py`), how runs own them (`ledgers/requests.py`), or a render's pictures.

    priority      interactive: somebody waits for it; batch: nobody does, and it yields to all that is interactive
    runs_alone    of these, an org's jobs run one after another
    turn          orgs take turns: the smallest is served next
    worker, lease_until       who serves it, and until when that is believed without a word of the worker
    worker_deaths how many workers died serving it
    not_before, deadline_at   when it may be served first, and when nobody wants it any more
    progress      what a kind of many parts tells of them, as it likes
    metadata      what its caller wrote on it, told back as it is
    keep_s, expires_at        how long it is kept from its end on, and until when that is; absent: for good
    traceparent   the span of whoever asked for it, which its run goes on with
    webhook_id    the address that is told of its end, beside those that are told of every job
    text_state    what became of its words after its end: whole, redacted, removed; absent: nobody has looked
    replaces_id   the render that this one is made in place of, under a later canon; that one stays, and may be gone
    parent_id, item_index     the job that this one is a part of, and its place there; a parent ends with its last part
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, func, literal, select
from sqlalchemy.dialects.postgresql import JSONB, insert

from sgd_resources.errors import Conflict, ValidationFailed
from sgd_resources.observed.spans import traceparent
from sgd_resources.postgres.shape import all_of, columns_of, known_uuid, one_of
from sgd_resources.postgres.tables.work import jobs

OPEN = ("queued", "running")
Priority = Literal["interactive", "batch"]
ENDED: Mapping[str, Any] = {"finished_at": func.now(), "worker": None, "lease_until": None}
"""What every end writes beside its status."""
UNWATCHED_LEASE_S = 900
"""A run that was launched by hand renews no lease: it gets this long per job, then the job is queued again."""


@dataclass(frozen=True)
class Job:
    """One job, at any stage of its life."""

    job_id: str
    kind: str
    status: str
    project_id: str | None
    idempotency_key: str | None
    body_sha256: str | None
    body: Mapping[str, Any]
    result: Mapping[str, Any] | None
    error: Mapping[str, Any] | None
    dagster_run_id: str | None
    attempts: int
    worker_deaths: int
    priority: str
    turn: int
    progress: Mapping[str, Any] | None
    cancel_requested_at: datetime | None
    deadline_at: datetime | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    seq: int
    parent_id: str | None = None
    item_index: int | None = None
    metadata: Mapping[str, Any] | None = None
    expires_at: datetime | None = None
    webhook_id: str | None = None
    text_state: str | None = None


@dataclass(frozen=True)
class Terms:
    """On which terms a job is asked for, whatever its kind; see the module for the fields."""

    metadata: Mapping[str, Any] | None = None
    keep_s: int | None = None
    webhook: Callable[[Connection], str] | None = None
    """Gives the id of the webhook that is told of the end, in the transaction that makes the job."""
    most_open: int | None = None
    """Jobs that the org may have open with this one and its parts; None: any number. No row keeps it."""


NO_TERMS = Terms()


@dataclass(frozen=True)
class NewJob:
    """Work to ask for; see the module for the fields."""

    kind: str
    body: Mapping[str, Any]
    job_id: str | None = None
    project_id: str | None = None
    priority: Priority = "interactive"
    runs_alone: bool = False
    deadline_at: datetime | None = None
    not_before: datetime | None = None
    progress: Mapping[str, Any] | None = None
    replaces_id: str | None = None
    terms: Terms = NO_TERMS


def create_job(connection: Connection, org_id: str, job: NewJob) -> Job:
    """A queued job; a worker fetches it once this transaction commits."""
    made = insert(jobs).values(_row(connection, org_id, job)).returning(*columns_of(jobs, Job))
    return Job(*connection.execute(made).one())


def create_job_once(connection: Connection, org_id: str, job: NewJob, *, idempotency_key: str) -> tuple[Job, bool]:
    """The job under this key, and whether it is new. The same body finds the first one once that has ended, anyhow.

    Raises:
        ValidationFailed: the key was used with another body.
        Conflict: the first job under this key is not done; `details` names it.
    """
    body_sha256 = sha256_of_body(job.body)
    row = {**_row(connection, org_id, job), "body_sha256": body_sha256, "idempotency_key": idempotency_key}
    once = insert(jobs).values(row).on_conflict_do_nothing(index_elements=["org_id", "kind", "idempotency_key"])
    created = connection.execute(once.returning(*columns_of(jobs, Job))).one_or_none()
    if created is not None:
        return Job(*created), True
    same = (jobs.c.org_id == org_id, jobs.c.kind == job.kind, jobs.c.idempotency_key == idempotency_key)
    first = Job(*connection.execute(select(*columns_of(jobs, Job)).where(*same)).one())
    if first.body_sha256 != body_sha256:
        raise ValidationFailed("this Idempotency-Key was used with another body", details={"field": "Idempotency-Key"})
    if first.status in OPEN:
        raise Conflict(
            "the first request with this Idempotency-Key still runs",
            details={f"{job.kind}_id": first.job_id, "status": first.status},
        )
    return first, False


def create_parts(connection: Connection, org_id: str, parent_id: str, parts: Sequence[NewJob]) -> None:
    """Queue the parts of a job, in order and all of one priority; they get their turns one after another.

    Args:
        connection: in the transaction that made the parent.
        org_id: whose.
        parent_id: of a job that no worker serves, and that ends with the last of these.
        parts: at least one.
    """
    # One question for all turns: until this transaction ends, nobody else of the org gets one.
    first = connection.execute(select(func.directory_job_turn(org_id, parts[0].priority))).scalar_one()
    rows = [
        {**_row(connection, org_id, part), "turn": first + index, "parent_id": parent_id, "item_index": index}
        for index, part in enumerate(parts)
    ]
    connection.execute(insert(jobs), rows)


def _row(connection: Connection, org_id: str, job: NewJob) -> dict[str, Any]:
    return {
        "org_id": org_id, "job_id": job.job_id or str(uuid4()), "kind": job.kind, "body": dict(job.body),
        "project_id": job.project_id, "priority": job.priority, "runs_alone": job.runs_alone,
        "deadline_at": job.deadline_at, "not_before": job.not_before,
        "progress": None if job.progress is None else dict(job.progress),
        "metadata": None if job.terms.metadata is None else dict(job.terms.metadata), "keep_s": job.terms.keep_s,
        "webhook_id": None if job.terms.webhook is None else job.terms.webhook(connection),
        "turn": func.directory_job_turn(org_id, job.priority), "traceparent": traceparent(),
        "replaces_id": job.replaces_id,
    }  # fmt: skip


def sha256_of_body(body: Mapping[str, Any]) -> str:
    """Hash of the body's meaning: key order and spaces do not count."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def get_job(connection: Connection, org_id: str, job_id: str, *, what: str = "job") -> Job:
    """One job. Raises NotFound, for another org's too; `what` is how the caller calls it."""
    query = select(*columns_of(jobs, Job)).where(*mine(org_id, job_id, what))
    return one_of(Job, connection.execute(query).one_or_none(), what)


def get_jobs(connection: Connection, org_id: str, job_ids: Sequence[str]) -> list[Job]:
    """Those of these jobs that there are, in no order."""
    which = (jobs.c.org_id == org_id, jobs.c.job_id.in_(job_ids))
    return all_of(Job, connection.execute(select(*columns_of(jobs, Job)).where(*which)))


def traceparent_of(connection: Connection, org_id: str, job_id: str) -> str | None:
    """The span of whoever asked for the job, for the one who serves it; None where it was not traced."""
    found: str | None = connection.execute(select(jobs.c.traceparent).where(*mine(org_id, job_id))).scalar_one_or_none()
    return found


def pending_jobs(connection: Connection, org_id: str, *, kind: str | None = None) -> list[Job]:
    """Jobs that have not ended, oldest first; of one kind or of all."""
    query = select(*columns_of(jobs, Job)).where(jobs.c.org_id == org_id, jobs.c.status.in_(OPEN))
    if kind is not None:
        query = query.where(jobs.c.kind == kind)
    return all_of(Job, connection.execute(query.order_by(jobs.c.seq)))


def find_queued(connection: Connection, org_id: str, *, kind: str, body: Mapping[str, Any]) -> Job | None:
    """A job of exactly this body that has not begun; it cannot begin before this transaction ends."""
    is_same = jobs.c.body == literal(dict(body), JSONB)
    query = select(*columns_of(jobs, Job)).where(
        jobs.c.org_id == org_id, jobs.c.kind == kind, jobs.c.status == "queued", is_same
    )
    row = connection.execute(query.order_by(jobs.c.seq).limit(1).with_for_update()).one_or_none()
    return None if row is None else Job(*row)


def asked_for(
    *, status: str | None = None, since: datetime | None = None, until: datetime | None = None
) -> list[ColumnElement[bool]]:
    """Conditions on jobs: this status, made from `since` on and before `until`; what is None narrows nothing."""
    found = []
    if status is not None:
        found.append(jobs.c.status == status)
    if since is not None:
        found.append(jobs.c.created_at >= since)
    if until is not None:
        found.append(jobs.c.created_at < until)
    return found


def one_more_try(dagster_run_id: str | None) -> dict[str, Any]:
    """What a run writes that begins to serve a job."""
    return {
        "status": "running", "dagster_run_id": dagster_run_id, "attempts": jobs.c.attempts + 1,
        "started_at": func.coalesce(jobs.c.started_at, func.now()),
        "lease_until": func.coalesce(jobs.c.lease_until, func.now() + timedelta(seconds=UNWATCHED_LEASE_S)),
    }  # fmt: skip


def mine(org_id: str, job_id: str, what: str = "job") -> tuple[Any, Any]:
    """The conditions that pick one job of an org. Raises NotFound for what cannot be an id of ours."""
    return jobs.c.org_id == org_id, jobs.c.job_id == known_uuid(job_id, what)
