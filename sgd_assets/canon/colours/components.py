"""Colours that components of a page show: `<Swatch name="Ink" hex="#10243E" />` under a colour heading.

`ColourUse, Sections -> ColourClaim`. What must not live here: values printed as words (`colours/stated.py`) and other
uses of colours (`colours/used.py`).
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from sgd_assets.canon.colours.roles import role_of
from sgd_assets.canon.colours.stated import rank_of
from sgd_assets.canon.facts.claims import ColourClaim
from sgd_assets.canon.reading.sections import PlacedBlock
from sgd_assets.canon.words import topics
from sgd_resources.parsed_document import ColourUse

_VALUE_ATTRIBUTE = re.compile(
    r"[\w.-]+\[(?:data-)?(?:hex(?:[-_]?(?:code|value))?|value|colou?r(?:[-_]?value)?|swatch|"
    r"(?:clipboard|copy)(?:[-_]?(?:text|value))?)\]"
)


class Sections:
    """The headings that a line of a flowing document stands under, and the words of its table row."""

    def __init__(self, placed: Sequence[PlacedBlock]) -> None:
        lined = [(item.block.location.line, item) for item in placed if item.block.location.line is not None]
        self._starts: list[int] = []
        self._paths: list[tuple[str, ...]] = []
        self._cells: dict[int, str] = {}
        for line, item in sorted(lined, key=lambda entry: (entry[0], entry[1].order)):
            if item.block.kind == "heading":
                self._starts.append(line)
                self._paths.append((*item.path, item.text))
            elif item.block.cell is not None:
                self._cells.setdefault(line, item.text)

    def path_at(self, line: int) -> tuple[str, ...]:
        """Headings above a line, outermost first."""
        index = bisect_right(self._starts, line) - 1
        return self._paths[index] if index >= 0 else ()

    def row_at(self, line: int) -> str | None:
        """The first cell of the table row on a line."""
        return self._cells.get(line)


def component_claim(use: ColourUse, sections: Sections, words: str, *, order: int) -> ColourClaim | None:
    """The claim of a component's value; None for any other use, and outside of sections on colour.

    Args:
        use: a colour of the document.
        sections: of the same document.
        words: of the file's name.
        order: place among the document's claims.
    """
    line = use.location.line
    if use.source != "code" or line is None or not _VALUE_ATTRIBUTE.fullmatch(use.name or ""):
        return None
    path = sections.path_at(line)
    nearest = path[-1] if path else ""
    if not any(topics.COLOUR.search(text) for text in (*path, words)) or topics.NOT_COLOUR_SECTION.search(nearest):
        return None
    name = use.label or sections.row_at(line)
    return ColourClaim(
        hex=use.hex,
        tier="stated",
        method="stated_hex",
        rank=rank_of(name, path),
        role=role_of(name, path),
        name=name,
        set_name=nearest or words,
        quote=use.operator or use.hex,
        location=use.location,
        order=order,
        excluded="translucent" if use.alpha is not None and use.alpha < 1 else None,
    )
