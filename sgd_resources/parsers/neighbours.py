"""Which blocks of a page stand next to a block: pure geometry on boxes in points."""

from collections.abc import Sequence

from sgd_resources.parsed_document import Bbox, TextBlock

_MOST_APART = 400
"""Blocks between neighbours in reading order: all of a page of ordinary length, so that long documents cost no more."""
_REACH_PT = 48.0  # about 17 mm: two lines of large type between a shape and its words
_BELOW_PT = 10.0  # handicaps: a caption stands left of its shape, else below, else to the right
_LEFT_PT = 4.0
_RIGHT_PT = 14.0


def nearest_blocks(blocks: Sequence[TextBlock], index: int) -> list[int]:
    """Indexes of the blocks within reach of one, nearest first.

    Names stand above or to the left of what they name more often than below or to the right, so those count as nearer.
    """
    here = blocks[index].location
    if here.bbox is None:
        return []
    ranked = []
    for other in range(max(0, index - _MOST_APART), min(len(blocks), index + _MOST_APART + 1)):
        there = blocks[other].location
        if other == index or there.page != here.page or there.bbox is None:
            continue
        distance = _distance(here.bbox, there.bbox)
        if distance is not None and distance <= _REACH_PT:
            ranked.append((distance, other))
    return [other for _, other in sorted(ranked)]


def _distance(here: Bbox, there: Bbox) -> float | None:
    across = min(here[2], there[2]) - max(here[0], there[0])
    along = min(here[3], there[3]) - max(here[1], there[1])
    if across > 0:
        if there[1] < here[1]:
            return max(0.0, here[1] - there[3])
        return max(0.0, there[1] - here[3]) + _BELOW_PT
    if along > 0:
        if there[0] < here[0]:
            return max(0.0, here[0] - there[2]) + _LEFT_PT
        return max(0.0, there[0] - here[2]) + _RIGHT_PT
    return None
