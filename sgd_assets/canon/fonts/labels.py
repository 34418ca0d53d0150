"""Labels that state a font: 'Headings: X', a column 'Typeface', a name under 'Display typeface', a specimen's caption.

What must not live here: sentences (`fonts/statements.py`, `fonts/mentions.py`) and lists of names (`fonts/lists.py`).
"""

import re
from collections.abc import Iterator, Sequence

from sgd_assets.canon.fonts import patterns as font_patterns
from sgd_assets.canon.fonts.names import NAME, STYLE_WORDS, family_of, is_known, known_families_in
from sgd_assets.canon.fonts.quotes import FontStatement, cased, stands_in, trimmed
from sgd_assets.canon.fonts.specimen_pages import is_shown_name
from sgd_assets.canon.fonts.type_labels import (
    is_label_word,
    is_of_labels,
    is_of_setting,
    is_type_label,
    leads_to_a_name,
)
from sgd_assets.canon.reading.printed_words import as_printed
from sgd_assets.canon.reading.sections import PlacedBlock, PlacedLine
from sgd_assets.canon.reading.tables import Tables

_SHORT = 60  # parts a label or specimen line from running text, as `sections._RUNNING_TEXT`
_ROW = 20.0
"""Heights of a label within which the name beside it begins."""
_SIZE_LABEL = re.compile(r"(?i)^\W*h[1-6]\W*$")
"""'H1 - Hero: 4rem' labels a size."""
_CUT = re.compile(r",|;|\n| / | \(")


def after_label(lines: Sequence[PlacedLine], index: int) -> Iterator[FontStatement]:
    """'Display Typeface' on a line of its own, the family on the next lines of the same column."""
    label = lines[index]
    words = " ".join(label.text.split())
    if not (font_patterns.LABEL.match(words) or leads_to_a_name(words)) or label.placed.block.cell is not None:
        return
    below = [line for line in _following(lines, index) if line.placed.block.cell is None]
    beside = _first_beside(lines, index)
    if beside is not None and _looks_like_name(beside.text):
        below = [beside]
    if not below or not _looks_like_name(below[0].text):
        return
    first = below[0]
    if _opens_next_section(label, first):
        return
    raw = quote = first.text
    if len(below) == 2 and _continues(first, below[1]):
        raw = f"{raw} {below[1].text}"
        quote = first.placed.block.text if below[1].placed is first.placed else quote
    family = family_of(raw)
    if family is not None:
        is_fallback = bool(font_patterns.FALLBACK.search(label.text)) or stands_in(first.placed)
        yield FontStatement(cased(family, first.text), "font_label", quote, label.text, first.placed, is_fallback)


def _opens_next_section(label: PlacedLine, line: PlacedLine) -> bool:
    """Whether a line is a heading beside the label's own; headings of a page are only large type."""
    one, other = label.placed.block, line.placed.block
    is_flow = label.bbox is None and one.kind == other.kind == "heading"
    return is_flow and bool(one.level and other.level and other.level <= one.level)


def _following(lines: Sequence[PlacedLine], index: int) -> list[PlacedLine]:
    """Next lines: in reading order for flow, downwards in the same column for pages."""
    label = lines[index]
    box, page = label.bbox, label.placed.block.location.page
    if box is None:
        return list(lines[index + 1 : index + 3])
    height = box[3] - box[1]
    below = [
        (other.bbox[1], i, other)
        for i, other in enumerate(lines)
        if other is not label
        and other.placed.block.location.page == page
        and other.bbox is not None
        and abs(other.bbox[0] - box[0]) <= 8
        and 0 < other.bbox[1] - box[1] <= 6 * height
    ]
    return [other for _, _, other in sorted(below, key=lambda entry: entry[:2])[:2]]


def _first_beside(lines: Sequence[PlacedLine], index: int) -> PlacedLine | None:
    """The next line of the same row, as far right as a column may stand."""
    label = lines[index]
    box, page = label.bbox, label.placed.block.location.page
    if box is None:
        return None
    middle = (box[1] + box[3]) / 2
    row = [
        (other.bbox[0], i, other)
        for i, other in enumerate(lines)
        if other.placed.block.location.page == page
        and other.bbox is not None
        and box[2] < other.bbox[0] <= box[2] + _ROW * (box[3] - box[1])
        and other.bbox[1] < middle < other.bbox[3]
    ]
    return min(row, key=lambda entry: entry[:2])[2] if row else None


