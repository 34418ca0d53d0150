"""Render requests and their outputs, as the API writes and reads them.

What must not live here: the job queue (`queue.py`), and how runs own a request (`request_ledger.py`).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.postgresql import insert

from sgd_resources.database.shape import all_of, columns_of, known_uuid, one_of
from sgd_resources.database.tables import render_requests, renders
from sgd_resources.errors import Conflict, ValidationFailed

OPEN = ("queued", "running")


@dataclass(frozen=True)
class RenderRequest:
    """One request for renders, at any stage of its life."""

    render_id: str
    project_id: str
    idempotency_key: str | None
    body_sha256: str
    body: Mapping[str, Any]
    status: str
    error: Mapping[str, Any] | None
    dagster_run_id: str | None
    job_id: int | None
    attempts: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    seq: int


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


def create_request(
    connection: Connection,
    org_id: str,
    *,
    project_id: str,
    body: Mapping[str, Any],
    idempotency_key: str | None = None,
    render_id: str | None = None,
) -> tuple[RenderRequest, bool]:
    """The request's row, and whether it is new.

    With an idempotency key the same body finds the first request's row once that has finished, whatever its end.

    Raises:
        ValidationFailed: the key was used with another body.
        Conflict: the first request under this key still runs; `details` names its render id.
    """
    body_sha256 = sha256_of_body(body)
    row = {
        "org_id": org_id, "render_id": render_id or str(uuid4()), "project_id": project_id, "body": dict(body),
        "body_sha256": body_sha256, "idempotency_key": idempotency_key,
    }  # fmt: skip
    made = insert(render_requests).values(row)
    if idempotency_key is not None:
        made = made.on_conflict_do_nothing(index_elements=["org_id", "idempotency_key"])
    created = connection.execute(made.returning(*columns_of(render_requests, RenderRequest))).one_or_none()
    if created is not None:
        return RenderRequest(*created), True
    mine = (render_requests.c.org_id == org_id, render_requests.c.idempotency_key == idempotency_key)
    first = RenderRequest(*connection.execute(select(*columns_of(render_requests, RenderRequest)).where(*mine)).one())
    if first.body_sha256 != body_sha256:
        raise ValidationFailed("this Idempotency-Key was used with another body", details={"field": "Idempotency-Key"})
    if first.status in OPEN:
        raise Conflict(
            "the first request with this Idempotency-Key still runs",
            details={"render_id": first.render_id, "status": first.status},
        )
    return first, False


def sha256_of_body(body: Mapping[str, Any]) -> str:
    """Hash of the body's meaning: key order and spaces do not count."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def get_request(connection: Connection, org_id: str, render_id: str) -> RenderRequest:
    """One request. Raises NotFound, for another org's too."""
    query = select(*columns_of(render_requests, RenderRequest)).where(*_mine(org_id, render_id))
    return one_of(RenderRequest, connection.execute(query).one_or_none(), "render")


def pending_requests(connection: Connection, org_id: str) -> list[RenderRequest]:
    """Requests that have not ended, oldest first."""
    mine = (render_requests.c.org_id == org_id, render_requests.c.status.in_(OPEN))
    query = select(*columns_of(render_requests, RenderRequest)).where(*mine).order_by(render_requests.c.seq)
    return all_of(RenderRequest, connection.execute(query))


def note_job(connection: Connection, org_id: str, render_id: str, job_id: int) -> None:
    """Remember which queue job serves the request."""
    connection.execute(update(render_requests).where(*_mine(org_id, render_id)).values(job_id=job_id))


def mark_running(connection: Connection, org_id: str, render_id: str, *, dagster_run_id: str | None = None) -> bool:
    """One more try begins; False when the request has ended."""
    values = {
        "status": "running", "dagster_run_id": dagster_run_id, "attempts": render_requests.c.attempts + 1,
        "started_at": func.coalesce(render_requests.c.started_at, func.now()),
    }  # fmt: skip
    return _change(connection, org_id, render_id, values)


def mark_succeeded(connection: Connection, org_id: str, render_id: str) -> bool:
    """The outputs are complete; False when the request has ended. Waiters are woken at commit."""
    return _change(connection, org_id, render_id, {"status": "succeeded", "finished_at": func.now()})


def mark_failed(connection: Connection, org_id: str, render_id: str, *, error: Mapping[str, Any]) -> bool:
    """It cannot be done; False when the request has ended. Waiters are woken at commit."""
    values = {"status": "failed", "error": dict(error), "finished_at": func.now()}
    return _change(connection, org_id, render_id, values)


def mark_cancelled(connection: Connection, org_id: str, render_id: str) -> bool:
    """Nobody wants it any more; False when the request has ended. Waiters are woken at commit."""
    return _change(connection, org_id, render_id, {"status": "cancelled", "finished_at": func.now()})


def insert_output(connection: Connection, org_id: str, output: Mapping[str, Any]) -> None:
    """Keep one picture, given as the columns of `renders`; the same index again replaces it."""
    made = insert(renders).values(org_id=org_id, **output)
    replaced = {name: made.excluded[name] for name in output if name not in ("render_id", "index")}
    connection.execute(made.on_conflict_do_update(index_elements=["org_id", "render_id", "index"], set_=replaced))


def list_outputs(connection: Connection, org_id: str, render_id: str) -> list[Render]:
    """The request's pictures, by index; empty for another org's."""
    mine = (renders.c.org_id == org_id, renders.c.render_id == known_uuid(render_id, "render"))
    query = select(*columns_of(renders, Render)).where(*mine).order_by(renders.c["index"])
    return all_of(Render, connection.execute(query))


def find_output(connection: Connection, org_id: str, key: str) -> Render:
    """The picture stored under an object key. Raises NotFound."""
    query = select(*columns_of(renders, Render)).where(renders.c.org_id == org_id, renders.c.key == key).limit(1)
    return one_of(Render, connection.execute(query).one_or_none(), "render")


def _mine(org_id: str, render_id: str) -> tuple[Any, Any]:
    return render_requests.c.org_id == org_id, render_requests.c.render_id == known_uuid(render_id, "render")


def _change(connection: Connection, org_id: str, render_id: str, values: Mapping[str, Any]) -> bool:
    change = update(render_requests).where(*_mine(org_id, render_id), render_requests.c.status.in_(OPEN))
    if connection.execute(change.values(**values)).rowcount == 1:
        return True
    get_request(connection, org_id, render_id)
    return False
