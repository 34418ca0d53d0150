"""Points of texts beside the evidence: a collection is brought to exactly the points that are wanted.

What must not live here: which texts those are (`examples.py`, `guides.py`).
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from sgd_assets.embeddings.embed import vectors_of
from sgd_resources.ports import Cache, EmbeddedText, Embedder, VectorStore

_NAMESPACE = UUID("b9f0a4a2-1c0e-5d0c-8a55-5b7b64c2a7d1")
_BATCH = 256  # texts held at a time
Payload = Mapping[str, Any]


def keep_points(
    org_id: str, payloads: Sequence[Payload], *, embedder: Embedder, cache: Cache, vectors: VectorStore
) -> int:
    """The org's points are these; how many were new. Idempotent, and two processes at once do no harm.

    Args:
        org_id: whose.
        payloads: each with its `text`; without a model.
        embedder: a changed model makes new points.
        cache: of vectors by text; without it all new texts are embedded.
        vectors: the collection.

    Raises:
        Unavailable: the vector store cannot be used. Retry.
    """
    model_id = embedder.model_id
    wanted = {_point_id(org_id, model_id, payload): payload for payload in payloads}
    present = vectors.point_ids(org_id)
    new = [(made, payload) for made, payload in wanted.items() if made not in present]
    for start in range(0, len(new), _BATCH):
        batch = new[start : start + _BATCH]
        found, _ = vectors_of([str(payload["text"]) for _, payload in batch], org_id, embedder=embedder, cache=cache)
        points = [
            EmbeddedText(made, vector, {**payload, "model_id": model_id})
            for (made, payload), vector in zip(batch, found, strict=True)
        ]
        vectors.upsert(org_id, points, model_id=model_id, dimensions=embedder.dimensions)
    if stale := sorted(present - wanted.keys()):
        vectors.delete(org_id, stale)
    return len(new)


def _point_id(org_id: str, model_id: str, payload: Payload) -> str:
    return str(uuid5(_NAMESPACE, json.dumps([org_id, model_id, dict(payload)], sort_keys=True)))
