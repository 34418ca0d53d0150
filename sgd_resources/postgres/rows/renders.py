"""Render requests and their outputs, as the API writes and reads them. A request is a job of the kind `render`.

What must not live here: the job table (`jobs.py`), and how runs own a request (`ledgers/requests.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from sgd_resources.errors import NotFound
from sgd_resources.postgres.rows import jobs
from sgd_resources.postgres.rows.jobs import Job
from sgd_resources.postgres.shape import all_of, columns_of, known_uuid, one_of
from sgd_resources.postgres.tables.work import renders

KIND = "render"
_MOST_LIKENESSES = 2_000
"""Pictures that a new one is compared with: a year of an org that makes six a day."""
_MOST_EXAMPLES = 500
"""Pictures that are found again by what they say; older ones teach a style that has changed."""


@dataclass(frozen=True)
class RenderRequest:
    """One request for renders, at any stage of its life."""

    render_id: str
    project_id: str
    idempotency_key: str | None
    body_sha256: str | None
    body: Mapping[str, Any]
    status: str
    error: Mapping[str, Any] | None
    result: Mapping[str, Any] | None
    dagster_run_id: str | None
    attempts: int
    progress: Mapping[str, Any] | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    seq: int
    parent_id: str | None = None
    item_index: int | None = None
    text_state: str | None = None

    @classmethod
    def of(cls, job: Job) -> "RenderRequest":
        """The job as a render request."""
        names = [field.name for field in fields(cls) if field.name not in ("render_id", "project_id")]
        rest = {name: getattr(job, name) for name in names}
        return cls(render_id=job.job_id, project_id=job.project_id or "", **rest)


@dataclass(frozen=True)
class Render:
    """One picture."""

    render_id: str
    index: int
    sha256: str
    key: str
    media_type: str
    width_px: int
    height_px: int
    size_bytes: int
    plan: Mapping[str, Any]
    critique: Mapping[str, Any]
    canon_version: str
    model_route: str
    cost_usd_micros: int
    verified_by: str
    trace_id: str
    created_at: datetime
    unsigned_sha256: str | None = None
    """Of the file before its manifest was put in; None of renders from before pictures were signed."""


def create_request(
    connection: Connection,
    org_id: str,
    *,
    project_id: str,
    body: Mapping[str, Any],
    idempotency_key: str | None = None,
    render_id: str | None = None,
    priority: jobs.Priority = "interactive",
    terms: jobs.Terms = jobs.NO_TERMS,
) -> tuple[RenderRequest, bool]:
    """The request's row, and whether it is new.

    With an idempotency key the same body finds the first request's row once that has finished, whatever its end.

    Raises:
        ValidationFailed: the key was used with another body.
        Conflict: the first request under this key still runs; `details` names its render id.
    """
    new = jobs.NewJob(KIND, body, job_id=render_id, project_id=project_id, priority=priority, terms=terms)
    if idempotency_key is None:
        return RenderRequest.of(jobs.create_job(connection, org_id, new)), True
    job, is_new = jobs.create_job_once(connection, org_id, new, idempotency_key=idempotency_key)
    return RenderRequest.of(job), is_new


def get_request(connection: Connection, org_id: str, render_id: str) -> RenderRequest:
    """One request. Raises NotFound, for another org's and for a job of another kind too."""
    job = jobs.get_job(connection, org_id, render_id, what="render")
    if job.kind != KIND:
        raise NotFound("no such render")
    return RenderRequest.of(job)


def list_outputs(connection: Connection, org_id: str, render_id: str) -> list[Render]:
    """The request's pictures, by index; empty for another org's."""
    return list_outputs_of(connection, org_id, [known_uuid(render_id, "render")])


def list_outputs_of(connection: Connection, org_id: str, render_ids: Sequence[str]) -> list[Render]:
    """The pictures of several requests, by request and index."""
    mine = (renders.c.org_id == org_id, renders.c.render_id.in_(render_ids))
    query = select(*columns_of(renders, Render)).where(*mine).order_by(renders.c.render_id, renders.c["index"])
    return all_of(Render, connection.execute(query))


def find_output(connection: Connection, org_id: str, key: str) -> Render:
    """The picture stored under an object key. Raises NotFound."""
    query = select(*columns_of(renders, Render)).where(renders.c.org_id == org_id, renders.c.key == key).limit(1)
    return one_of(Render, connection.execute(query).one_or_none(), "render")


def passed_outputs(connection: Connection, org_id: str) -> list[Render]:
    """The org's latest pictures whose critique found nothing, newest first."""
    violations = func.coalesce(func.jsonb_array_length(renders.c.critique["violations"]), 0)
    query = (
        select(*columns_of(renders, Render))
        .where(renders.c.org_id == org_id, violations == 0)
        .order_by(renders.c.created_at.desc(), renders.c.render_id, renders.c["index"])
        .limit(_MOST_EXAMPLES)
    )
    return all_of(Render, connection.execute(query))


def recent_likenesses(connection: Connection, org_id: str) -> list[tuple[str, str]]:
    """(`render_id/index`, likeness) of the org's latest pictures, newest first; older ones had none stored."""
    likeness = renders.c.critique["likeness"].astext
    query = (
        select(renders.c.render_id, renders.c["index"], likeness)
        .where(renders.c.org_id == org_id, likeness.is_not(None))
        .order_by(renders.c.created_at.desc())
        .limit(_MOST_LIKENESSES)
    )
    return [(f"{render_id}/{index}", value) for render_id, index, value in connection.execute(query)]