def _continues(first: PlacedLine, second: PlacedLine) -> bool:
    """Whether a name runs over two lines: the second starts with the rest of it and ends in a style word."""
    words = second.text.split()
    if words[:1] == first.text.split()[:1]:
        return False  # the same name again, in another cut
    one, two = first.placed.block.font_size_pt, second.placed.block.font_size_pt
    same_size = not one or not two or abs(one - two) < 0.6
    return same_size and 1 < len(words) <= 3 and words[-1].lower() in STYLE_WORDS and words[0][0].isupper()


def in_cells(item: PlacedBlock, tables: Tables) -> Iterator[FontStatement]:
    """A table row whose first cell says font family, and columns headed so."""
    cell = item.block.cell
    if cell is None or cell.is_header:
        return
    labels = [o for o in tables.row_of(item) if o.block.cell is not None and o.block.cell.column < cell.column]
    head = tables.head_of(item)
    if any(font_patterns.CELL_LABEL.match(o.text) for o in (*labels, *([head] if head is not None else []))):
        words = item.context + " " + " ".join(o.text for o in labels)
        first = _CUT.split(item.block.text)[0]
        parts = [part for part in re.split(r"/|\bor\b", first) if is_known(family_of(part) or "")]
        for part in parts if len(parts) > 1 else [first]:
            family = family_of(part)
            if family is not None:
                yield FontStatement(family, "font_cell", part.strip(), words, item, stands_in(item))


def specimens(item: PlacedBlock) -> Iterator[FontStatement]:
    """In a section on type, a short line that is nothing but known families and words of type is a specimen's label."""
    if item.block.kind == "code":
        return
    for text in _specimen_texts(item):
        known = known_families_in(text)
        rest, last = [], 0
        for _, start, end in known:
            rest += re.findall(r"[^\W_]+", text[last:start])
            last = end
        rest += re.findall(r"[^\W_]+", text[last:])
        if not all(_is_type_word(word) for word in rest):
            continue
        is_one = len(known) == 1
        for name, start, _ in known:
            has_style = is_one and rest and start == 0 and all(word.lower() in STYLE_WORDS for word in rest)
            family = family_of(text if has_style else name)
            if family is not None and (is_one or item.block.kind == "heading"):
                words = f"{item.context} {item.text}" if item.block.kind == "heading" else item.context
                yield FontStatement(family, "type_specimen", as_printed(item, name), words, item, stands_in(item))


def _is_type_word(word: str) -> bool:
    """Whether a word may stand beside a family in a specimen's label: a style, a size, a use, a word for fonts."""
    lowered = word.lower()
    return lowered in STYLE_WORDS or bool(
        re.fullmatch(r"[1-9]00|pt|px|\d+(?:px|pt|rem|em)?|std|pro|mt|lt|web", lowered)
        or font_patterns.TYPE_WORD.fullmatch(lowered)
    )


def _specimen_texts(item: PlacedBlock) -> list[str]:
    """What may be a specimen's label: a short block, a heading without its aside ('Lora (titles)', 'Lora - Titles'),
    the first line of an item, a line behind an arrow."""
    texts = [item.text] if len(item.text) <= _SHORT else []
    if item.block.kind == "heading" and texts:
        texts = [re.split(r"\s*\(|\s+[–—-]\s+", item.text, maxsplit=1)[0]]
    first, broken, _ = item.block.text.partition("\n")
    if item.block.kind == "list_item" and broken and len(first) <= _SHORT:
        texts.append(first)
    arrows = re.findall(r"(?m)^\s*(?:=+>|-+>|→)\s*(.{3,60})$", item.block.text)
    return [*texts, *(" ".join(arrow.split()) for arrow in arrows)]


def listed_under_label(item: PlacedBlock) -> Iterator[FontStatement]:
    """List items under 'Fonts:' or a heading 'Typefaces' that are nothing but a name, or a name and its weights."""
    if item.block.kind != "list_item" or not item.path or not font_patterns.LABEL.match(item.path[-1]):
        return
    weighed = font_patterns.NAME_AND_WEIGHTS.match(item.block.text)
    raw = item.text if _looks_like_name(item.text) else weighed[1] if weighed is not None else ""
    family = family_of(raw)
    if family is not None and len(family) > 3:
        quote = item.block.text if weighed is None else as_printed(item, raw)
        yield FontStatement(family, "font_label", quote, item.context, item, stands_in(item))


