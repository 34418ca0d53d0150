"""Remembers which points each document of an org gives, so that one more document re-reads one document.

One small JSON per org in the object store. It is a memory, not a truth: without it every document is read again.
What must not live here: chunking, vectors.
"""

from pydantic import Field

from sgd_assets.documents.manifest import DocumentEntry
from sgd_assets.embeddings.chunks import chunks_version
from sgd_resources.parsed_document import Shape
from sgd_resources.ports import ObjectStore
from sgd_resources.storage.derived import read_derived
from sgd_resources.storage.keys import chunks_key


class PointIndex(Shape):
    """Point ids by document, for one model."""

    model_id: str
    documents: dict[str, tuple[str, ...]] = Field(default_factory=dict)


def document_name(entry: DocumentEntry) -> str:
    """What makes a document's points: its parsed form, by whom it was read, and the name they cite."""
    return f"{entry.document_key}\n{entry.parser}@{entry.parser_version}\n{entry.file_name}"


def load_index(org_id: str, model_id: str, *, store: ObjectStore) -> PointIndex:
    """What is remembered for this model; nothing when there is no memory or it cannot be read."""
    key = chunks_key(org_id, chunks_version())
    index = read_derived(store, key, PointIndex.model_validate_json, what="the index of an org's points")
    return index if index is not None and index.model_id == model_id else PointIndex(model_id=model_id)


def save_index(org_id: str, index: PointIndex, *, store: ObjectStore) -> None:
    """Remember. Raises StorageFull or Unavailable."""
    body = index.model_dump_json().encode("utf-8")
    store.put(chunks_key(org_id, chunks_version()), body, content_type="application/json")
