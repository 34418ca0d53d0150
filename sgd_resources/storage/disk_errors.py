"""What an error of the disk means to whoever asked the store. What must not live here: reading or writing."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from sgd_resources.errors import Conflict, NotFound, StorageFull, Unavailable

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
ABSENT = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.ENXIO})
"""Error numbers that say: no such object."""


@contextmanager
def translated(key: str) -> Iterator[None]:
    """Errors of the disk become ours, those of folders that stand in the way too."""
    try:
        yield
    except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
        raise Conflict("another object stands where this key needs a folder", details={"key": key}) from error
    except OSError as error:
        translate(error, key)


def translate(error: OSError, key: str) -> NoReturn:
    """Raise what the error means."""
    if error.errno in _FULL:
        raise StorageFull("the object store has no room left", retry_after_s=60, details={"key": key}) from error
    if error.errno in ABSENT:
        raise NotFound("no such object", details={"key": key}) from error
    raise Unavailable(f"the object store's disk failed: {error.strerror}", details={"key": key}) from error
