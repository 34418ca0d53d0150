"""POST /ingest, POST /canon/derive and GET /jobs/{id}: work of the graph asked for now.

What must not live here: the work itself, or how a worker is woken.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import anyio.to_thread
from fastapi import Request, Response
from starlette.responses import JSONResponse

from sgd_api.http.bodies.base import Body
from sgd_api.http.bodies.json_body import read_body
from sgd_api.http.bodies.listings import JobStatus
from sgd_api.http.bodies.request_limits import check_ids, check_project_id
from sgd_api.http.bodies.schemas import CanonDeriveRequest, CanonDeriveResponse, IngestRequest, IngestResponse
from sgd_api.http.dependencies import ERRORS, Reader, WithPreference, WithServices, Worker
from sgd_api.http.errors import stored_http_error
from sgd_api.http.prefer import Preference
from sgd_api.http.routing.router import Router
from sgd_api.http.services import Services
from sgd_api.http.stored.job_answers import canon_answer, canon_guard_error, ingest_answer
from sgd_api.http.stored.present import job_body
from sgd_api.http.work.ask import canon_document
from sgd_api.http.work.asked_ids import check_assets
from sgd_assets.on_demand.request import JobKind, request_job
from sgd_resources.identity.principal import Principal
from sgd_resources.postgres.rows import jobs

router = Router(tags=["jobs"])
_OPEN = ("queued", "running")


def _documented(model: type[Body]) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    wait = {"name": "Prefer", "in": "header", "schema": {"type": "string"}, "description": "wait=N or respond-async"}
    return {
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "parameters": [wait],
    }


_LATER: dict[int | str, dict[str, Any]] = {202: {"model": JobStatus, "description": "not ready yet: see Location"}}


@router.post(
    "/ingest",
    summary="Take uploads through the gate and the graph now",
    response_model=IngestResponse,
    responses={**_LATER, **ERRORS},
    openapi_extra=_documented(IngestRequest),
)
async def ingest(request: Request, caller: Worker, services: WithServices, prefer: WithPreference) -> Response:
    """Runs the ingest job for the org; an empty `assets` means everything in quarantine. Waits as `Prefer` says."""
    body = await read_body(request, "ingest_request", IngestRequest, max_bytes=services.settings.sgd_max_json_bytes)
    check_project_id(body.project_id)
    wanted = check_ids("$.assets", body.assets)
    await anyio.to_thread.run_sync(check_assets, services, caller.org_id, wanted)
    document = {"project_id": body.project_id, "assets": wanted}
    return await _run_job(request, caller, services, prefer, "ingest", document, ingest_answer)


@router.post(
    "/canon/derive",
    summary="Derive the org's canon now",
    response_model=CanonDeriveResponse,
    responses={**_LATER, **ERRORS},
    openapi_extra=_documented(CanonDeriveRequest),
)
async def derive_canon(request: Request, caller: Worker, services: WithServices, prefer: WithPreference) -> Response:
    """Derives the canon from all of the org's evidence, or a draft from some of it; waits as `Prefer` says.

    With `evidence_ids` the canon is of those files only and becomes a draft: a version of its own (`is_draft`), read at
    `GET /canon/versions/{version}` and compared with `GET /canon/diff`, while the org's current canon and its renders
    stay as they are. An id that is not the org's is a 404, an upload that is no evidence yet a 409, before any work.
    With `require_complete` a canon that breaks its contract is a 422 that names what it
    misses; it is kept and can be read at `GET /canon` all the same.
    """
    max_bytes = services.settings.sgd_max_json_bytes
    body = await read_body(request, "canon_derive_request", CanonDeriveRequest, max_bytes=max_bytes)
    document = await anyio.to_thread.run_sync(canon_document, services, caller.org_id, body)
    return await _run_job(request, caller, services, prefer, "canon_derive", document, canon_answer)


@router.get(
    "/jobs/{job_id}",
    summary="A job at any stage",
    response_model=JobStatus,
    responses={**_LATER, **ERRORS},
)
def get_job(job_id: str, caller: Reader, services: WithServices) -> Response:
    """202 while it is queued or running, then 200 with its result or the reason it failed."""
    row = _row(services, caller.org_id, job_id)
    status = job_body(row)
    if status.status in _OPEN:
        return _later(status, {})
    if (missed := canon_guard_error(services, caller.org_id, row)) is not None:
        status = status.model_copy(update={"status": "failed", "error": missed})
    return JSONResponse(status.wire())


async def _run_job(
    request: Request,
    caller: Principal,
    services: Services,
    prefer: Preference,
    kind: JobKind,
    document: Mapping[str, Any],
    answer: Callable[[Services, str, jobs.Job], Body],
) -> Response:
    ask = partial(
        request_job, services.database, caller.org_id, kind, dict(document), actor=caller.subject,
        terms=jobs.Terms(most_open=services.settings.sgd_jobs_open_per_org),
    )  # fmt: skip
    ticket = await anyio.to_thread.run_sync(ask)
    return await answer_of_job(request, caller, services, prefer, ticket.job_id, answer)


async def answer_of_job(
    request: Request,
    caller: Principal,
    services: Services,
    prefer: Preference,
    job_id: str,
    answer: Callable[[Services, str, jobs.Job], Body],
) -> Response:
    """What a job left behind, waiting for it as the caller prefers; 202 while it is not done."""
    if prefer.wait_s > 0:
        await services.listener.wait(job_id, prefer.wait_s, org_id=caller.org_id)
    row = await anyio.to_thread.run_sync(_row, services, caller.org_id, job_id)
    status = job_body(row)
    if status.status in _OPEN:
        return _later(status, prefer.headers)
    headers = {"Location": status.status_url, **prefer.headers}
    missed = await anyio.to_thread.run_sync(canon_guard_error, services, caller.org_id, row)
    if status.status == "succeeded" and missed is None:
        found = await anyio.to_thread.run_sync(answer, services, caller.org_id, row)
        return JSONResponse(found.wire(), 200, headers)
    failure = missed.wire() if missed else row.error or {"code": "CONFLICT", "message": "this job was cancelled"}
    raised = stored_http_error(failure).response(request.state.request_id)
    raised.headers.update(headers)
    return raised


def _later(status: JobStatus, headers: Mapping[str, str]) -> Response:
    return JSONResponse(status.wire(), 202, {"Location": status.status_url, "Retry-After": "1", **headers})


def _row(services: Services, org_id: str, job_id: str) -> jobs.Job:
    with services.database.org_transaction(org_id) as connection:
        return jobs.get_job(connection, org_id, job_id)
