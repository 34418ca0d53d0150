"""Whether pictures can be saved into a folder: asked before anything is rendered for it.

What must not live here: the saving itself (`sgd_api/cli/commands/render.py`).
"""

import os
from pathlib import Path

from sgd_resources.errors import ValidationFailed

_PICTURE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg", ".pdf", ".tif", ".tiff", ".avif"})


def check_picture_folder(folder: Path) -> None:
    """Pass a folder that is there and can be written to, or one that can be made. Nothing is made here.

    Raises:
        ValidationFailed: it is a file, stands below one, has a picture's name, or may not be written to.
    """
    if folder.is_dir():
        _check_writable(folder, folder)
        return
    if os.path.lexists(folder):
        raise ValidationFailed(f"-o takes a folder, and {folder} is a file; name a folder for the pictures")
    if folder.suffix.lower() in _PICTURE_SUFFIXES:
        raise ValidationFailed(
            f"-o takes a folder, and {folder} is a picture's name; pictures are numbered in their folder, so name "
            f"that, e.g. -o {folder.with_suffix('')}"
        )
    nearest = next(parent for parent in folder.absolute().parents if os.path.lexists(parent))
    if not nearest.is_dir():
        raise ValidationFailed(f"the folder {folder} cannot be made: {nearest} is a file")
    _check_writable(folder, nearest)


def _check_writable(folder: Path, existing: Path) -> None:
    if not os.access(existing, os.W_OK | os.X_OK):
        raise ValidationFailed(f"nothing can be saved in {folder}: {existing} may not be written to")
