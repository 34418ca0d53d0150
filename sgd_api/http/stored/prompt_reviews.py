"""Reviews of answers: shown, and corrected by a person's own answer.

What must not live here: routes, SQL, or keeping one (`sgd_assets/on_demand/plain/failed_answer.py`).
"""

from collections.abc import Mapping
from typing import Any

from sgd_api.http.bodies.prompt_store import PromptReview
from sgd_api.http.services import Services
from sgd_api.http.stored.present import timestamp
from sgd_api.http.stored.prompt_store import name_of
from sgd_assets.prompts.model import Ask
from sgd_assets.prompts.parse import judge_of
from sgd_assets.prompts.schema_guard.guard import read_schema
from sgd_resources.errors import Conflict, ValidationFailed
from sgd_resources.identity.principal import Principal
from sgd_resources.postgres.rows import audit
from sgd_resources.postgres.rows.prompts import reviews


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
