"""POST /render/batch and what follows from it: ask for a campaign set, see how far it is, fetch it, cancel it.

What must not live here: what a batch stands for (`sgd_assets/renders/campaign`), or making its pictures.
"""

from itertools import chain
from typing import Annotated, Any

import anyio.to_thread
from fastapi import Query, Request, Response
from starlette.responses import JSONResponse, StreamingResponse

from sgd_api.http.bodies.batch_limits import checked_items
from sgd_api.http.bodies.batches import RenderBatchStatus
from sgd_api.http.bodies.json_body import parse_json, read_bytes
from sgd_api.http.dependencies import ERRORS, Reader, WithServices, Worker
from sgd_api.http.once.key import IDEMPOTENCY_KEY_SCHEMA, IdempotencyKey
from sgd_api.http.routing.router import Router
from sgd_api.http.services import Services
from sgd_api.http.stored.batch_answers import batch_status
from sgd_api.http.stored.batch_zip import zip_of_batch
from sgd_api.http.stored.content_check import check_batch_content
from sgd_assets.on_demand.request import request_batch
from sgd_resources.contracts import check_input
from sgd_resources.identity.principal import Principal
from sgd_resources.postgres.rows import audit, batches
from sgd_resources.postgres.rows.jobs import Terms
from sgd_resources.postgres.rows.work.request_text import settle_ended
from sgd_resources.storage.signing import content_disposition

router = Router(tags=["renders"])
_OPEN = ("queued", "running")
_PAGE = 50
_LATER: dict[int | str, dict[str, Any]] = {
    202: {"model": RenderBatchStatus, "description": "not all items have ended: see Location"}
}


@router.post(
    "/render/batch",
    summary="Ask for a campaign set: one brief, many sizes, many rows",
    response_model=RenderBatchStatus,
    responses={**_LATER, 409: ERRORS[400], **ERRORS},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/RenderBatchRequest"}}},
        },
        "parameters": [{"name": "Idempotency-Key", "in": "header", "schema": IDEMPOTENCY_KEY_SCHEMA}],
    },
)
async def create_batch(request: Request, caller: Worker, services: WithServices, key: IdempotencyKey) -> Response:
    """202 with the batch as it begins; each item is a render of its own, behind all that somebody waits for.

    Rows that cannot be drawn are refused here, each by name, and nothing is begun; so is a set of which the org's
    content policy blocks a word (422 CONTENT_BLOCKED, which names row and rule). An item that fails later fails by
    itself. The same Idempotency-Key with the same body gives the same batch; 409 while it is under way, 422 with
    another body.
    """
    document = parse_json(await read_bytes(request, max_bytes=services.settings.sgd_max_json_bytes))
    check_input("render_batch_request", document)
    status = await anyio.to_thread.run_sync(_request, services, caller, document, key)
    return _answer(status)


@router.get(
    "/render/batch/{batch_id}",
    summary="A campaign set at any stage",
    response_model=RenderBatchStatus,
    responses={**_LATER, **ERRORS},
)
def get_batch(
    batch_id: str,
    caller: Reader,
    services: WithServices,
    limit: Annotated[int, Query(ge=1, le=200)] = _PAGE,
    cursor: Annotated[str | None, Query(max_length=3, pattern=r"^[0-9]{1,3}$")] = None,
) -> Response:
    """How many items are done, and one page of them; 202 until all have ended."""
    after = int(cursor) if cursor else -1
    return _answer(batch_status(services, caller.org_id, batch_id, after=after, limit=limit))


@router.get(
    "/render/batch/{batch_id}/zip",
    summary="The pictures of a campaign set, as one zip",
    response_class=Response,
    responses={
        200: {
            "content": {"application/zip": {}},
            "description": "every picture made so far, named by row and size, with manifest.json and manifest.csv",
        },
        **ERRORS,
    },
)
def get_zip(batch_id: str, caller: Reader, services: WithServices) -> Response:
    """Streamed; the manifest has sha256, alternative text, `unmet` and cost of each, and why an item has none."""
    with services.database.org_transaction(caller.org_id) as connection:
        batch = batches.get_batch(connection, caller.org_id, batch_id)
    pieces = zip_of_batch(services, caller.org_id, batch)
    first = next(pieces)  # what cannot even begin is an error, not half a file
    headers = {
        "Content-Disposition": content_disposition(f"batch-{batch.job_id[:8]}.zip"),
        "Cache-Control": "private, no-store",
    }
    return StreamingResponse(chain((first,), pieces), media_type="application/zip", headers=headers)


@router.post(
    "/render/batch/{batch_id}/cancel",
    summary="Cancel what has not begun of a campaign set",
    response_model=RenderBatchStatus,
    responses={**_LATER, **ERRORS},
)
def cancel_batch(batch_id: str, caller: Worker, services: WithServices) -> Response:
    """The batch without the items that had not begun; what is running ends as it would, and what is made stays."""
    with services.database.org_transaction(caller.org_id) as connection:
        batch = batches.get_batch(connection, caller.org_id, batch_id)
        cancelled = batches.cancel_batch(connection, caller.org_id, batch.job_id)
        if cancelled or batch.cancel_requested_at is None:
            actor, told = caller.subject, {"items": cancelled}
            audit.append(
                connection, caller.org_id, actor=actor, action="batch.cancel", subject=batch.job_id, details=told
            )
            settle_ended(connection, caller.org_id, batch.job_id, services.settings.sgd_request_text)
    return _answer(batch_status(services, caller.org_id, batch_id, after=-1, limit=_PAGE))


def _request(services: Services, caller: Principal, document: dict[str, Any], key: str | None) -> RenderBatchStatus:
    items = checked_items(document)
    check_batch_content(services, caller, items)
    terms = Terms(most_open=services.settings.sgd_jobs_open_per_org)
    ticket = request_batch(
        services.database, caller.org_id, document, items, idempotency_key=key, actor=caller.subject, terms=terms
    )
    return batch_status(services, caller.org_id, ticket.batch_id, after=-1, limit=_PAGE)


def _answer(status: RenderBatchStatus) -> Response:
    headers = {"Location": status.status_url}
    if status.status in _OPEN:
        return JSONResponse(status.wire(), 202, {**headers, "Retry-After": "1"})
    return JSONResponse(status.wire(), 200, headers)
