"""Tables that docutils does not make: of lists, of comma separated values, and those whose edges do not meet.

What must not live here: grids and simple tables in order, which docutils parses.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList

Line = tuple[str, int]
"""Text and number of a line."""
_BORDER = re.compile(r"\s*(?:\+[-=+]*|=+(?: +=+)*)\s*")


def list_table(inside: Sequence[Any], header_rows: str) -> list[Any]:
    """The table of a list of lists; nothing where the content is something else."""
    if len(inside) != 1 or not isinstance(inside[0], nodes.bullet_list):
        return []
    rows = [item.children for item in inside[0].children]
    if any(len(row) != 1 or not isinstance(row[0], nodes.bullet_list) for row in rows):
        return []
    cells = [[list(cell.children) for cell in row[0].children] for row in rows]
    return [_table(cells, int(header_rows) if header_rows.isdecimal() else 0)]


def csv_table(content: StringList, settings: Mapping[str, str], header: Line | None, state: Any) -> list[Any]:
    """The table of comma separated values; their lines as they are where no reader of such values takes them."""
    lines = [(content[i], _line(content, i)) for i in range(len(content)) if content[i].strip()]
    heads = int(settings["header-rows"]) if settings.get("header-rows", "").isdecimal() else 0
    try:
        above = _rows([header], settings) if header else []
        rows = above + _rows(lines, settings)
    except (csv.Error, TypeError):  # TypeError: a delimiter or a quote of several characters
        return [_paragraph(text, line) for text, line in lines]
    cells = [[_cell(text, line, state) for text, line in row] for row in rows]
    return [_table(cells, heads + len(above))] if cells else []


def loose_table(lines: Sequence[Line]) -> list[Any]:
    """The rows between borders, cut at their bars; without bars each line, cut at the columns of the first border."""
    starts = [found.start() for found in re.finditer(r"=+", lines[0][0])] if lines else []
    rows: list[list[Line]] = []
    is_open = False
    for text, line in lines:
        if not text.strip() or _BORDER.fullmatch(text):
            is_open = False
            continue
        has_bars = text.lstrip().startswith("|")
        parts = text.strip().strip("|").split("|") if has_bars else _columns(text, starts)
        row = [(part.strip(), line) for part in parts]
        if is_open and has_bars and len(rows[-1]) == len(row):
            rows[-1] = [_joined(above, below) for above, below in zip(rows[-1], row, strict=True)]
        else:
            rows.append(row)
        is_open = True
    return [_table([[[_paragraph(*cell)] if cell[0] else [] for cell in row] for row in rows], 0)] if rows else []


def _columns(text: str, starts: Sequence[int]) -> list[str]:
    return [text[at:end] for at, end in pairwise([*starts, len(text) + 1])] if starts else [text]


def _joined(above: Line, below: Line) -> Line:
    """One cell of two lines, at the first that says something."""
    return (f"{above[0]} {below[0]}".strip(), above[1] if above[0] else below[1])


def _rows(lines: Sequence[Line], settings: Mapping[str, str]) -> list[list[Line]]:
    delimiter = {"": ",", "tab": "\t", "space": " "}.get(settings.get("delim", ""), settings.get("delim", ","))
    reader = csv.reader(
        (f"{text}\n" for text, _ in lines),
        delimiter=delimiter,
        quotechar=settings.get("quote") or '"',
        escapechar=settings.get("escape") or None,
        skipinitialspace="keepspace" not in settings,
    )
    rows = []
    begun = 0
    for row in reader:
        cells = []
        within = 0
        for text in row:
            cells.append((text, lines[begun + within][1]))
            within = min(within + text.count("\n"), len(lines) - begun - 1)
        rows.append(cells)
        begun = reader.line_num
    return rows


def _cell(text: str, line: int, state: Any) -> list[Any]:
    parts = text.split("\n")
    holder = nodes.entry()
    block = StringList(parts, items=[("", line - 1 + i) for i in range(len(parts))])
    state.nested_parse(block, line - 1, holder)
    return list(holder.children)


def _table(cells: Sequence[Sequence[list[Any]]], header_rows: int) -> Any:
    """A tree as docutils makes it of a grid."""
    rows = [nodes.row("", *(nodes.entry("", *cell) for cell in row)) for row in cells]
    group = nodes.tgroup("")
    if 0 < header_rows < len(rows):
        group += nodes.thead("", *rows[:header_rows])
        rows = rows[header_rows:]
    group += nodes.tbody("", *rows)
    return nodes.table("", group)


def _paragraph(text: str, line: int) -> Any:
    node = nodes.paragraph("", text)
    node.line = line
    return node


def _line(lines: StringList, i: int) -> int:
    return int(lines.info(i)[1]) + 1
