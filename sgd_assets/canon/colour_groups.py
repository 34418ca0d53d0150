"""Gathers the notations that speak of one colour: a table row, a swatch's caption, consecutive lines.

`[PlacedBlock] -> [ColourGroup]`. A new colour begins where a kind of notation repeats (a second hex, a second CMYK).
What must not live here: what a group is worth (`stated_colours.py`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sgd_assets.canon import topics
from sgd_assets.canon.sections import PlacedBlock
from sgd_resources.parsed_document import Bbox
from sgd_resources.parsers.colour_notation import ColourMention, find_colours

_NOTATION_WORDS = re.compile(r"(?i)^(?:hex(?: ?code)?s?|rgb|cmyk|pantone|pms|web|html|print|value|colou?r)s?\s*[:#]?$")
_ORDER_OF_TRUST = ("hex", "rgb", "css", "cmyk", "spot")


@dataclass
class Statement:
    """One notation and the block it is printed in."""

    placed: PlacedBlock
    mention: ColourMention

    @property
    def kind(self) -> str:
        """hex | rgb | css | cmyk | spot."""
        notation = self.mention.notation
        if notation in ("hex", "bare_hex"):
            return "hex"
        if notation == "latex":
            return "hex" if self.mention.hex else "cmyk"
        if notation == "function":
            return "rgb" if self.mention.space == "rgb" else "css"
        return {"rgb_numbers": "rgb", "cmyk_numbers": "cmyk", "spot": "spot"}[notation]


@dataclass
class ColourGroup:
    """Notations of one colour, the name printed with them, and the headings above."""

    statements: list[Statement] = field(default_factory=list)
    name: str | None = None
    table_header: str = ""

    @property
    def lead(self) -> Statement:
        """The notation that decides: printed hex, then RGB, then any CSS function, then inks."""
        return min(self.statements, key=lambda s: (_ORDER_OF_TRUST.index(s.kind), s.placed.order, s.mention.start))

    @property
    def first(self) -> PlacedBlock:
        """The block the group starts in."""
        return self.statements[0].placed


def group_colours(placed: Sequence[PlacedBlock], *, hint: str = "") -> list[ColourGroup]:
    """Groups in reading order.

    Args:
        placed: visible blocks of one document.
        hint: words of the file's name and title, which give bare numbers their meaning.
    """
    headers = _table_headers(placed)
    groups: list[ColourGroup] = []
    for run in _runs(placed):
        groups.extend(_split(run, headers, hint))
    _join_rows(groups)
    return [group for group in groups if group.statements]


def _table_headers(placed: Sequence[PlacedBlock]) -> dict[tuple[int, int, int], str]:
    """Words that give a cell its meaning: of its column's head, or of its row's head when rows are notations."""
    heads: dict[tuple[int, int], str] = {}
    row_heads: dict[tuple[int, int], str] = {}
    for item in placed:
        cell = item.block.cell
        if cell is None:
            continue
        if cell.row == 0 and (cell.is_header or not find_colours(item.text, hint="")):
            heads[(cell.table, cell.column)] = item.text
        if cell.column == 0 and _NOTATION_WORDS.match(item.text):
            row_heads[(cell.table, cell.row)] = item.text
    meaning = {}
    for item in placed:
        cell = item.block.cell
        if cell is not None:
            parts = (heads.get((cell.table, cell.column), ""), row_heads.get((cell.table, cell.row), ""))
            meaning[(cell.table, cell.row, cell.column)] = " ".join(part for part in parts if part)
    return meaning


def _runs(placed: Sequence[PlacedBlock]) -> Iterator[list[PlacedBlock]]:
    """Blocks that a reader takes together: one table row (or column), one printed column of a page, one section's flow."""
    tables: dict[int, list[PlacedBlock]] = {}
    pages: dict[int, list[PlacedBlock]] = {}
    flow: list[PlacedBlock] = []
    for item in placed:
        if item.block.cell is not None:
            tables.setdefault(item.block.cell.table, []).append(item)
        elif item.block.location.page is not None and item.block.location.bbox is not None:
            pages.setdefault(item.block.location.page, []).append(item)
        else:
            flow.append(item)
    for cells in tables.values():
        yield from _table_runs(cells)
    for page in sorted(pages):
        yield from _columns(pages[page])
    section: list[PlacedBlock] = []
    for item in flow:
        if section and item.path != section[-1].path and item.block.kind != "heading" and section[-1].block.kind != "heading":
            yield section
            section = []
        section.append(item)
    if section:
        yield section


