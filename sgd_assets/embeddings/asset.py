"""Dagster wiring of `brand_embeddings`; `embed.py` beside it decides."""

from typing import Any

from dagster import AssetExecutionContext, ResourceParam

from sgd_assets.canon.model import Canon
from sgd_assets.documents.manifest import DocumentsManifest
from sgd_assets.documents.shelf import DocumentShelf
from sgd_assets.embeddings.checks import EMBEDDINGS_CHECKS, check_embeddings
from sgd_assets.embeddings.chunks import chunks_version
from sgd_assets.embeddings.embed import embed_org
from sgd_assets.embeddings.manifest import EmbeddingsManifest
from sgd_assets.graph.automation import when_upstream_changed
from sgd_assets.graph.per_org.asset import org_asset
from sgd_assets.graph.per_org.runs import Materialized, materialize_orgs
from sgd_resources.lazy import Lazy
from sgd_resources.ports import Cache, DocumentParser, Embedder, ObjectStore, VectorStore


@org_asset(
    group="search",
    stage="embeddings",
    pool="embeddings",
    kinds={"qdrant", "onnx"},
    code_version=chunks_version(),
    automation_condition=when_upstream_changed(),
    checks=EMBEDDINGS_CHECKS,
)
def brand_embeddings(
    context: AssetExecutionContext,
    parsed_documents: dict[str, DocumentsManifest],
    brand_canon: dict[str, Canon],
    store: ResourceParam[Lazy[ObjectStore]],
    parser: ResourceParam[Lazy[DocumentParser]],
    embedder: ResourceParam[Lazy[Embedder]],
    cache: ResourceParam[Lazy[Cache]],
    vectors: ResourceParam[Lazy[VectorStore]],
) -> Materialized:
    """Search vectors of the org's documents and canon, in its own collection `brand_assets_{org}`.

    One partition says what the collection holds; the vectors lie in Qdrant. Runs when documents or canon changed. Cost:
    chunks never embedded before by this model; the rest come from the collection or the cache.
    """

    def embed(org_id: str) -> EmbeddingsManifest:
        return embed_org(
            parsed_documents[org_id],
            brand_canon[org_id],
            store=store.client(),
            shelf=DocumentShelf(store.client(), parser.client),
            embedder=embedder.client(),
            cache=cache.client(),
            vectors=vectors.client(),
        )

    return materialize_orgs(context, embed, describe=describe_embeddings, checks=check_embeddings, tell=tell_embeddings)


def describe_embeddings(manifest: EmbeddingsManifest) -> dict[str, Any]:
    """Metadata of one org's embeddings for the UI."""
    hit_rate = manifest.cache_hits / manifest.embedded_now if manifest.embedded_now else None
    return {
        "collection": manifest.collection,
        "model": manifest.model_id,
        "dimensions": manifest.dimensions,
        "chunks": manifest.chunks,
        "points": manifest.points,
        "embedded_now": manifest.embedded_now,
        "cache_hits": manifest.cache_hits,
        "deleted": manifest.deleted,
        **({"cache_hit_rate": round(hit_rate, 3)} if hit_rate is not None else {}),
    }


def tell_embeddings(manifest: EmbeddingsManifest) -> list[str]:
    """Lines on one org's embeddings for the run's log."""
    return [
        f"{manifest.points} points of {manifest.chunks} chunks; {manifest.embedded_now} embedded now, "
        f"{manifest.cache_hits} from the cache, {manifest.deleted} deleted"
    ]
