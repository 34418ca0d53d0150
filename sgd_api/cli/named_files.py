"""Files that a command is given by name: one that cannot be read or written is the caller's to mend, exit code 2.

What must not live here: what is in a file.
"""

from pathlib import Path

from sgd_resources.errors import InvalidInput
from sgd_resources.shown.name import shown_name


def bytes_of(path: Path) -> bytes:
    """All of a file. Raises InvalidInput when there is none, it is a folder, or it may not be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidInput(f"{shown_name(str(path))} cannot be read: {error.strerror}") from error


def need_folders(*targets: Path | None) -> None:
    """Before any work: a mistyped path must neither cost a minute nor leave folders behind. Raises InvalidInput."""
    for target in filter(None, targets):
        if not target.resolve().parent.is_dir():
            raise InvalidInput(f"{shown_name(str(target.parent))} is no folder: make it, or name another path")
