"""Embedder on sentence-transformers, for `BAAI/bge-m3` and any model of its kind. Needs the extra `[bge]`.

The model is a name in the local Hugging Face cache, a hub name, or a folder. What must not live here: the default
embedder (`embedder.py`).
"""

import hashlib
import importlib.util
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sgd_resources.errors import InvalidInput, Unavailable


class SentenceTransformersEmbedder:
    """Embedder on torch. Loads when `model_id`, `dimensions` or `embed` is first asked for.

    Args:
        model: hub name or folder.

    Raises:
        InvalidInput: the extra `[bge]` is not installed.
    """

    def __init__(self, model: str) -> None:
        if importlib.util.find_spec("sentence_transformers") is None:
            raise InvalidInput("SGD_EMBEDDER=bge-m3 needs the extra: pip install 'smart-graphic-designer[bge]'")
        self._name = model
        self._lock = threading.Lock()
        self._loaded: tuple[Any, str, int] | None = None

    @property
    def model_id(self) -> str:
        """Name and hash of the weights: another revision is another model."""
        return self._load()[1]

    @property
    def dimensions(self) -> int:
        """Length of a vector, as the loaded model says."""
        return self._load()[2]

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """`(n_texts, dimensions)`, L2-normalised, order kept. Raises Unavailable when the model cannot be loaded."""
        if not texts:
            return []
        model = self._load()[0]
        vectors = model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True)
        rows: list[list[float]] = vectors.astype("float32").tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """As a passage: bge-m3 makes no difference."""
        return self.embed([text])[0]

    def _load(self) -> tuple[Any, str, int]:
        with self._lock:
            if self._loaded is None:
                self._loaded = _load_model(self._name)
            return self._loaded


def _load_model(name: str) -> tuple[Any, str, int]:
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(name, device="cpu")
    except (OSError, ValueError) as error:
        raise Unavailable(f"the embedding model cannot be loaded ({type(error).__name__})", retry_after_s=60) from error
    dimensions = int(model.get_embedding_dimension() or 0)
    if dimensions < 1:
        raise InvalidInput("the embedding model does not say its dimensions")
    return model, f"{Path(name).name}@{_weights_sha256(model)[:12]}", dimensions


def _weights_sha256(model: Any) -> str:
    digest = hashlib.sha256()
    for parameter_name, tensor in sorted(model.state_dict().items()):
        digest.update(parameter_name.encode("utf-8"))
        digest.update(tensor.detach().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()
