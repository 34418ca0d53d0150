"""How well an org's prompts are answered: how many kept their schema, what they cost, what the cache saved, what waits.

What must not live here: counting rows (a port does), or Dagster.
"""

from pydantic import Field

from sgd_assets.finding import Checks, Finding
from sgd_resources.parsed_document import Shape
from sgd_resources.ports import PromptLedger

SINCE_DAYS = 30
LEAST_ANALYSES = 20
"""Fewer say nothing of a rate."""
LEAST_PASS_RATE = 0.95
MOST_OPEN_REVIEWS = 50
QUALITY_CHECKS: Checks = {
    "answers_keep_their_schemas": f"At least {LEAST_PASS_RATE:.0%} of {LEAST_ANALYSES} or more analyses were valid.",
    "reviews_are_decided": f"At most {MOST_OPEN_REVIEWS} failed answers wait for a person.",
}


class PromptQuality(Shape):
    """Value of the asset `prompt_quality` for one org."""

    org_id: str
    since_days: int = Field(ge=1)
    analyses: int = Field(ge=0, description="that had an answer, valid or not")
    failed: int = Field(ge=0, description="whose answer never met its schema")
    pass_rate: float | None = Field(default=None, ge=0, le=1, description="none without analyses")
    cached: int = Field(ge=0)
    cache_hit_rate: float | None = Field(default=None, ge=0, le=1)
    cost_usd_micros: int = Field(ge=0)
    saved_usd_micros: int = Field(ge=0)
    reviews_open: int = Field(ge=0)
    reviews_accepted: int = Field(ge=0)
    reviews_corrected: int = Field(ge=0)


def measure_quality(org_id: str, ledger: PromptLedger) -> PromptQuality:
    """The org's numbers of the last 30 days; reviews that are too old are emptied on the way."""
    ledger.expire_reviews(org_id)
    found = ledger.counts(org_id, since_days=SINCE_DAYS)
    return PromptQuality(
        org_id=org_id,
        since_days=SINCE_DAYS,
        analyses=found.analyses,
        failed=found.failed,
        pass_rate=_rate(found.analyses - found.failed, found.analyses),
        cached=found.cached,
        cache_hit_rate=_rate(found.cached, found.analyses),
        cost_usd_micros=found.cost_usd_micros,
        saved_usd_micros=found.saved_usd_micros,
        reviews_open=found.reviews_open,
        reviews_accepted=found.reviews_accepted,
        reviews_corrected=found.reviews_corrected,
    )


def check_quality(quality: PromptQuality) -> list[Finding]:
    """One org's numbers."""
    rate = quality.pass_rate
    is_low = rate is not None and quality.analyses >= LEAST_ANALYSES and rate < LEAST_PASS_RATE
    low = f"{quality.failed} of {quality.analyses} answers broke their schema" if is_low else ""
    many = quality.reviews_open
    waiting = f"{many} failed answers wait for a person" if many > MOST_OPEN_REVIEWS else ""
    return [Finding("answers_keep_their_schemas", low), Finding("reviews_are_decided", waiting)]


def _rate(part: int, whole: int) -> float | None:
    return round(max(0, part) / whole, 4) if whole else None