def _table_runs(cells: list[PlacedBlock]) -> Iterator[list[PlacedBlock]]:
    by_row: dict[int, list[PlacedBlock]] = {}
    by_column: dict[int, list[PlacedBlock]] = {}
    notation_rows = 0
    for item in cells:
        cell = item.block.cell
        assert cell is not None
        by_row.setdefault(cell.row, []).append(item)
        by_column.setdefault(cell.column, []).append(item)
        notation_rows += cell.column == 0 and bool(_NOTATION_WORDS.match(item.text))
    is_transposed = notation_rows >= 2 or (notation_rows == 1 and len(by_row) == 2)
    chosen = by_column if is_transposed else by_row
    for key in sorted(chosen):
        yield chosen[key]


def _columns(blocks: list[PlacedBlock]) -> Iterator[list[PlacedBlock]]:
    """Lines that start at the same left edge and follow each other closely."""
    columns: list[list[PlacedBlock]] = []
    for item in sorted(blocks, key=lambda b: (_box(b)[1], _box(b)[0], b.order)):
        box = _box(item)
        height = max(4.0, min(box[3] - box[1], 2 * (item.block.font_size_pt or box[3] - box[1])))
        fitting = [
            column
            for column in columns
            if abs(_box(column[-1])[0] - box[0]) <= max(3.0, height * 0.4) and -height <= box[1] - _box(column[-1])[3] <= 2.5 * height
        ]
        if fitting:
            min(fitting, key=lambda column: box[1] - _box(column[-1])[3]).append(item)
        else:
            columns.append([item])
    yield from columns


def _split(run: list[PlacedBlock], headers: dict[tuple[int, int, int], str], hint: str) -> list[ColourGroup]:
    groups: list[ColourGroup] = []
    current = ColourGroup()
    pending: str | None = None
    for item in run:
        cell = item.block.cell
        header = headers.get((cell.table, cell.row, cell.column), "") if cell else ""
        meaning = header if cell and header else f"{item.context} {hint}"
        mentions = find_colours(item.block.text, hint=meaning)
        if not mentions:
            text = item.text
            if _is_name(text):
                pending = pending if cell and pending else text
            continue
        cursor = 0
        for mention in mentions:
            statement = Statement(item, mention)
            own = _own_name(item.block.text[cursor : mention.start])
            cursor = mention.end
            if current.statements and _repeats(current, statement):
                groups.append(current)
                current = ColourGroup()
            current.statements.append(statement)
            current.table_header = current.table_header or header
            if current.name is None:
                current.name = own or pending
                pending = None if not cell else pending
    if current.statements:
        groups.append(current)
    if len(groups) == 1 and groups[0].name is None and pending:
        groups[0].name = pending
    return groups


def _repeats(group: ColourGroup, statement: Statement) -> bool:
    kinds = [known.kind for known in group.statements]
    if statement.kind == "spot":
        return "spot" in kinds and kinds[-1] != "spot"
    return statement.kind in kinds


def _own_name(text: str) -> str | None:
    """Words before a notation in its own line, without the words that only announce the notation."""
    line = text.split("\n")[-1] if text.strip() else text
    line = re.sub(r"(?i)\b(?:hex(?:adecimal)?(?: ?codes?| value)?|html|web|rgb|cmyk|pms|pantone|print|usage|process)\b[:#]?", " ", line)
    line = re.split(r"(?<=[.!?])\s+", line.strip())[-1]
    line = re.sub(r"\s+", " ", line).strip(" \t,;:|/-–—=()[]{}`'\"#*•.")
    return line if _is_name(line) else None


def _is_name(text: str) -> bool:
    return 2 <= len(text) <= 48 and bool(re.search(r"[^\W\d_]{2}", text)) and not _NOTATION_WORDS.match(text.strip()) and not text.endswith(".")


def _join_rows(groups: list[ColourGroup]) -> None:
    """Joins notations printed side by side (a column of hexes beside a column of inks) into one colour per row."""
    for group in groups:
        for other in groups:
            if group is other or not group.statements or not other.statements or not _is_same_row(group, other):
                continue
            mine = {s.kind for s in group.statements}
            if mine.isdisjoint({s.kind for s in other.statements}):
                group.statements.extend(other.statements)
                group.name = group.name or other.name
                other.statements = []


def _is_same_row(group: ColourGroup, other: ColourGroup) -> bool:
    if len(group.statements) != 1 or len(other.statements) != 1:
        return False
    a, b = group.first.block.location, other.first.block.location
    if a.bbox is None or b.bbox is None or a.page != b.page or group.first.block.cell or other.first.block.cell:
        return False
    height = min(a.bbox[3] - a.bbox[1], b.bbox[3] - b.bbox[1])
    return abs((a.bbox[1] + a.bbox[3]) - (b.bbox[1] + b.bbox[3])) < height and topics.COLOUR.search(group.first.context + " colour") is not None


def _box(item: PlacedBlock) -> Bbox:
    box = item.block.location.bbox
    return box if box is not None else (0.0, 0.0, 0.0, 0.0)
