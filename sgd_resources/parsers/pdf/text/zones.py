"""Columns of text on a PDF page, told from the columns of a table: `[Line] -> [[Line]]`. Pure geometry.

Rows of a table stand on one level across its gutters; lines of text columns do so by chance, or because both run on.
"""

from bisect import bisect_left
from collections.abc import Sequence

from sgd_resources.parsers.pdf.text.lines import Line

MOST_LINES = 1_000
"""On a page that columns are looked for on; a page of a newspaper has half of it."""
_LEAST_LINES = 6
"""On each side of a gutter between columns of text."""
_SLACK_PT = 1.0
_LEAST_GUTTER = 0.7
"""Type sizes."""
_ON_LEVEL = 0.25  # of the size: baselines of two columns on one grid
_MOSTLY = 0.75  # parts columns of text, whose lines keep their own beat, from rows of a table
_WORDS = 5
"""Of a line of running text."""


def zones_of(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines by columns of text, left to right; all in one where the page has none."""
    gutter = _gutter(lines)
    if gutter is None:
        return [list(lines)]
    top, bottom, place = gutter
    across = [line for line in lines if line.bbox[3] <= top or line.bbox[1] >= bottom]
    inside = [line for line in lines if line.bbox[3] > top and line.bbox[1] < bottom]
    left = [line for line in inside if line.bbox[2] <= place]
    right = [line for line in inside if line.bbox[2] > place]
    return ([across] if across else []) + zones_of(left) + zones_of(right)


def _gutter(lines: Sequence[Line]) -> tuple[float, float, float] | None:
    """(top, bottom, x) of the tallest stretch that columns of text leave white between them."""
    if not 2 * _LEAST_LINES <= len(lines) <= MOST_LINES:
        return None
    found = [stretch for place in _places(lines) if (stretch := _stretch(lines, place)) is not None]
    return max(found, key=lambda stretch: (stretch[1] - stretch[0], -stretch[2]), default=None)


def _places(lines: Sequence[Line]) -> list[float]:
    """Left edges that several lines share, a hair to their left."""
    edges: dict[int, int] = {}
    for line in lines:
        key = round(line.bbox[0])
        edges[key] = edges.get(key, 0) + 1
    return [edge - 2.0 for edge, count in sorted(edges.items()) if count >= _LEAST_LINES]


def _stretch(lines: Sequence[Line], place: float) -> tuple[float, float, float] | None:
    """The tallest stretch beside `place` that no line crosses, where text stands on both sides."""
    crossing = sorted(
        (line.bbox[1], line.bbox[3]) for line in lines if line.bbox[0] < place and line.bbox[2] > place - 1
    )
    ends = [float("-inf"), *(bottom for _, bottom in crossing)]
    starts = [*(top for top, _ in crossing), float("inf")]
    top, bottom = _tallest(lines, list(zip(ends, starts, strict=True)))
    inside = [line for line in lines if line.bbox[1] >= top - _SLACK_PT and line.bbox[3] <= bottom + _SLACK_PT]
    left = [line for line in inside if line.bbox[2] <= place]
    right = [line for line in inside if line.bbox[0] >= place]
    if min(len(left), len(right)) < _LEAST_LINES:
        return None
    if place - max(line.bbox[2] for line in left) < _LEAST_GUTTER * left[0].size_pt - 2:
        return None
    return (top, bottom, place) if _are_text(left, right) else None


def _tallest(lines: Sequence[Line], spans: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The first of the spans with the tallest text in it; the widest are measured first, for none is taller than it is
    wide."""
    chosen, tallest = 0, -1.0
    for index in sorted(range(len(spans)), key=lambda index: spans[index][0] - spans[index][1]):
        top, bottom = spans[index]
        if bottom - top + 2 * _SLACK_PT < tallest:
            break
        height = _height_between(lines, top, bottom)
        if (height, -index) > (tallest, -chosen):
            chosen, tallest = index, height
    return spans[chosen]


def _height_between(lines: Sequence[Line], top: float, bottom: float) -> float:
    inside = [line for line in lines if line.bbox[1] >= top - _SLACK_PT and line.bbox[3] <= bottom + _SLACK_PT]
    return max((line.bbox[3] for line in inside), default=0.0) - min((line.bbox[1] for line in inside), default=0.0)


def _are_text(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether neither side stands on the levels of the other; of a table one does, also where cells are wrapped."""
    top, bottom = min(line.bbox[1] for line in right), max(line.bbox[3] for line in right)
    beside = [line for line in left if line.bbox[3] > top and line.bbox[1] < bottom]
    if max(_on_level(right, left), _on_level(beside, right)) < _MOSTLY:
        return True
    return _run_on(left) and _run_on(right)


def _on_level(lines: Sequence[Line], others: Sequence[Line]) -> float:
    """Share of lines that end on the level of another one."""
    levels = sorted(other.bbox[3] for other in others)
    found = 0
    for line in lines:
        slack = _ON_LEVEL * line.size_pt
        nearest = bisect_left(levels, line.bbox[3] - slack)
        found += nearest < len(levels) and levels[nearest] <= line.bbox[3] + slack
    return found / max(1, len(lines))


def _run_on(lines: Sequence[Line]) -> bool:
    """Whether most lines are of running text that fills its column."""
    width = max(line.bbox[2] for line in lines) - min(line.bbox[0] for line in lines)
    full = sum(len(line.text.split()) >= _WORDS and line.bbox[2] - line.bbox[0] >= 0.7 * width for line in lines)
    return full >= 0.6 * len(lines)
