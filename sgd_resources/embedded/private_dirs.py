"""Directories of our sockets in a place that all users share: made ours or refused, and gone when nobody needs them.

Standard library only, as all that the supervisor loads. What must not live here: where they lie (`services.py`).
"""

import contextlib
import os
import shutil
from pathlib import Path

from sgd_resources.errors import Unavailable

FURTHER = "own"
"""Beside the services' sockets: those of other processes of this machine."""


def make_private(socket_dir: Path) -> None:
    """Make the directory of the sockets; in a shared place, only if it is really ours.

    Raises:
        Unavailable: somebody else owns it.
    """
    for folder in (socket_dir.parent, socket_dir):
        folder.mkdir(mode=0o711 if folder == socket_dir.parent else 0o700, parents=True, exist_ok=True)
        state = folder.lstat()
        is_ours = os.geteuid() in (0, state.st_uid) and not folder.is_symlink()
        if not is_ours:
            raise Unavailable(f"{folder} belongs to somebody else: remove it, or set SGD_VAR_DIR to a shorter path")
        folder.chmod(state.st_mode & ~0o022)


def remove_private(socket_dir: Path, var_dir: Path) -> None:
    """Remove what was made for one data directory outside of it, once the services and their users are gone."""
    if socket_dir.is_relative_to(var_dir):
        return
    for folder in (socket_dir, socket_dir.with_name(FURTHER)):
        shutil.rmtree(folder, ignore_errors=True)  # holds sockets of ended processes at most
    with contextlib.suppress(OSError):  # somebody has put something of his own there: it stays
        socket_dir.parent.rmdir()
