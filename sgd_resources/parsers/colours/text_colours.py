"""Colours that a document's text states, each with the words near it. Shared by all formats.

Reads TextBlocks in reading order: the last heading and a table's header cells say what bare numbers mean.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from sgd_resources.parsed_document import ColourUse, TextBlock
from sgd_resources.parsers.colours.cmyk import cmyk_to_hex
from sgd_resources.parsers.colours.colour_notation import ColourMention, find_colours
from sgd_resources.parsers.neighbours import nearest_blocks

_LABEL_LENGTH = 160  # a name and what it is for; what is longer is prose
_LINE_REACH = 1_000  # bounds the search on lines without an end, such as minified files
_CAPTION_SLACK = 24  # a name beside a value; more words make a block no caption
_WIDE_ROW = 64  # cells; no palette's row is so wide, and each colour of a row asks all cells beside it
_Read = tuple[TextBlock, list[ColourMention]]


def text_colours(blocks: Sequence[TextBlock], *, inks: Mapping[str, str] | None = None) -> list[ColourUse]:
    """One use per colour mention, in reading order; hidden blocks are left out.

    A Pantone name has no sRGB value of its own: it takes the one stated beside it (same block or row; for a bare
    caption also the block next to it), else that of the same name elsewhere or of the ink of that name; without any it
    is left out.

    Args:
        blocks: in reading order.
        inks: spot name -> hex of the inks that the document prints with.
    """
    read = _read_mentions(blocks)
    shown = [block for block, _ in read]
    rows = _rows(read)
    found: list[tuple[TextBlock, ColourMention, str | None, str]] = []
    named: dict[str, str] = {}
    for index, (block, mentions) in enumerate(read):
        if not mentions:
            continue
        siblings = _siblings(rows[_row_of(block)], block) if block.cell else []
        values = [_value(mention) for mention in mentions]
        stated = [value if mention.space != "cmyk" else None for mention, value in zip(mentions, values, strict=True)]
        near, nearest = _nearest_values(stated), _nearest_values(values)
        labels = _line_labels(block.text, mentions) if not block.cell else []
        row_label = _cell_label(block, mentions, siblings) if block.cell else ""
        for position, mention in enumerate(mentions):
            hex_value = values[position] or near[position] or nearest[position]
            if hex_value is None and (block.cell or len(block.text) <= len(mention.text) + _CAPTION_SLACK):
                hex_value = _first_value(_beside(read, shown, index, siblings))
            if hex_value is not None and mention.spot_name:
                named.setdefault(mention.spot_name, hex_value)
            label = row_label if block.cell else labels[position]
            if not _has_words(label) and not block.cell:
                label = _words_nearby(read, shown, index) or label
            found.append((block, mention, hex_value, label))
    known = {**(inks or {}), **named}
    uses = []
    for block, mention, hex_value, label in found:
        value = hex_value or known.get(mention.spot_name or "")
        if value is not None:
            uses.append(_use(block, mention, value, label))
    return uses


def _read_mentions(blocks: Sequence[TextBlock]) -> list[_Read]:
    """Visible blocks with their mentions, each read under its heading or its column's header cell."""
    headers: dict[tuple[int, int], str] = {}
    for block in blocks:
        if block.cell and (block.cell.is_header or block.cell.row == 0):
            headers.setdefault((block.cell.table, block.cell.column), block.text)
    read: list[_Read] = []
    heading = ""
    for block in blocks:
        if block.is_hidden or not block.text:
            continue
        if block.kind == "heading":
            heading = block.text
        hint = heading
        if block.cell and not (block.cell.is_header or block.cell.row == 0):
            hint = headers.get((block.cell.table, block.cell.column), "") or heading
        read.append((block, find_colours(block.text, hint=hint)))
    return read


def _value(mention: ColourMention) -> str | None:
    if mention.hex is None and mention.space == "cmyk" and len(mention.components) == 4:
        return cmyk_to_hex(*mention.components)
    return mention.hex


def _rows(read: Sequence[_Read]) -> dict[tuple[int, int], list[_Read]]:
    rows: dict[tuple[int, int], list[_Read]] = {}
    for entry in read:
        if entry[0].cell:
            rows.setdefault(_row_of(entry[0]), []).append(entry)
    return rows


