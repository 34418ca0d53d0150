"""Reads the files of a folder the way an upload would bring them: name, bytes, nothing hidden.

What cannot be read as a file (a link out of the folder, a pipe, a device, a closed folder) is named, never opened. What
must not live here: what is done with the files.
"""

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from sgd_api.cli.left_out import LeftOut
from sgd_resources.errors import InvalidInput
from sgd_resources.shown.name import shown_name

_NAMES_SHOWN = 10


@dataclass(frozen=True)
class FolderFile:
    """One file below a folder; `name` is its path relative to the folder, with forward slashes, fit to be shown."""

    name: str
    path: Path
    size_bytes: int


@dataclass
class FolderContents:
    """What lies below a folder, both in order of their names."""

    files: list[FolderFile] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    """What is no file, or cannot be reached."""


def contents_below(folder: Path) -> FolderContents:
    """Every file below `folder`, and what is left out there; hidden files are nobody's evidence and are not told.

    Raises:
        InvalidInput: the folder is not there, or holds no file; then with the names of what is left out.
    """
    if not folder.is_dir():
        raise InvalidInput(f"{folder} is not a folder")
    found = FolderContents()
    _look(folder.resolve(), folder.resolve(), found)
    found.files.sort(key=lambda file: (file.name, file.path))
    found.left_out.sort(key=lambda one: one.file)
    if not found.files:
        names = ", ".join(f"{one.file} is {one.reason}" for one in found.left_out[:_NAMES_SHOWN])
        raise InvalidInput(f"{folder} holds no files" + (f": {names}" if names else ""))
    return found


def _look(folder: Path, root: Path, found: FolderContents) -> None:
    """The folder's own files and those of its sub-folders; a link to a folder is not followed: it may be a ring."""
    try:
        children = list(folder.iterdir())
    except OSError as error:
        if folder == root:
            raise InvalidInput(f"{root} cannot be read: {error.strerror}") from error
        _leave_out(folder, root, f"a folder that cannot be read: {error.strerror}", found)
        return
    for path in children:
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            _look(path, root, found)
        elif (reason := _no_file(path, root)) is not None:
            _leave_out(path, root, reason, found)
        else:
            name = shown_name(path.relative_to(root).as_posix())
            found.files.append(FolderFile(name, path, path.stat().st_size))


def _no_file(path: Path, root: Path) -> str | None:
    """Why there is no file of this folder at `path`; None when there is one."""
    try:
        target = Path(os.path.realpath(path, strict=True))
        mode = target.stat().st_mode
    except OSError as error:
        return f"a link that leads nowhere: {error.strerror}" if path.is_symlink() else f"gone: {error.strerror}"
    if path.is_symlink() and (stat.S_ISDIR(mode) or not target.is_relative_to(root)):
        return "a link to a folder" if stat.S_ISDIR(mode) else "a link out of the folder"
    if stat.S_ISREG(mode):
        return None
    return "a pipe" if stat.S_ISFIFO(mode) else "a socket" if stat.S_ISSOCK(mode) else "a device"


def _leave_out(path: Path, root: Path, reason: str, found: FolderContents) -> None:
    found.left_out.append(LeftOut(shown_name(path.relative_to(root).as_posix()), reason))
