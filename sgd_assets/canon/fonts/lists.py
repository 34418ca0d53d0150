"""Lists of fonts: items that open with a name, where the trade knows one of them.

What must not live here: what a sentence or a label says of a font (`fonts/statements.py`).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from sgd_assets.canon.fonts import patterns as font_patterns
from sgd_assets.canon.fonts.names import NAME, family_of, is_known
from sgd_assets.canon.reading.sections import PlacedBlock
from sgd_assets.canon.words import topics

_ENTRY = re.compile(
    rf"\(?{font_patterns.MARKS}({NAME}){font_patterns.MARKS}\s*"
    r"(?:$|\n|[:(),]|[–—-]\s|(?:is|are|for|as|in|für|pour|en|para|per|voor)\b)"
)
_GIVEN = re.compile(
    rf"(?:^|[·•|;:,&/]|\band\b)\s*{font_patterns.MARKS}({NAME}){font_patterns.MARKS}\s*"
    r"\((?i:head(?:ing|line|er)s?|titles?|display|body|text|copy|code|mono(?:space)?|captions?|quotes?|ui)\b[^()]*\)"
)
_FEWEST = 2  # one name is no list


def names_type(heading: str) -> bool:
    """Whether a heading is nothing but a word for fonts ('Other fonts (body)') or leads to them ('In these fonts:')."""
    bare = re.sub(r"\s*\([^()]*\)\s*$", "", heading)
    return bool(
        font_patterns.LABEL.match(bare)
        or re.fullmatch(r"(?i)\W*(?:our )?(?:type|typography)\W*", bare)
        or re.search(rf"(?i)\b{font_patterns.FONT_WORD}\s*:\W*$", bare)
        or (
            re.fullmatch(rf"(?i)\W*(?:[\w’'-]+\s+){{1,3}}{font_patterns.FONT_WORD}\W*", bare)
            and not font_patterns.NO_BRAND_FONTS.search(bare)
        )
    )


def listed_with_known(placed: Sequence[PlacedBlock]) -> Iterator[tuple[PlacedBlock, str]]:
    """(item, name) of each list under a heading for fonts whose items all open with a name, one of them known."""
    for is_list, run in groupby(placed, key=lambda item: item.block.kind == "list_item"):
        lists: dict[tuple[str, ...], list[PlacedBlock]] = {}
        for item in run:
            if is_list and item.path and _leads(item.path):
                lists.setdefault(item.path, []).append(item)
        for items in lists.values():
            entries = [(item, _ENTRY.match(item.block.text)) for item in items]
            names = [(item, match[1]) for item, match in entries if match is not None and family_of(match[1])]
            if len(names) == len(entries) >= _FEWEST and any(is_known(family_of(name) or "") for _, name in names):
                yield from names


def _leads(path: Sequence[str]) -> bool:
    """Whether a list stands under a heading for fonts, or under a use ('Titles and display') below one."""
    words = re.findall(r"[^\W\d_]+", path[-1])
    is_use = bool(words) and all(font_patterns.TYPE_WORD.fullmatch(word) for word in words)
    return names_type(path[-1]) or (is_use and any(names_type(heading) for heading in path[:-1]))


def given_roles(placed: Sequence[PlacedBlock]) -> Iterator[tuple[PlacedBlock, str]]:
    """(block, name) of 'Wexel (headings) · Lato (body)' in a section on type, where one of the names is known."""
    for item in placed:
        if item.block.kind not in ("paragraph", "list_item") or not topics.TYPOGRAPHY.search(item.context):
            continue
        names = [match[1] for match in _GIVEN.finditer(item.block.text) if family_of(match[1])]
        if len(names) >= _FEWEST and any(is_known(family_of(name) or "") for name in names):
            yield from ((item, name) for name in names)
