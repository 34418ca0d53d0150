"""The org's vectors: its own collection, or its points in a shared one.

What must not live here: searching, or writing points (`sgd_resources/vectors`).
"""

from collections.abc import Mapping

from sgd_resources.ports import VectorStore


class Vectors:
    """The vector store of one kind of points."""

    def __init__(self, vectors: VectorStore, *, name: str = "vectors") -> None:
        self._vectors = vectors
        self.name = name

    def count(self, org_id: str) -> Mapping[str, int]:
        """Points."""
        found = self._vectors.count(org_id)
        return {"points": found} if found else {}

    def erase(self, org_id: str) -> None:
        """See `Place.erase`."""
        self._vectors.drop(org_id)
