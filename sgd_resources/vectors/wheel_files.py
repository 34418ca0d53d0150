"""Files inside installed wheels whose code is never run: model files, each pinned by its sha256.

What must not live here: what a model does.
"""

import hashlib
import importlib.util
from functools import lru_cache
from pathlib import Path

from sgd_resources.errors import CorruptObject, InvalidInput


def folder_of(package: str) -> Path | None:
    """Where an installed package lies; None when it is not installed. Nothing of it is imported."""
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        return None
    return Path(next(iter(found.submodule_search_locations)))


@lru_cache(maxsize=8)
def verified(package: str, inner_path: str, sha256: str) -> Path:
    """Path of a file inside an installed package; its hash is read once per process.

    Raises:
        InvalidInput: the package or the file is not there. CorruptObject: the file is not the pinned one.
    """
    folder = folder_of(package)
    if folder is None:
        raise InvalidInput(f"the package {package} that carries the embedding model is not installed")
    path = folder / inner_path
    try:
        with open(path, "rb") as file:
            actual = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InvalidInput(f"{path.name} of {package} cannot be read; install it again") from error
    if actual != sha256:
        raise CorruptObject(f"{path.name} of {package} is not the pinned file", details={"sha256": actual})
    return path
