"""Bullets of a PDF page that are no letters of their line: drawn as small shapes, or set apart from the words.

Browsers draw the marks of a list as discs, office programs set them in a symbol font, typesetters put them into a
column of their own. What must not live here: bullets that a line begins with (`blocks`).
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice

from sgd_resources.parsed_document import Bbox
from sgd_resources.parsers.bullets import BULLETS
from sgd_resources.parsers.pdf.text.lines import Line

_ALONE = re.compile(rf"(?:[{BULLETS}–\-*]|\d{{1,2}}[.)])")
_FARTHEST = 3.5
"""Type sizes that a mark may stand off its words."""
_SMALLEST, _LARGEST = 0.12, 0.75
"""Sides of a drawn mark in type sizes."""
_MOST_MARKS = 500
"""Small shapes on a page from which they are a drawing or a pattern."""


def mark_items(lines: Sequence[Line], shapes: Iterable[Bbox]) -> list[Line]:
    """The lines without those that are but a bullet; `is_item` is set on those that a bullet stands before.

    Args:
        lines: of one page, in content order.
        shapes: boxes of the filled shapes of the page.
    """
    marks = [line for line in lines if _ALONE.fullmatch(line.text) or _is_ring(line)]
    taken = set()
    for mark in marks:
        line = _behind(mark, lines)
        if line is not None:
            line.is_item = True
            taken.add(id(mark))
    rest = [line for line in lines if id(line) not in taken] if taken else list(lines)
    drawn = list(islice((shape for shape in shapes if _may_be_mark(shape)), _MOST_MARKS + 1))
    if drawn and len(drawn) <= _MOST_MARKS:
        _mark_drawn(rest, drawn)
    return rest


def _is_ring(line: Line) -> bool:
    """An 'o' in a typewriter face: the second level's mark in word processors."""
    return line.text == "o" and "courier" in line.font.lower()


def _mark_drawn(lines: Sequence[Line], drawn: list[Bbox]) -> None:
    drawn.sort(key=_middle)
    middles = [_middle(shape) for shape in drawn]
    for line in lines:
        x0, y0, _, y1 = line.bbox
        reach = _FARTHEST * line.size_pt
        for index in range(bisect_left(middles, y0 + 0.2 * (y1 - y0)), len(drawn)):
            if middles[index] > y1 - 0.2 * (y1 - y0):
                break
            left, top, right, bottom = drawn[index]
            side = max(right - left, bottom - top)
            if x0 - reach < right <= x0 and _SMALLEST * line.size_pt <= side <= _LARGEST * line.size_pt:
                line.is_item = line.is_item or not _crowded(drawn[index], drawn)
                break


def _crowded(mark: Bbox, drawn: Sequence[Bbox]) -> bool:
    """Whether other small shapes stand beside it, as in a picture or an outlined word."""
    beside = sum(
        other is not mark and abs(_middle(other) - _middle(mark)) < 3 and abs(other[0] - mark[0]) < 12
        for other in drawn
    )
    return beside > 1


def _behind(mark: Line, lines: Iterable[Line]) -> Line | None:
    """The nearest line to the right of a mark, on its level and as visible."""
    _, top, right, bottom = mark.bbox
    found = [
        line
        for line in lines
        if -1 <= line.bbox[0] - right <= _FARTHEST * line.size_pt
        and line is not mark
        and line.hidden_reason == mark.hidden_reason
        and min(line.bbox[3], bottom) - max(line.bbox[1], top) > 0.4 * min(bottom - top, line.bbox[3] - line.bbox[1])
    ]
    return min(found, key=lambda line: line.bbox[0], default=None)


def _may_be_mark(shape: Bbox) -> bool:
    wide, high = shape[2] - shape[0], shape[3] - shape[1]
    return 1 <= wide <= 16 and 1 <= high <= 16 and 0.6 <= wide / high <= 1.7


def _middle(shape: Bbox) -> float:
    return (shape[1] + shape[3]) / 2
