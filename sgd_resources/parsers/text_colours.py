"""Colours that a document's text states, each with the words near it. Shared by all formats.

Reads TextBlocks in reading order: the last heading and a table's header cells say what bare numbers mean.
"""

import re
from collections.abc import Sequence

from sgd_resources.parsed_document import ColourUse, TextBlock
from sgd_resources.parsers.cmyk import cmyk_to_hex
from sgd_resources.parsers.colour_notation import ColourMention, find_colours

_LABEL_LENGTH = 160


def text_colours(blocks: Sequence[TextBlock]) -> list[ColourUse]:
    """One use per colour mention, in reading order; hidden blocks are left out.

    A Pantone name without a number beside it has no sRGB value and is left out; with one, it takes that value.
    """
    rows = _rows(blocks)
    found: list[ColourUse] = []
    heading = ""
    for index, block in enumerate(blocks):
        if block.kind == "heading" and not block.is_hidden:
            heading = block.text
        if block.is_hidden or not block.text:
            continue
        hint, siblings = heading, ()
        if block.cell:
            header = _header_text(rows, block)
            hint = header or heading
            siblings = tuple(other for other in rows.get((block.cell.table, block.cell.row), ()) if other is not block)
        mentions = find_colours(block.text, hint=hint)
        if not mentions:
            continue
        nearby = _sibling_values(rows, siblings, heading)
        above = "" if block.cell else _line_above(blocks, index)
        values = [
            mention.hex
            or (cmyk_to_hex(*mention.components) if mention.space == "cmyk" and len(mention.components) == 4 else None)
            for mention in mentions
        ]
        for position, mention in enumerate(mentions):
            hex_value = values[position] or _paired(values, position) or (nearby[0] if nearby else None)
            if hex_value is None:
                continue
            label = (
                _cell_label(block, siblings, rows, heading)
                if block.cell
                else _line_label(block.text, mentions, mention, above)
            )
            found.append(_use(block, mention, hex_value, label))
    return found


def _use(block: TextBlock, mention: ColourMention, hex_value: str, label: str) -> ColourUse:
    source = "latex_definition" if mention.notation == "latex" else "code" if block.kind == "code" else "text"
    return ColourUse(
        hex=hex_value,
        space=mention.space,
        components=mention.components,
        spot_name=mention.spot_name,
        source=source,
        name=mention.name,
        label=label[:_LABEL_LENGTH] or None,
        operator=mention.text,
        alpha=mention.alpha,
        location=block.location,
    )


def _paired(values: Sequence[str | None], position: int) -> str | None:
    """The value stated nearest to a spot name in the same block: behind it first, then before."""
    for step in range(1, len(values) + 1):
        for other in (position + step, position - step):
            if 0 <= other < len(values) and values[other] is not None:
                return values[other]
    return None


def _rows(blocks: Sequence[TextBlock]) -> dict[tuple[int, int], list[TextBlock]]:
    rows: dict[tuple[int, int], list[TextBlock]] = {}
    for block in blocks:
        if block.cell:
            rows.setdefault((block.cell.table, block.cell.row), []).append(block)
    return rows


def _header_text(rows: dict[tuple[int, int], list[TextBlock]], block: TextBlock) -> str:
    assert block.cell is not None
    for other in rows.get((block.cell.table, 0), ()):
        if other.cell and other.cell.column == block.cell.column and (other.cell.is_header or block.cell.row > 0):
            return other.text
    return ""


def _sibling_values(
    rows: dict[tuple[int, int], list[TextBlock]], siblings: Sequence[TextBlock], heading: str
) -> list[str]:
    found: list[str] = []
    for cell in siblings:
        for mention in find_colours(cell.text, hint=_header_text(rows, cell) or heading):
            if mention.hex:
                found.append(mention.hex)
    return found


def _cell_label(
    block: TextBlock, siblings: Sequence[TextBlock], rows: dict[tuple[int, int], list[TextBlock]], heading: str
) -> str:
    own = _without_mentions(block.text, find_colours(block.text, hint=_header_text(rows, block) or heading))
    words = [own] if own else []
    for cell in siblings:
        rest = _without_mentions(cell.text, find_colours(cell.text, hint=_header_text(rows, cell) or heading))
        if rest:
            words.append(rest)
    return " | ".join(words)


def _line_label(text: str, mentions: Sequence[ColourMention], mention: ColourMention, above: str) -> str:
    """Words of the mention's line, else of the nearest line above it that has any."""
    end = text.find("\n", mention.end)
    end = len(text) if end < 0 else end
    start = text.rfind("\n", 0, mention.start) + 1
    while True:
        here = [other for other in mentions if other.start < end and other.end > start]
        words = _without_mentions(text[start:end], here, offset=start)
        if re.search(r"[^\W\d_]{3,}", words):
            return words
        if start == 0:
            return above or words
        end = start - 1
        start = text.rfind("\n", 0, end) + 1


def _without_mentions(text: str, mentions: Sequence[ColourMention], *, offset: int = 0) -> str:
    for mention in sorted(mentions, key=lambda item: -item.start):
        start, end = max(0, mention.start - offset), min(len(text), mention.end - offset)
        text = text[:start] + " " + text[end:]
    text = re.sub(r"\b(?:hex(?: code)?|html|web|rgb|cmyk|pms|pantone)\b[:#]?", " ", text, flags=re.IGNORECASE)
    text = re.sub(r"\(\s*[,;/|]*\s*\)", " ", text)
    return re.sub(r"\s+", " ", text).strip(" \t,;:|/-–—=()[]`'\"#*")


def _line_above(blocks: Sequence[TextBlock], index: int) -> str:
    """The nearest block of words above in reading order, at most four blocks back."""
    for block in reversed(blocks[max(0, index - 4) : index]):
        if not block.is_hidden and block.cell is None and block.location.page == blocks[index].location.page:
            words = _without_mentions(block.text, find_colours(block.text, hint="colour"))
            if re.search(r"[^\W\d_]{3,}", words):
                return words.split("\n")[-1]
    return ""
