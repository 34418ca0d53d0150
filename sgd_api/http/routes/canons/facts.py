"""PUT and DELETE /canon/facts/{fact_id}, GET /canon/conflicts: people decide.

A statement is kept with its audit row and the job that derives the canon anew in one transaction. What must not live
here: what a statement does to a canon (`sgd_assets/canon/statements`).
"""

from typing import Annotated, Any

import anyio.to_thread
from fastapi import Path, Request, Response
from starlette.responses import JSONResponse

from sgd_api.http.bodies.facts import CanonConflicts, FactStatementRequest, ReviewedConflict
from sgd_api.http.bodies.json_body import read_body
from sgd_api.http.bodies.listings import JobStatus
from sgd_api.http.bodies.schemas import CanonDeriveResponse
from sgd_api.http.dependencies import ERRORS, Reader, WithPreference, WithServices, Worker
from sgd_api.http.routes.canon import CURRENT, load_version
from sgd_api.http.routes.jobs import answer_of_job
from sgd_api.http.routing.router import Router
from sgd_api.http.services import Services
from sgd_api.http.stored.content_check import tell_personal_data
from sgd_api.http.stored.job_answers import canon_answer
from sgd_assets.canon.statements.apply import is_for_review
from sgd_assets.canon.statements.check import make_statement
from sgd_assets.on_demand.decide import request_statement, request_withdrawal
from sgd_resources.identity.principal import Principal

router = Router(tags=["canon"])
FactId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$", description="id of a fact of the current canon")]
_ANSWERS: dict[int | str, dict[str, Any]] = {
    202: {"model": JobStatus, "description": "the canon is still derived: see Location"},
    **ERRORS,
}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/FactStatementRequest"}}},
    }
}


@router.put(
    "/canon/facts/{fact_id}",
    summary="Confirm, correct or reject a fact",
    response_model=CanonDeriveResponse,
    responses=_ANSWERS,
    openapi_extra=_BODY,
)
async def state_fact(
    fact_id: FactId, request: Request, caller: Worker, services: WithServices, prefer: WithPreference
) -> Response:
    """A statement outranks the files and stays through every later derivation; a new one takes its place.

    The canon is derived anew at once; waits as `Prefer` says.
    """
    max_bytes = services.settings.sgd_max_json_bytes
    body = await read_body(request, "fact_statement_request", FactStatementRequest, max_bytes=max_bytes)
    job_id = await anyio.to_thread.run_sync(_state, services, caller, fact_id, body)
    return await answer_of_job(request, caller, services, prefer, job_id, canon_answer)


@router.delete(
    "/canon/facts/{fact_id}",
    summary="Withdraw what was said of a fact",
    response_model=CanonDeriveResponse,
    responses=_ANSWERS,
)
async def withdraw_statement(
    fact_id: FactId, request: Request, caller: Worker, services: WithServices, prefer: WithPreference
) -> Response:
    """By the id of the fact that was spoken of, or of the one that a correction made. The canon is derived anew."""
    job_id = await anyio.to_thread.run_sync(_withdraw, services, caller, fact_id)
    return await answer_of_job(request, caller, services, prefer, job_id, canon_answer)


@router.get("/canon/conflicts", summary="What disagrees", response_model=CanonConflicts, responses=ERRORS)
def list_conflicts(caller: Reader, services: WithServices) -> Response:
    """Conflicts of the current canon, with the rule that decided; those first where newer files contradict people."""
    row, canon = load_version(services, caller.org_id, CURRENT)
    judged = [ReviewedConflict(conflict=one, is_for_review=is_for_review(one)) for one in canon.conflicts]
    ordered = sorted(judged, key=lambda one: not one.is_for_review)
    return JSONResponse(CanonConflicts(version=row.version, conflicts=tuple(ordered)).wire())


def _state(services: Services, caller: Principal, fact_id: str, body: FactStatementRequest) -> str:
    tell_personal_data(services, caller, filter(None, (body.value, body.reason)), subject="canon")
    _, canon = load_version(services, caller.org_id, CURRENT)
    statement = make_statement(
        canon,
        fact_id,
        body.verb,
        reason=" ".join(body.reason.split()),
        subject=caller.subject,
        value=body.value,
        kind=body.kind,
        role=body.role,
    )
    return request_statement(services.database, caller.org_id, statement)


def _withdraw(services: Services, caller: Principal, fact_id: str) -> str:
    _, canon = load_version(services, caller.org_id, CURRENT)
    made = next((fact for fact in canon.facts if fact.id == fact_id), None)
    entries = {citation.audit_entry for citation in made.citations} if made is not None else set()
    spoken_of = next((one.fact_id for one in canon.statements if one.audit_entry in entries), fact_id)
    return request_withdrawal(services.database, caller.org_id, spoken_of, actor=caller.subject)
