"""Tables of a document's pages as blocks with the number, row and column of each cell.

A table that goes on at the head of the next page keeps its number. What must not live here: finding tables on a page
(`tables`).
"""

from collections.abc import Sequence

from sgd_resources.parsed_document import TableCell
from sgd_resources.parsers.pdf.text.blocks import Block
from sgd_resources.parsers.pdf.text.lines import Line
from sgd_resources.parsers.pdf.text.rules import Rules
from sgd_resources.parsers.pdf.text.tables import Table, find_tables
from sgd_resources.parsers.pdf.text.zones import zones_of

_SAME_EDGE_PT = 3.0  # columns of one table on two pages are set alike up to this


class TableNumbers:
    """Counts the tables of one document, page by page."""

    def __init__(self) -> None:
        self._count = 0
        self._open: Table | None = None
        self._rows = 0

    def cells_of(self, lines: Sequence[Line], rules: Rules) -> tuple[list[list[Block]], list[Line]]:
        """(cells of each table of the next page, lines in no table). Cells row by row, without those that are empty.

        Args:
            lines: of the page; hidden and recognised ones stand in no table.
            rules: what is drawn across the page.
        """
        printed = [line for line in lines if line.hidden_reason is None and not line.is_recognised]
        found = []
        tables = [table for zone in zones_of(printed) for table in find_tables(zone, rules)]
        for table in tables:
            is_first = table is tables[0] and all(line.bbox[1] >= table.bbox[1] for line in printed)
            if not (is_first and self._open is not None and _goes_on(self._open, table)):
                self._count, self._rows = self._count + 1, 0
            found.append(self._blocks(table))
            self._rows += len(table.rows)
        last = tables[-1] if tables else None
        is_last = last is not None and all(line.bbox[3] <= last.bbox[3] + 60 for line in printed)
        self._open = last if is_last else None
        taken = {id(line) for table in tables for line in table.printed}
        return found, [line for line in lines if id(line) not in taken]

    def _blocks(self, table: Table) -> list[Block]:
        blocks = []
        for index, row in enumerate(table.rows):
            for column, lines in enumerate(row):
                is_header = index == 0 and table.has_header
                cell = TableCell(table=self._count - 1, row=self._rows + index, column=column, is_header=is_header)
                if lines:
                    blocks.append(Block(lines, cell))
        return blocks


def _goes_on(above: Table, below: Table) -> bool:
    """Whether a table without a head of its own has the columns of the one on the page before."""
    if below.has_header or len(above.rows[0]) != len(below.rows[0]):
        return False
    return all(abs(first - second) <= _SAME_EDGE_PT for first, second in zip(_edges(above), _edges(below), strict=True))


def _edges(table: Table) -> list[float]:
    return [
        min((line.bbox[0] for row in table.rows for line in row[column]), default=0.0)
        for column in range(len(table.rows[0]))
    ]
