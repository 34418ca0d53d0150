"""Campaign sets: jobs of the kind `batch` whose parts are renders. Nothing serves one; it ends with its last part.

What must not live here: what a part asks for (`sgd_assets/renders/campaign`), or how parts are served (`queue.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, update

from sgd_resources.errors import NotFound
from sgd_resources.postgres.rows import renders
from sgd_resources.postgres.rows.jobs import (
    ENDED,
    NO_TERMS,
    OPEN,
    Job,
    NewJob,
    Terms,
    create_job,
    create_job_once,
    create_parts,
    get_job,
    mine,
)
from sgd_resources.postgres.shape import all_of, columns_of
from sgd_resources.postgres.tables.work import jobs
from sgd_resources.postgres.tables.work import renders as pictures

KIND = "batch"


@dataclass(frozen=True)
class Counts:
    """How far a batch is: its parts by status, and what they cost."""

    queued: int
    running: int
    succeeded: int
    failed: int
    cancelled: int
    cost_usd_micros: int

    @property
    def total(self) -> int:
        """Of all parts."""
        return self.queued + self.running + self.succeeded + self.failed + self.cancelled

    @property
    def has_begun(self) -> bool:
        """Whether a worker took any of them up."""
        return self.total > self.queued


def create_batch(
    connection: Connection,
    org_id: str,
    *,
    project_id: str,
    body: Mapping[str, Any],
    parts: Sequence[Mapping[str, Any]],
    fields: Sequence[str] = (),
    idempotency_key: str | None = None,
    terms: Terms = NO_TERMS,
) -> tuple[Job, bool]:
    """The batch's row, and whether it is new; a new one has its parts queued behind all that somebody waits for.

    Args:
        connection: of a transaction of the org.
        org_id: whose.
        project_id: of all parts.
        body: as it was asked for.
        parts: bodies of render requests, in order, at least one.
        fields: names of the fields of a row in their order, which a stored body loses.
        idempotency_key: scoped to the org's batches.
        terms: of the batch as a job; its parts go with it.

    Raises:
        ValidationFailed: the key was used with another body.
        Conflict: the first batch under this key still runs; `details` names it.
    """
    new = NewJob(KIND, body, project_id=project_id, priority="batch", progress={"fields": list(fields)}, terms=terms)
    if idempotency_key is None:
        batch, is_new = create_job(connection, org_id, new), True
    else:
        batch, is_new = create_job_once(connection, org_id, new, idempotency_key=idempotency_key)
    if is_new:
        asked = [NewJob(renders.KIND, part, project_id=project_id, priority="batch") for part in parts]
        create_parts(connection, org_id, batch.job_id, asked)
    return batch, is_new


def get_batch(connection: Connection, org_id: str, batch_id: str) -> Job:
    """One batch. Raises NotFound, for another org's and for a job of another kind too."""
    job = get_job(connection, org_id, batch_id, what="batch")
    if job.kind != KIND:
        raise NotFound("no such batch")
    return job


def counts_of(connection: Connection, org_id: str, batch_id: str) -> Counts:
    """How far the batch is."""
    parts = (jobs.c.org_id == org_id, jobs.c.parent_id == batch_id)
    by_status = dict(
        connection.execute(select(jobs.c.status, func.count()).where(*parts).group_by(jobs.c.status)).tuples().all()
    )
    # Each picture of a request carries the cost of the whole request.
    spent = (
        select(func.coalesce(func.sum(pictures.c.cost_usd_micros), 0))
        .join(jobs, (jobs.c.org_id == pictures.c.org_id) & (jobs.c.job_id == pictures.c.render_id))
        .where(*parts, pictures.c["index"] == 0)
    )
    return Counts(
        **{status: by_status.get(status, 0) for status in ("queued", "running", "succeeded", "failed", "cancelled")},
        cost_usd_micros=int(connection.execute(spent).scalar_one()),
    )


def status_of(batch: Job, counts: Counts) -> str:
    """The batch's status; its row is queued until its end, whatever its parts do."""
    return "running" if batch.status in OPEN and counts.has_begun else batch.status


def list_parts(
    connection: Connection, org_id: str, batch_id: str, *, after: int = -1, limit: int
) -> list[renders.RenderRequest]:
    """Parts of the batch in their order, those behind place `after`."""
    of_batch = (jobs.c.org_id == org_id, jobs.c.parent_id == batch_id, jobs.c.item_index > after)
    query = select(*columns_of(jobs, Job)).where(*of_batch).order_by(jobs.c.item_index).limit(limit)
    return [renders.RenderRequest.of(job) for job in all_of(Job, connection.execute(query))]


def cancel_batch(connection: Connection, org_id: str, batch_id: str) -> int:
    """Cancel what has not begun; how many parts that were. What runs is let finish, and ends the batch as cancelled."""
    # The parent first, as the parts that end do after it: who comes second waits, and nobody for each other.
    asked = update(jobs).where(*mine(org_id, batch_id, "batch"), jobs.c.status.in_(OPEN))
    if connection.execute(asked.values(cancel_requested_at=func.now())).rowcount == 0:
        return 0
    waiting = (jobs.c.org_id == org_id, jobs.c.parent_id == batch_id, jobs.c.status == "queued")
    return connection.execute(update(jobs).where(*waiting).values({"status": "cancelled", **ENDED})).rowcount
