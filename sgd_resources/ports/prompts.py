"""An org's analyses and reviews, as the stage that measures them needs them."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class PromptCounts:
    """What the ledger counts of an org."""

    analyses: int
    cached: int
    cost_usd_micros: int
    saved_usd_micros: int
    failed: int
    reviews_open: int
    reviews_accepted: int
    reviews_corrected: int


class PromptLedger(Protocol):
    """The rows of an org's analyses, as this stage needs them."""

    def counts(self, org_id: str, *, since_days: int) -> PromptCounts:
        """Analyses of the last UTC days, today included, and the reviews there are."""
        ...

    def expire_reviews(self, org_id: str) -> int:
        """Empty reviews that are older than they are kept; how many."""
        ...
