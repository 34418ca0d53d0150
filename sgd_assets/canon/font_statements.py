"""Sentences, labels and table cells that state a font: `[PlacedBlock] -> [FontStatement]`.

A family outside the trade's list counts only where the words around it say that it is a font ("Typeface: X", "we
use X as
our font"). What must not live here: fonts that are merely used (`fonts.py`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sgd_assets.canon import topics
from sgd_assets.canon.font_names import NAME, STYLE_WORDS, family_of, is_known, known_families_in
from sgd_assets.canon.sections import PlacedBlock, PlacedLine, lines_of
from sgd_assets.canon.tables import Tables

_FONT_WORD = r"(?:(?:web\s*)?fonts?|typefaces?|type ?famil(?:y|ies)|font[- ]famil(?:y|ies))"
_IS = r"(?:is|are|will be|should be|must be|is set in|are set in|:|=)"
_HEDGE = r"(?:(?:generally |commonly |also |usually )?(?:known as|called|named)\s+)?(?:always\s+)?(?:the\s+)?"
_MARKS = r"[\"'“”‘’`*_]*"
_STATEMENTS = (
    (
        "font_is_name",
        re.compile(
            rf"\b(?i:{_FONT_WORD})(?:\s+(?:(?i:used|for|in|of|on|we|use|the|our|all|brand|logo|headings?|"
            rf"headlines?|body|copy|text|web|print|original|design)|\w+['’]s|\w+))"
            + rf"{{0,7}}?\s*{_IS}\s+{_HEDGE}{_MARKS}({NAME}){_MARKS}"
        ),
    ),
    (
        "name_is_font",
        re.compile(
            rf"{_MARKS}({NAME}){_MARKS}\s+(?:is|are|serves as|acts as|will be)\s+(?:the|our|an?|"
            rf"\w+['’]s)\s+(?:[\w-]+\s+){{0,5}}?(?i:{_FONT_WORD})\b"
        ),
    ),
    (
        "use_name_as_font",
        re.compile(
            rf"\b(?i:us(?:e[sd]?|ing)|chose|choose|set in|written in|typeset "
            rf"in)\s+(?:the\s+)?{_MARKS}({NAME}){_MARKS}(?:,?\s+(?:\w+[- ]){{0,3}}?(?:as|for|"
            rf"in)\s+(?:[\w'’-]+\s+){{0,6}}?(?i:{_FONT_WORD}|typography|headings?|headlines?|titles?|body|copy|"
            rf"text)\b)"
        ),
    ),
    (
        "in_the_name_font",
        re.compile(
            rf"\b(?:(?i:use[sd]?|using|in|with|set in))\s+(?:(?i:the|"
            rf"our)\s+)?{_MARKS}({NAME}){_MARKS}\s+(?i:{_FONT_WORD})\b(?!\s+[Ll]icen[sc]e)"
        ),
    ),
    (
        "the_name_typeface",
        re.compile(rf"\b(?i:the|our)\s+{_MARKS}({NAME}){_MARKS}\s+(?i:{_FONT_WORD})\b(?!\s+[Ll]icen[sc]e)"),
    ),
    (
        "font_label",
        re.compile(
            rf"^\W*(?:(?i:[\w-]+)\s+){{0,3}}(?i:{_FONT_WORD})(?:\s+(?i:name|family|"
            rf"used))?\s*[:–—-]\s*{_MARKS}({NAME}){_MARKS}\s*(?:$|[,.;(|\n])",
            re.MULTILINE,
        ),
    ),
    (
        "set_in_name",
        re.compile(
            rf"\b(?i:headlines?|headings?|titles?|body (?:text|copy)|text|copy|wordmark|logotype|"
            rf"logo)\b[^.]{{0,40}}?\b(?i:(?:is|are)\s+(?:always\s+)?(?:set|written|typeset)\s+in|"
            rf"uses?)\s+(?:the\s+)?{_MARKS}({NAME})"
        ),
    ),
    (
        "set_in_name",
        re.compile(
            rf"\b(?i:set|typeset)\s+(?:(?i:all|your|the|our)\s+)?(?i:headlines?|headings?|titles?|body(?: text|"
            rf" copy)?|text|"
            rf"copy|captions?|code)\s+in\s+(?:the\s+)?{_MARKS}({NAME})"
        ),
    ),
    ("css_declaration_in_text", re.compile(r"font-family\s*:\s*[\"'“”]?([A-Za-z][\w -]{1,40}?)[\"'“”]?\s*[,;]")),
)
_FALLBACK = re.compile(
    r"(?i)\b(?:fall ?back|replacement|substitut\w+ (?:if|when|for|with)|if .{0,60}(?:not|isn[’']t|un) "
    r"?available|when .{0,60}(?:not|isn[’']t|un) ?available|default to|unavailable|instead of|"
    r"system default)\b"
)
_LABEL = re.compile(
    rf"(?i)^\W*(?:(?:display|body ?text|body|text|head(?:ing|line)s?|primary|secondary|tertiary|main|brand|"
    rf"alternate|alternative|corporate|logo|web|print|code|mono(?:spaced?)?|accent|official|title)[\s&/-]+)*"
    rf"(?:{_FONT_WORD})(?:\s+name)?\s*:?\W*$"
)
_ROLE_LABEL = re.compile(
    rf"^\W*(?i:(?:primary|secondary|tertiary|main|body|running|display|accent|brand|logo|web|print|digital|"
    rf"default|ui|section|page|large|small|sub)?[\s/&-]*"
    rf"(?:headings?|headlines?|headers?|titles?|subheads?|subtitles?|body|text|copy|paragraphs?|code|"
    rf"mono(?:space)?|display|captions?|call-?outs?|labels?|buttons?|primary|secondary|"
    rf"logo|web|print|quotes?|numbers?|h[1-6])(?:\s+(?:text|copy|{_FONT_WORD}))?(?:\s*[/&]\s*[\w-]+(?: "
    rf"[\w-]+)?)?)\W*\s*[:–—-]\s*({NAME})"
)
_CELL_LABEL = re.compile(r"(?i)^[`*\s]*(?:font[- ]?famil(?:y|ies)|fonts?|typefaces?|family)[`*\s]*:?$")
_USE_BEFORE = re.compile(r"(?i)\b(?:we use|use[sd]?|using|set in|choose|chose|prefer)\s+(?:the\s+)?[\W_]*$")
_USE_AFTER = re.compile(
    r"(?i)[\s\w\"'“”*_()]{0,24}?\b(?:(?:is|was|are|should be|must be|can be) (?:used |set |our |the )?(?:for|"
    r"as|in|primary|main|body|heading|brand)|(?:is|are) (?:the|our)\b|used (?:for|in|as)|for (?:\w+ ){0,2}"
    r"(?:headings?|headlines?|titles?|body|text|copy|code|print|web|display))|\s*\((?:[\w ]*)(?:head|title|"
    r"body|text|copy|code|everything|display|print|web)"
)
_COMPARED = re.compile(
    r"(?i)\b(?:similar to|like|unlike|not|never|avoid|replac\w+|instead of|based on|inspired by|than|from|"
    r"derived from|alternative to)\s+(?:the\s+)?[\W_]*$"
)
_LICENCE = re.compile(
    r"(?i)\b(?:licen[cs]e (?:file|text|agreement)|licen[cs]es?$|copying|copyright|font software|reserved font "
    r"name|open font licen[cs]e|ofl)\b"
)
"""Legal text speaks of fonts without giving the brand any."""
_SHORT = 60


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
    placed = [item for item in placed if not _LICENCE.search(f"{item.context} {item.text[:400]}")]
    if _LICENCE.search(title):
        return []
    lines = [line for item in placed for line in lines_of(item)]
    for index in range(len(lines)):
        found.extend(_after_label(lines, index))
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
    kept: dict[tuple[str, int], FontStatement] = {}
    for statement in found:
        kept.setdefault((statement.family.lower(), statement.placed.order), statement)
    return sorted(kept.values(), key=lambda s: s.placed.order)


def _in_sentences(item: PlacedBlock) -> Iterator[FontStatement]:
    text = item.block.text
    for start, sentence in _sentences(text):
        for method, pattern in _STATEMENTS:
            for match in pattern.finditer(sentence):
                if not _says_font(method, match):
                    continue
                yield from _statement(
                    item,
                    match[1],
                    method,
                    _semicolon_part(sentence, match.start(1), match.end(1)),
                    text[start + match.start(1) : start + match.end(1)],
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
        return family is not None and (is_known(family) or bool(re.search(rf"(?i)\b{_FONT_WORD}\b", tail)))
    return True


def _semicolon_part(sentence: str, begin: int, end: int) -> str:
    """The part of a sentence, between semicolons, that holds a name."""
    stop = sentence.find(";", end)
    return sentence[sentence.rfind(";", 0, begin) + 1 : stop if stop >= 0 else len(sentence)]


def _listed_after(item: PlacedBlock, sentence: str, match: re.Match[str], method: str) -> Iterator[FontStatement]:
    """'Our typefaces are X, Y and Z': the families that follow the first."""
    if not re.search(r"(?i)\b(?:fonts|typefaces|families)\b[^.]*$", sentence[: match.start(1)]):
        return
    for follow in re.finditer(rf"(?:,|,? and|,? &|,? or)\s+{_MARKS}({NAME})", sentence[match.end(1) :]):
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
    is_fallback = bool(_FALLBACK.search(said)) and not re.search(rf"(?i)\bprimary\b[^.]*{re.escape(family)}", sentence)
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
    """A captured name, cut where a known family ends inside it."""
    known = [name for name, start, _ in known_families_in(raw) if start == 0]
    rest = raw[len(known[0]) :].strip().lower().split() if known else []
    if known and rest and all(word in STYLE_WORDS for word in rest):
        return known[0]
    return raw


def _after_label(lines: Sequence[PlacedLine], index: int) -> Iterator[FontStatement]:
    """'Display Typeface' on a line of its own, the family on the next lines of the same column."""
    label = lines[index]
    if not _LABEL.match(" ".join(label.text.split())) or label.placed.block.cell is not None:
        return
    below = _following(lines, index)
    if not below or not _looks_like_name(below[0].text):
        return
    first = below[0]
    raw = quote = first.text
    if len(below) == 2 and _continues(first, below[1]):
        raw = f"{raw} {below[1].text}"
        quote = first.placed.block.text if below[1].placed is first.placed else quote
    family = family_of(raw)
    if family is not None:
        yield FontStatement(_cased(family, first.text), "font_label", quote, label.text, first.placed)


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
    if any(_CELL_LABEL.match(o.text) for o in (*labels, *([head] if head is not None else []))):
        first = re.split(r",|;|\n| / ", item.block.text)[0]
        family = family_of(first)
        if family is not None:
            yield FontStatement(
                family, "font_cell", first.strip(), item.context + " " + " ".join(o.text for o in labels), item
            )


def _specimen(item: PlacedBlock) -> Iterator[FontStatement]:
    """In a section on type, a short line that is nothing but a known family and style words is a specimen's label."""
    if len(item.text) > _SHORT or item.block.kind == "code":
        return
    for name, start, end in known_families_in(item.text):
        rest = (item.text[:start] + " " + item.text[end:]).lower()
        words = re.findall(r"[a-z0-9]+", rest)
        if all(word in STYLE_WORDS or re.fullmatch(r"[1-9]00|pt|px|\d+|std|pro|mt|lt|web", word) for word in words):
            family = family_of(item.text if words and start == 0 else name)
            if family is not None and len(known_families_in(item.text)) == 1:
                yield FontStatement(
                    family,
                    "type_specimen",
                    _as_printed(item, name),
                    item.context,
                    item,
                    bool(_FALLBACK.search(item.context)),
                )


