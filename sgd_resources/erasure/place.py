"""What every place that holds something of an org can do.

What must not live here: any place.
"""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable


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


@runtime_checkable
class WrittenLate(Protocol):
    """A place to which work that was under way may write after an erasure was through."""

    def org_ids(self) -> set[str]:
        """Every org that it names as the owner of something. Raises Unavailable."""
        ...

    def drop_late(self) -> int:
        """Remove what belongs to nothing any more; how much. Raises Unavailable."""
        ...
