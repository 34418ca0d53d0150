"""Sentences, labels and table cells that state a font: `[PlacedBlock] -> [FontStatement]`.

A family outside the trade's list counts only where the words around it say that it is a font ("Typeface: X", "we use
X as our font"). What must not live here: fonts that are merely used (`fonts.py`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sgd_assets.canon import font_patterns, topics
from sgd_assets.canon.font_lists import given_roles, listed_with_known, names_type
from sgd_assets.canon.font_names import NAME, STYLE_WORDS, family_of, is_known, known_families_in
from sgd_assets.canon.sections import PlacedBlock, PlacedLine, lines_of
from sgd_assets.canon.tables import Tables

_SHORT = 60
_REACH = 400
_LONGEST_SENTENCE = 2_000


@dataclass(frozen=True)
class FontStatement:
    """One family, where it is said, and the words that tell its role."""

    family: str
    method: str
    quote: str
    words: str
    placed: PlacedBlock
    is_fallback: bool = False


def font_statements(placed: Sequence[PlacedBlock], title: str) -> list[FontStatement]:
    """Statements in reading order, the first of each family and method per block."""
    found: list[FontStatement] = []
    is_type_document = bool(topics.TYPOGRAPHY.search(title))
    placed = [item for item in placed if not _is_legal(item)]
    if font_patterns.LICENCE.search(title):
        return []
    lines = [line for item in placed for line in lines_of(item)]
    for index in range(len(lines)):
        found.extend(_after_label(lines, index))
    for item, name in (*listed_with_known(placed), *given_roles(placed)):
        found.extend(_statement(item, name, "font_label", item.block.text, name))
    tables = Tables(placed)
    for item in placed:
        if item.block.kind == "code" and "font-family" not in item.block.text:
            continue
        found.extend(_in_sentences(item))
        found.extend(_in_cells(item, tables))
        if is_type_document or topics.TYPOGRAPHY.search(item.context):
            found.extend(_specimen(item))
            found.extend(_after_role(item))
            found.extend(_listed_under_label(item))
            found.extend(_known_in_section(item))
            found.extend(_opening_name(item))
    kept: dict[tuple[str, int], FontStatement] = {}
    for statement in found:
        kept.setdefault((statement.family.lower(), statement.placed.order), statement)
    return sorted(kept.values(), key=lambda s: s.placed.order)


def _is_legal(item: PlacedBlock) -> bool:
    """Whether a block is part of a licence rather than a statement that names one in passing."""
    return bool(
        font_patterns.LICENCE.search(f"{item.context} {font_patterns.LICENCE_CLAUSE.sub(' ', item.text[:400])}")
    )


def _before(text: str, end: int) -> str:
    """What stands right before a place: as far back as a clause reaches, also in a text without an end."""
    return text[max(0, end - _REACH) : end]


def _in_sentences(item: PlacedBlock) -> Iterator[FontStatement]:
    text = item.block.text
    for start, sentence in _sentences(text):
        for method, pattern in font_patterns.STATEMENTS:
            for match in pattern.finditer(sentence):
                if not _says_font(method, match) or font_patterns.REFUSED.search(_before(sentence, match.start())):
                    continue
                yield from _statement(
                    item,
                    match[1],
                    method,
                    _semicolon_part(sentence, match.start(1), match.end(1)),
                    _one_line(text[start + match.start(1) : start + match.end(1)]),
                )
                if method in ("font_is_name", "set_in_name"):
                    yield from _listed_after(item, sentence, match, method)


def _says_font(method: str, match: re.Match[str]) -> bool:
    """Whether an unknown name is called a font: 'Use Title Case for headings' names none."""
    if method == "use_name_as_font" or (
        method == "set_in_name" and not re.search(r"(?i)\b(?:set|typeset)\b", match[0])
    ):
        family = family_of(_trimmed(match[1]))
        tail = match[0][match.end(1) - match.start() :]
        return family is not None and (is_known(family) or bool(re.search(rf"(?i)\b{font_patterns.FONT_WORD}\b", tail)))
    return True


def _one_line(quote: str) -> str:
    """A quoted name without the next line that a name cannot run into."""
    return quote if is_known(" ".join(quote.split())) else quote.split("\n", maxsplit=1)[0]


def _semicolon_part(sentence: str, begin: int, end: int) -> str:
    """The part of a sentence, between semicolons, that holds a name."""
    stop = sentence.find(";", end)
    return sentence[sentence.rfind(";", 0, begin) + 1 : stop if stop >= 0 else len(sentence)]


def _listed_after(item: PlacedBlock, sentence: str, match: re.Match[str], method: str) -> Iterator[FontStatement]:
    """'Our typefaces are X, Y and Z': the families that follow the first."""
    if not re.search(r"(?i)\b(?:fonts|typefaces|families)\b[^.]*$", _before(sentence, match.start(1))):
        return
    for follow in re.finditer(rf"(?:,|,? and|,? &|,? or)\s+{font_patterns.MARKS}({NAME})", sentence[match.end(1) :]):
        family = family_of(_trimmed(follow[1]))
        if family is not None and (is_known(family) or len(family.split()) > 1):
            yield from _statement(item, follow[1], method, sentence, follow[1])


def _statement(item: PlacedBlock, raw: str, method: str, sentence: str, quote: str) -> Iterator[FontStatement]:
    family = family_of(_trimmed(raw))
    if family is None:
        return
    if not is_known(family) and re.search(
        r"(?i)^(?:logo|page|section|please|note|figure|if|when|while|however|also)\b", family
    ):
        return
    said = _about_the_first(sentence, raw) if method in ("font_label", "font_is_name", "name_is_font") else sentence
    is_fallback = bool(font_patterns.FALLBACK.search(said)) and not re.search(
        rf"(?i)\bprimary\b[^.]*{re.escape(family)}", sentence
    )
    yield FontStatement(_cased(family, sentence.strip()), method, quote, sentence, item, is_fallback)


def _about_the_first(sentence: str, raw: str) -> str:
    """Up to the comma behind a name: 'Typeface: X, alternative Y if X is not available' makes Y the stand-in."""
    end = sentence.find(raw) + len(raw)
    return sentence[:end] + re.split(r"[,;(]", sentence[end:], maxsplit=1)[0]


def _cased(family: str, line: str) -> str:
    """A name printed in capitals only because its whole line is gets a capital and small letters."""
    is_shouted = family.isupper() and line.isupper() and len(family) > 4 and len(line.split()) > len(family.split())
    return family.title() if is_shouted else family


def _trimmed(raw: str) -> str:
    """A captured name, cut where a known family or its line ends inside it."""
    if "\n" in raw and not is_known(" ".join(raw.split())):
        raw = raw.split("\n", maxsplit=1)[0].strip()
    known = [name for name, start, _ in known_families_in(raw) if start == 0]
    rest = raw[len(known[0]) :].strip().lower().split() if known else []
    if known and rest and all(word in STYLE_WORDS for word in rest):
        return known[0]
    return raw


def _after_label(lines: Sequence[PlacedLine], index: int) -> Iterator[FontStatement]:
    """'Display Typeface' on a line of its own, the family on the next lines of the same column."""
    label = lines[index]
    if not font_patterns.LABEL.match(" ".join(label.text.split())) or label.placed.block.cell is not None:
        return
    below = [line for line in _following(lines, index) if line.placed.block.cell is None]
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
        yield FontStatement(_cased(family, first.text), "font_label", quote, label.text, first.placed)


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


def _continues(first: PlacedLine, second: PlacedLine) -> bool:
    """Whether a name runs over two lines: the second starts with the rest of it and ends in a style word."""
    words = second.text.split()
    one, two = first.placed.block.font_size_pt, second.placed.block.font_size_pt
    same_size = not one or not two or abs(one - two) < 0.6
    return same_size and 1 < len(words) <= 3 and words[-1].lower() in STYLE_WORDS and words[0][0].isupper()


def _in_cells(item: PlacedBlock, tables: Tables) -> Iterator[FontStatement]:
    """A table row whose first cell says font family, and columns headed so."""
    cell = item.block.cell
    if cell is None or cell.is_header:
        return
    labels = [o for o in tables.row_of(item) if o.block.cell is not None and o.block.cell.column < cell.column]
    head = tables.head_of(item)
    if any(font_patterns.CELL_LABEL.match(o.text) for o in (*labels, *([head] if head is not None else []))):
        first = re.split(r",|;|\n| / | \(", item.block.text)[0]
        family = family_of(first)
        if family is not None:
            yield FontStatement(
                family, "font_cell", first.strip(), item.context + " " + " ".join(o.text for o in labels), item
            )


def _specimen(item: PlacedBlock) -> Iterator[FontStatement]:
    """In a section on type, a short line that is nothing but a known family and style words is a specimen's label."""
    if item.block.kind == "code":
        return
    for text in _specimen_texts(item):
        for name, start, end in known_families_in(text):
            rest = (text[:start] + " " + text[end:]).lower()
            words = re.findall(r"[a-z0-9]+", rest)
            if all(word in STYLE_WORDS or re.fullmatch(r"[1-9]00|pt|px|\d+|std|pro|mt|lt|web", word) for word in words):
                family = family_of(text if words and start == 0 else name)
                if family is not None and len(known_families_in(text)) == 1:
                    yield FontStatement(
                        family,
                        "type_specimen",
                        _as_printed(item, name),
                        f"{item.context} {item.text}" if item.block.kind == "heading" else item.context,
                        item,
                        bool(font_patterns.FALLBACK.search(item.context)),
                    )


