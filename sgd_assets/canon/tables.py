"""Cells of a document by table, row and column: `[PlacedBlock] -> Tables`, built once per document.

What must not live here: what a row or a head means.
"""

from collections.abc import Sequence

from sgd_assets.canon.sections import PlacedBlock


class Tables:
    """Looks up the mates of a cell without walking the document again."""

    def __init__(self, placed: Sequence[PlacedBlock]) -> None:
        self._rows: dict[tuple[int, int], list[PlacedBlock]] = {}
        self._heads: dict[tuple[int, int], PlacedBlock] = {}
        for item in placed:
            cell = item.block.cell
            if cell is None:
                continue
            self._rows.setdefault((cell.table, cell.row), []).append(item)
            if cell.row == 0:
                self._heads.setdefault((cell.table, cell.column), item)

    def row_of(self, item: PlacedBlock) -> list[PlacedBlock]:
        """Cells of the item's row, left to right; empty when it is no cell."""
        cell = item.block.cell
        if cell is None:
            return []
        row = self._rows[(cell.table, cell.row)]
        return sorted(row, key=lambda o: o.block.cell.column if o.block.cell else 0)

    def head_of(self, item: PlacedBlock) -> PlacedBlock | None:
        """The first row's cell above the item; None for the first row itself."""
        cell = item.block.cell
        return self._heads.get((cell.table, cell.column)) if cell is not None and cell.row > 0 else None
