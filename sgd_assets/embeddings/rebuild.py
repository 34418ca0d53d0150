"""Brings an org's vectors to its stored documents and canon without a run of the graph: after a loss, or a new model.

What must not live here: what a chunk is, or which orgs there are.
"""

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from sgd_assets.canon.model import Canon
from sgd_assets.documents.manifest import DocumentsManifest
from sgd_assets.documents.shelf import DocumentShelf
from sgd_assets.embeddings.embed import embed_org
from sgd_assets.embeddings.manifest import EmbeddingsManifest
from sgd_resources.errors import BrokenContract, NotFound
from sgd_resources.ports import Cache, Embedder, ObjectStore, VectorStore
from sgd_resources.shown.first_step import first_step
from sgd_resources.storage.keys import manifest_key

Value = TypeVar("Value", bound=BaseModel)


def rebuild_org(
    org_id: str,
    *,
    store: ObjectStore,
    shelf: DocumentShelf,
    embedder: Embedder,
    cache: Cache,
    vectors: VectorStore,
) -> EmbeddingsManifest:
    """What the org's collection holds now; nothing is embedded that it held already. Idempotent.

    Raises:
        NotFound: the org has no canon yet.
        BrokenContract, CorruptObject: its stored values are damaged; an ingest of the org makes them anew.
        Unavailable: a store is down. Retry.
    """
    documents = _stored(store, org_id, "parsed_documents", DocumentsManifest)
    canon = _stored(store, org_id, "brand_canon", Canon)
    made = embed_org(documents, canon, store=store, shelf=shelf, embedder=embedder, cache=cache, vectors=vectors)
    key = manifest_key(org_id, "brand_embeddings")
    store.put(key, made.model_dump_json().encode("utf-8"), content_type="application/json")
    return made


def _stored(store: ObjectStore, org_id: str, asset_name: str, shape: type[Value]) -> Value:
    try:
        data = store.get(manifest_key(org_id, asset_name))
    except NotFound as error:
        raise NotFound(f"there is no {asset_name} of {org_id} yet: {first_step(org_id)}") from error
    try:
        return shape.model_validate_json(data)
    except ValidationError as error:
        raise BrokenContract(f"the stored {asset_name} of {org_id} is damaged; ingest the org again") from error
