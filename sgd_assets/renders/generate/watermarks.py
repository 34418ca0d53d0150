"""Which models mark their pictures, as `policies/provenance_policy.json` says. `served model -> Watermark | None`.

A declaration of the maker, with page and day; nobody has looked into the bytes. What must not live here: verifying.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

from sgd_assets.renders.model import Watermark
from sgd_resources.contracts import load_policy


def declared_watermark(served_model: str, *, directory: Path | None = None) -> Watermark | None:
    """What is declared of a served model; a dated or tagged form (`-20261101`, `:free`) of a listed one counts."""
    for entry in _entries(directory):
        for slug in entry["models"]:
            rest = served_model.removeprefix(slug)
            if served_model.startswith(slug) and (not rest or rest[0] == ":" or rest[1:].isdigit()):
                return Watermark(
                    provider=entry["provider"],
                    model=served_model,
                    mark=entry["mark"],
                    doc=entry["doc"],
                    read_on=entry["read_on"],
                )
    return None


@lru_cache(maxsize=4)
def _entries(directory: Path | None) -> tuple[Any, ...]:
    return tuple(load_policy("provenance_policy", directory=directory)["watermarks"])
