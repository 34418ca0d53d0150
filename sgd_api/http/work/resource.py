"""A job of any kind as it is told: the same resource in answers, lists and events.

What must not live here: what one kind alone tells (`stored/`), or routes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import Connection

from sgd_api.http.bodies import work
from sgd_api.http.dependencies import stored_error
from sgd_api.http.services import Services
from sgd_api.http.stored.batch_answers import status_of
from sgd_api.http.stored.job_answers import canon_guard_error
from sgd_api.http.stored.present import timestamp
from sgd_resources.postgres.rows import batches
from sgd_resources.postgres.rows.jobs import Job, get_job
from sgd_resources.postgres.rows.work.jobs_of_orgs import spend_of

KIND_OF_TYPE: Mapping[str, str] = {"render": "render", "batch": "batch", "ingest": "ingest", "canon": "canon_derive"}
_TYPE_OF_KIND = {kind: job_type for job_type, kind in KIND_OF_TYPE.items()}
_RESULT_URLS: Mapping[str, str] = {"render": "/renders/", "batch": "/render/batch/"}


def one_job(services: Services, org_id: str, job_id: str) -> work.Job:
    """One job of the org. Raises NotFound, for another org's too."""
    with services.database.org_transaction(org_id) as connection:
        row = get_job(connection, org_id, job_id)
        told = _facts(connection, org_id, [row])
    return _body(services, org_id, row, *told[row.job_id])


def many_jobs(services: Services, connection: Connection, org_id: str, rows: Sequence[Job]) -> tuple[work.Job, ...]:
    """Jobs of the org in the order of their rows, read in the transaction that found them."""
    told = _facts(connection, org_id, rows)
    return tuple(_body(services, org_id, row, *told[row.job_id]) for row in rows)


def _facts(connection: Connection, org_id: str, rows: Sequence[Job]) -> dict[str, tuple[batches.Counts | None, int]]:
    spend = spend_of(connection, org_id, [row.job_id for row in rows])
    return {
        row.job_id: (
            batches.counts_of(connection, org_id, row.job_id) if row.kind == batches.KIND else None,
            spend.get(row.job_id, 0),
        )
        for row in rows
    }


def _body(services: Services, org_id: str, row: Job, counts: batches.Counts | None, cost_micros: int) -> work.Job:
    missed = canon_guard_error(services, org_id, row)
    if counts is not None:
        row = replace(row, status=status_of(row, counts), progress=_progress(counts))
    prefix = _RESULT_URLS.get(row.kind)
    return work.Job(
        job_id=row.job_id,
        job_type=_TYPE_OF_KIND.get(row.kind, row.kind),
        status=cast(Any, "failed" if missed else row.status),
        status_url=f"/v1/jobs/{row.job_id}",
        events_url=f"/v1/jobs/{row.job_id}/events",
        result_url=f"{prefix}{row.job_id}" if prefix else None,
        project_id=row.project_id,
        metadata=_object(row.metadata),
        progress=_object(row.progress),
        result=_object(row.result),
        error=missed or stored_error(row.error),
        cancel_requested=True if row.cancel_requested_at else None,
        cost_usd=cost_micros / 1_000_000,
        cost_usd_micros=cost_micros,
        created_at=cast(str, timestamp(row.created_at)),
        started_at=timestamp(row.started_at),
        finished_at=timestamp(row.finished_at),
        expires_at=timestamp(row.expires_at),
    )


def _progress(counts: batches.Counts) -> dict[str, int]:
    names = ("total", "queued", "running", "succeeded", "failed", "cancelled")
    return {name: getattr(counts, name) for name in names}


def _object(stored: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if stored is None else dict(stored)
