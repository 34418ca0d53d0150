"""Tables of a PDF page: lines that stand in rows and columns -> cells. Pure geometry.

A page has no tables, only words and rules. Lines make a table when rows of them keep to the same columns. What is set
so without being a table stays as it is: captions of swatches side by side, and text in columns. What must not live
here: parting the words of a row (`lines`), and what a cell means.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sgd_resources.parsed_document import Bbox
from sgd_resources.parsers.pdf.text.lines import Line, parted_at
from sgd_resources.parsers.pdf.text.rules import Rules

_MOST_LINES = 600
"""Of a page; with more it is no page of a guide."""
_ROW_REACH = 3.2
"""Type sizes between two rows of a table without rules."""
_WRAPPED = 0.75
"""Type sizes between two lines of one cell at most."""
_JUMP = 0.25
"""Type sizes by which rows stand further apart than the lines of a cell."""
_TIGHT = 0.5
"""The same between the lines of a paragraph."""
_LONG_CELL = 260  # parts cells from columns of running text, where no rules are drawn
_SAME_SIZE = 1.3  # cells of a table are set in one size, small print aside
_TOUCH = 1.0
"""Points by which columns may overlap: boxes of letters are a little wider than what is seen."""
_LARGER = 1.125  # more than 9 pt over 8: a head that stands out by size alone, not by rounding
_NOTATIONS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"#[0-9a-f]{3,8}\b|\bhex\b|\b(?=[a-f]*\d)[0-9a-f]{6}\b",
        r"\brgba?\b|^\D{0,3}\d{1,3}\s*[,/ ]\s*\d{1,3}\s*[,/ ]\s*\d{1,3}\W*$",
        r"\bcmyk\b|\bc ?:? ?\d+\W+m ?:? ?\d+",
        r"\b(?:pms|pantone)\b",
    )
)


@dataclass
class Table:
    """Rows of cells, top to bottom and left to right; a cell is its lines, top to bottom, and may be empty."""

    rows: list[list[list[Line]]]
    has_header: bool
    printed: list[Line] = field(default_factory=list)
    """The lines of the page that it takes, as they were before they were parted."""

    @property
    def lines(self) -> list[Line]:
        """All lines, row by row."""
        return [line for row in self.rows for cell in row for line in cell]

    @property
    def bbox(self) -> Bbox:
        """Box around all lines."""
        return box_around(self.lines)


@dataclass
class _Columns:
    """Spans of the columns of a table in the making, left to right."""

    spans: list[tuple[float, float]] = field(default_factory=list)

    def places_of(self, row: Sequence[Line]) -> list[int] | None:
        """The first column of each line, -1 for a new one; None when two share one or a row is not parted at all."""
        places, used = [], []
        for line in row:
            found = self._under(line)
            if len(found) > 1 and len(row) < 3:
                return None
            places.append(found[0] if found else -1)
            used += found
        return places if len(set(used)) == len(used) else None

    def widened(self, row: Sequence[Line]) -> "_Columns":
        """The columns with those of a row that `places_of` accepts."""
        places = self.places_of(row) or []
        spans = list(self.spans)
        for place, line in zip(places, row, strict=True):
            left, right = line.bbox[0], line.bbox[2]
            if len(self._under(line)) > 1:
                continue  # a cell over several columns
            if place >= 0:
                spans[place] = (min(spans[place][0], left), max(spans[place][1], right))
            else:
                spans.append((left, right))
        return _Columns(sorted(spans))

    def _under(self, line: Line) -> list[int]:
        return [
            index
            for index, (left, right) in enumerate(self.spans)
            if min(right, line.bbox[2]) - max(left, line.bbox[0]) > _TOUCH
        ]

    def parted(self, line: Line) -> list[Line]:
        """A line that reaches over a gutter, parted there."""
        gutters = [
            (left[1], right[0])
            for left, right in pairwise(self.spans)
            if line.bbox[0] < left[1] and right[0] < line.bbox[2]
        ]
        return parted_at(line, gutters) if gutters else [line]

    def are_apart(self) -> bool:
        """Whether no column reaches into the next."""
        return all(left[1] <= right[0] + _TOUCH for left, right in pairwise(self.spans))


def find_tables(lines: Sequence[Line], rules: Rules) -> list[Table]:
    """Tables of one page from top to bottom; each line stands in at most one.

    Args:
        lines: the visible lines of the page.
        rules: what is drawn across the page.
    """
    if not 4 <= len(lines) <= _MOST_LINES:
        return []
    found = []
    start = 0
    levels = _levels(lines)
    while start < len(levels) - 1:
        table, end = None, start + 1
        if len(levels[start]) > 1:
            rows, columns = _grown(levels, start, rules)
            end = start + len(rows)
            table = _table(rows, columns, rules)
        if table is None:
            start += 1
            continue
        table.printed = [line for level in levels[start:end] for line in level]
        found.append(table)
        start = end
    return found


def box_around(lines: Sequence[Line]) -> Bbox:
    """Box around at least one line."""
    boxes = [line.bbox for line in lines]
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _levels(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines printed on one level, left to right; levels top to bottom."""
    levels: list[list[Line]] = []
    for line in sorted(lines, key=lambda item: (_middle(item), item.bbox[0])):
        last = levels[-1] if levels else None
        if last is not None and abs(_middle(line) - _middle(last[0])) <= 0.3 * min(line.size_pt, last[0].size_pt):
            last.append(line)
        else:
            levels.append([line])
    return [sorted(level, key=lambda item: item.bbox[0]) for level in levels]


