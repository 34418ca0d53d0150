"""Separated values (`.csv`, `.tsv`) -> one table of cells, its first row the heads; places by line.

Whatever parts no columns is read as plain text. What must not live here: what a cell means.
"""

import csv
import io

from sgd_resources.parsed_document import Location, TableCell, TextBlock
from sgd_resources.parsers.colours.text_colours import text_colours
from sgd_resources.parsers.hidden_text import unseen_characters
from sgd_resources.parsers.parts import ParsedParts, decode_text
from sgd_resources.parsers.plain_text import parse_plain_text

_SEPARATORS = ";\t,|"
_MOST_CELLS = 50_000  # as of a workbook


def parse_separated_values(data: bytes, suffix: str) -> ParsedParts:
    """Cells in reading order."""
    text = decode_text(data)
    first = next((line for line in text.split("\n") if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    if separator not in first:
        return parse_plain_text(data, suffix)
    parts = ParsedParts()
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    number, line = 0, 1
    try:
        for row in rows:
            begin, line = line, rows.line_num + 1
            if any(cell.strip() for cell in row):
                parts.text_blocks += _cells(row, number, begin)
                number += 1
            if len(parts.text_blocks) > _MOST_CELLS:
                parts.warnings.append(f"only the first {_MOST_CELLS} cells were read")
                break
    except csv.Error as error:
        parts.warnings.append(f"line {rows.line_num} and what follows it was not read: {error}")
    parts.colours = text_colours(parts.text_blocks)
    return parts


def _cells(row: list[str], number: int, line: int) -> list[TextBlock]:
    found = []
    for column, cell in enumerate(row):
        if cell.strip():
            reason = unseen_characters(cell)
            found.append(
                TextBlock(
                    text=cell.strip(),
                    kind="table_cell",
                    cell=TableCell(table=0, row=number, column=column, is_header=number == 0),
                    location=Location(line=line),
                    is_hidden=reason is not None,
                    hidden_reason=reason,
                )
            )
    return found
