"""On which side a cell of a table on the logo or the look stands: `(PlacedBlock, Tables) -> 'do' | 'dont' | None`.

What must not live here: rules on sizes and space in tables (`logo/rules.py`), or tables on a voice (`voice/tables.py`).
"""

import re
from collections.abc import Iterator
from typing import Literal

from sgd_assets.canon.logo.permits import Side
from sgd_assets.canon.logo.sentences import INSTRUCTS, OPENS_WITH_A_BAN, side_of_sentence
from sgd_assets.canon.reading.sections import PlacedBlock
from sgd_assets.canon.reading.tables import Tables
from sgd_assets.canon.sides.marks import mark_of, without_mark
from sgd_assets.canon.sides.polarity import stance_of_label, standing_of

_LONGEST_RULE = 300  # as in `logo/rules.py`
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


def printed_in_columns(item: PlacedBlock) -> Iterator[tuple[Side, str]]:
    """(side, sentence) of what columns of a page tell that line up like the cells of a table but are none."""
    for line in re.split(r"\n(?=[A-ZÀ-Þ])", item.block.text):
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ])", " ".join(line.split())):
            side = side_of_sentence(sentence, is_below_logo=True, rules=(OPENS_WITH_A_BAN, INSTRUCTS))
            if side is not None and len(sentence.split()) > _CAPTION_WORDS and len(sentence) <= _LONGEST_RULE:
                yield side, sentence


def _column(item: PlacedBlock) -> int:
    return item.block.cell.column if item.block.cell is not None else 0
