"""Points of two dimensions, made for tests."""

from uuid import UUID, uuid5

from sgd_resources.ports import EmbeddedText, VectorStore

MODEL = "m@1"


def point(name: str, *vector: float, org: str = "acme", **payload: str) -> EmbeddedText:
    return EmbeddedText(str(uuid5(UUID(int=1), f"{org}{name}")), list(vector or (1.0, 0.0)), {"text": name, **payload})


def upsert(
    store: VectorStore, *points: EmbeddedText, org: str = "acme", model: str = MODEL, dimensions: int = 2
) -> int:
    return store.upsert(org, points, model_id=model, dimensions=dimensions)
