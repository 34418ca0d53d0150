"""Reviews of answers: kept when an analysis fails, shown, and corrected by a person's own answer.

What must not live here: routes, or SQL.
"""

from collections.abc import Mapping
from typing import Any

from sgd_api.http.bodies.prompt_store import PromptReview
from sgd_api.http.services import Services
from sgd_api.http.stored.present import timestamp
from sgd_api.http.stored.prompt_store import name_of
from sgd_assets.prompts.model import Ask, Failed
from sgd_assets.prompts.parse import judge_of
from sgd_assets.prompts.schema_guard.guard import read_schema
from sgd_resources.errors import Conflict, ValidationFailed
from sgd_resources.identity.principal import Principal
from sgd_resources.postgres.rows import audit
from sgd_resources.postgres.rows.prompts import reviews


def keep_for_review(services: Services, org_id: str, request_id: str, ask: Ask, found: Failed) -> str:
    """Keep an answer that failed; the review's id."""
    review = reviews.NewReview(
        request_id=request_id,
        prompt=ask.prompt,
        raw_answer=_storable(found.raw_answer),
        errors=[dict(error) for error in found.errors],
        model=found.model_used,
        document=None if ask.schema is None else ask.schema.document,
        guidance=ask.guidance,
        template_id=ask.template_id,
        template_version=ask.template_version,
    )
    with services.database.org_transaction(org_id) as connection:
        reviews.expire_old(connection, org_id)
        return reviews.add(connection, org_id, review)


def correct(services: Services, caller: Principal, review_id: str, answer: Mapping[str, Any]) -> reviews.Review:
    """Correct it.

    Raises:
        ValidationFailed: the correction breaks the schema too. NotFound, Conflict: no such review, or decided before.
    """
    with services.database.org_transaction(caller.org_id) as connection:
        row = reviews.get(connection, caller.org_id, review_id)
        if row.status != "open":
            raise Conflict("this review was decided before", details={"status": row.status})
        schema = None if row.document is None else read_schema(row.document)
        faults = judge_of(Ask(row.prompt, schema=schema)).faults(answer)
        if faults:
            at = [{**fault, "path": "$.answer" + fault["path"].removeprefix("$")} for fault in faults]
            raise ValidationFailed(f"{at[0]['path']}: {at[0]['message']}", details={"errors": at})
        decided = reviews.decide(connection, caller.org_id, review_id, answer=answer, decided_by=caller.subject)
        audit.append(connection, caller.org_id, actor=caller.subject, action="review.corrected", subject=review_id)
    if decided.template_id is not None:
        services.kept.drop(name_of("template", decided.template_id))
    return decided


def review_body(row: reviews.Review) -> PromptReview:
    """The answer of one review."""
    return PromptReview.from_stored(
        {
            "review_id": row.review_id,
            "request_id": row.request_id,
            "status": row.status,
            "prompt": row.prompt,
            "raw_answer": row.raw_answer,
            "errors": list(row.errors),
            "model_used": row.model,
            "schema": row.document,
            "template_id": row.template_id,
            "template_version": row.template_version,
            "answer": row.answer,
            "decided_by": row.decided_by,
            "decided_at": timestamp(row.decided_at),
            "created_at": timestamp(row.created_at),
        }
    )


def _storable(text: str) -> str:
    """Postgres holds no NUL, and UTF-8 no lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
