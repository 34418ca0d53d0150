"""What an asset check found of one org. Plain values, so that the stages can say it; Dagster hears it in `graph/`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SHOWN_REASONS = 5

Checks = Mapping[str, str]
"""Name of each check of an asset to what it promises."""


@dataclass(frozen=True)
class Finding:
    """What one check found of one org; it passed when there is no `why`."""

    check: str
    why: str = ""
    is_warning: bool = True


def some(reasons: Sequence[str]) -> str:
    """The first reasons as one sentence, and how many more there are; empty when there are none."""
    more = len(reasons) - SHOWN_REASONS
    return "; ".join(reasons[:SHOWN_REASONS]) + (f"; and {more} more" if more > 0 else "")
