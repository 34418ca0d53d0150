"""On which side a cell of a table on the logo or the look stands: `(PlacedBlock, Tables) -> 'do' | 'dont' | None`.

What must not live here: what the cell tells (`logo/rules.py`), or tables on a voice (`voice/tables.py`).
"""

from typing import Literal

from sgd_assets.canon.reading.sections import PlacedBlock
from sgd_assets.canon.reading.tables import Tables
from sgd_assets.canon.sides.marks import mark_of, without_mark
from sgd_assets.canon.sides.polarity import stance_of_label, standing_of

_CAPTION_WORDS = 3  # of a cell on a page below don'ts; shorter ones are its head


def side_of_cell(item: PlacedBlock, tables: Tables) -> Literal["do", "dont"] | None:
    """The side of the column's head, of the mark in the cell before, or of don'ts printed in columns without rules."""
    head = tables.head_of(item)
    stance = stance_of_label(head.text) if head is not None else None
    if stance in ("do", "dont"):
        return stance
    before = next((other.text for other in reversed(tables.row_of(item)) if _column(other) < _column(item)), "")
    if (mark := mark_of(before)) is not None and not without_mark(before):
        return mark
    standing = standing_of(item)
    is_printed = item.block.location.page is not None and len(item.text.split()) > _CAPTION_WORDS
    return "dont" if is_printed and standing is not None and standing.stance == "dont" else None


def _column(item: PlacedBlock) -> int:
    return item.block.cell.column if item.block.cell is not None else 0
