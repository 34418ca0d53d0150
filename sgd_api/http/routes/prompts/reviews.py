"""/v1/reviews: answers that never met their schema, for a person to take or to correct.

A correction becomes an example of the template that the prompt was made by. What must not live here: judging a
correction (`sgd_assets/prompts/parse.py`), or SQL.
"""

from typing import Annotated, Any, Literal

import anyio.to_thread
from fastapi import Query, Request, Response
from starlette.responses import JSONResponse

from sgd_api.http.bodies.json_body import read_body
from sgd_api.http.bodies.prompt_store import CorrectionRequest, PromptReview, PromptReviewPage
from sgd_api.http.dependencies import ERRORS, Reader, WithServices, Worker
from sgd_api.http.pages import PageLimit, SeqCursor, page_of, place
from sgd_api.http.routes.prompts.documented import documented
from sgd_api.http.routing.router import Router
from sgd_api.http.stored.prompt_reviews import correct, review_body
from sgd_resources.postgres.rows import audit
from sgd_resources.postgres.rows.prompts import reviews

router = Router(prefix="/v1/reviews", tags=["prompts"])
MAX_BODY_BYTES = 300_000
_CONFLICT: dict[int | str, dict[str, Any]] = {409: {**ERRORS[404], "description": "decided before"}, **ERRORS}


@router.get("", summary="Answers that wait for a person", response_model=PromptReviewPage, responses=ERRORS)
def list_reviews(
    caller: Reader,
    services: WithServices,
    status: Annotated[Literal["open", "accepted", "corrected", "expired"] | None, Query()] = "open",
    limit: PageLimit = 50,
    cursor: SeqCursor = None,
) -> Response:
    """Newest first; those that nobody has decided on when no status is named. Emptied after 90 days."""
    with services.database.org_transaction(caller.org_id) as connection:
        rows = reviews.listed(connection, caller.org_id, status=status, limit=limit + 1, before=place(cursor))
    shown, following = page_of(rows, limit)
    return JSONResponse(PromptReviewPage(reviews=tuple(map(review_body, shown)), next_cursor=following).wire())


@router.get("/{review_id}", summary="One answer that waits", response_model=PromptReview, responses=ERRORS)
def get_review(review_id: str, caller: Reader, services: WithServices) -> Response:
    """With the raw answer and the rules it breaks."""
    with services.database.org_transaction(caller.org_id) as connection:
        row = reviews.get(connection, caller.org_id, review_id)
    return JSONResponse(review_body(row).wire())


@router.post(
    "/{review_id}/accept", summary="Take the answer as it is", response_model=PromptReview, responses=_CONFLICT
)
def accept_review(review_id: str, caller: Worker, services: WithServices) -> Response:
    """It was right although it broke the schema; it becomes no example."""
    with services.database.org_transaction(caller.org_id) as connection:
        row = reviews.decide(connection, caller.org_id, review_id, answer=None, decided_by=caller.subject)
        audit.append(connection, caller.org_id, actor=caller.subject, action="review.accepted", subject=review_id)
    return JSONResponse(review_body(row).wire())


@router.post(
    "/{review_id}/correct",
    summary="Say what the right answer is",
    response_model=PromptReview,
    responses=_CONFLICT,
    openapi_extra=documented(CorrectionRequest),
)
async def correct_review(review_id: str, request: Request, caller: Worker, services: WithServices) -> Response:
    """The answer must keep the schema; models are shown it with the template's next prompts."""
    body = await read_body(request, "correction_request", CorrectionRequest, max_bytes=MAX_BODY_BYTES)
    row = await anyio.to_thread.run_sync(correct, services, caller, review_id, body.answer)
    return JSONResponse(review_body(row).wire())
