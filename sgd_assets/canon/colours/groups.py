"""Gathers the notations that speak of one colour: a table row, a swatch's caption, consecutive lines.

`[PlacedBlock] -> [ColourGroup]`. A new colour begins where a kind of notation repeats (a second hex, a second CMYK).
What must not live here: what a group is worth (`colours/stated.py`).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from sgd_assets.canon.colours.channel_cells import channels_joined
from sgd_assets.canon.colours.channel_columns import channel_columns, is_of_tints
from sgd_assets.canon.colours.group import ColourGroup, Statement
from sgd_assets.canon.colours.likeness import is_same_colour
from sgd_assets.canon.reading.sections import PlacedBlock, PlacedLine, lines_of
from sgd_assets.canon.words import topics
from sgd_assets.canon.words.vocabulary import pattern
from sgd_resources.parsed_document import Bbox
from sgd_resources.parsers.colours.colour_notation import ColourMention, find_colours
from sgd_resources.parsers.colours.plain_text import plain_text

_NOTATION_WORDS = re.compile(
    r"(?i)^(?:hex(?: ?code)?s?|hexa|rgb|rvb|cmyk|cmjn|cman|pantone|pms|web|html|print|value|colou?r|couleur)s?\s*[:#]?$"
)
_NUMBERS = re.compile(r"[\d\s.%°]+(?<!%)")
"""Channels in front of a value; a percentage names a tint."""
_VALUE_HEAD = re.compile(rf"(?i){pattern('value_head')}")
_BEHIND = re.compile(r"\s*[`*_]*\s*\(([^\W\d_][\w’' -]{1,30})\)")
"""'#88398A (Plum)': a name in brackets behind a value."""
_STEP = re.compile(r"[1-9]?50|[1-9]00")
"""Name of a shade in a table that lists a ramp."""
_NAME_WORDS = 4
"""A line over a value that is longer is prose."""
_TRIM = " \t,;:|/-–—=()[]{}`'\"#*•."
_FEWEST_TO_ALTERNATE = 2  # one value above one line of words is a pair anyway, no alternation
_OF_NO_CAPTION = 2
"""A heading below a value opens what follows; it is no caption."""
_HYPHENS = str.maketrans("\u2010\u2011", "--")


def group_colours(placed: Sequence[PlacedBlock], *, hint: str = "") -> list[ColourGroup]:
    """Groups in reading order.

    Args:
        placed: visible blocks of one document.
        hint: words of the file's name and title, which give bare numbers their meaning.
    """
    headers = _table_headers(placed)
    groups: list[ColourGroup] = []
    for run in _runs(placed, headers):
        found = _split(run, headers, hint)
        if is_of_tints(run) and len(found) >= _FEWEST_TO_ALTERNATE:
            for group in found:
                group.name = " ".join(run[0].text.split())
        groups.extend(found)
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


def _runs(placed: Sequence[PlacedBlock], headers: dict[tuple[int, int, int], str]) -> Iterator[list[PlacedLine]]:
    """Lines that a reader takes together: one table row (or column), one printed column of a page, one section's
    flow."""
    tables: dict[int, list[PlacedBlock]] = {}
    pages: dict[int, list[PlacedLine]] = {}
    flow: list[PlacedBlock] = []
    for item in placed:
        if item.block.cell is not None:
            tables.setdefault(item.block.cell.table, []).append(item)
        elif item.block.location.page is not None and item.block.location.bbox is not None:
            pages.setdefault(item.block.location.page, []).extend(lines_of(item))
        else:
            flow.append(item)
    for cells in tables.values():
        yield from _table_runs(cells, headers)
    for page in sorted(pages):
        yield from _columns(_labels_joined(pages[page]))
    section: list[PlacedLine] = []
    for item in flow:
        last = section[-1].placed if section else None
        if last is not None and item.path != last.path and "heading" not in (item.block.kind, last.block.kind):
            yield section
            section = []
        if (
            section
            and _NOTATION_WORDS.match(" ".join(section[-1].text.split()))
            and re.match(r"\s*[#(]?(?:\d|[\dA-Fa-f]{6}\b)|\s*#[A-Fa-f]", item.block.text)
        ):
            label = section.pop()
            section.append(PlacedLine(item, f"{label.text.strip()} {item.block.text}"))
            continue
        section.append(PlacedLine(item, item.block.text))
    if section:
        yield section


def _table_runs(cells: list[PlacedBlock], headers: dict[tuple[int, int, int], str]) -> Iterator[list[PlacedLine]]:
    if of_channels := channel_columns(cells):
        yield from of_channels
        return
    by_row: dict[int, list[PlacedLine]] = {}
    by_column: dict[int, list[PlacedLine]] = {}
    notation_rows = 0
    for item in cells:
        cell = item.block.cell
        assert cell is not None
        by_row.setdefault(cell.row, []).append(PlacedLine(item, item.block.text))
        by_column.setdefault(cell.column, []).append(PlacedLine(item, item.block.text))
        notation_rows += cell.column == 0 and bool(_NOTATION_WORDS.match(item.text))
    is_transposed = notation_rows >= 2 or (notation_rows == 1 and len(by_row) == 2)
    chosen = by_column if is_transposed else by_row
    for key in sorted(chosen):
        yield chosen[key] if is_transposed else channels_joined(chosen[key], headers)


def _labels_joined(lines: list[PlacedLine]) -> list[PlacedLine]:
    """'RGB:' and the numbers printed right of it, in a block of their own, become one line cited to the numbers'
    block."""
    joined: list[PlacedLine] = []
    taken: set[int] = set()
    labels = [line for line in lines if _NOTATION_WORDS.match(line.text)]
    for label in labels:
        box = _box(label)
        height = box[3] - box[1]
        beside = [
            other
            for other in lines
            if other is not label
            and id(other) not in taken
            and not _NOTATION_WORDS.match(other.text)
            and re.search(r"\d", other.text)
            and abs((_box(other)[1] + _box(other)[3]) - (box[1] + box[3])) < height
            and 0 < _box(other)[0] - box[0] < 20 * height
        ]
        if beside:
            value = min(beside, key=lambda other: _box(other)[0])
            taken.update((id(value), id(label)))
            joined.append(
                PlacedLine(value.placed, f"{label.text} {value.text}", (box[0], box[1], _box(value)[2], box[3]))
            )
    return [line for line in lines if id(line) not in taken] + joined


def _columns(lines: list[PlacedLine]) -> Iterator[list[PlacedLine]]:
    """Lines that start at the same left edge and follow each other closely."""
    columns: list[list[PlacedLine]] = []
    for line in sorted(lines, key=lambda b: (round(_box(b)[1], 1), _box(b)[0], b.placed.order)):
        box = _box(line)
        height = max(4.0, box[3] - box[1])
        fitting = [
            column
            for column in columns
            if abs(_box(column[-1])[0] - box[0]) <= max(3.0, height * 0.4)
            and -height <= box[1] - _box(column[-1])[3] <= 2.5 * height
        ]
        if fitting:
            min(fitting, key=lambda column: box[1] - _box(column[-1])[3]).append(line)
        else:
            columns.append([line])
    yield from columns


def _split(run: list[PlacedLine], headers: dict[tuple[int, int, int], str], hint: str) -> list[ColourGroup]:
    groups: list[ColourGroup] = []
    current = ColourGroup()
    pending: str | None = None
    names_after = 0
    told: list[list[ColourGroup | str | None]] = [[]]
    for line in run:
        item = line.placed
        cell = item.block.cell
        header = headers.get((cell.table, cell.row, cell.column), "") if cell else ""
        around = f"{item.context} {hint}"
        meaning = (f"{header} {around}" if _VALUE_HEAD.search(header) else header) if cell and header else around
        mentions = find_colours(line.text, hint=meaning)
        if not mentions:
            text = " ".join(line.text.split())
            is_heading, is_name = item.block.kind == "heading", _is_name(text)
            if is_name or (cell and _STEP.fullmatch(text)):
                names_after += _OF_NO_CAPTION if is_heading else not cell
                pending = pending if cell and pending else text
            elif is_heading:
                pending = None  # what stood above a heading names nothing below it
            if is_heading:
                told.append([])
            elif told[-1] or is_name:
                told[-1].append(text if is_name else None)
            continue
        cursor = names_after = 0
        for mention in mentions:
            statement = Statement(item, mention, _quote(mention, line))
            own = mention.name or _own_name(line.text[cursor : mention.start])
            cursor = mention.end
            behind = _BEHIND.match(line.text, mention.end)
            if behind is not None and not cell and (own is None or topics.COLOUR.search(own)):
                own, cursor = behind[1], behind.end()
            if current.statements and (_repeats(current, statement) or (own and _differs(current, statement, own))):
                groups.append(current)
                current = ColourGroup()
            current.statements.append(statement)
            current.table_header = current.table_header or header
            if own or told[-1][-1:] != [current]:
                told[-1] += [current, None] if own else [current]
            if current.name is None:
                current.name = _plain(own or (pending if mention.start <= 20 else None))
                pending = None if not cell else pending
    if current.statements:
        groups.append(current)
    # One caption below the only value names it; several are a list of other things.
    if len(groups) == 1 and groups[0].name is None and pending and names_after <= 1:
        groups[0].name = pending
    for stretch in told:
        _name_by_the_words_below(stretch)
    return groups


def _name_by_the_words_below(told: list[ColourGroup | str | None]) -> None:
    """Where a stretch goes value, name, value, name from its first line to its last, names belong to what is above."""
    values, names = told[::2], told[1::2]
    if len(values) != len(names) or len({id(value) for value in values}) < max(_FEWEST_TO_ALTERNATE, len(values)):
        return
    for value, name in zip(values, names, strict=True):
        if not isinstance(value, ColourGroup) or not isinstance(name, str):
            return
    for value, name in zip(values, names, strict=True):
        if isinstance(value, ColourGroup):
            value.name = _plain(str(name))


def _plain(name: str | None) -> str | None:
    """A name as it is seen, with an ordinary hyphen where a typesetter's stands."""
    return plain_text(name.translate(_HYPHENS)).text.strip() if name else name


