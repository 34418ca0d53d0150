"""POST /render and GET /renders/{id}: ask for pictures, wait a while, come back for them.

The request row and its job are written in one transaction; a warm worker makes the pictures. What must not live here:
how a picture is made, or how a worker is woken.
"""

from dataclasses import replace
from typing import Any

import anyio.to_thread
from fastapi import Request, Response
from starlette.responses import JSONResponse

from sgd_api.http.bodies.json_body import parse_json, read_bytes
from sgd_api.http.bodies.listings import RenderStatus
from sgd_api.http.bodies.request_limits import check_render
from sgd_api.http.bodies.schemas import RenderRequest, RenderResponse
from sgd_api.http.dependencies import (
    ERRORS,
    Reader,
    WithPreference,
    WithServices,
    Worker,
)
from sgd_api.http.errors import stored_http_error
from sgd_api.http.once.key import IDEMPOTENCY_KEY_SCHEMA, IdempotencyKey
from sgd_api.http.routing.router import Router
from sgd_api.http.services import Services
from sgd_api.http.stored.content_check import check_request_content
from sgd_api.http.stored.dry_run import dry_run
from sgd_api.http.stored.gone_evidence import gone_evidence
from sgd_api.http.stored.present import render_body
from sgd_assets.on_demand.request import RenderTicket, request_render
from sgd_resources.contracts import check_input
from sgd_resources.errors import Conflict
from sgd_resources.identity.principal import Principal
from sgd_resources.postgres.rows import renders
from sgd_resources.postgres.rows.jobs import Terms

router = Router(tags=["renders"])
_OPEN = ("queued", "running")


@router.post(
    "/render",
    summary="Ask for on-brand pictures",
    response_model=RenderResponse,
    responses={202: {"model": RenderStatus, "description": "not ready yet: see Location"}, 409: ERRORS[400], **ERRORS},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/RenderRequest"}}},
        },
        "parameters": [
            {"name": "Prefer", "in": "header", "schema": {"type": "string"}, "description": "wait=N or respond-async"},
            {"name": "Idempotency-Key", "in": "header", "schema": IDEMPOTENCY_KEY_SCHEMA},
        ],
    },
)
async def create_render(
    request: Request, caller: Worker, services: WithServices, prefer: WithPreference, key: IdempotencyKey
) -> Response:
    """Pictures with signed URLs and an audit, or 202 with a status URL when they take longer than `Prefer: wait`.

    The same Idempotency-Key with the same body gives the same render; 409 while the first is under way, 422 with
    another body. What the org's content policy blocks is refused with 422 CONTENT_BLOCKED, and nothing is planned,
    made or spent; `details` name the rule and where it stands. With `dry_run` the answer is what the request would
    give, and nothing is spent, made or kept.
    """
    document = parse_json(await read_bytes(request, max_bytes=services.settings.sgd_max_json_bytes))
    check_input("render_request", document)
    check_render(RenderRequest.read(document, unknown="forbid"))
    if document.get("dry_run"):
        foreseen = await anyio.to_thread.run_sync(_foresee, services, caller, document)
        return JSONResponse(foreseen.wire())
    ticket = await anyio.to_thread.run_sync(_request, services, caller, document, key)
    render_id = ticket.render_id
    if ticket.created and prefer.wait_s > 0:
        await services.listener.wait(render_id, prefer.wait_s, org_id=caller.org_id)
    status, failure = await anyio.to_thread.run_sync(_load, services, caller.org_id, render_id)
    if status.status in _OPEN:
        if not ticket.created:
            raise Conflict(
                "the first request with this Idempotency-Key is still under way",
                details={"render_id": render_id, "status_url": status.status_url},
            )
        headers = {"Location": status.status_url, "Retry-After": "1", **prefer.headers}
        return JSONResponse(status.wire(), 202, headers)
    if failure is not None:
        answer = stored_http_error(failure)
        answer = replace(answer, details={**answer.details, "render_id": render_id, "status_url": status.status_url})
        raised = answer.response(request.state.request_id)
        raised.headers.update({"Location": status.status_url, **prefer.headers})
        return raised
    return JSONResponse(_response(status).wire(), 200, {"Location": status.status_url, **prefer.headers})


@router.get(
    "/renders/{render_id}",
    summary="A render at any stage",
    response_model=RenderStatus,
    responses={202: {"model": RenderStatus, "description": "queued or running"}, **ERRORS},
)
def get_render(render_id: str, caller: Reader, services: WithServices) -> Response:
    """202 while it is queued or running, then 200 with its pictures behind fresh URLs, or with the reason it failed."""
    status, _ = _load(services, caller.org_id, render_id)
    if status.status in _OPEN:
        return JSONResponse(status.wire(), 202, {"Location": status.status_url, "Retry-After": "1"})
    return JSONResponse(status.wire())


def _foresee(services: Services, caller: Principal, document: dict[str, Any]) -> RenderResponse:
    check_request_content(services, caller, document)
    return dry_run(services, caller.org_id, document)


def _request(services: Services, caller: Principal, document: dict[str, Any], key: str | None) -> RenderTicket:
    check_request_content(services, caller, document)
    terms = Terms(most_open=services.settings.sgd_jobs_open_per_org)
    return request_render(
        services.database, caller.org_id, document, idempotency_key=key, actor=caller.subject, terms=terms
    )


def _load(services: Services, org_id: str, render_id: str) -> tuple[RenderStatus, dict[str, Any] | None]:
    """The render's body, and the stored error of a failed one."""
    with services.database.org_transaction(org_id) as connection:
        row = renders.get_request(connection, org_id, render_id)
        outputs = renders.list_outputs(connection, org_id, render_id) if row.status == "succeeded" else []
    gone = gone_evidence(services.database, services.store, org_id, outputs)
    ttl_s = services.settings.sgd_signed_url_ttl_s
    failure: dict[str, Any] | None = None
    if row.status == "failed":
        failure = dict(row.error or {})
    elif row.status == "cancelled":
        failure = {"code": "CONFLICT", "message": "this render was cancelled"}
    return render_body(row, outputs, services.store, org_id=org_id, ttl_s=ttl_s, gone=gone), failure


def _response(status: RenderStatus) -> RenderResponse:
    assert status.audit is not None
    return RenderResponse(
        assets=status.assets,
        audit=status.audit,
        plan=status.plan,
        unmet=status.unmet,
        notes=status.notes,
        budget_exhausted=status.budget_exhausted,
        alt=status.alt,
        render_id=status.render_id,
        project_id=status.project_id,
        status=status.status,
        created_at=status.created_at,
        finished_at=status.finished_at,
    )
