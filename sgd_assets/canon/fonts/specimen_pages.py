"""Names that a page on type shows: in large letters over an alphabet, beside 'Aa', over a list of cuts, below a label.

`[PlacedLine] -> [FontStatement]`. The trade need not know the name: what stands beside it proves it
(`fonts/specimen_rules.py`), or the document is set in a font of that name. What must not live here: names in sentences
(`fonts/statements.py`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from sgd_assets.canon.fonts import patterns as font_patterns
from sgd_assets.canon.fonts.names import NAME, STYLE_WORDS, family_key, family_of, is_known
from sgd_assets.canon.fonts.quotes import FontStatement, cased, stands_in
from sgd_assets.canon.fonts.specimen_rules import (
    CUTS,
    CUTS_LISTED,
    ONE_CUT,
    proof_of,
    shows_letters,
)
from sgd_assets.canon.fonts.type_labels import is_of_labels, is_of_setting, is_type_label, leads_to_a_name
from sgd_assets.canon.reading.printed_words import as_printed
from sgd_assets.canon.reading.sections import PlacedLine
from sgd_resources.parsed_document import Bbox

_LONGEST_NAME = 48
_SHOWN = re.compile(
    rf"^(?:A[ag]\s+)?{font_patterns.MARKS}(?P<name>{NAME}){font_patterns.MARKS}(?:\s+(?i:{font_patterns.FONT_WORD}))?"
    rf"(?:[\s,:(/|–—-]+(?P<cuts>(?i:{CUTS}))\)?)?"
    r"(?:[\s,(/|–—-]+\d{1,3}(?:[.,]\d+)?\s?(?:pt|px|pts)\)?(?:\s*/\s*\d+(?:\s?(?:pt|px))?)?)?[\s.:]*$"
)
"""A line that is a name, and its cuts and size at most."""
_PLAIN_CUTS = frozenset({"bold", "light", "black", "heavy", "book", "fat", "extra", "wide", "narrow", "leicht", "fett"})
"""Cuts that are words of every text too: 'Think Bold' is no name of a typeface."""
_GROWTH = 6.0
"""Heights of a name's line within which what stands below belongs to it."""
_EDGE = 8.0
"""Points by which the left edges of one column differ."""
_FEWEST_CUTS = 2  # 'Solveig Light' above 'Solveig Bold'


@dataclass(frozen=True)
class _Name:
    """A line that may be a typeface's name."""

    at: int
    family: str
    printed: str
    cuts: tuple[str, ...]


def shown_names(
    lines: Sequence[PlacedLine], on_type: set[int], document_families: frozenset[str] = frozenset()
) -> Iterator[FontStatement]:
    """Statements of names that a page on type shows, in reading order.

    Args:
        lines: of the whole document.
        on_type: orders of the blocks that stand in a section on type.
        document_families: `family_key` of the fonts that the document itself is set in.
    """
    own = [line for line in lines if line.placed.order in on_type and line.placed.block.kind != "code"]
    for page in _pages(own):
        names = [name for at, line in enumerate(page) if (name := _name_of(at, line)) is not None]
        taken = {name.at for name in names}
        for name in names:
            if family_key(name.family) in document_families or _is_proved(name, names, page, taken):
                line = page[name.at]
                yield FontStatement(
                    cased(name.family, line.text),
                    "type_specimen",
                    as_printed(line.placed, name.printed),
                    f"{line.placed.context} {line.text}",
                    line.placed,
                    stands_in(line.placed),
                )


def is_shown_name(text: str) -> bool:
    """Whether a text is a name, with its cuts and size at most, that no word of typesetting explains."""
    shown = _SHOWN.match(text.strip())
    family = family_of(shown["name"]) if shown is not None else None
    return family is not None and not is_of_setting(family)


def _pages(lines: Sequence[PlacedLine]) -> list[list[PlacedLine]]:
    """Lines by page; a flow is one page."""
    found: dict[int | None, list[PlacedLine]] = {}
    for line in lines:
        found.setdefault(line.placed.block.location.page, []).append(line)
    return list(found.values())


