"""POST /renders/rerender: renders of an older canon made again under the current one, in one job.

What must not live here: making them, or which are stale.
"""

import anyio.to_thread
from fastapi import Request, Response
from starlette.responses import JSONResponse

from sgd_api.http.bodies.json_body import read_body
from sgd_api.http.bodies.proof import RerenderAccepted, RerenderRequest
from sgd_api.http.bodies.request_limits import MAX_ID_CHARACTERS, check_project_id
from sgd_api.http.dependencies import ERRORS, WithServices, Worker
from sgd_api.http.routing.router import Router
from sgd_assets.on_demand.request import RerenderTicket, request_rerender
from sgd_resources.errors import NotFound

router = Router(tags=["renders"])


@router.post(
    "/renders/rerender",
    summary="Make renders again under the current canon",
    status_code=202,
    response_model=RerenderAccepted,
    responses={409: ERRORS[400], **ERRORS},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/RerenderRequest"}}},
        }
    },
)
async def rerender(request: Request, caller: Worker, services: WithServices) -> Response:
    """One job with a part for each render; the old ones stay. Without `render_ids` every stale one, at most 200."""
    max_bytes = services.settings.sgd_max_json_bytes
    body = await read_body(request, "rerender_request", RerenderRequest, max_bytes=max_bytes)
    check_project_id(body.project_id)
    if any(len(render_id) > MAX_ID_CHARACTERS for render_id in body.render_ids or ()):
        raise NotFound("no such render")

    def ask() -> RerenderTicket:
        return request_rerender(
            services.database, caller.org_id, project_id=body.project_id, render_ids=body.render_ids,
            actor=caller.subject, most_open=services.settings.sgd_jobs_open_per_org,
        )  # fmt: skip

    ticket = await anyio.to_thread.run_sync(ask)
    url = f"/jobs/{ticket.job_id}" if ticket.job_id else None
    accepted = RerenderAccepted(
        job_id=ticket.job_id, status_url=url, count=len(ticket.render_ids), render_ids=ticket.render_ids
    )
    return JSONResponse(accepted.wire(), 202, {"Location": url} if url else {})
