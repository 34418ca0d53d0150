"""A job of any kind as a JSON document: what answers, lists, events and webhooks tell. Contract `job`.

What must not live here: the body's model (`sgd_api/http/bodies/work.py`), or changing a job.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from sgd_assets.on_demand.kinds import type_of
from sgd_assets.on_demand.resource.canon_version import load_canon
from sgd_resources.contracts import check_output
from sgd_resources.errors import ValidationFailed
from sgd_resources.ports import ObjectStore
from sgd_resources.postgres.rows import batches
from sgd_resources.postgres.rows import canon as canon_rows
from sgd_resources.postgres.rows.jobs import Job
from sgd_resources.postgres.rows.work.jobs_of_orgs import spend_of
from sgd_resources.shown.moment import rfc3339

_RESULT_URLS: Mapping[str, str] = {"render": "/renders/", "batch": "/render/batch/"}
_THIN = ("job_id", "job_type", "status", "status_url")


def told_jobs(connection: Connection, store: ObjectStore, org_id: str, rows: Sequence[Job]) -> list[dict[str, Any]]:
    """The documents of these jobs, in their order; what is absent of one is left out.

    Args:
        connection: of the transaction that found the rows.
        store: where canons are.
        org_id: whose.
        rows: none of them a part.

    Raises:
        Unavailable: the database or the store cannot be reached. Retry.
    """
    spend = spend_of(connection, org_id, [row.job_id for row in rows])
    return [_told(connection, store, org_id, row, spend.get(row.job_id, 0)) for row in rows]


def thin(document: Mapping[str, Any]) -> dict[str, Any]:
    """Only what leads to the job."""
    return {name: document[name] for name in _THIN}


def canon_fault(connection: Connection, store: ObjectStore, org_id: str, row: Job) -> dict[str, Any] | None:
    """Why a job that ended well is refused all the same: its canon was asked to be complete and is not."""
    if row.kind != "canon_derive" or row.status != "succeeded" or not row.body.get("require_complete"):
        return None
    version = str((row.result or {}).get("canon_version"))
    stored = canon_rows.get_version(connection, org_id, version)
    canon = load_canon(store, org_id, stored.version, stored.key)
    try:
        check_output("canon", canon.model_dump(mode="json", exclude_none=True))
    except ValidationFailed as error:
        return {"code": error.code, "message": error.message, "details": dict(error.details)}
    return None


def told_error(row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The reason on a failed job's row, as it is told."""
    if not row:
        return None
    told = {"code": str(row.get("code", "INTERNAL_ERROR")), "message": str(row.get("message", ""))}
    return {**told, "details": row["details"]} if row.get("details") else told


def _told(connection: Connection, store: ObjectStore, org_id: str, row: Job, cost_micros: int) -> dict[str, Any]:
    fault = canon_fault(connection, store, org_id, row)
    if row.kind == batches.KIND:
        counts = batches.counts_of(connection, org_id, row.job_id)
        row = replace(row, status=batches.status_of(row, counts), progress=_progress(counts))
    prefix = _RESULT_URLS.get(row.kind)
    document = {
        "job_id": row.job_id,
        "job_type": type_of(row.kind),
        "status": "failed" if fault else row.status,
        "status_url": f"/v1/jobs/{row.job_id}",
        "events_url": f"/v1/jobs/{row.job_id}/events",
        "result_url": f"{prefix}{row.job_id}" if prefix else None,
        "project_id": row.project_id,
        "webhook_id": row.webhook_id,
        "metadata": _object(row.metadata),
        "progress": _object(row.progress),
        "result": _object(row.result),
        "error": fault or told_error(row.error),
        "cancel_requested": True if row.cancel_requested_at else None,
        "cost_usd": cost_micros / 1_000_000,
        "cost_usd_micros": cost_micros,
        "created_at": rfc3339(row.created_at),
        "started_at": _moment(row.started_at),
        "finished_at": _moment(row.finished_at),
        "expires_at": _moment(row.expires_at),
    }
    return {name: value for name, value in document.items() if value is not None}


def _progress(counts: batches.Counts) -> dict[str, int]:
    names = ("total", "queued", "running", "succeeded", "failed", "cancelled")
    return {name: getattr(counts, name) for name in names}


def _object(stored: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if stored is None else dict(stored)


def _moment(at: datetime | None) -> str | None:
    return None if at is None else rfc3339(at)