def _specimen_texts(item: PlacedBlock) -> list[str]:
    """What may be a specimen's label: a short block, a heading without its aside ('Lora (titles)', 'Lora - Titles'),
    a line behind an arrow."""
    texts = [item.text] if len(item.text) <= _SHORT else []
    if item.block.kind == "heading" and texts:
        texts = [re.split(r"\s*\(|\s+[–—-]\s+", item.text, maxsplit=1)[0]]
    arrows = re.findall(r"(?m)^\s*(?:=+>|-+>|→)\s*(.{3,60})$", item.block.text)
    return [*texts, *(" ".join(arrow.split()) for arrow in arrows)]


def _listed_under_label(item: PlacedBlock) -> Iterator[FontStatement]:
    """List items under 'Fonts:' or a heading 'Typefaces' that are nothing but a name."""
    if (
        item.block.kind == "list_item"
        and item.path
        and font_patterns.LABEL.match(item.path[-1])
        and _looks_like_name(item.text)
    ):
        family = family_of(item.text)
        if family is not None and len(family) > 3:
            yield FontStatement(family, "font_label", item.block.text, item.context, item)


def _known_in_section(item: PlacedBlock) -> Iterator[FontStatement]:
    """In a section on type, a sentence that gives a known family a use: 'Lato is for headings'."""
    if item.block.kind not in ("paragraph", "list_item") or "font-family" in item.block.text:
        return
    for start, sentence in _sentences(item.block.text):
        last = 0
        for name, begin, end in known_families_in(sentence):
            clause_start = max(sentence.rfind(mark, 0, begin) for mark in (";", ",", " and ", "(")) + 1
            before, after = sentence[clause_start:begin], sentence[end : end + 60]
            is_given_use = (
                font_patterns.USE_BEFORE.search(before)
                or font_patterns.USE_AFTER.match(after)
                or (last and re.fullmatch(r"[\W_]*(?:,|\bor\b|\band\b|&|/)[\W_]*", sentence[last:begin]))
            )
            is_refused = font_patterns.COMPARED.search(
                sentence[max(0, begin - 30) : begin]
            ) or font_patterns.REFUSED.search(sentence[:begin])
            if is_given_use and not is_refused:
                family = family_of(name)
                if family is not None:
                    last = end
                    quote = item.block.text[start + begin : start + end]
                    clause = sentence[clause_start : end + re.match(r"[^,;.]*", sentence[end:]).end()]  # type: ignore[union-attr]  # an empty match is a match
                    yield FontStatement(
                        family,
                        "known_in_section",
                        quote,
                        clause,
                        item,
                        bool(font_patterns.FALLBACK.search(_semicolon_part(sentence, begin, end))),
                    )


