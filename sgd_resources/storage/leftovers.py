"""What a killed writer leaves in a local object store, and taking it away.

What must not live here: writing objects (`local.py`).
"""

import os
from pathlib import Path

SIDECAR_SUFFIX = ".sgd-meta"
TEMP_SUFFIX = ".sgd-tmp"


def remove_leftovers(root: Path, older_than: float) -> int:
    """Delete temp files and sidecars without their object that were last changed before `older_than`."""
    removed = 0
    for folder, _, names in os.walk(root):
        present = set(names)
        for name in names:
            path = Path(folder, name)
            if _is_leftover(name, present) and _changed_at(path, default=older_than) < older_than:
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def _is_leftover(name: str, present: set[str]) -> bool:
    if not name.startswith("."):
        return False
    if name.endswith((TEMP_SUFFIX, TEMP_SUFFIX + SIDECAR_SUFFIX)):
        return True
    return name.endswith(SIDECAR_SUFFIX) and name[1 : -len(SIDECAR_SUFFIX)] not in present


def _changed_at(path: Path, *, default: float) -> float:
    """`default` when it is gone since it was listed."""
    try:
        return path.lstat().st_ctime
    except FileNotFoundError:
        return default
