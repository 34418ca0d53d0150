"""/v1/jobs: ask for work of any kind, list it, see it, cancel it, follow it.

Work asked for at its own address (`/render`, `/ingest`, ...) is here too: it is the same table. What must not live
here: what a kind may be asked for (`sgd_api/http/work`).
"""

from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any

import anyio.to_thread
from fastapi import Header, Query, Request, Response
from pydantic import AwareDatetime
from starlette.responses import JSONResponse, StreamingResponse

from sgd_api.http.bodies.json_body import read_body
from sgd_api.http.bodies.schemas import RequestStatus
from sgd_api.http.bodies.work import Job, JobPage, JobRequest, JobType
from sgd_api.http.dependencies import ERRORS, Reader, WithServices, Worker
from sgd_api.http.once.key import IDEMPOTENCY_KEY_SCHEMA, IdempotencyKey
from sgd_api.http.pages import PageLimit, SeqCursor, page_of, place
from sgd_api.http.routing.router import Router
from sgd_api.http.services import Services
from sgd_api.http.work.ask import ask_for_job
from sgd_api.http.work.resource import many_jobs, one_job
from sgd_api.http.work.stream import event_id, events_of
from sgd_assets.on_demand.completion import FINAL_STATUSES
from sgd_assets.on_demand.kinds import KIND_OF_TYPE
from sgd_resources.identity.principal import Principal
from sgd_resources.postgres.rows import audit
from sgd_resources.postgres.rows.work.jobs_of_orgs import JobFilter, cancel_job, list_jobs
from sgd_resources.postgres.rows.work.request_text import settle_ended

router = Router(tags=["jobs"], prefix="/v1/jobs")
_LATER: dict[int | str, dict[str, Any]] = {202: {"model": Job, "description": "it has not ended: see Location"}}


@router.post(
    "",
    summary="Ask for a job of any kind",
    status_code=202,
    response_model=Job,
    responses={200: {"model": Job, "description": "this key's job has ended"}, 409: ERRORS[400], **ERRORS},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/JobRequest"}}},
        },
        "parameters": [{"name": "Idempotency-Key", "in": "header", "schema": IDEMPOTENCY_KEY_SCHEMA}],
    },
)
async def create(request: Request, caller: Worker, services: WithServices, key: IdempotencyKey) -> Response:
    """202 with the job as it begins. `request_params` is held to the contract of its kind here, and refused here.

    The caller needs the scope of the kind's own address too. From its end on the job is kept for a day
    (`SGD_JOB_KEEP_S`), then it is removed with its result. The same Idempotency-Key with the same parameters gives the
    same job; 409 while it is under way, 422 with others.
    """
    asked = await read_body(request, "job_request", JobRequest, max_bytes=services.settings.sgd_max_json_bytes)
    job_id = await anyio.to_thread.run_sync(ask_for_job, services, caller, asked, key)
    return _answer(await anyio.to_thread.run_sync(one_job, services, caller.org_id, job_id))


@router.get("", summary="The org's jobs, newest first", response_model=JobPage, responses=ERRORS)
def listing(
    caller: Reader,
    services: WithServices,
    job_type: Annotated[JobType | None, Query()] = None,
    status: Annotated[RequestStatus | None, Query(description="as stored: a batch is queued until its end")] = None,
    created_after: Annotated[AwareDatetime | None, Query(description="made then or later")] = None,
    created_before: Annotated[AwareDatetime | None, Query(description="made earlier")] = None,
    limit: PageLimit = 50,
    cursor: SeqCursor = None,
) -> Response:
    """One page of jobs of all kinds, also those asked for at their own addresses; items of batches are left out."""
    wanted = JobFilter(
        kind=None if job_type is None else KIND_OF_TYPE[job_type], status=status,
        since=_utc(created_after), until=_utc(created_before),
    )  # fmt: skip
    with services.database.org_transaction(caller.org_id) as connection:
        rows = list_jobs(connection, caller.org_id, wanted, limit=limit + 1, before_seq=place(cursor))
        shown, following = page_of(rows, limit)
        found = many_jobs(services, connection, caller.org_id, shown)
    return JSONResponse(JobPage(jobs=found, next_cursor=following).wire())


@router.get("/{job_id}", summary="A job of any kind, at any stage", response_model=Job, responses={**_LATER, **ERRORS})
def get(job_id: str, caller: Reader, services: WithServices) -> Response:
    """202 while it is queued or running, then 200 with its result or the reason it has none."""
    return _answer(one_job(services, caller.org_id, job_id))


@router.post("/{job_id}/cancel", summary="Cancel a job", response_model=Job, responses={**_LATER, **ERRORS})
def cancel(job_id: str, caller: Worker, services: WithServices) -> Response:
    """What waits ends at once; what runs is ended by its worker within seconds, and the job says what it has cost.

    A job that has ended stays as it is, and a repeat changes nothing. Pictures of a batch that are made stay.
    """
    _cancel(services, caller, job_id)
    return _answer(one_job(services, caller.org_id, job_id))


@router.get(
    "/{job_id}/events",
    summary="Follow a job",
    response_class=Response,
    responses={
        200: {
            "content": {"text/event-stream": {}},
            "description": "`progress` events, then one `end`; the data of each is the job",
        },
        204: {"description": "the client has seen the end: it need not come back"},
        **ERRORS,
    },
)
async def events(
    job_id: str,
    caller: Reader,
    services: WithServices,
    last_event_id: Annotated[str | None, Header(max_length=64)] = None,
) -> Response:
    """The job whenever it has changed, until its end. With `Last-Event-ID` what the client has seen is not repeated."""
    read = partial(one_job, services, caller.org_id, job_id)
    first = await anyio.to_thread.run_sync(read)
    if first.status in FINAL_STATUSES and event_id(first) == last_event_id:
        return Response(status_code=204)
    told = events_of(read, services.listener, org_id=caller.org_id, first=first, last_id=last_event_id)
    return StreamingResponse(
        told, media_type="text/event-stream", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )


def _cancel(services: Services, caller: Principal, job_id: str) -> None:
    with services.database.org_transaction(caller.org_id) as connection:
        if cancel_job(connection, caller.org_id, job_id):
            audit.append(connection, caller.org_id, actor=caller.subject, action="job.cancel", subject=job_id)
            settle_ended(connection, caller.org_id, job_id, services.settings.sgd_request_text)


def _answer(job: Job) -> Response:
    if job.status in FINAL_STATUSES:
        return JSONResponse(job.wire(), headers={"Location": job.status_url})
    return JSONResponse(job.wire(), 202, {"Location": job.status_url, "Retry-After": "1"})


def _utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(UTC)