def _listed_under_label(item: PlacedBlock) -> Iterator[FontStatement]:
    """List items under 'Fonts:' or a heading 'Typefaces' that are nothing but a name."""
    if item.block.kind == "list_item" and item.path and _LABEL.match(item.path[-1]) and _looks_like_name(item.text):
        family = family_of(item.text)
        if family is not None and len(family) > 3:
            yield FontStatement(family, "font_label", item.block.text, item.context, item)


def _known_in_section(item: PlacedBlock) -> Iterator[FontStatement]:
    """In a section on type, a sentence that gives a known family a use: 'Lato is for headings'."""
    if item.block.kind not in ("paragraph", "list_item") or "font-family" in item.block.text:
        return
    for start, sentence in _sentences(item.block.text):
        for name, begin, end in known_families_in(sentence):
            clause_start = max(sentence.rfind(mark, 0, begin) for mark in (";", ",", " and ", "(")) + 1
            before, after = sentence[clause_start:begin], sentence[end : end + 60]
            is_given_use = _USE_BEFORE.search(before) or _USE_AFTER.match(after)
            if is_given_use and not _COMPARED.search(sentence[max(0, begin - 30) : begin]):
                family = family_of(name)
                if family is not None:
                    quote = item.block.text[start + begin : start + end]
                    clause = sentence[clause_start : end + re.match(r"[^,;.]*", sentence[end:]).end()]  # type: ignore[union-attr]  # an empty match is a match
                    yield FontStatement(
                        family,
                        "known_in_section",
                        quote,
                        clause,
                        item,
                        bool(_FALLBACK.search(_semicolon_part(sentence, begin, end))),
                    )


