"""A readable stream that knows the sha256 its bytes must have, and says so at their end.

What must not live here: where the bytes come from.
"""

import hashlib
import io
from collections.abc import Collection
from typing import Any, BinaryIO

from sgd_resources.errors import CorruptObject


class CheckedStream(io.RawIOBase):
    """Reads `source` and raises CorruptObject at its end when the bytes hash to none of `sha256s`.

    The check holds for a reader that goes from start to end; a reader that seeks elsewhere gives it up. With no
    `sha256s` nothing is checked (a file dropped in by hand has no recorded hash).
    """

    def __init__(self, source: BinaryIO, *, key: str, sha256s: Collection[str]) -> None:
        super().__init__()
        self._source = source
        self._key = key
        self._expected = frozenset(sha256s)
        self._digest = hashlib.sha256()
        self._is_sequential = True

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Whether the source is."""
        return self._source.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move; anywhere but the start ends the check."""
        position = self._source.seek(offset, whence)
        if position == 0:
            self._digest = hashlib.sha256()
            self._is_sequential = True
        else:
            self._is_sequential = False
        return position

    def tell(self) -> int:
        """Position in the source."""
        return self._source.tell()

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer`; 0 at the end, after the check."""
        data = self._source.read(len(buffer))
        buffer[: len(data)] = data
        self._note(data, is_at_end=not data and len(buffer) > 0)
        return len(data)

    def readall(self) -> bytes:
        """All that is left, checked."""
        data = self._source.read()
        self._note(data, is_at_end=True)
        return data

    def close(self) -> None:
        """Close the source too."""
        if not self.closed:
            self._source.close()
        super().close()

    def _note(self, data: bytes, *, is_at_end: bool) -> None:
        if not self._is_sequential or not self._expected:
            return
        self._digest.update(data)
        if is_at_end and self._digest.hexdigest() not in self._expected:
            raise CorruptObject("a stored object changed since it was written", details={"key": self._key})