def _name_of(at: int, line: PlacedLine) -> _Name | None:
    text = " ".join(line.text.split())
    cell = line.placed.block.cell
    shown = _SHOWN.match(text) if len(text) <= _LONGEST_NAME else None
    if shown is None or is_type_label(text) or (cell is not None and cell.is_header) or shows_letters(text):
        return None
    words = shown["name"].split()
    style = [word for word in words[1:] if word.lower() in STYLE_WORDS]
    family = family_of(shown["name"])
    if family is None or len(family) < 4 or (is_of_setting(family) and not is_known(family)):
        return None
    cuts = re.findall(r"[^\W\d_]+", shown["cuts"] or "")
    return _Name(
        at, family, shown["name"], tuple(word.lower() for word in (*style, *cuts) if word.lower() in STYLE_WORDS)
    )


def _is_proved(name: _Name, names: Sequence[_Name], page: Sequence[PlacedLine], taken: set[int]) -> bool:
    line = page[name.at]
    alike = [other for other in names if family_key(other.family) == family_key(name.family)]
    if len({cut for other in alike for cut in other.cuts}) >= _FEWEST_CUTS and name.cuts:
        return True
    if name.cuts and not set(name.cuts) <= _PLAIN_CUTS:
        return True
    if line.placed.block.cell is not None:
        return False  # its neighbours are other cells
    beside = [page[at] for at in _beside(name.at, page) if at not in taken]
    if name.cuts and any(leads_to_a_name(other.text) or _is_a_use(other.text) for other in beside):
        return True
    under = [(other, proof_of(" ".join(other.text.split()))) for other in beside if _is_under(line, other)]
    cuts = list(takewhile(lambda entry: entry[1] in (ONE_CUT, CUTS_LISTED), under))
    if len(cuts) >= _FEWEST_CUTS or any(rule is CUTS_LISTED for _, rule in cuts):
        return True
    if any(shows_letters(" ".join(other.text.split())) for other in beside):
        return True
    first = under[0] if under else None
    return first is not None and first[1] is not None and first[1].told == "told" and _is_set_apart(line, first[0])


def _is_a_use(text: str) -> bool:
    """Whether a line is a label of a use: 'Body copy'; 'Typography' alone is none."""
    return is_of_labels(text) and not is_type_label(text)


def _is_set_apart(line: PlacedLine, other: PlacedLine) -> bool:
    """Whether a name is set as a heading over the words below it."""
    mine, theirs = line.placed.block, other.placed.block
    return mine.kind == "heading" or (mine.font_size_pt or 0.0) > (theirs.font_size_pt or 0.0)


def _is_under(line: PlacedLine, other: PlacedLine) -> bool:
    if line.bbox is None or other.bbox is None:
        return other.placed.order > line.placed.order
    return other.bbox[1] > line.bbox[1] + 1


def _beside(at: int, page: Sequence[PlacedLine]) -> list[int]:
    """Lines that a reader takes together with one: the next three of a flow; on a page what stands near below it in
    its column, right above it or beside it."""
    box = page[at].bbox
    if box is None:
        return [other for other in range(at + 1, at + 4) if other < len(page)]
    found = []
    for other, line in enumerate(page):
        if other != at and line.bbox is not None and line.placed.block.cell is None and _is_near(box, line.bbox):
            found.append(other)
    return sorted(found, key=lambda other: abs((page[other].bbox or box)[1] - box[1]))[:6]


def _is_near(name: Bbox, other: Bbox) -> bool:
    height, tall = name[3] - name[1], other[3] - other[1]
    overlap = min(name[2], other[2]) - max(name[0], other[0])
    is_column = abs(name[0] - other[0]) <= _EDGE or overlap > 0.5 * min(name[2] - name[0], other[2] - other[0])
    if is_column and other[1] >= name[1]:
        return other[1] - name[3] <= max(_GROWTH * 12, 3 * height)
    if is_column:
        return name[1] - other[3] <= max(2 * height, 0.6 * tall)
    is_level = min(name[3], other[3]) - max(name[1], other[1]) > 0
    gap = max(name[0] - other[2], other[0] - name[2])
    return is_level and gap <= max(12 * height, tall)
