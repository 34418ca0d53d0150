"""Chunk -> the id and payload its vector is stored under.

What must not live here: vectors, stores.
"""

import hashlib
import json
from dataclasses import asdict
from typing import Any
from uuid import UUID, uuid5

from sgd_assets.embeddings.chunks import Chunk

_NAMESPACE = UUID("5f6f4e0a-6d0b-5a52-9f0e-7d1b0a4c3e21")


def point_id(org_id: str, model_id: str, chunk: Chunk) -> str:
    """uuid5 of org, model, text and source: the same chunk is the same point, and a changed model makes new ones."""
    return str(uuid5(_NAMESPACE, json.dumps([org_id, model_id, asdict(chunk)], sort_keys=True)))


def point_payload(model_id: str, chunk: Chunk) -> dict[str, Any]:
    """Text, citation and model; fields without a value are left out."""
    fields = {name: value for name, value in asdict(chunk).items() if value is not None}
    return {**fields, "model_id": model_id}


def cache_key(org_id: str, model_id: str, text: str) -> str:
    """Cache key of a text's vector; per org, so that no org can tell from timing what another has embedded."""
    digest = hashlib.sha256(f"{model_id}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"sgd:{org_id}:vector:{digest}"
