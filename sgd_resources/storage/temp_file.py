"""A file that comes to be block by block beside the place it is for: hashed on the way, synced before it is used.

What must not live here: the object's name and sidecar (`local.py`).
"""

import hashlib
import os
from contextlib import suppress
from pathlib import Path


class TempFile:
    """One temp file. Every method may raise OSError; `remove` may be called at any time, also twice."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size_bytes = 0
        self._digest = hashlib.sha256()
        self._sink = open(path, "xb", buffering=0)  # noqa: SIM115  # closed by `finish` or `remove`

    @property
    def sha256(self) -> str:
        """Of what was written so far."""
        return self._digest.hexdigest()

    def write(self, block: bytes) -> None:
        """Append a block."""
        self._digest.update(block)
        self.size_bytes += len(block)
        view = memoryview(block)
        while view:
            view = view[self._sink.write(view) :]

    def finish(self) -> None:
        """Bring everything to the disk and close."""
        os.fsync(self._sink.fileno())
        self._sink.close()

    def remove(self) -> None:
        """Close, and take the file away unless it was renamed."""
        self._sink.close()
        with suppress(FileNotFoundError, NotADirectoryError):
            self.path.unlink()
