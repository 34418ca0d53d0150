"""Where the turns of layouts, grounds and motifs start: for each request elsewhere, for the same one always the same.

What must not live here: what takes turns (`layouts.py`, `motifs.py`, `plan/grounds.py`).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sgd_assets.renders.brief.model import Brief


@dataclass(frozen=True)
class Turn:
    """Of one output: its request's start and its own index."""

    start: int
    index: int
    is_seeded: bool
    """The start is the request's seed: requests of one campaign share it, so that they look alike."""

    @property
    def number(self) -> int:
        """Of the turn, counted from where all requests would start."""
        return self.start + self.index

    def before(self) -> tuple["Turn", ...]:
        """The turns of all outputs up to this one, in order."""
        return tuple(Turn(self.start, index, self.is_seeded) for index in range(self.index + 1))


def turn_of(request: Mapping[str, Any], brief: Brief, index: int) -> Turn:
    """The turn of output `index`: from the seed, else from what is asked. The size has no say, so that the sizes of
    one brief have one look."""
    if request.get("seed") is not None:
        return Turn(request["seed"], index, is_seeded=True)
    asked = [request["prompts"].get("instruction"), request.get("copy"), brief.words.model_dump(mode="json")]
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True, ensure_ascii=False).encode()).digest()
    return Turn(int.from_bytes(digest[:4], "big"), index, is_seeded=False)
