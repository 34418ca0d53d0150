"""FakeEmbedder: unit vectors from hashed words; texts that share words are near."""

import hashlib
import math
import re
from collections.abc import Sequence


class FakeEmbedder:
    """Embedder without a model; `calls` lists every text it was asked to embed."""

    def __init__(self, *, model_id: str = "fake@1", dimensions: int = 64) -> None:
        self.model_id = model_id
        self.dimensions = dimensions
        self.calls: list[str] = []

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        self.calls.extend(texts)
        return [self._vector(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self.embed([text])[0]

    def _vector(self, text: str) -> list[float]:
        vector = [0.0] * self.dimensions
        for word in re.findall(r"\w+", text.lower()) or [""]:
            digest = hashlib.sha256(word.encode()).digest()
            vector[int.from_bytes(digest[:4], "big") % self.dimensions] += 1.0
        length = math.sqrt(sum(x * x for x in vector))
        return [x / length for x in vector]
