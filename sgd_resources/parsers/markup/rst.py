"""reStructuredText -> Markdown with the same lines, for the parts that brand pages use: headings and tables.

Tables are simple ones ('=== ==='), grids ('+---+---+') and lists (`list-table`). Other directives and roles stay as
they are. What must not live here: reading the Markdown (`markdown.py`).
"""

import re
from itertools import pairwise

_RULE = re.compile(r"([=\-~^\"'`#*+.:_])\1{2,}\s*")
_BORDER = re.compile(r"\s*=+(?:\s+=+)+\s*")
_GRID_BORDER = re.compile(r"\s*\+(?:[-=]+\+)+\s*")
_LIST_TABLE = re.compile(r"(\s*)\.\.\s+list-table::")
_FIRST_CELL = re.compile(r"\s*[*-]\s+-(?:\s+(.*))?$")
_NEXT_CELL = re.compile(r"\s*-(?:\s+(.*))?$")
_DEEPEST = 6


def markdown_of(text: str) -> str:
    """Line by line the same content with Markdown's headings and tables."""
    lines = text.split("\n")
    _mark_headings(lines)
    _mark_tables(lines)
    _mark_grids(lines)
    _mark_list_tables(lines)
    return "\n".join(lines)


def _mark_headings(lines: list[str]) -> None:
    """A title over (and under) a rule as long as itself becomes '## Title'; levels count in order of appearance."""
    styles: list[tuple[str, bool]] = []
    for i in range(1, len(lines)):
        title, rule = lines[i - 1].strip(), lines[i].rstrip()
        is_title = bool(title) and not _RULE.fullmatch(title) and not lines[i - 1].startswith((" ", "\t", "#"))
        if not is_title or not _RULE.fullmatch(rule) or len(rule) < min(len(title), 4):
            continue
        before = lines[i - 2].strip() if i > 1 else ""
        has_overline = bool(before) and before == rule
        if before and not has_overline:
            continue  # the last line of a paragraph, or a table's row
        style = (rule[0], has_overline)
        if style not in styles:
            styles.append(style)
        lines[i - 1] = f"{'#' * min(styles.index(style) + 1, _DEEPEST)} {title}"
        lines[i] = ""
        if has_overline:
            lines[i - 2] = ""


def _mark_tables(lines: list[str]) -> None:
    """A simple table ('=== ===' borders) becomes a table of bars; a blank line before it holds the head if need be."""
    i = 0
    while i < len(lines):
        if not _BORDER.fullmatch(lines[i]):
            i += 1
            continue
        starts = [match.start() for match in re.finditer(r"=+", lines[i])]
        end = next((j for j in range(i + 1, len(lines)) if not lines[j].strip()), len(lines))
        borders = [j for j in range(i, end) if _BORDER.fullmatch(lines[j])]
        if len(borders) < 2:
            i += 1
            continue
        last = borders[-1]
        head = borders[1] if len(borders) > 2 else None
        separator = f"|{' --- |' * len(starts)}"
        for j in range(i + 1, last):
            if j != head:
                lines[j] = _row(lines[j], starts)
        if head is not None:
            lines[i], lines[head] = "", separator
        else:
            # the first row is the head where no rule parts it from the rest
            lines[i], lines[i + 1] = lines[i + 1], separator
        lines[last] = ""
        i = last + 1


def _row(line: str, starts: list[int]) -> str:
    ends = [*starts[1:], len(line) + 1]
    cells = (line[start:end].strip().replace("|", "\\|") for start, end in zip(starts, ends, strict=True))
    return f"| {' | '.join(cells)} |"


def _mark_grids(lines: list[str]) -> None:
    """A grid becomes a table of bars: a cell of several lines stands in its first one, borders become empty rows."""
    i = 0
    while i < len(lines):
        if not _GRID_BORDER.fullmatch(lines[i]):
            i += 1
            continue
        end = next((j for j in range(i, len(lines)) if not lines[j].lstrip().startswith(("+", "|"))), len(lines))
        borders = [j for j in range(i, end) if _GRID_BORDER.fullmatch(lines[j])]
        edges = [match.start() for match in re.finditer(r"\+", lines[i])]
        head = next((j for j in borders if "=" in lines[j]), borders[1] if len(borders) > 1 else None)
        for above, below in pairwise(borders):
            rows = [_cells(lines[j], edges) for j in range(above + 1, below)]
            merged = [" ".join(filter(None, column)) for column in zip(*rows, strict=True)]
            for j in range(above + 1, below):
                lines[j] = _bars(merged) if j == above + 1 else _bars([""] * (len(edges) - 1))
        for j in borders:
            lines[j] = _bars(["---" if j == head else ""] * (len(edges) - 1))
        if borders:
            lines[borders[0]] = lines[borders[-1]] = ""
        i = max(end, i + 1)


def _cells(line: str, edges: list[int]) -> list[str]:
    return [line[start + 1 : end].strip().replace("|", "\\|") for start, end in pairwise(edges)]


def _mark_list_tables(lines: list[str]) -> None:
    """Rows of a `list-table` ('* - name', '  - value') become rows of bars; the first one is the head."""
    i = 0
    while i < len(lines):
        opening = _LIST_TABLE.match(lines[i])
        i += 1
        if opening is None:
            continue
        rows: list[list[int]] = []
        end = i
        while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > len(opening[1])):
            if _FIRST_CELL.match(lines[end]):
                rows.append([end])
            elif rows and _NEXT_CELL.match(lines[end]):
                rows[-1].append(end)
            end += 1
        if len(rows) < 2 or len(rows[0]) < 2:
            continue
        texts = [[_cell_text(lines[j]) for j in row] for row in rows]
        for j in range(i - 1, end):
            lines[j] = "" if j < rows[0][0] or not lines[j].strip() else _bars([""] * len(rows[0]))
        for row, cells in zip(rows, texts, strict=True):
            lines[row[0]] = _bars(cells)
        lines[rows[0][1]] = _bars(["---"] * len(rows[0]))
        i = end


def _cell_text(line: str) -> str:
    match = _FIRST_CELL.match(line) or _NEXT_CELL.match(line)
    return (match[1] or "").strip().replace("|", "\\|") if match else ""


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _bars(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