def _quote(mention: ColourMention, line: PlacedLine) -> str:
    """The notation as it stands in its block; of a joined label and value only the value stands there."""
    if mention.text in line.placed.block.text:
        return mention.text
    return max(
        (
            word
            for word in re.split(r"(?<=[:#])\s+|(?<=[A-Za-z])\s+(?=\d)", mention.text)
            if word in line.placed.block.text
        ),
        key=len,
        default=line.placed.block.text,
    )


def _repeats(group: ColourGroup, statement: Statement) -> bool:
    kinds = [known.kind for known in group.statements]
    if statement.kind == "spot":
        return "spot" in kinds and kinds[-1] != "spot"
    return statement.kind in kinds


def _differs(group: ColourGroup, statement: Statement, own: str) -> bool:
    """Whether a named value is another colour than the group's: 'blue #005EA2 and red rgb(216, 57, 51)'."""
    value, values = statement.mention.hex, [s.mention.hex for s in group.statements if s.mention.hex]
    is_same_block = group.statements[-1].placed is statement.placed
    is_named_anew = bool(group.name) and group.name != own and not re.fullmatch(r"(?i)hs[lbv]a?|lab|lch|oklch", own)
    return (is_same_block or is_named_anew) and bool(value and values) and not is_same_colour(str(value), values[0])


