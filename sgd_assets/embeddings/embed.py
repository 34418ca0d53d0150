"""Brings an org's vector collection to what its documents and canon say now.

DocumentsManifest, Canon -> EmbeddingsManifest. Only chunks that the collection does not hold are embedded, and of those
only texts that the cache does not know. What must not live here: chunking (`chunks.py`) and vendors.
"""

import logging
from collections.abc import Iterable, Iterator
from itertools import islice

from sgd_assets.canon.model import Canon
from sgd_assets.documents.manifest import DocumentEntry, DocumentsManifest
from sgd_assets.documents.shelf import DocumentShelf
from sgd_assets.embeddings.chunks import Chunk, chunk_canon, chunk_document
from sgd_assets.embeddings.index import PointIndex, document_name, load_index, save_index
from sgd_assets.embeddings.kept_vectors import packed, unpacked
from sgd_assets.embeddings.manifest import EmbeddingsManifest
from sgd_assets.embeddings.points import cache_key, point_id, point_payload
from sgd_resources.errors import Unavailable
from sgd_resources.ports import Cache, EmbeddedText, Embedder, ObjectStore, VectorStore
from sgd_resources.storage.keys import vector_collection

_BATCH = 256  # texts held at a time, whatever the org's size
_IDS_TOLD = 1000  # an answer's size; all of them are in the store
_CACHE_TTL_S = 864_000  # 10 days, after which a text that nobody worked on is embedded again
_log = logging.getLogger(__name__)


def embed_org(
    documents: DocumentsManifest,
    canon: Canon,
    *,
    store: ObjectStore,
    shelf: DocumentShelf,
    embedder: Embedder,
    cache: Cache,
    vectors: VectorStore,
) -> EmbeddingsManifest:
    """The org's collection holds exactly the chunks of these documents and this canon. Idempotent.

    Cost: one read of the index and of the list of point ids, one read per document that is new, one model call per text
    never embedded before. A run that dies half-way is finished by the next one.

    Raises:
        Unavailable: object store or vector store cannot be used. Retry.
        InvalidInput, CorruptObject: the embedding model is not there or not the pinned one. A retry does not help.
    """
    run = _Run(documents.org_id, store=store, shelf=shelf, embedder=embedder, cache=cache, vectors=vectors)
    run.add(chunk_canon(canon))
    for entry in documents.documents:
        run.add_document(entry)
    return run.finish()


class _Run:
    """One pass over one org: what is wanted, what is there, what is new."""

    def __init__(
        self,
        org_id: str,
        *,
        store: ObjectStore,
        shelf: DocumentShelf,
        embedder: Embedder,
        cache: Cache,
        vectors: VectorStore,
    ) -> None:
        self._org_id = org_id
        self._shelf = shelf
        self._store, self._embedder, self._cache, self._vectors = store, embedder, cache, vectors
        self._model_id = embedder.model_id
        self._known = load_index(org_id, self._model_id, store=store)
        self._present = vectors.point_ids(org_id)
        self._wanted: set[str] = set()
        self._documents: dict[str, tuple[str, ...]] = {}
        self._new: dict[str, Chunk] = {}
        self._written: list[str] = []
        self._embedded_now = 0
        self._cache_hits = 0

    def add_document(self, entry: DocumentEntry) -> None:
        """Want a document's chunks; it is read only when its points are not known or not all there."""
        name = document_name(entry)
        ids = self._known.documents.get(name)
        if ids is None or not self._present.issuperset(ids):
            document = self._shelf.load_if_any(entry)
            if document is None:
                return
            ids = self.add(chunk_document(document, entry.file_name))
        self._wanted.update(ids)
        self._documents[name] = ids

    def add(self, chunks: Iterable[Chunk]) -> tuple[str, ...]:
        """Want chunks; the point ids they have."""
        ids: dict[str, None] = {}
        for chunk in chunks:
            made = point_id(self._org_id, self._model_id, chunk)
            ids[made] = None
            if made not in self._present and made not in self._wanted:
                self._new[made] = chunk
        self._wanted.update(ids)
        if len(self._new) >= _BATCH:
            self._write_new()
        return tuple(ids)

    def finish(self) -> EmbeddingsManifest:
        """Write what is left, remove what is not wanted, remember, report."""
        self._write_new()
        stale = self._present - self._wanted
        if stale:
            self._vectors.delete(self._org_id, sorted(stale))
        if self._documents != self._known.documents:
            save_index(self._org_id, PointIndex(model_id=self._model_id, documents=self._documents), store=self._store)
        return EmbeddingsManifest(
            org_id=self._org_id,
            collection=vector_collection(self._org_id),
            model_id=self._model_id,
            dimensions=self._embedder.dimensions,
            chunks=len(self._wanted),
            points=self._vectors.count(self._org_id),
            embedded_now=self._embedded_now,
            cache_hits=self._cache_hits,
            deleted=len(stale),
            new_point_ids=tuple(self._written[:_IDS_TOLD]),
        )

    def _write_new(self) -> None:
        for batch in _batches(self._new.items()):
            vectors, hits = vectors_of(
                [chunk.text for _, chunk in batch], self._org_id, embedder=self._embedder, cache=self._cache
            )
            points = [
                EmbeddedText(made, vector, point_payload(self._model_id, chunk))
                for (made, chunk), vector in zip(batch, vectors, strict=True)
            ]
            self._vectors.upsert(self._org_id, points, model_id=self._model_id, dimensions=self._embedder.dimensions)
            self._embedded_now += len(points)
            self._written.extend(point.point_id for point in points)
            self._cache_hits += hits
        self._new.clear()


def vectors_of(texts: list[str], org_id: str, *, embedder: Embedder, cache: Cache) -> tuple[list[list[float]], int]:
    """Vectors `(n_texts, dimensions)` in order, and how many texts needed no model call."""
    keys = [cache_key(org_id, embedder.model_id, text) for text in texts]
    found: dict[str, list[float]] = {}
    for key, stored in zip(keys, _ask(cache, keys), strict=True):
        vector = unpacked(stored, embedder.dimensions) if stored is not None else None
        if vector is not None:
            found[key] = vector
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
    made = dict(zip(missing, embedder.embed(list(missing.values())), strict=True))
    _remember(cache, {key: packed(vector) for key, vector in made.items()})
    found.update(made)
    return [found[key] for key in keys], len(texts) - len(missing)


def _ask(cache: Cache, keys: list[str]) -> list[bytes | None]:
    try:
        return cache.get_many(keys)
    except Unavailable:
        # A cache that is down costs time, not the run: every text is then a miss, and the manifest shows it.
        _log.warning("the vector cache cannot be read; texts are embedded again")
        return [None] * len(keys)


def _remember(cache: Cache, items: dict[str, bytes]) -> None:
    try:
        cache.set_many(items, ttl_s=_CACHE_TTL_S)
    except Unavailable:
        _log.warning("the vector cache cannot be written; the next run embeds these texts again")


def _batches(items: Iterable[tuple[str, Chunk]]) -> Iterator[list[tuple[str, Chunk]]]:
    iterator = iter(items)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
