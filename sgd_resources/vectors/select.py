"""Chooses the vector store by settings: a Qdrant server when `QDRANT_URL` is set, else one local folder per org.

What must not live here: how either works (`server.py`, `local.py`).
"""

from typing import Literal

from sgd_resources.ports import VectorStore
from sgd_resources.settings import Settings

OTHER_COLLECTIONS: tuple[Literal["design_examples", "style_guides"], ...] = ("design_examples", "style_guides")
"""Beside `brand_assets`. On a server all orgs share one of each, since three for every org would not scale."""


def build_vector_store(settings: Settings, collection: str = "brand_assets") -> VectorStore:
    """The vector store these settings ask for; makes no call to it."""
    if settings.qdrant_url:
        from sgd_resources.vectors.server import QdrantServerStore, build_qdrant_client

        api_key = settings.qdrant_api_key.get_secret_value() if settings.qdrant_api_key else None
        return QdrantServerStore(
            build_qdrant_client(settings.qdrant_url, api_key=api_key),
            mode="tenant" if collection in OTHER_COLLECTIONS else settings.sgd_vector_mode,
            collection_ceiling=settings.sgd_vector_collection_ceiling,
            collection=collection,
        )
    from sgd_resources.vectors.local import QdrantLocalStore

    return QdrantLocalStore(settings.var_dir / "qdrant", collection=collection)
