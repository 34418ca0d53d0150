"""FakeVectorStore: points in memory, per org."""

from collections.abc import Iterable, Mapping, Sequence

from sgd_resources.ports import EmbeddedText, SearchHit


class FakeVectorStore:
    """VectorStore in memory; a changed model or dimension empties the org first, as the real ones do."""

    def __init__(self) -> None:
        self.points: dict[str, dict[str, EmbeddedText]] = {}
        self.models: dict[str, tuple[str, int]] = {}
        self.upserted = 0

    def upsert(self, org_id: str, points: Iterable[EmbeddedText], *, model_id: str, dimensions: int) -> int:
        if self.models.get(org_id) != (model_id, dimensions):
            self.models[org_id] = (model_id, dimensions)
            self.points[org_id] = {}
        found = list(points)
        self.points[org_id].update({point.point_id: point for point in found})
        self.upserted += len(found)
        return len(found)

    def point_ids(self, org_id: str) -> set[str]:
        return set(self.points.get(org_id, {}))

    def delete(self, org_id: str, point_ids: Iterable[str]) -> None:
        for point_id in point_ids:
            self.points.get(org_id, {}).pop(point_id, None)

    def count(self, org_id: str) -> int:
        return len(self.points.get(org_id, {}))

    def drop(self, org_id: str) -> None:
        self.points.pop(org_id, None)
        self.models.pop(org_id, None)

    def search(
        self, org_id: str, vector: Sequence[float], *, limit: int = 10, filters: Mapping[str, str] | None = None
    ) -> list[SearchHit]:
        hits = [
            SearchHit(p.point_id, sum(a * b for a, b in zip(vector, p.vector, strict=True)), dict(p.payload))
            for p in self.points.get(org_id, {}).values()
            if all(p.payload.get(name) == value for name, value in (filters or {}).items())
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.point_id))[:limit]
