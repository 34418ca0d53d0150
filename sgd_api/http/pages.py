"""How a list is paged, whatever it lists: how many, where the page before ended, and where the next one begins.

What must not live here: finding the rows (`newest_first` in `sgd_resources/postgres/shape.py`), or the bodies of pages.
"""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from fastapi import Query

Row = TypeVar("Row")
PageLimit = Annotated[int, Query(ge=1, le=200)]
SeqCursor = Annotated[str | None, Query(max_length=20, pattern=r"^[0-9]{1,18}$")]
"""Of a list whose newest rows come first: the place of the last row that was shown."""


def place(cursor: str | None) -> int | None:
    """Where the page before ended."""
    return int(cursor) if cursor else None


def page_of(
    rows: Sequence[Row], limit: int, place_of: Callable[[Any], object] = lambda row: row.seq
) -> tuple[Sequence[Row], str | None]:
    """What is shown of the rows, and the cursor of the next page.

    Args:
        rows: one more than the limit, where there are so many.
        limit: rows of a page.
        place_of: a row's place in the list.
    """
    shown = rows[:limit]
    return shown, str(place_of(shown[-1])) if len(rows) > limit else None
