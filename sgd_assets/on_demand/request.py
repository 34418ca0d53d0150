"""Ask for a run now: a row of the job table. Waiting for its end is `CompletionListener`.

The API's way into the graph; imports no dagster, not even indirectly. The warm worker (`worker.py`) serves what is
asked for here. What must not live here: checking who asks, or what a request may hold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy import Connection

from sgd_assets.on_demand.completion import CompletionListener
from sgd_assets.renders.campaign.items import Item, field_order
from sgd_resources.errors import Conflict
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import audit, batches, jobs, renders
from sgd_resources.postgres.rows.proof import lists
from sgd_resources.postgres.rows.work.open_jobs import refuse_beyond

__all__ = [
    "BatchTicket",
    "CompletionListener",
    "JobTicket",
    "RenderTicket",
    "ask_for",
    "ask_to_follow",
    "request_batch",
    "request_job",
    "request_plain",
    "request_render",
    "request_rerender",
]  # fmt: skip

RERENDER = "rerender"
"""Kind of the job whose parts are renders that are made again; no worker serves it itself."""
MOST_RERENDERED = 200
JobKind = Literal["ingest", "canon_derive"]
PlainKind = Literal["analyze", "replay"]
FOLLOW: Mapping[str, Any] = {"project_id": "evidence", "assets": [], "reason": "evidence_removed"}
INDEX_ANEW: Mapping[str, Any] = {**FOLLOW, "reason": "index_damaged"}
FOLLOW_AGAIN: Mapping[str, Any] = {**FOLLOW, "reason": "failed_before"}


@dataclass(frozen=True)
class RenderTicket:
    """A render that was asked for; `created` is False when an earlier request with the same key was found."""

    render_id: str
    created: bool


@dataclass(frozen=True)
class BatchTicket:
    """A batch that was asked for; `created` is False when an earlier request with the same key was found."""

    batch_id: str
    created: bool


@dataclass(frozen=True)
class JobTicket:
    """A job that was asked for."""

    job_id: str


@dataclass(frozen=True)
class RerenderTicket:
    """Renders that are made again; `job_id` is None when there were none."""

    job_id: str | None
    render_ids: tuple[str, ...]
    """Of the new renders, in the order of the old ones."""


def request_render(
    database: Database,
    org_id: str,
    body: Mapping[str, Any],
    *,
    idempotency_key: str | None = None,
    actor: str = audit.OPERATOR,
    terms: jobs.Terms = jobs.NO_TERMS,
) -> RenderTicket:
    """Ask for a render; a warm worker starts it within milliseconds of the commit.

    Args:
        database: where rows and queue are.
        org_id: of the verified caller.
        body: a document that meets the contract `render_request`.
        idempotency_key: scoped to the org; the same key and body give the same ticket.
        actor: who asks, for the audit row that goes with the request.
        terms: of the request as a job.

    Raises:
        ValidationFailed: the key was used for another body.
        Conflict: the first request with this key still runs; `details` names it.
        RateLimited: more jobs would be open than `terms` allow; nothing was written. Retry.
        Unavailable: the database cannot be reached; nothing was written. Retry.
    """
    with database.org_transaction(org_id) as connection:
        row, is_new = renders.create_request(
            connection, org_id, project_id=body["project_id"], body=body, idempotency_key=idempotency_key, terms=terms
        )
        if is_new:
            told = {"project_id": body["project_id"]}
            audit.append(
                connection, org_id, actor=actor, action="render.requested", subject=row.render_id, details=told
            )
            refuse_beyond(connection, org_id, terms.most_open)
    return RenderTicket(str(row.render_id), is_new)


def request_batch(
    database: Database,
    org_id: str,
    body: Mapping[str, Any],
    items: Sequence[Item],
    *,
    idempotency_key: str | None = None,
    actor: str = audit.OPERATOR,
    terms: jobs.Terms = jobs.NO_TERMS,
) -> BatchTicket:
    """Ask for a campaign set: one row for all of it and one for each item, in one transaction.

    Args:
        database: where rows and queue are.
        org_id: of the verified caller.
        body: a document that meets the contract `render_batch_request`.
        items: what the body stands for; each body meets the contract `render_request`.
        idempotency_key: scoped to the org's batches; the same key and body give the same ticket.
        actor: who asks, for the audit row that goes with the request.
        terms: of the request as a job.

    Raises:
        ValidationFailed: the key was used for another body.
        Conflict: the first batch with this key still runs; `details` names it.
        RateLimited: more jobs would be open than `terms` allow; nothing was written. Retry.
        Unavailable: the database cannot be reached; nothing was written. Retry.
    """
    with database.org_transaction(org_id) as connection:
        row, is_new = batches.create_batch(
            connection, org_id, project_id=body["project_id"], body=body, parts=[item.body for item in items],
            fields=field_order(items), idempotency_key=idempotency_key, terms=terms,
        )  # fmt: skip
        if is_new:
            told = {"project_id": body["project_id"], "items": len(items)}
            audit.append(connection, org_id, actor=actor, action="batch.requested", subject=row.job_id, details=told)
            refuse_beyond(connection, org_id, terms.most_open)
    return BatchTicket(row.job_id, is_new)


def request_rerender(
    database: Database,
    org_id: str,
    *,
    project_id: str,
    render_ids: Sequence[str] | None,
    actor: str = audit.OPERATOR,
    most_open: int | None = None,
) -> RerenderTicket:
    """Ask for renders again under the current canon: one job with a part for each; the old renders stay as they are.

    Each names its successor, and is no longer stale, once that has succeeded.

    Args:
        database: where rows and queue are.
        org_id: of the verified caller.
        project_id: of the job; each part keeps its render's own.
        render_ids: which; None means every stale one, at most `MOST_RERENDERED`, the newest first.
        actor: who asks, for the audit row that goes with the request.
        most_open: jobs that the org may have open with these; None for any number.

    Raises:
        NotFound: a render is not this org's.
        Conflict: a render has not succeeded yet, or the words of its request were not kept.
        RateLimited: more would be open than may; nothing was written. Retry.
        Unavailable: the database cannot be reached; nothing was written. Retry.
    """
    with database.org_transaction(org_id) as connection:
        if render_ids is None:
            stale = lists.list_renders(connection, org_id, lists.RenderFilter(is_stale=True), limit=MOST_RERENDERED)
            wanted = [line.render_id for line in stale]
        else:
            wanted = list(dict.fromkeys(render_ids))
        found = [renders.get_request(connection, org_id, render_id) for render_id in wanted]
        unfinished = [row.render_id for row in found if row.status != "succeeded"]
        if unfinished:
            raise Conflict("only a render that has succeeded is made again", details={"render_ids": unfinished})
        if wordless := [row.render_id for row in found if row.text_state in ("redacted", "removed")]:
            raise Conflict(
                "the words of these renders' requests were not kept (SGD_REQUEST_TEXT): ask for them anew",
                details={"render_ids": wordless},
            )
        if not found:
            return RerenderTicket(None, ())
        told = {"project_id": project_id, "render_ids": [row.render_id for row in found]}
        new = jobs.NewJob(RERENDER, told, project_id=project_id, priority="batch")
        parent = jobs.create_job(connection, org_id, new)
        parts = [
            jobs.NewJob(
                renders.KIND,
                row.body,
                job_id=str(uuid4()),
                project_id=row.project_id,
                priority="batch",
                replaces_id=row.render_id,
            )
            for row in found
        ]
        jobs.create_parts(connection, org_id, parent.job_id, parts)
        audit.append(connection, org_id, actor=actor, action="rerender.requested", subject=parent.job_id, details=told)
        refuse_beyond(connection, org_id, most_open)
    return RerenderTicket(parent.job_id, tuple(str(part.job_id) for part in parts))


def request_job(
    database: Database,
    org_id: str,
    kind: JobKind,
    body: Mapping[str, Any],
    *,
    idempotency_key: str | None = None,
    actor: str = audit.OPERATOR,
    terms: jobs.Terms = jobs.NO_TERMS,
) -> JobTicket:
    """Ask for an ingest or a derivation; jobs of one org run one after another. `actor` asks, for the audit row.

    Raises:
        ValidationFailed: the key was used for another body.
        Conflict: the first job with this key still runs; `details` names it.
        RateLimited: more jobs would be open than `terms` allow; nothing was written. Retry.
        Unavailable: the database cannot be reached; nothing was written. Retry.
    """
    with database.org_transaction(org_id) as connection:
        return JobTicket(ask_for(connection, org_id, kind, body, actor, idempotency_key=idempotency_key, terms=terms))


def request_plain(
    database: Database,
    org_id: str,
    kind: PlainKind,
    body: Mapping[str, Any],
    *,
    idempotency_key: str | None = None,
    actor: str = audit.OPERATOR,
    terms: jobs.Terms = jobs.NO_TERMS,
) -> JobTicket:
    """Ask for an analysis or a replay; many of one org run at a time. Raises as `request_job`."""
    new = jobs.NewJob(kind, body, terms=terms)
    with database.org_transaction(org_id) as connection:
        return JobTicket(_asked(connection, org_id, new, actor, {}, idempotency_key=idempotency_key))


def ask_to_follow(connection: Connection, org_id: str, *, actor: str) -> str:
    """Id of the ingest job that brings the org's canon to the evidence as this transaction leaves it.

    A job that is queued already and has not begun will see it too, so that a hundred changes cost one run.
    """
    waiting = jobs.find_queued(connection, org_id, kind="ingest", body=FOLLOW)
    return waiting.job_id if waiting is not None else ask_for(connection, org_id, "ingest", FOLLOW, actor)


def ask_to_index_anew(connection: Connection, org_id: str) -> str:
    """Id of the ingest job that fills the org's damaged search index; one that is open already, when there is one.

    Every ingest run looks for missing vectors, so that any open one will do, and a hundred searches cost one run.
    """
    open_jobs = jobs.pending_jobs(connection, org_id, kind="ingest")
    return open_jobs[0].job_id if open_jobs else ask_for(connection, org_id, "ingest", INDEX_ANEW, "search")


def ask_again_to_follow(connection: Connection, org_id: str) -> str:
    """Id of the ingest job that does what a failed one left undone."""
    return ask_for(connection, org_id, "ingest", FOLLOW_AGAIN, "sweep")


def ask_for(
    connection: Connection,
    org_id: str,
    kind: JobKind,
    body: Mapping[str, Any],
    actor: str,
    *,
    idempotency_key: str | None = None,
    terms: jobs.Terms = jobs.NO_TERMS,
) -> str:
    """Id of a job that is queued in this transaction; under a key that was used before, of the first one."""
    new = jobs.NewJob(kind, body, project_id=body.get("project_id"), runs_alone=True, terms=terms)
    told = {"project_id": body.get("project_id")}
    return _asked(connection, org_id, new, actor, told, idempotency_key=idempotency_key)


def _asked(
    connection: Connection,
    org_id: str,
    new: jobs.NewJob,
    actor: str,
    told: Mapping[str, Any],
    *,
    idempotency_key: str | None,
) -> str:
    """Id of the job, with its audit row when it is new."""
    if idempotency_key is None:
        job, is_new = jobs.create_job(connection, org_id, new), True
    else:
        job, is_new = jobs.create_job_once(connection, org_id, new, idempotency_key=idempotency_key)
    if is_new:
        audit.append(connection, org_id, actor=actor, action=f"{new.kind}.requested", subject=job.job_id, details=told)
        refuse_beyond(connection, org_id, new.terms.most_open)
    return job.job_id
