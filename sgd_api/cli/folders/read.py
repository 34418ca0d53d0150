"""Reads the files of a folder the way an upload would bring them: name, bytes, nothing hidden.

What must not live here: what is done with the files.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sgd_resources.errors import InvalidInput
from sgd_resources.shown_name import shown_name


@dataclass(frozen=True)
class FolderFile:
    """One file below a folder; `name` is its path relative to the folder, with forward slashes, fit to be shown."""

    name: str
    path: Path
    size_bytes: int


def files_below(folder: Path) -> list[FolderFile]:
    """Every regular file below `folder`, ordered by name; hidden files and links out of the folder are left out.

    Raises:
        InvalidInput: the folder is not there, or holds no file.
    """
    if not folder.is_dir():
        raise InvalidInput(f"{folder} is not a folder")
    found = list(_walk(folder.resolve()))
    if not found:
        raise InvalidInput(f"{folder} holds no files")
    return sorted(found, key=lambda file: (file.name, file.path))


def _walk(root: Path) -> Iterator[FolderFile]:
    for path in root.rglob("*"):
        relative = path.relative_to(root)
        if any(part.startswith(".") for part in relative.parts) or not path.is_file():
            continue
        if not path.resolve().is_relative_to(root):
            continue
        yield FolderFile(shown_name(relative.as_posix()), path, path.stat().st_size)
