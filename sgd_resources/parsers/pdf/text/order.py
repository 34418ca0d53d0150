"""Blocks of a PDF page in the order a reader takes them, list items by how far they stand in. Pure geometry."""

from collections.abc import Sequence

from sgd_resources.parsed_document import Bbox
from sgd_resources.parsers.pdf.text.blocks import Block, kind_of

_INDENT = 0.6
"""Type sizes by which an item stands in from the one it belongs to."""
_DEEPEST = 6  # as Markdown's headings
_AT_EDGE_PT = 6.0  # a heading may hang a little out of its column
_BAND = 0.4
"""Heights of a heading that stay white above it, from side to side."""


def reading_order(
    blocks: Sequence[Block], height: float, levels: dict[float, int], tables: Sequence[Sequence[Block]] = ()
) -> list[Block]:
    """Blocks as a reader takes them: by white rivers across and down the page, the page's title first.

    Args:
        blocks: those of no table.
        height: of the page.
        levels: heading levels by type size.
        tables: cells of each table in its own order, which is kept.
    """
    units = [[block] for block in blocks] + [list(table) for table in tables]
    headings = {id(block) for block in blocks if kind_of(block, levels)[0] == "heading"}
    ordered = [block for unit in _cut([(_around(unit), unit) for unit in units], headings) for block in unit]
    titles = [
        block
        for block in ordered
        if block.bbox[1] < 0.4 * height
        and kind_of(block, levels)[0] == "heading"
        and block.lines[0].hidden_reason is None
    ]
    if titles:
        title = max(titles, key=lambda block: block.lines[0].size_pt)
        # numbers such as '1.04' stand before the words they number
        ordered.remove(title)
        ordered.insert(0, title)
    _set_depths(ordered, levels)
    return ordered


def _set_depths(blocks: Sequence[Block], levels: dict[float, int]) -> None:
    """How deep list items that follow each other are nested, by their left edges."""
    edges: list[float] = []
    for block in blocks:
        if kind_of(block, levels)[0] != "list_item":
            edges = []
            continue
        left, indent = block.bbox[0], _INDENT * block.lines[0].size_pt
        edges = [edge for edge in edges if edge < left - indent] + [left]
        block.depth = min(_DEEPEST, len(edges))


def _around(blocks: Sequence[Block]) -> Bbox:
    boxes = [block.bbox for block in blocks]
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _cut(items: list[tuple[Bbox, list[Block]]], headings: set[int]) -> list[list[Block]]:
    if len(items) <= 1:
        return [unit for _, unit in items]
    across = _band_above_heading(items, headings)
    if across is None:
        across, down = _widest_gap(items, 1), _widest_gap(items, 0)
        axis, gap = (1, across) if across[0] >= down[0] else (0, down)
    else:
        axis, gap = 1, across
    if gap[0] <= 0:
        return [unit for _, unit in sorted(items, key=lambda item: (round(item[0][1] / 4), item[0][0]))]
    first = [item for item in items if item[0][axis] < gap[1]]
    second = [item for item in items if item[0][axis] >= gap[1]]
    return _cut(first, headings) + _cut(second, headings)


def _band_above_heading(items: list[tuple[Bbox, list[Block]]], headings: set[int]) -> tuple[float, float] | None:
    """(height, place) of the widest empty band that a heading at the left edge opens a new part of the page below."""
    left = min(box[0] for box, _ in items)
    ordered = sorted(items, key=lambda item: item[0][1])
    best, end = None, ordered[0][0][3]
    for box, unit in ordered[1:]:
        is_opening = id(unit[0]) in headings and box[0] <= left + _AT_EDGE_PT
        height = box[1] - end
        if is_opening and height >= _BAND * (box[3] - box[1]) and (best is None or height > best[0]):
            best = (height, box[1])
        end = max(end, box[3])
    return best


def _widest_gap(items: list[tuple[Bbox, list[Block]]], axis: int) -> tuple[float, float]:
    """(width, place) of the widest empty band on one axis (0 = x, 1 = y)."""
    spans = sorted((box[axis], box[axis + 2]) for box, _ in items)
    best, end = (0.0, 0.0), spans[0][1]
    for begin, stop in spans[1:]:
        if begin - end > best[0]:
            best = (begin - end, begin)
        end = max(end, stop)
    return best
