"""Lines ruled across a PDF page, and edges of the boxes that cells are drawn in. Pure geometry."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from sgd_resources.parsed_document import Bbox

_THIN = 3.0  # points; thicker bars are ground, no rule
_SHORTEST = 16.0  # points; shorter ones are underscores and dashes
_TALLEST = 300.0  # points; taller boxes are frames of pages
_MOST = 2_000
"""Shapes on a page from which it is a drawing."""
_COVERED = 0.6
"""Share of a table's width that a rule crosses."""


class Rules:
    """What may part the rows of a table, by its height on the page."""

    def __init__(self, shapes: Iterable[Bbox]) -> None:
        """Shapes are boxes of what is filled or stroked, in points from the page's top left corner."""
        edges: list[tuple[float, float, float]] = []
        for left, top, right, bottom in shapes:
            if right - left < _SHORTEST or bottom - top > _TALLEST:
                continue
            if bottom - top <= _THIN:
                edges.append(((top + bottom) / 2, left, right))
            else:
                edges += ((top, left, right), (bottom, left, right))
            if len(edges) > _MOST:
                edges = []
                break
        self._edges = sorted(edges)
        self._heights = [edge[0] for edge in self._edges]

    def is_between(self, top: float, bottom: float, left: float, right: float) -> bool:
        """Whether rules between two heights cross most of the stretch from `left` to `right`."""
        found = self._edges[bisect_left(self._heights, top) : bisect_right(self._heights, bottom)]
        covered, reach = 0.0, left
        for _, begin, end in sorted(found, key=lambda edge: edge[1]):
            covered += max(0.0, min(end, right) - max(begin, reach))
            reach = max(reach, end)
        return covered >= _COVERED * (right - left)
