"""Neighbours on a page: nearest first, and looked for no further in reading order than a page is long."""

from collections.abc import Sequence

from sgd_resources.parsed_document import Location, TextBlock
from sgd_resources.parsers.neighbours import nearest_blocks


class Counted(list[TextBlock]):
    """Blocks that count how often one of them is looked at."""

    looks = 0

    def __getitem__(self, index):  # type: ignore[no-untyped-def] # as the list's own
        self.looks += 1
        return super().__getitem__(index)


def column(n: int) -> Sequence[TextBlock]:
    boxes = [(1 + i // 50, 12.0 * (i % 50)) for i in range(n)]
    return [TextBlock(text="a", location=Location(page=page, bbox=(0, top, 60, top + 10))) for page, top in boxes]


def test_the_block_above_is_nearer_than_the_one_below() -> None:
    assert nearest_blocks(column(9), 4)[:2] == [3, 5]


def test_a_block_of_another_page_is_no_neighbour() -> None:
    assert set(nearest_blocks(column(120), 50)) <= set(range(50, 100))


def test_a_longer_document_costs_no_more_per_block() -> None:
    def looks(n: int) -> int:
        blocks = Counted(column(n))
        nearest_blocks(blocks, n // 2)
        return blocks.looks

    assert looks(8_000) == looks(4_000)