def _grown(levels: Sequence[list[Line]], start: int, rules: Rules) -> tuple[list[list[Line]], _Columns]:
    """(levels, columns) of the longest stretch from `start` that keeps to columns."""
    columns = _Columns().widened(levels[start])
    bottom = max(line.bbox[3] for line in levels[start])
    found = [levels[start]]
    for printed in levels[start + 1 :]:
        level = [part for line in printed for part in columns.parted(line)]
        size = max(line.size_pt for line in level)
        gap = min(line.bbox[1] for line in level) - bottom
        places = columns.places_of(level)
        is_ruled = rules.is_between(bottom, bottom + max(0.0, gap), columns.spans[0][0], columns.spans[-1][1])
        if places is None or gap > (2.5 if is_ruled else 1) * _ROW_REACH * size or all(place < 0 for place in places):
            break
        if len(level) == 1 and gap > _WRAPPED * size and not is_ruled:
            break
        wider = columns.widened(level)
        if not wider.are_apart():
            break
        columns = wider
        found.append(level)
        bottom = max(bottom, *(line.bbox[3] for line in level))
    # single lines at the end are cells that go on only where the cell above them fills a line
    while len(found) > 1 and len(found[-1]) == 1 and not _goes_on(found, len(found) - 1, columns):
        found.pop()
    return found, columns


def _goes_on(levels: Sequence[list[Line]], index: int, columns: _Columns) -> bool:
    line = levels[index][0]
    place = (columns.places_of([line]) or [-1])[0]
    above = [other for other in levels[index - 1] if (columns.places_of([other]) or [-1])[0] == place]
    if not above or place < 0:
        return False
    is_last = place == len(columns.spans) - 1
    fills = above[0].bbox[2] - above[0].bbox[0] >= 0.6 * (columns.spans[place][1] - columns.spans[place][0])
    return fills and (place > 0 or is_last) and abs(above[0].size_pt - line.size_pt) <= 0.12 * line.size_pt


def _table(levels: Sequence[list[Line]], columns: _Columns, rules: Rules) -> Table | None:
    if len(levels) < 2 or len(columns.spans) < 2:
        return None
    starts, is_ruled = _row_starts(levels, columns, rules)
    rows = _without_doubles(_rows(levels, starts, columns))
    table = Table(rows, has_header=_is_header(rows))
    return table if _is_table(table, is_ruled=is_ruled) else None


def _row_starts(levels: Sequence[list[Line]], columns: _Columns, rules: Rules) -> tuple[list[int], bool]:
    """(levels that begin a row, whether rules part the rows)."""
    left, right = columns.spans[0][0], columns.spans[-1][1]
    size = max(line.size_pt for level in levels for line in level)
    gaps, bottom = [], max(line.bbox[3] for line in levels[0])
    ruled = [0]
    for index, level in enumerate(levels[1:], 1):
        top = min(line.bbox[1] for line in level)
        gaps.append((top - bottom) / size)
        if rules.is_between(min(bottom, top) - 2, top + 2, left, right):
            ruled.append(index)
        bottom = max(bottom, *(line.bbox[3] for line in level))
    free = _starts_by_gap(levels, gaps, columns)
    if len(ruled) > 2 and 2 * len(ruled) >= len(free):
        return sorted({*ruled, *_behind_head(levels)}), True
    starts = sorted({*free, *ruled})
    return starts, 2 * (len(ruled) - 1) >= len(starts)


def _behind_head(levels: Sequence[list[Line]]) -> list[int]:
    """The level that a bold first row ends before; none where there is no such row."""
    plain = next((index for index, level in enumerate(levels) if not all(line.is_bold for line in level)), 0)
    return [plain] if plain else []


def _starts_by_gap(levels: Sequence[list[Line]], gaps: Sequence[float], columns: _Columns) -> list[int]:
    steps = sorted(gaps)
    jumps = [(after - before, before, after) for before, after in pairwise(steps) if before <= _WRAPPED]
    widest = max(jumps, default=(0.0, 0.0, 0.0))
    if widest[0] >= _JUMP:
        limit = (widest[1] + widest[2]) / 2
        tight = [index for index, gap in enumerate(gaps, 1) if gap <= limit]
        full = sum(len(levels[index]) == len(columns.spans) for index in tight)
        if full <= 0.6 * len(tight):
            return [0, *(index for index, gap in enumerate(gaps, 1) if gap > limit)]
    # evenly set: a row begins where its first cell does
    is_loose = min(gaps) > _WRAPPED
    first = columns.spans[0]
    return [0, *(i for i in range(1, len(levels)) if is_loose or levels[i][0].bbox[0] < first[1])]


