"""Collections beside the evidence, brought to what the org has now when they are searched.

Both are made of what is stored already (pictures that passed, documents that the canon cites), so a search that finds
nothing new costs two look-ups. What must not live here: what a point says (`sgd_assets/embeddings`).
"""

from typing import Any, Literal

from sgd_api.http.services import Services
from sgd_api.http.stored.reading_results import latest_documents
from sgd_assets.embeddings.examples import example_payload
from sgd_assets.embeddings.guides import guide_payloads
from sgd_assets.embeddings.kept_points import keep_points
from sgd_resources.ports import VectorStore
from sgd_resources.postgres.rows import canon, renders

Collection = Literal["brand_assets", "design_examples", "style_guides"]


def vectors_of(services: Services, collection: Collection) -> VectorStore:
    """The vectors of a collection."""
    return services.vectors.client() if collection == "brand_assets" else services.collections[collection].client()


def bring_up_to_date(services: Services, org_id: str, collection: Collection) -> int:
    """How many points were new; the evidence's own collection is the graph's to keep.

    Raises:
        Unavailable: the database, a store or the vectors cannot be used. Retry.
    """
    if collection == "brand_assets":
        return 0
    payloads = _examples(services, org_id) if collection == "design_examples" else _guides(services, org_id)
    return keep_points(
        org_id,
        payloads,
        embedder=services.embedder.client(),
        cache=services.vector_cache,
        vectors=vectors_of(services, collection),
    )


def _examples(services: Services, org_id: str) -> list[dict[str, Any]]:
    with services.database.org_transaction(org_id) as connection:
        rows = renders.passed_outputs(connection, org_id)
    return [example_payload(row.render_id, row.index, row.sha256, row.canon_version, row.plan) for row in rows]


def _guides(services: Services, org_id: str) -> list[dict[str, Any]]:
    with services.database.org_transaction(org_id) as connection:
        row = canon.current_version(connection, org_id)
    if row is None:
        return []
    current = services.canons.load(org_id, row.version, row.key)
    return list(guide_payloads(latest_documents(services.store, org_id), current, store=services.store))
