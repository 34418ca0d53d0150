"""Joins the lines that a PDF's paragraphs were wrapped into, and words broken by a hyphen. Pure text and geometry.

A line break stays where the writer set it: the next word would have fitted into the line.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from sgd_resources.parsers.pdf.text.blocks import Block
from sgd_resources.parsers.pdf.text.lines import Line

_LONG, _HALF_LONG = 40, 20
"""Characters of a line that reads as running text; fewer do where its words go on in the next one."""
_OPEN_END = re.compile(
    r"(?i)(?:[,;/&(–—]|\b(?:a|an|and|any|are|as|at|by|for|from|in|is|of|on|or|our|that|the|their|these|this|to|us|we|"
    r"with|your|und|oder|der|die|das|et|ou|de|la|le|les|y|o|el|los|e|di|il|en|van|het))\s*$"
)
_HYPHENS = ("-", "\u00ad", "\u2010")
_LETTERS = re.compile(r"[^\W\d_]+")
_BROKEN = re.compile(r"(\w*[^\W\d_])[-\u00ad\u2010]$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def words_of(lines: Iterable[Line]) -> frozenset[str]:
    """All words of a document in lower case, hyphenated ones as a whole, without the halves of broken ones.

    Args:
        lines: in content order.
    """
    kept = list(lines)
    if not any(line.text.endswith(_HYPHENS) for line in kept):
        return frozenset()  # nobody will ask
    found: set[str] = set()
    is_broken = False
    for line in kept:
        words = [word.lower() for word in _WORD.findall(line.text)]
        was_broken, is_broken = is_broken, _BROKEN.search(line.text) is not None
        found.update(words[was_broken : len(words) - is_broken])
    return frozenset(found)


def join_wrapped(blocks: Sequence[Block], known: frozenset[str]) -> None:
    """Set `words` on the blocks of one page whose lines go on.

    Args:
        blocks: of one page.
        known: the document's words (`words_of`).
    """
    edges = _right_edges(blocks)
    for block in blocks:
        if len(block.lines) < 2:
            continue
        text = block.lines[0].text
        for above, below in pairwise(block.lines):
            edge = edges[_key(block, above)]
            if block.cell is not None:
                edge = max(edge, *(line.bbox[2] for line in block.lines))
            glue = _glue(above, below, edge, known, is_cell=block.cell is not None)
            text = text[:-1] + below.text if glue is None else text + glue + below.text
        block.words = text


def _glue(above: Line, below: Line, edge: float, known: frozenset[str], *, is_cell: bool) -> str | None:
    """What stands between two lines; None where the first one's hyphen goes too."""
    if not below.text or below.bbox[1] <= above.bbox[1]:
        return "\n"
    if above.text.endswith(_HYPHENS):
        broken, start = _BROKEN.search(above.text), _LETTERS.match(below.text)
        if broken and start and start[0][0].islower():
            return _of_broken(broken[1].lower(), start[0].lower(), known)
    first = below.text.partition(" ")[0]
    needed = (len(first) + 1) * (below.bbox[2] - below.bbox[0]) / max(1, len(below.text))
    if above.bbox[2] + needed <= edge:
        return "\n"
    length = len(above.text)
    if is_cell or length >= _LONG:
        return " "
    goes_on = length >= _HALF_LONG and (below.text[0].islower() or _OPEN_END.search(above.text) is not None)
    return " " if goes_on else "\n"


def _of_broken(head: str, tail: str, known: frozenset[str]) -> str | None:
    if head + tail in known:
        return None
    is_compound = f"{head}-{tail}" in known or (head in known and tail in known and len(tail) > 2)
    return "" if is_compound else None


def _right_edges(blocks: Sequence[Block]) -> Mapping[tuple[int, int], float]:
    """How far lines reach that begin at the same place of the page, or of the same column of a table."""
    edges: dict[tuple[int, int], float] = {}
    for block in blocks:
        for line in block.lines:
            key = _key(block, line)
            edges[key] = max(edges.get(key, 0.0), line.bbox[2])
    return edges


def _key(block: Block, line: Line) -> tuple[int, int]:
    if block.cell is not None:
        return block.cell.table, block.cell.column
    return -1, round(line.bbox[0] / 2)
