"""Columns of dos and don'ts that go on over a page's end: `[PlacedBlock] -> [PlacedBlock]`.

A page that ends with the heads 'Do' and 'Don't' side by side says the sides of what stands in these columns on top of
the next page, above its title. What must not live here: columns on one page (`voice/columns.py`), or what a head means
(`sides/labels.py`).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from sgd_assets.canon.reading.sections import PlacedBlock
from sgd_assets.canon.sides.polarity import is_bare_label, stance_of_label
from sgd_resources.parsed_document import Bbox

Side = Literal["do", "dont"]
_INDENT = 40.0
"""Points by which a column's lines may stand in from its head, behind their bullets."""
_BESIDE = 6.0
"""Points by which heads side by side may differ in height."""
_LAST = 0.6
"""Share of a page's height below which heads may be cut off from their columns."""


class _Column(NamedTuple):
    left: float
    side: Side
    path: tuple[str, ...]
    """The headings over its head."""


def with_carried_columns(placed: Sequence[PlacedBlock]) -> list[PlacedBlock]:
    """The blocks, those on top of a page on the side of the column that they go on with, as items of its list."""
    pages: dict[int, list[PlacedBlock]] = {}
    for item in placed:
        if item.block.location.page is not None and item.block.location.bbox is not None:
            pages.setdefault(item.block.location.page, []).append(item)
    carried = {page + 1: heads for page, items in pages.items() if (heads := _last_heads(items))}
    if not carried.keys() & pages.keys():
        return list(placed)
    tops = {page: _top_of_title(pages[page]) for page in carried.keys() & pages.keys()}
    return [_on_its_side(item, carried, tops) for item in placed]


def _last_heads(items: Sequence[PlacedBlock]) -> list[_Column]:
    """The columns whose heads stand side by side at the end of a page; empty where there are none."""
    bottom = max(_box(item)[3] for item in items)
    heads = [
        (item, stance)
        for item in items
        if _box(item)[1] > _LAST * bottom and is_bare_label(item.text) and (stance := _side(item.text)) is not None
    ]
    level = _box(heads[-1][0])[1] if heads else 0.0
    pair = [_Column(_box(item)[0], side, item.path) for item, side in heads if abs(_box(item)[1] - level) <= _BESIDE]
    return pair if {column.side for column in pair} == {"do", "dont"} else []


def _top_of_title(items: Sequence[PlacedBlock]) -> float:
    """Where the page's largest line stands: what is above goes on from the page before."""
    title = max(items, key=lambda item: (item.block.font_size_pt or 0.0, -_box(item)[1]))
    return _box(title)[1]


def _on_its_side(item: PlacedBlock, carried: dict[int, list[_Column]], tops: dict[int, float]) -> PlacedBlock:
    page = item.block.location.page
    if page is None or page not in tops or item.block.location.bbox is None or _box(item)[3] > tops[page]:
        return item
    columns = [column for column in carried[page] if 0 <= _box(item)[0] - column.left <= _INDENT]
    if not columns:
        return item
    nearest = max(columns, key=lambda column: column.left)
    block = item.block.model_copy(update={"kind": "list_item", "cell": None, "side": nearest.side})
    return replace(item, block=block, path=nearest.path)


def _side(text: str) -> Side | None:
    stance = stance_of_label(text)
    return stance if stance in ("do", "dont") else None


def _box(item: PlacedBlock) -> Bbox:
    return item.block.location.bbox or (0.0, 0.0, 0.0, 0.0)