def after_role(item: PlacedBlock, *, is_on_type: bool) -> Iterator[FontStatement]:
    """In a section on type 'Headings: Inter Bold (700)' gives a role its family; 'Primary sans: Inter' anywhere."""
    if item.block.kind == "code":
        return
    for line in item.block.text.split("\n"):
        match = font_patterns.ROLE_LABEL.match(line)
        if match is None or not (is_on_type or _is_of_type(line, match)):
            yield from _known_behind_label(item, line, is_on_type=is_on_type)
            continue
        if _SIZE_LABEL.match(line[: match.start(1)]) and re.match(r"[\W_]{0,4}:", line[match.end(1) :]):
            continue
        yield from _joined_to(item, line, match.end(1), match[0])
        family = family_of(trimmed(match[1]))
        is_line = not line[match.end() :].strip() and len((family or "").split()) > 1
        is_under_fonts = is_line and any(font_patterns.LABEL.match(heading) for heading in item.path)
        behind = re.match(r"\s+([a-zà-ž]+)", line[match.end(1) :])
        is_item = item.block.kind == "list_item" and (behind is None or behind[1] in STYLE_WORDS)
        is_given = is_on_type and is_shown_name(line[match.start(1) :]) and _is_use_of_type(line[: match.start(1)])
        if family is not None and (is_known(family) or is_item or is_under_fonts or is_given):
            yield _labelled(item, family, match[1], match[0])


def _is_use_of_type(label: str) -> bool:
    """Whether a label names uses that only type has: 'Überschriften:', 'Body copy -'."""
    is_use = font_patterns.ROLE_OF_TYPE.search(label) or font_patterns.USE_IN_WORDS.search(label)
    return bool(is_use) and is_of_labels(label)


def _is_of_type(line: str, match: re.Match[str]) -> bool:
    """Whether a labelled name is one of type by itself: its label names a kind of type, or a style ends the name."""
    style = re.match(r"\s([A-Za-z]+)", line[match.end(1) :])
    last = (style[1] if style is not None else match[1].split()[-1]).lower()
    return bool(font_patterns.KIND_OF_TYPE.search(line[: match.start(1)])) or (
        last in STYLE_WORDS and len(match[1].split()) > 1
    )


def _joined_to(item: PlacedBlock, line: str, end: int, label: str) -> Iterator[FontStatement]:
    """Known families that go on behind the first one of a label: 'Inter Tight or Satoshi'."""
    for name, start, stop in known_families_in(line):
        if start >= end and font_patterns.JOINED_NAMES.fullmatch(line[end:start]):
            family = family_of(name)
            if family is not None:
                yield _labelled(item, family, name, label)
            end = stop


def _known_behind_label(item: PlacedBlock, line: str, *, is_on_type: bool) -> Iterator[FontStatement]:
    """'Technical/code: Geist Mono': in a section on type any short label gives its part to a known family; elsewhere
    one that speaks of type, or of a use only type has, does."""
    match = font_patterns.ANY_LABEL.match(line)
    if match is not None and not is_on_type:
        label = match[0]
        if not font_patterns.SPEAKS_OF_FONTS.search(label) and not font_patterns.ROLE_OF_TYPE.search(label):
            return
    known = known_families_in(line[match.end() :]) if match is not None else []
    if match is not None and known and not re.search(r"[^\W_]", line[match.end() : match.end() + known[0][1]]):
        family = family_of(known[0][0])
        if family is not None:
            yield _labelled(item, family, known[0][0], match[0])
            yield from _joined_to(item, line, match.end() + known[0][2], match[0])


def _labelled(item: PlacedBlock, family: str, raw: str, label: str) -> FontStatement:
    is_fallback = bool(font_patterns.FALLBACK.search(label)) or stands_in(item)
    return FontStatement(family, "role_label", as_printed(item, raw), label, item, is_fallback)


def _looks_like_name(text: str) -> bool:
    """Whether a line is nothing but a name; a list of what a font is for ('Headings, titles') is none."""
    family = family_of(text.split(",", maxsplit=1)[0])
    if family is None or font_patterns.TYPE_WORD.fullmatch(text.strip()) or is_type_label(text):
        return False
    if is_of_setting(family) and not is_known(family):
        return False
    first = text.split(maxsplit=1)[0]
    if is_label_word(first) and not family.lower().startswith(first.lower()):
        return False  # a label with a name of its own behind it
    if font_patterns.USE_IN_WORDS.search(text) and not is_known(family):
        return False
    return (
        len(text) <= _SHORT
        and bool(re.fullmatch(rf"{font_patterns.MARKS}{NAME}{font_patterns.MARKS}[,.]?(?:\s*\(?[\w\s,]*\)?)?", text))
        and not text.endswith(".")
    )