def _opening_name(item: PlacedBlock) -> Iterator[FontStatement]:
    """Right under a heading on type, 'Avenir Next, designed by ...': a known family opens the block."""
    if item.block.kind not in ("paragraph", "list_item") or not item.path or not names_type(item.path[-1]):
        return
    known = [(name, end) for name, start, end in known_families_in(item.block.text) if start == 0]
    if known and re.match(r"\s*(?:[,.(:–—-]|$|\bby\b)", item.block.text[known[0][1] :]):
        family = family_of(known[0][0])
        if family is not None:
            yield FontStatement(
                family,
                "known_in_section",
                known[0][0],
                item.block.text,
                item,
                bool(font_patterns.FALLBACK.search(item.text)),
            )


def _after_role(item: PlacedBlock) -> Iterator[FontStatement]:
    """In a section on type, 'Headings: Inter Bold (700)' gives a role its family."""
    if item.block.kind == "code":
        return
    for line in item.block.text.split("\n"):
        match = font_patterns.ROLE_LABEL.match(line)
        family = family_of(_trimmed(match[1])) if match is not None else None
        is_line = match is not None and not line[match.end() :].strip() and len((family or "").split()) > 1
        is_under_fonts = is_line and any(font_patterns.LABEL.match(heading) for heading in item.path)
        is_stated = family is not None and (is_known(family) or item.block.kind == "list_item" or is_under_fonts)
        if match is not None and family is not None and is_stated:
            yield FontStatement(family, "role_label", _as_printed(item, match[1]), match[0], item)


def _as_printed(item: PlacedBlock, name: str) -> str:
    match = re.search(r"\s+".join(re.escape(word) for word in name.split()), item.block.text)
    return match[0] if match else item.block.text


def _looks_like_name(text: str) -> bool:
    """Whether a line is nothing but a name; a list of what a font is for ('Headings, titles') is none."""
    if family_of(text.split(",", maxsplit=1)[0]) is None:
        return False
    return (
        len(text) <= _SHORT
        and bool(re.fullmatch(rf"{font_patterns.MARKS}{NAME}{font_patterns.MARKS}[,.]?(?:\s*\(?[\w\s,]*\)?)?", text))
        and not text.endswith(".")
    )


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """(offset, sentence); a line break inside a sentence stays, so that offsets hold. What never ends is cut."""
    start = 0
    ends = [(m.start(), m.end()) for m in re.finditer(r"(?<=[.!?])\s+(?=[A-Z\"'“(])|\n{2,}", text)]
    for stop, begin in (*ends, (len(text), len(text))):
        for cut in range(start, max(stop, start + 1), _LONGEST_SENTENCE):
            yield cut, text[cut : min(stop, cut + _LONGEST_SENTENCE)]
        start = begin