def _siblings(row: Sequence[_Read], block: TextBlock) -> list[_Read]:
    """The other cells of the block's row; of a very wide one those that stand near it."""
    if len(row) > _WIDE_ROW and block.cell:
        here = bisect_left(row, block.cell.column, key=lambda entry: entry[0].cell.column if entry[0].cell else 0)
        row = row[max(0, here - _WIDE_ROW // 2) : here + _WIDE_ROW // 2]
    return [entry for entry in row if entry[0] is not block]


def _row_of(block: TextBlock) -> tuple[int, int]:
    return (block.cell.table, block.cell.row) if block.cell else (-1, -1)


def _beside(read: Sequence[_Read], shown: Sequence[TextBlock], index: int, siblings: Sequence[_Read]) -> list[_Read]:
    """Where the value of a spot name that stands alone may be: its row, else the blocks next to it."""
    block = read[index][0]
    if block.cell:
        return list(siblings)
    if block.location.bbox:
        return [read[other] for other in nearest_blocks(shown, index)[:3]]
    return [*read[index + 1 : index + 3], *reversed(read[max(0, index - 2) : index])]


def _first_value(near: Sequence[_Read]) -> str | None:
    """The first stated value; one converted from CMYK only where no RGB is stated."""
    for is_cmyk in (False, True):
        for _, mentions in near:
            for mention in mentions:
                value = _value(mention)
                if value is not None and (mention.space == "cmyk") == is_cmyk:
                    return value
    return None


def _nearest_values(values: Sequence[str | None]) -> list[str | None]:
    """For each place of a block the value stated nearest to it, itself left out: of equals the one behind it."""
    before, behind = _latest(values), _latest(values[::-1])[::-1]
    found: list[str | None] = []
    for earlier, later in zip(before, behind, strict=True):
        is_behind = later is not None and (earlier is None or later[0] <= earlier[0])
        found.append(later[1] if is_behind and later else earlier[1] if earlier else None)
    return found


def _latest(values: Sequence[str | None]) -> list[tuple[int, str] | None]:
    """(steps back, value) of the last value before each place."""
    found: list[tuple[int, str] | None] = []
    last: tuple[int, str] | None = None
    for value in values:
        last = (last[0] + 1, last[1]) if last else None
        found.append(last)
        last = (0, value) if value is not None else last
    return found


def _words_nearby(read: Sequence[_Read], shown: Sequence[TextBlock], index: int) -> str:
    """Words that name a block of bare values: the nearest on the page, else the block before in reading order."""
    if read[index][0].location.bbox:
        near = nearest_blocks(shown, index)
    else:
        near = [other for other in range(index - 1, max(-1, index - 5), -1) if read[other][0].cell is None]
    for other in near:
        block, mentions = read[other]
        words = _without_values(block.text, mentions)
        if _has_words(words):
            lines = [line for line in block.text.split("\n") if _has_words(line)]
            return _without_values(lines[-1], []) if len(words) > _LABEL_LENGTH and lines else words
    return ""


def _cell_label(block: TextBlock, mentions: Sequence[ColourMention], siblings: Sequence[_Read]) -> str:
    cells = [(block.text, mentions), *((cell.text, found) for cell, found in siblings)]
    words = [_tidy(_cut_out(text, found)) for text, found in cells]
    if not any(_has_words(word) for word in words):
        words = [_without_values(text, found) for text, found in cells]
    return " | ".join(word for word in words if word)


def _line_labels(text: str, mentions: Sequence[ColourMention]) -> list[str]:
    """For each mention the words of its line, else of the nearest line above it in the block that has any.

    A line without end, such as a dump of thousands of values, is read in windows, each of them once.
    """
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    starts = [mention.start for mention in mentions]
    windows: dict[tuple[int, int], str] = {}
    labels: list[str] = []
    above, above_at, seen = "", 0, 0
    for mention in mentions:
        number = bisect_right(lines, mention.start) - 1
        start = lines[number]
        end = lines[number + 1] - 1 if number + 1 < len(lines) else len(text)
        for line in range(seen, number):
            words = _words_between(text, lines[line], lines[line + 1] - 1, mentions, starts)
            above, above_at = (words, lines[line]) if _has_words(words) else (above, above_at)
        seen = max(seen, number)
        if end - start > 2 * _LINE_REACH:
            middle = mention.start // _LINE_REACH * _LINE_REACH
            start, end = max(start, middle - _LINE_REACH), min(end, middle + 2 * _LINE_REACH)
        if (start, end) not in windows:
            windows[(start, end)] = _words_between(text, start, end, mentions, starts)
        words = windows[(start, end)]
        is_near = bool(above) and start - above_at <= 4 * _LINE_REACH
        labels.append(words if _has_words(words) or not is_near else above)
    return labels


def _words_between(text: str, start: int, end: int, mentions: Sequence[ColourMention], starts: Sequence[int]) -> str:
    """Words of a stretch of text without the values in it; a very long one is cut."""
    end = min(end, start + 4 * _LINE_REACH)
    first = max(0, bisect_right(starts, start) - 1)
    here = [other for other in mentions[first : bisect_right(starts, end)] if other.start < end and other.end > start]
    return _without_values(text[start:end], here, offset=start)


def _has_words(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{3,}", text))


def _without_values(text: str, mentions: Sequence[ColourMention], *, offset: int = 0) -> str:
    """`text` without its colour values; what is left names the colour."""
    tidy = _tidy(_cut_out(text, mentions, offset=offset))
    # a spot name is the only name that some swatches have
    return tidy if _has_words(tidy) or not any(mention.space == "spot" for mention in mentions) else _tidy(text)


def _cut_out(text: str, mentions: Sequence[ColourMention], *, offset: int = 0) -> str:
    kept: list[str] = []
    cursor = 0
    for mention in sorted(mentions, key=lambda item: item.start):
        kept.append(text[cursor : max(0, mention.start - offset)])
        cursor = max(cursor, mention.end - offset)
    return " ".join([*kept, text[cursor:]]) if kept else text


def _tidy(text: str) -> str:
    text = re.sub(r"\b(?:hex(?: code)?|html|web|rgb|cmyk|pms)\b[:#]?", " ", text, flags=re.IGNORECASE)
    text = re.sub(r"\(\s*[,;/|]*\s*\)", " ", text)
    return re.sub(r"\s+", " ", text).strip(" \t,;:|/-–—=()[]`'\"#*")


def _use(block: TextBlock, mention: ColourMention, hex_value: str, label: str) -> ColourUse:
    is_code = block.kind == "code"
    return ColourUse(
        hex=hex_value,
        space=mention.space,
        components=mention.components,
        spot_name=mention.spot_name,
        source="latex_definition" if mention.notation == "latex" else "code" if is_code else "text",
        name=mention.name,
        label=label[:_LABEL_LENGTH] or None,
        operator=mention.text,
        alpha=mention.alpha,
        location=block.location,
    )
