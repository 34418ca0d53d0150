"""Vectors on a Qdrant server: a collection per org up to a ceiling, then shared collections with a tenant filter.

Hundreds of collections do not scale on one cluster (https://github.com/qdrant/qdrant/issues/4689), so orgs beyond the
ceiling share one collection per model, its points marked with their org; the filter is added here and nowhere else.
What must not live here: local folders (`local.py`).
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from qdrant_client import QdrantClient, models
from qdrant_client.common.client_exceptions import QdrantException, ResourceExhaustedResponse
from qdrant_client.http.exceptions import ApiException, UnexpectedResponse

from sgd_resources.errors import InvalidInput, SgdError, Unavailable
from sgd_resources.ports import EmbeddedText, SearchHit
from sgd_resources.storage.keys import validate_org_id, vector_collection

ORG_FIELD = "org_id"
_BATCH = 256
_PAGE = 2000


def build_qdrant_client(url: str, *, api_key: str | None = None, timeout_s: int = 10) -> QdrantClient:
    """A client of a server; makes no call."""
    return QdrantClient(url=url, api_key=api_key, timeout=timeout_s, check_compatibility=False)


@dataclass(frozen=True)
class _Place:
    """Where an org's points lie: a collection, and the condition that picks them there."""

    collection: str
    org_id: str | None = None

    def filter(self, *conditions: models.Condition) -> models.Filter:
        tenant = [] if self.org_id is None else [_equals(ORG_FIELD, self.org_id)]
        return models.Filter(must=[*tenant, *conditions])


class QdrantServerStore:
    """VectorStore on a server. Every call names its org, and reaches that org's points only.

    Args:
        client: of any kind that qdrant-client offers.
        mode: `per_org` gives an org its own collection while there are fewer than `collection_ceiling`; `tenant` never.
        collection_ceiling: own collections on this server.
        collection: what kind of points; each kind has collections of its own.
    """

    def __init__(
        self,
        client: QdrantClient,
        *,
        mode: Literal["per_org", "tenant"] = "per_org",
        collection_ceiling: int = 500,
        collection: str = "brand_assets",
    ) -> None:
        self._client = client
        self._collection = collection
        self._own_prefix = f"{collection}_"
        # No org id starts with an underscore, so no org's own collection can have such a name.
        self._shared_prefix = f"{collection}__shared_"
        self._mode = mode
        self._ceiling = collection_ceiling

    def upsert(self, org_id: str, points: Iterable[EmbeddedText], *, model_id: str, dimensions: int) -> int:
        """Write points in batches. See VectorStore.upsert.

        Raises:
            Unavailable: the server is down or busy. Retry; the same points replace each other.
        """
        validate_org_id(org_id)
        found = list(points)
        with _translated():
            place, outdated = self._place_for_writing(org_id, model_id, dimensions)
            for start in range(0, len(found), _BATCH):
                batch = [_point(point, org_id) for point in found[start : start + _BATCH]]
                self._client.upsert(place.collection, batch, wait=True)
            for old in outdated:
                self._client.delete(old.collection, models.FilterSelector(filter=old.filter()), wait=True)
        return len(found)

    def point_ids(self, org_id: str) -> set[str]:
        """All point ids of the org. See VectorStore.point_ids."""
        with _translated():
            place = self._place(org_id)
            if place is None:
                return set()
            found: set[str] = set()
            offset: Any = None
            while True:
                page, offset = self._client.scroll(
                    place.collection,
                    scroll_filter=place.filter(),
                    limit=_PAGE,
                    offset=offset,
                    with_payload=False,
                    with_vectors=False,
                )
                found.update(str(record.id) for record in page)
                if offset is None:
                    return found

    def delete(self, org_id: str, point_ids: Iterable[str]) -> None:
        """Remove points; another org's id is as good as unknown. See VectorStore.delete."""
        ids: list[Any] = list(point_ids)
        with _translated():
            place = self._place(org_id)
            if not ids or place is None:
                return
            for start in range(0, len(ids), _PAGE):
                chosen = place.filter(models.HasIdCondition(has_id=ids[start : start + _PAGE]))
                self._client.delete(place.collection, models.FilterSelector(filter=chosen), wait=True)

    def count(self, org_id: str) -> int:
        """Number of points of the org. See VectorStore.count."""
        with _translated():
            place = self._place(org_id)
            return 0 if place is None else self._count(place)

    def drop(self, org_id: str) -> None:
        """Remove the org's collection, or its points from every shared one. See VectorStore.drop."""
        with _translated():
            own = vector_collection(org_id, self._collection)
            if self._client.collection_exists(own):
                self._client.delete_collection(own)
            for name in self._collections(self._shared_prefix):
                self._client.delete(name, models.FilterSelector(filter=_Place(name, org_id).filter()), wait=True)

    def search(
        self, org_id: str, vector: Sequence[float], *, limit: int = 10, filters: Mapping[str, str] | None = None
    ) -> list[SearchHit]:
        """Nearest by cosine, best first. See VectorStore.search."""
        with _translated():
            place = self._place(org_id)
            if place is None:
                return []
            if self._metadata(place.collection).get("dimensions") != len(vector):
                raise InvalidInput("the collection was made by another embedding model; embed the org again")
            tenant = {} if place.org_id is None else {ORG_FIELD: place.org_id}
            return query_collection(
                self._client, place.collection, vector, limit=limit, filters={**(filters or {}), **tenant}
            )

    # ------------------------------------------------------------ places

    def _place(self, org_id: str) -> _Place | None:
        own = vector_collection(org_id, self._collection)
        if self._client.collection_exists(own):
            return _Place(own)
        for name in self._collections(self._shared_prefix):
            shared = _Place(name, org_id)
            if self._count(shared):
                return shared
        return None

    def _place_for_writing(self, org_id: str, model_id: str, dimensions: int) -> tuple[_Place, list[_Place]]:
        """The place for new points, made when needed, and places whose points of this org another model made."""
        wanted = {"model_id": model_id, "dimensions": dimensions}
        now = self._place(org_id)
        if now is not None and now.org_id is None:
            if self._metadata(now.collection) != wanted:
                self._client.delete_collection(now.collection)
                self._create(now.collection, wanted)
            return now, []
        own_count = len([n for n in self._collections(self._own_prefix) if not n.startswith(self._shared_prefix)])
        if now is None and self._mode == "per_org" and own_count < self._ceiling:
            self._create(vector_collection(org_id, self._collection), wanted)
            return _Place(vector_collection(org_id, self._collection)), []
        tag = hashlib.sha256(f"{model_id}:{dimensions}".encode()).hexdigest()[:12]
        shared = _Place(f"{self._shared_prefix}{tag}", org_id)
        if not self._client.collection_exists(shared.collection):
            self._create(shared.collection, wanted)
            self._client.create_payload_index(
                shared.collection,
                ORG_FIELD,
                models.KeywordIndexParams(type=models.KeywordIndexType.KEYWORD, is_tenant=True),
            )
        return shared, [now] if now is not None and now.collection != shared.collection else []

    def _create(self, collection: str, metadata: dict[str, Any]) -> None:
        params = models.VectorParams(size=int(metadata["dimensions"]), distance=models.Distance.COSINE)
        try:
            self._client.create_collection(collection, vectors_config=params, metadata=metadata)
        except (UnexpectedResponse, ValueError):
            # Another process was first: its collection is as good when it is of the same model.
            if not self._client.collection_exists(collection) or self._metadata(collection) != metadata:
                raise

    def _metadata(self, collection: str) -> dict[str, Any]:
        return dict(self._client.get_collection(collection).config.metadata or {})

    def _collections(self, prefix: str) -> list[str]:
        return sorted(c.name for c in self._client.get_collections().collections if c.name.startswith(prefix))

    def _count(self, place: _Place) -> int:
        return self._client.count(place.collection, count_filter=place.filter(), exact=True).count