def _own_name(text: str) -> str | None:
    """Words before a notation in its line, without those that only announce it; else the line above, if it is short."""
    above, _, line = text.rpartition("\n")
    name = _name_in(line)
    over = above.rsplit("\n", maxsplit=1)[-1].strip(_TRIM)
    return over if name is None and len(over.split()) <= _NAME_WORDS and _is_name(over) else name


def _name_in(line: str) -> str | None:
    line = re.sub(
        r"(?i)\b(?:hexa?(?:decimal)?(?: ?codes?| value)?|html|web|rgb|rvb|cmyk|cmjn|cman|pms|pantone|print|usage|"
        r"process)\b[:#]?",
        " ",
        line,
    )
    line = re.split(r"(?<=[.!?])\s+", line.strip())[-1]
    line = re.sub(r"\s+", " ", line).strip(_TRIM)
    parts = [
        part.strip(_TRIM)
        for part in re.split(r"[:;,：；，、（]|\b(?:is|are|was|and|or|to|in|of|with|use|the|our|as)\b", line)
    ]
    spoken = (part for part in reversed(parts) if part and not _NOTATION_WORDS.match(part))
    line = next((part for part in spoken if not _NUMBERS.fullmatch(part)), "")
    if line.count("(") > line.count(")"):
        line += ")"
    return line if _is_name(line) else None


def _is_name(text: str) -> bool:
    return (
        2 <= len(text) <= 48
        and bool(re.search(r"[^\W\d_]{2}", text) or re.fullmatch(r"[1-9]\d?\s?%", text))
        and not _NOTATION_WORDS.match(text.strip())
        and not text.endswith(".")
    )


def _join_rows(groups: list[ColourGroup]) -> None:
    """Joins notations printed side by side (a column of hexes beside a column of inks) into one colour per row."""
    by_page: dict[int | None, list[ColourGroup]] = {}
    for group in groups:
        place = group.first.block.location
        if place.bbox is not None and len(group.statements) == 1 and not group.first.block.cell:
            by_page.setdefault(place.page, []).append(group)
    for found in by_page.values():
        _join_rows_of(found)


def _join_rows_of(groups: list[ColourGroup]) -> None:
    """The same on one page, of groups that are one printed notation each; a row may have a column for each kind."""
    levels = sorted((_level(group), index) for index, group in enumerate(groups))
    for group in groups:
        if not group.statements or not topics.COLOUR.search(f"{group.first.context} colour"):
            continue
        box = group.first.block.location.bbox or (0.0, 0.0, 0.0, 0.0)
        level, height = _level(group), box[3] - box[1]
        first, last = bisect_left(levels, (level - height, -1)), bisect_right(levels, (level + height, len(groups)))
        for other in (groups[index] for index in sorted(index for _, index in levels[first:last])):
            if group is other or len(other.statements) != 1 or not _is_same_row(group, other):
                continue
            mine = {s.kind for s in group.statements}
            if other.statements[0].kind not in mine:
                group.statements.extend(other.statements)
                group.name = group.name or other.name
                other.statements = []


def _level(group: ColourGroup) -> float:
    """Twice the height on the page at which a group stands."""
    box = group.first.block.location.bbox
    return box[1] + box[3] if box is not None else 0.0


def _is_same_row(group: ColourGroup, other: ColourGroup) -> bool:
    a, b = group.first.block.location.bbox, other.first.block.location.bbox
    if a is None or b is None:
        return False
    return abs((a[1] + a[3]) - (b[1] + b[3])) < min(a[3] - a[1], b[3] - b[1])


def _box(line: PlacedLine) -> Bbox:
    return line.bbox if line.bbox is not None else (0.0, 0.0, 0.0, 0.0)