def _after_role(item: PlacedBlock) -> Iterator[FontStatement]:
    """In a section on type, 'Headings: Inter Bold (700)' gives a role its family."""
    if item.block.kind == "code":
        return
    for line in item.block.text.split("\n"):
        match = _ROLE_LABEL.match(line)
        family = family_of(_trimmed(match[1])) if match is not None else None
        if match is not None and family is not None and (is_known(family) or item.block.kind == "list_item"):
            yield FontStatement(family, "role_label", _as_printed(item, match[1]), match[0], item)


def _as_printed(item: PlacedBlock, name: str) -> str:
    match = re.search(r"\s+".join(re.escape(word) for word in name.split()), item.block.text)
    return match[0] if match else item.block.text


def _looks_like_name(text: str) -> bool:
    return (
        len(text) <= _SHORT
        and bool(re.fullmatch(rf"{_MARKS}{NAME}{_MARKS}[,.]?(?:\s*\(?[\w\s,]*\)?)?", text))
        and not text.endswith(".")
    )


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """(offset, sentence); a line break inside a sentence stays, so that offsets hold."""
    start = 0
    for match in re.finditer(r"(?<=[.!?])\s+(?=[A-Z\"'“(])|\n{2,}", text):
        yield start, text[start : match.start()]
        start = match.end()
    yield start, text[start:]
