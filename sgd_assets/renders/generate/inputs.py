"""The pictures that go with a prompt: a card of the brand's colours and small copies of the references.

All are made in the confined child. What must not live here: how many a model takes (its record in the model policy).
"""

from collections.abc import Mapping, Sequence

from sgd_assets.canon.model import Canon
from sgd_resources.errors import RejectedEvidence
from sgd_resources.ports import ConfinedJobs

_JOBS = "sgd_resources.drawing.model_pictures"
_MOST_COLOURS = 12  # as many as a card of three rows shows at a glance
MOST_DRAWN_FROM = 3
"""Of the references, to an image model beside the card."""
MOST_READ = 2
"""Of the references, to a planner: each counts 1,600 tokens, and a third one would leave no room for the canon."""
FOR_READING_PX, FOR_DRAWING_PX = 768, 1536
"""Longest sides: what a model that judges needs, and one that paints from it. Larger costs more tokens, not better."""


def swatch_card(canon: Canon, jobs: ConfinedJobs) -> bytes:
    """A PNG of the palette. Raises Unavailable when no child could be started."""
    hexes = [value.upper() for value in canon.palette_hex[:_MOST_COLOURS]]
    return _one(jobs.call(f"{_JOBS}:draw_swatches", b"", {"hexes": hexes}).blobs, b"\x89PNG")


def small_copies(
    pictures: Mapping[str, bytes], names: Sequence[str], jobs: ConfinedJobs, *, side_px: int, most: int
) -> list[bytes]:
    """JPEG copies of the first `most` of the named pictures, in their order."""
    chosen = [name for name in dict.fromkeys(names) if name in pictures][:most]
    return [small_copy(pictures[name], side_px, jobs) for name in chosen]


def small_copy(data: bytes, side_px: int, jobs: ConfinedJobs) -> bytes:
    """A JPEG copy without metadata. Raises RejectedEvidence for what is no picture."""
    return _one(jobs.call(f"{_JOBS}:shrink", data, {"longest_side_px": side_px}).blobs, b"\xff\xd8\xff")


def _one(blobs: Sequence[bytes], start: bytes) -> bytes:
    if len(blobs) != 1 or not blobs[0].startswith(start):
        raise RejectedEvidence("reject", "malformed", details={"message": "the child returned nonsense"})
    return blobs[0]
