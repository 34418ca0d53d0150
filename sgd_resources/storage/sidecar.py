"""What the local store knows of an object beside its bytes: `.name.sgd-meta`, written before the object it speaks of.

What must not live here: locks, temp files of objects, and what is done with a hash that differs.
"""

import errno
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from sgd_resources.errors import CorruptObject
from sgd_resources.storage.disk_errors import ABSENT, translate
from sgd_resources.storage.leftovers import SIDECAR_SUFFIX


@dataclass(frozen=True)
class Sidecar:
    """Of the object as it was last written; `previous_sha256` is of the one whose place it took."""

    sha256: str
    size_bytes: int
    content_type: str
    previous_sha256: str | None


def sidecar_path(path: Path) -> Path:
    """Where an object's sidecar lies."""
    return path.with_name(f".{path.name}{SIDECAR_SUFFIX}")


def read_sidecar(path: Path) -> Sidecar | None:
    """Of the object at `path`; None when it has none.

    Raises:
        CorruptObject: it is no sidecar of ours. Unavailable: the disk failed. Retry.
    """
    try:
        text = sidecar_path(path).read_text("utf-8")
    except OSError as error:
        if error.errno in ABSENT:
            return None
        translate(error, path.name)
    if not text:
        return None  # a power cut can leave a new file empty; the object itself was synced before
    try:
        fields = json.loads(text)
        return Sidecar(fields["sha256"], fields["size_bytes"], fields["content_type"], fields["previous_sha256"])
    except (ValueError, KeyError, TypeError) as error:
        raise CorruptObject("the record of an object's hash is damaged", details={"name": path.name}) from error


def put_in_place(temp: Path, target: Path, *, sha256: str, size_bytes: int, content_type: str) -> None:
    """Make a finished temp file the object, with its sidecar. The caller holds the object's lock."""
    # The sidecar goes first and names the old hash too: after a crash between the two renames, either is right.
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder")
    before = read_sidecar(target) if target.exists() else None
    sidecar_temp = temp.with_name(f"{temp.name}{SIDECAR_SUFFIX}")
    content = Sidecar(sha256, size_bytes, content_type, before.sha256 if before else None)
    try:
        sidecar_temp.write_text(json.dumps(asdict(content)), "utf-8")
        sidecar_temp.replace(sidecar_path(target))
        temp.replace(target)
    finally:
        with suppress(FileNotFoundError):
            sidecar_temp.unlink()
