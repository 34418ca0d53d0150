"""Which blocks of a document state a font, and how: `[PlacedBlock] -> [FontStatement]`.

A family outside the trade's list counts only where the words around it say that it is a font ("Typeface: X", "we use
X as our font"). What must not live here: fonts that are merely used (`fonts/read.py`), known families in running text
(`fonts/mentions.py`), labels (`fonts/labels.py`) and lists (`fonts/lists.py`).
"""

import re
from collections.abc import Iterator, Sequence

from sgd_assets.canon.fonts import patterns as font_patterns
from sgd_assets.canon.fonts.labels import after_label, after_role, in_cells, listed_under_label, specimens
from sgd_assets.canon.fonts.lists import given_roles, listed_with_known, names_type
from sgd_assets.canon.fonts.mentions import mentions
from sgd_assets.canon.fonts.names import NAME, family_key, family_of, is_known, known_families_in
from sgd_assets.canon.fonts.quotes import (
    FontStatement,
    one_line,
    semicolon_part,
    sentences,
    stands_in,
    stated,
    trimmed,
    whole_family,
)
from sgd_assets.canon.fonts.specimen_pages import shown_names
from sgd_assets.canon.fonts.type_labels import is_of_setting, is_type_label
from sgd_assets.canon.fonts.use_rules import used_names
from sgd_assets.canon.reading.sections import PlacedBlock, lines_of
from sgd_assets.canon.reading.tables import Tables
from sgd_assets.canon.words import topics

_REACH = 400  # what a statement may lean on before it; bounds the patterns on endless blocks
_NEAR_LINK = 120  # a URL beside a name: the length of one
_CALLED = frozenset({"font_is_name", "name_is_font", "use_name_as_font", "name_as_font", "the_name_typeface"})
"""Methods by which a text itself calls a family its font."""
_STACK_SHOWN = re.compile(r"(?i)font[- ]family")
_VERB_BEHIND = re.compile(
    r"\s+(?!(?:is|for|in|with|and|or|as|para|por|en|em|com|con|y|e|o|ou|et|pour|dans|de|du|es|est|é|ser[aá]|être)\b)"
    r"[a-zà-ž]+"
)
"""What behind 'a tipografia Acme' tells whose typography it is: 'a tipografia Acme combina'."""
_TITLE_WORDS = 4  # parts 'Our brand typeface' from a sentence
_TITLE_LENGTH = 40


def font_statements(
    placed: Sequence[PlacedBlock], title: str, document_families: frozenset[str] = frozenset()
) -> list[FontStatement]:
    """Statements in reading order, the first of each family and method per block.

    Args:
        placed: visible blocks of one document.
        title: what it calls itself, and its file's name as words.
        document_families: keys of the fonts that it is set in, which count where a page on type names them.
    """
    if font_patterns.LICENCE.search(title):
        return []
    placed = [item for item in placed if not _is_out(item)]
    found: list[FontStatement] = []
    lines = [line for item in placed for line in lines_of(item)]
    for index in range(len(lines)):
        found.extend(after_label(lines, index))
    for item, name in (*listed_with_known(placed), *given_roles(placed)):
        found.extend(stated(item, name, "font_label", item.block.text, name))
    tables = Tables(placed)
    on_type = _on_type(placed, title)
    for item in placed:
        if item.block.kind == "code" and not _STACK_SHOWN.search(item.block.text):
            continue
        is_on_type = item.order in on_type
        found.extend(_in_sentences(item))
        found.extend(in_cells(item, tables))
        found.extend(_linked(item))
        if is_on_type:
            found.extend(specimens(item))
        found.extend(after_role(item, is_on_type=is_on_type))
        if is_on_type:
            found.extend(listed_under_label(item))
        found.extend(mentions(item, is_on_type=is_on_type))
        if is_on_type and item.block.kind in ("paragraph", "list_item"):
            found.extend(_used(item))
    found.extend(shown_names(lines, on_type, document_families))
    kept: dict[tuple[str, int], FontStatement] = {}
    for statement in _settled(found):
        kept.setdefault((statement.family.lower(), statement.placed.order), statement)
    return sorted(kept.values(), key=lambda s: (s.placed.order, max(0, s.placed.block.text.find(s.quote))))


