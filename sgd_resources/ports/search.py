"""Embedding, vectors and the cache in front of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


class Embedder(Protocol):
    """Text to unit vectors."""

    @property
    def model_id(self) -> str:
        """Name and content hash; part of every cache key and point."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """`(n_texts, dimensions)`, L2-normalised, order kept."""
        ...

    def embed_query(self, text: str) -> list[float]:
        """Of a question, to be compared with what `embed` made of passages."""
        ...


@dataclass(frozen=True)
class EmbeddedText:
    """A chunk, its vector, and where it came from."""

    point_id: str
    vector: list[float]
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class SearchHit:
    """One result, best first."""

    point_id: str
    score: float
    payload: Mapping[str, Any]


class VectorStore(Protocol):
    """Vectors per org; no call can reach another org's."""

    def upsert(self, org_id: str, points: Iterable[EmbeddedText], *, model_id: str, dimensions: int) -> int:
        """Write points (same id replaces); returns how many. A changed model or dimension rebuilds the collection."""
        ...

    def point_ids(self, org_id: str) -> set[str]:
        """All point ids of the org; empty when it has none."""
        ...

    def delete(self, org_id: str, point_ids: Iterable[str]) -> None:
        """Remove points."""
        ...

    def count(self, org_id: str) -> int:
        """Number of points of the org."""
        ...

    def drop(self, org_id: str) -> None:
        """Remove all points of the org, and its collection where it has one of its own."""
        ...

    def search(
        self, org_id: str, vector: Sequence[float], *, limit: int = 10, filters: Mapping[str, str] | None = None
    ) -> list[SearchHit]:
        """Nearest by cosine, best first."""
        ...


class Cache(Protocol):
    """Bytes by key with a time to live."""

    def get_many(self, keys: Sequence[str]) -> list[bytes | None]:
        """One round trip; None for each miss, order kept."""
        ...

    def set_many(self, items: Mapping[str, bytes], *, ttl_s: int | None = None) -> None:
        """One round trip."""
        ...
