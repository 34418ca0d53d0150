"""Cells of a document by table, row and column: `[PlacedBlock] -> Tables`, built once per document.

What must not live here: what a row or a head means.
"""

from bisect import bisect_left
from collections.abc import Sequence

from sgd_assets.canon.reading.sections import PlacedBlock

_WIDE_ROW = 64
"""Cells; no row that states a palette or a rule is so wide, and each of its cells may ask for all the others."""


class Tables:
    """Looks up the mates of a cell without walking the document again."""

    def __init__(self, placed: Sequence[PlacedBlock]) -> None:
        self._rows: dict[tuple[int, int], list[PlacedBlock]] = {}
        self._heads: dict[tuple[int, int], PlacedBlock] = {}
        self._sorted: dict[tuple[int, int], list[PlacedBlock]] = {}
        for item in placed:
            cell = item.block.cell
            if cell is None:
                continue
            self._rows.setdefault((cell.table, cell.row), []).append(item)
            if cell.row == 0:
                self._heads.setdefault((cell.table, cell.column), item)

    def row_of(self, item: PlacedBlock) -> list[PlacedBlock]:
        """Cells of the item's row, left to right, of a very wide one those near it; empty when it is no cell."""
        cell = item.block.cell
        if cell is None:
            return []
        row = self._sorted_row((cell.table, cell.row))
        if len(row) <= _WIDE_ROW:
            return row
        here = bisect_left(row, cell.column, key=_column)
        return row[max(0, here - _WIDE_ROW // 2) : here + _WIDE_ROW // 2]

    def _sorted_row(self, key: tuple[int, int]) -> list[PlacedBlock]:
        """Sorted once, however many of its cells are asked about."""
        if key not in self._sorted:
            self._sorted[key] = sorted(self._rows[key], key=_column)
        return self._sorted[key]

    def head_of(self, item: PlacedBlock) -> PlacedBlock | None:
        """The first row's cell above the item; None for the first row itself."""
        cell = item.block.cell
        return self._heads.get((cell.table, cell.column)) if cell is not None and cell.row > 0 else None


def _column(item: PlacedBlock) -> int:
    return item.block.cell.column if item.block.cell else 0
