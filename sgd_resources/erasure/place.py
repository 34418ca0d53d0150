"""What every place that holds something of an org can do.

What must not live here: any place.
"""

from collections.abc import Mapping
from typing import Protocol


class Place(Protocol):
    """One store."""

    @property
    def name(self) -> str:
        """How a report calls it."""
        ...

    def count(self, org_id: str) -> Mapping[str, int]:
        """What there is of the org, by kind; kinds of which there is nothing are left out. Raises Unavailable."""
        ...

    def erase(self, org_id: str) -> None:
        """Remove all of it; nothing of another org. Safe to run again. Raises Unavailable."""
        ...
