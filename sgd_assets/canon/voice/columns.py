"""Columns of a printed page headed 'We are', 'Do', 'Don't' in plain type: `[PlacedBlock] -> [PlacedBlock]`.

Columns whose rows do not line up are no table (`text/tables.py`): a column's head is the first line of its first block,
or a block of its own, and what stands below it in the same column belongs to it. Heads in larger type are headings
already (`reading/sections.py`). What must not live here: what a head means (`words/voice_patterns.py`).
"""

from collections.abc import Sequence
from dataclasses import replace

from sgd_assets.canon.reading.sections import PlacedBlock
from sgd_assets.canon.words.voice_patterns import AVOIDED, FAVOURED, MEANING_HEAD, TRAIT_HEAD, WE_ARE
from sgd_resources.parsed_document import Bbox

_INDENT = 24.0
"""Points by which a bullet's text may stand in from its column's head."""


def with_column_heads(placed: Sequence[PlacedBlock]) -> list[PlacedBlock]:
    """The blocks, those below a column's head as items of a list under that head."""
    placed = _headed_apart(placed)
    headings = {(item.block.location.page, item.path[-1]) for item in placed if item.path}
    heads = [
        item for item in placed if _head_of(item) is not None and (item.block.location.page, item.text) not in headings
    ]
    if not heads:
        return list(placed)
    return [_under_head(item, heads, placed) for item in placed]


def _headed_apart(placed: Sequence[PlacedBlock]) -> list[PlacedBlock]:
    """The blocks; cells of a page's table whose columns stand below 'We are' and 'We are not' are items of lists: the
    first row is no head then."""
    columns: dict[tuple[int, int], dict[int, set[str]]] = {}
    for item in placed:
        if (table := _table_of(item)) is not None and item.block.cell is not None:
            heads = columns.setdefault(table, {}).setdefault(item.block.cell.column, set())
            heads.add(item.path[-1] if item.path else "")
    apart = {table for table, found in columns.items() if _are_sides(list(found.values()))}
    return [
        replace(item, block=item.block.model_copy(update={"kind": "list_item", "cell": None}))
        if _table_of(item) in apart
        else item
        for item in placed
    ]


def _table_of(item: PlacedBlock) -> tuple[int, int] | None:
    page, cell = item.block.location.page, item.block.cell
    return (page, cell.table) if page is not None and cell is not None and not cell.is_header else None


def _are_sides(columns: Sequence[set[str]]) -> bool:
    """Whether each of two columns or more has one heading of its own: what the brand is, or what it is not."""
    heads = [next(iter(found)) for found in columns if len(found) == 1]
    is_parted = len(heads) == len(columns) == len(set(heads)) > 1
    # below 'Do' and 'Don't' cells are read as such already; traits below 'We are' lose their first row to a head
    is_of_traits = any(WE_ARE.match(text) for text in heads)
    return is_parted and is_of_traits and all(WE_ARE.match(text) or AVOIDED.match(text) for text in heads)


def _under_head(item: PlacedBlock, heads: Sequence[PlacedBlock], placed: Sequence[PlacedBlock]) -> PlacedBlock:
    if item.block.kind not in ("paragraph", "list_item"):
        return item
    own = _head_of(item)
    if own is not None and item in heads:
        rest = item.block.text.partition("\n")[2].strip()
        return _as_item(item, own, rest) if rest else item
    above = [head for head in heads if _is_below(item, head) and head.path == item.path]
    if not above:
        return item
    nearest = max(above, key=lambda head: _box(head)[1])
    between = [
        other
        for other in placed
        if other.block.kind == "heading" and _is_below(other, nearest) and _is_below(item, other)
    ]
    return item if between else _as_item(item, _head_of(nearest) or "", item.block.text)


def _head_of(item: PlacedBlock) -> str | None:
    """The head that a block is or begins with."""
    if item.block.location.page is None or item.block.location.bbox is None or item.block.kind == "heading":
        return None
    first = item.block.text.partition("\n")[0].strip()
    is_head = any(head.match(first) for head in (AVOIDED, FAVOURED, WE_ARE, TRAIT_HEAD, MEANING_HEAD))
    return first if is_head and len(first) <= 40 else None


def _is_below(item: PlacedBlock, head: PlacedBlock) -> bool:
    if item is head or item.block.location.page != head.block.location.page or item.block.location.bbox is None:
        return False
    return _box(item)[1] > _box(head)[1] and -3 <= _box(item)[0] - _box(head)[0] <= _INDENT


def _as_item(item: PlacedBlock, head: str, text: str) -> PlacedBlock:
    block = item.block.model_copy(update={"text": text, "kind": "list_item"})
    return replace(item, block=block, path=(*item.path, head))


def _box(item: PlacedBlock) -> Bbox:
    return item.block.location.bbox or (0.0, 0.0, 0.0, 0.0)
