"""The embeddings of one org. Contract: `embeddings_manifest`."""

from pydantic import Field

from sgd_resources.parsed_document import Shape


class EmbeddingsManifest(Shape):
    """Value of the asset `brand_embeddings` for one org: what is in its vector collection."""

    org_id: str
    collection: str
    model_id: str
    dimensions: int
    chunks: int = Field(ge=0, description="chunks the documents and canon give")
    points: int = Field(ge=0, description="points in the collection after the run; equals chunks")
    embedded_now: int = Field(default=0, ge=0, description="chunks that were new to the collection")
    cache_hits: int = Field(default=0, ge=0, description="of those, vectors taken from the cache")
    deleted: int = Field(default=0, ge=0)
    new_point_ids: tuple[str, ...] = Field(default=(), max_length=1000, description="points this run wrote, in order")
