"""Files of one machine that are an org's: pictures of its demo, answers of models kept on disk.

Logs name an org's id and nothing else of it; they end with their rotation. What must not live here: the object store's
own files (`objects.py`).
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

from sgd_resources.llm.answers.disk_cache import DiskCache

_FOLDERS = ("demo",)
"""Folders below `var/` that hold one folder or file an org."""


class OwnFiles:
    """What lies below `var/`.

    Args:
        var_dir: of this machine.
    """

    name = "files"

    def __init__(self, var_dir: Path) -> None:
        self._var_dir = var_dir

    def count(self, org_id: str) -> Mapping[str, int]:
        """Files by folder, and kept answers."""
        found = {}
        for folder in _FOLDERS:
            own = self._var_dir / folder / org_id
            if own.exists():
                found[folder] = sum(path.is_file() for path in (own, *own.rglob("*")))
        kept = self._answers(org_id)
        return {**found, **({"llm-cache": kept} if kept else {})}

    def erase(self, org_id: str) -> None:
        """See `Place.erase`."""
        for folder in _FOLDERS:
            own = self._var_dir / folder / org_id
            if own.is_dir():
                shutil.rmtree(own)
            else:
                own.unlink(missing_ok=True)
        cache = DiskCache(self._var_dir / "llm-cache")
        cache.drop(org_id, None)
        cache.close()

    def _answers(self, org_id: str) -> int:
        cache = DiskCache(self._var_dir / "llm-cache")
        try:
            return cache.count_of(org_id)
        finally:
            cache.close()
