"""When a file is read again that another engine only stood in for: after pauses that double, and not for ever.

What must not live here: reading files, or asking for the run that does.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sgd_resources.parsed_document import StandIn

FIRST_PAUSE = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(days=1)
MAX_TRIES = 12
"""With these pauses about six days; then the stand-in stays, and its warning with it, until the parser changes."""


def due_at(stand_in: StandIn) -> datetime | None:
    """When the file is to be read again; None when it is given up."""
    if stand_in.tries >= MAX_TRIES:
        return None
    pause = min(FIRST_PAUSE * (1 << (stand_in.tries - 1)), LONGEST_PAUSE)
    return _utc(stand_in.tried_at) + pause


def is_due(stand_in: StandIn | None, now: datetime) -> bool:
    """Whether the file is to be read again now."""
    due = None if stand_in is None else due_at(stand_in)
    return due is not None and due <= now


def next_due(stand_ins: Iterable[StandIn]) -> datetime | None:
    """When the first of these files is to be read again."""
    return min((due for stand_in in stand_ins if (due := due_at(stand_in)) is not None), default=None)


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