def query_collection(
    client: QdrantClient, collection: str, vector: Sequence[float], *, limit: int, filters: Mapping[str, str]
) -> list[SearchHit]:
    """Hits of one collection, best first; equal scores by id, so that the order is the same everywhere."""
    conditions: list[models.Condition] = [_equals(name, value) for name, value in filters.items()]
    answer = client.query_points(
        collection,
        query=list(vector),
        limit=limit,
        query_filter=models.Filter(must=conditions) if conditions else None,
        with_payload=True,
    )
    hits = [SearchHit(str(p.id), float(p.score), dict(p.payload or {})) for p in answer.points]
    return sorted(hits, key=lambda hit: (-hit.score, hit.point_id))


def _equals(field: str, value: str) -> models.FieldCondition:
    return models.FieldCondition(key=field, match=models.MatchValue(value=value))


def _point(point: EmbeddedText, org_id: str) -> models.PointStruct:
    payload = {**point.payload, ORG_FIELD: org_id}
    return models.PointStruct(id=point.point_id, vector=list(point.vector), payload=payload)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except ResourceExhaustedResponse as error:
        raise Unavailable("the vector store is busy", retry_after_s=float(error.retry_after_s)) from error
    except UnexpectedResponse as error:
        raise _error_of(error) from error
    except (ApiException, QdrantException) as error:
        raise Unavailable(f"the vector store cannot be reached ({type(error).__name__})") from error


def _error_of(error: UnexpectedResponse) -> SgdError:
    status = error.status_code or 0
    if status in (400, 422):
        return InvalidInput("the vector store refuses this request", details={"status": status})
    # A refused key is the operator's to mend: no caller of ours can do better than wait.
    return Unavailable("the vector store failed", details={"status": status})