def _settled(found: Sequence[FontStatement]) -> Iterator[FontStatement]:
    """Statements without those that others of the document outdo: what only stands near words of a stand-in is none
    where the document states the family elsewhere, and a part of a longer name is no family of its own."""
    proper = {family_key(s.family) for s in found if not s.is_fallback}
    called = {family_key(s.family) for s in found if not s.is_fallback and s.method in _CALLED}
    longer: dict[int, set[str]] = {}
    for statement in found:
        longer.setdefault(statement.placed.order, set()).add(statement.family)
    for statement in found:
        is_near = statement.method == "known_in_section" or stands_in(statement.placed)
        outdoing = proper if is_near else called
        if statement.is_fallback and family_key(statement.family) in outdoing:
            continue
        if _is_brands_name(statement, found):
            continue
        if not any(_is_part(statement, name) for name in longer[statement.placed.order]):
            yield statement


def _is_brands_name(statement: FontStatement, found: Sequence[FontStatement]) -> bool:
    """Whether a heading 'The Acme typeface' only says whose typeface it is: what stands below names another."""
    if (
        statement.method != "the_name_typeface"
        or statement.placed.block.kind != "heading"
        or is_known(statement.family)
    ):
        return False
    return any(
        statement.placed.text in other.placed.path and family_key(other.family) != family_key(statement.family)
        for other in found
    )


def _is_part(statement: FontStatement, name: str) -> bool:
    """Whether a family is printed only as the beginning of a longer name of its block."""
    if not name.lower().startswith(statement.family.lower() + " "):
        return False
    rest = r"\s+".join(re.escape(word) for word in name[len(statement.family) :].split())
    own = r"\s+".join(re.escape(word) for word in statement.family.split())
    return not re.search(rf"(?i){own}(?!\s+{rest})(?!\w)", statement.placed.block.text)


def _is_out(item: PlacedBlock) -> bool:
    """Whether a block is part of a licence (one that tells a font's licence in passing is not), or shows what a guide
    speaks against."""
    headings = (*item.path, item.text) if item.block.kind == "heading" else item.path
    return any(
        font_patterns.LICENCE.search(heading)
        or font_patterns.AGAINST_HEADING.search(heading)
        or topics.MISUSE.search(heading)
        for heading in headings
    ) or bool(font_patterns.LEGAL_TEXT.search(item.text[:_REACH]))


def _on_type(placed: Sequence[PlacedBlock], title: str) -> set[int]:
    """Orders of the blocks that stand in a section on type: by headings, or below a short line that is nothing but a
    word for type, where a document marks no headings. A specimen's label goes on with the section before it, whatever
    the level of the heading it is set as."""
    is_type_document = bool(topics.TYPOGRAPHY.search(title))
    found: set[int] = set()
    is_announced = was_on_type = False
    label: str | None = None
    for item in placed:
        words = re.sub(r"[\W\d_]+", " ", item.text).strip()
        is_title = len(words) <= _TITLE_LENGTH and len(words.split()) <= _TITLE_WORDS
        if item.block.kind == "heading":
            is_announced = False
        elif item.block.kind == "paragraph" and is_title and (names_type(words) or is_type_label(words)):
            is_announced = True
        elif is_title and (words.isupper() or item.text.endswith(":")):
            is_announced = False
        is_heading = item.block.kind == "heading"
        headings = f"{item.context} / {item.text}" if is_heading else item.context
        if is_heading:
            label = item.text if was_on_type and any(specimens(item)) else None
        is_below_label = label is not None and label in (item.text, *item.path)
        is_named = topics.TYPOGRAPHY.search(headings) or any(map(is_type_label, item.path))
        was_on_type = bool(is_type_document or is_announced or is_below_label or is_named)
        if was_on_type:
            found.add(item.order)
    return found


def _before(text: str, end: int) -> str:
    """What stands right before a place: as far back as a clause reaches, also in a text without an end."""
    return text[max(0, end - _REACH) : end]


def _in_sentences(item: PlacedBlock) -> Iterator[FontStatement]:
    text = item.block.text
    for start, sentence in sentences(text):
        has_font_word = font_patterns.HAS_FONT_WORD.search(sentence) is not None
        for method, pattern in font_patterns.STATEMENTS:
            if not has_font_word and method not in font_patterns.WITHOUT_FONT_WORD:
                continue
            for match in pattern.finditer(sentence):
                group = match.lastindex or 1
                if not _says_font(method, match) or font_patterns.REFUSED.search(_before(sentence, match.start())):
                    continue
                begin, end = match.start(group), whole_family(sentence, match.start(group), match.end(group))
                begin += _label_line(sentence[begin:end])
                name = sentence[begin:end]
                if method == "font_named":
                    name = known_families_in(name.title())[0][0]
                    end = begin + len(name)
                if font_patterns.REFUSED_BEHIND.match(sentence, end):
                    continue
                if method == "font_before_name" and font_patterns.REFUSED.search(_before(sentence, begin)):
                    continue
                quote = one_line(text[start + begin : start + end])
                yield from stated(item, name, method, semicolon_part(sentence, begin, end), quote)
                if method in ("font_is_name", "set_in_name", "fonts_listed"):
                    yield from _listed_after(item, sentence, match, method)


