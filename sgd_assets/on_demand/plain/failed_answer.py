"""Keeps an answer that never met its schema for a person to decide on.

What must not live here: SQL, or showing a review (`sgd_api/http/stored/prompt_reviews.py`).
"""

from sgd_assets.prompts.model import Ask, Failed
from sgd_resources.llm.safety.request_text import TextKept, words_as_kept
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.prompts import reviews


def keep_for_review(
    database: Database, org_id: str, request_id: str, ask: Ask, found: Failed, *, text: TextKept = "kept"
) -> str:
    """Keep an answer that failed; the review's id. `text` says what of the words may stay."""
    review = reviews.NewReview(
        request_id=request_id,
        prompt=words_as_kept(ask.prompt, text),
        raw_answer=words_as_kept(_storable(found.raw_answer), text),
        errors=[dict(error) for error in found.errors],
        model=found.model_used,
        document=None if ask.schema is None else ask.schema.document,
        guidance=None if ask.guidance is None else words_as_kept(ask.guidance, text),
        template_id=ask.template_id,
        template_version=ask.template_version,
    )
    with database.org_transaction(org_id) as connection:
        reviews.expire_old(connection, org_id)
        return reviews.add(connection, org_id, review)


def _storable(text: str) -> str:
    """Postgres holds no NUL, and UTF-8 no lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