def _rows(levels: Sequence[list[Line]], starts: Sequence[int], columns: _Columns) -> list[list[list[Line]]]:
    rows = []
    for begin, end in pairwise([*starts, len(levels)]):
        cells: list[list[Line]] = [[] for _ in columns.spans]
        for level in levels[begin:end]:
            for place, line in zip(columns.places_of(level) or [], level, strict=False):
                cells[place].append(line)
        rows.append(cells)
    return rows


def _without_doubles(rows: list[list[list[Line]]]) -> list[list[list[Line]]]:
    """The rows with neighbouring columns as one where no row fills both: a head set off from what stands below it."""
    place = len(rows[0]) - 1
    while place > 0:
        if not any(row[place] and row[place - 1] for row in rows):
            rows = [[*row[: place - 1], row[place - 1] + row[place], *row[place + 1 :]] for row in rows]
        place -= 1
    return rows


def _is_header(rows: Sequence[list[list[Line]]]) -> bool:
    """Whether the first row is set in a style that the rows below it are not."""
    head = [line for cell in rows[0] for line in cell]
    body = [line for row in rows[1:] for cell in row for line in cell]
    styles = {(line.font, line.color_hex) for line in head}
    alike = sum((line.font, line.color_hex) in styles for line in body)
    return bool(body) and alike <= 0.2 * len(body)


def _is_table(table: Table, *, is_ruled: bool) -> bool:
    rows = table.rows
    cells = [cell for row in rows for cell in row if cell]
    shared = [row for row in rows if len(row) - row.count([]) > 1]
    filled = len(cells) / sum(len(row) for row in rows)
    if len(rows[0]) < 2 or len(rows) < (2 if is_ruled else 3) or len(shared) < 2 or filled < 0.65:
        return False
    texts = [" ".join(line.text for line in cell) for cell in cells]
    if max(map(len, texts)) > _LONG_CELL and not is_ruled:
        return False
    if any(_repeats_a_notation(row) for row in rows) or sum(map(_is_of_one_size, shared)) < 0.8 * len(shared):
        return False
    return not _heads_columns(rows) and (is_ruled or not _is_running_text(rows))


def _is_of_one_size(row: Sequence[Sequence[Line]]) -> bool:
    sizes = [line.size_pt for cell in row for line in cell[:1]]
    return max(sizes) <= _SAME_SIZE * min(sizes)


def _heads_columns(rows: Sequence[list[list[Line]]]) -> bool:
    """Whether the first row stands in larger type: headings of text set in columns."""
    head = max(line.size_pt for cell in rows[0] for line in cell)
    body = sorted(line.size_pt for row in rows[1:] for cell in row for line in cell)
    return bool(body) and head > _LARGER * body[len(body) // 2]


def _repeats_a_notation(row: Sequence[Sequence[Line]]) -> bool:
    """Whether two cells state the same kind of value: captions of swatches side by side."""
    texts = [" ".join(line.text for line in cell) for cell in row]
    return any(sum(bool(notation.search(text)) for text in texts) > 1 for notation in _NOTATIONS)


def _is_running_text(rows: Sequence[list[list[Line]]]) -> bool:
    """Whether the cells are lines of sentences that go on in the line below."""
    texts = [" ".join(line.text for line in cell) for row in rows for cell in row if cell]
    phrases = [text for text in texts if len(text.split()) >= 3]
    if len(phrases) < 0.5 * len(texts):
        return False
    gaps = sorted(
        (min(line.bbox[1] for line in below) - max(line.bbox[3] for line in above)) / below[0].size_pt
        for column in zip(*rows, strict=True)
        for above, below in pairwise([cell for cell in column if cell])
    )
    is_tight = bool(gaps) and gaps[len(gaps) // 2] <= _TIGHT
    goes_on = sum(text[:1].islower() for text in phrases) > 0.25 * len(phrases)
    return goes_on or (is_tight and any(_fills_its_lines(column) for column in zip(*rows, strict=True)))


def _fills_its_lines(column: Sequence[Sequence[Line]]) -> bool:
    lines = [line for cell in column for line in cell if len(line.text.split()) >= 3]
    if len(lines) < 3:
        return False
    widths = [line.bbox[2] - line.bbox[0] for line in lines]
    return sum(width >= 0.8 * max(widths) for width in widths[:-1]) >= 0.7 * (len(widths) - 1)


def _middle(line: Line) -> float:
    return (line.bbox[1] + line.bbox[3]) / 2