def _label_line(raw: str) -> int:
    """How much of a captured name is the line above it that only says 'Fonts'."""
    line, broken, _ = raw.partition("\n")
    return len(line) + 1 if broken and font_patterns.LABEL.match(line) else 0


def _says_font(method: str, match: re.Match[str]) -> bool:
    """Whether an unknown name is called a font: 'Use Title Case for headings' names none."""
    if method == "name_is_font" and re.search(r"(?i)\b(?:from|by)\s+$", _before(match.string, match.start())):
        return False  # a maker
    if method == "font_before_name":
        family = family_of(trimmed(match[2]))
        is_german = "schrift" in match[0].lower()  # a German noun is capitalised like a name
        is_verb_behind = re.search(r"(?i)t[iy]pogra\w+\s+\S+$", match[0]) and _VERB_BEHIND.match(_behind(match))
        is_said = not is_german and not is_verb_behind
        return family is not None and (is_known(family) or bool(match[1]) or is_said)
    if method == "fonts_listed":
        return is_known(family_of(trimmed(match[1])) or "")
    if method == "set_in_name" and re.match(r"\s+(?!and|or|for|with|at|in|on|by|und|bold)[a-z]", _behind(match)):
        return is_known(family_of(trimmed(match[1])) or "")
    if method == "font_named":
        return bool(known_families_in(match[1].title())) and known_families_in(match[1].title())[0][1] == 0
    if method == "name_is_font" and re.search(rf"(?i){font_patterns.OTHER_FONT_WORD}$", match[0]):
        # a German noun is capitalised like a name
        is_marked = re.match(r"\w*\s*[\"'“”„«»`*_]", match[0]) is not None
        return is_marked or is_known(family_of(trimmed(match[1])) or "")
    if method == "the_name_typeface":
        is_aside = re.search(r"[^\W_]\s\($", _before(match.string, match.start()))
        is_plural = match[0].lower().endswith(("fonts", "typefaces", "families"))
        # 'Karla (the ACME typeface)' names Karla, 'the ACME fonts are these' names none
        return not is_aside and (not is_plural or is_known(family_of(trimmed(match[1])) or ""))
    if method == "use_name_as_font" or (
        method == "set_in_name" and not re.search(r"(?i)\b(?:set|typeset)\b", match[0])
    ):
        family = family_of(trimmed(match[1]))
        tail = match[0][match.end(1) - match.start() :]
        return family is not None and (is_known(family) or bool(re.search(rf"(?i)\b{font_patterns.FONT_WORD}\b", tail)))
    return True


def _behind(match: re.Match[str]) -> str:
    return match.string[match.end() : match.end() + _NEAR_LINK]


def _listed_after(item: PlacedBlock, sentence: str, match: re.Match[str], method: str) -> Iterator[FontStatement]:
    """'Our typefaces are X, Y and Z': the families that follow the first."""
    if font_patterns.STACK.search(sentence):
        return
    is_list = method == "fonts_listed"
    if not is_list and not re.search(r"(?i)\b(?:fonts|typefaces|families)\b[^.]*$", _before(sentence, match.start(1))):
        return
    for follow in re.finditer(
        rf"(?:,|,? and|,? &|,? or|,? und|,? oder|,? et|,? y|,? e|,? en)\s+{font_patterns.MARKS}({NAME})",
        sentence[match.end(1) :],
    ):
        family = family_of(trimmed(follow[1]))
        if family is not None and (is_known(family) or len(family.split()) > 1):
            yield from stated(item, follow[1], method, sentence, follow[1])


def _used(item: PlacedBlock) -> Iterator[FontStatement]:
    """Names that a sentence on type gives a use which only type has."""
    for _, sentence in sentences(item.block.text):
        for name, begin in used_names(sentence):
            family = family_of(trimmed(name))
            if family is not None and (is_known(family) or not is_of_setting(family)):
                words = semicolon_part(sentence, begin, begin + len(name))
                yield from stated(item, name, "set_in_name", words, one_line(name))


def _linked(item: PlacedBlock) -> Iterator[FontStatement]:
    """A link to a family's own page, as printed: 'fonts.google.com/specimen/Acme+Sans'."""
    text = item.block.text
    for match in font_patterns.SPECIMEN_LINK.finditer(text):
        words = text[max(0, match.start() - _NEAR_LINK) : match.end() + _NEAR_LINK]
        yield from stated(item, match[1].replace("+", " "), "font_link", words, match[1])
