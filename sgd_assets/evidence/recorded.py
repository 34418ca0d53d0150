"""Reads an upload's bytes as they were taken in, or refuses: whatever is judged or kept is what the row tells of.

What must not live here: judging the bytes (`gate.py`), or what becomes of the row.
"""

import hashlib
from typing import BinaryIO

from sgd_resources.errors import CorruptObject
from sgd_resources.ports import ObjectStore, PendingUpload

_READ_BYTES = 1 << 20  # read a step at a time, so that the cap is met before the file is held


def recorded_bytes(upload: PendingUpload, *, store: ObjectStore, max_bytes: int) -> bytes:
    """The upload's bytes; of a file over `max_bytes` that many and one more, so that the gate sees it is too large.

    Raises:
        NotFound: the bytes are gone from quarantine.
        CorruptObject: other bytes lie there than were taken in (size or sha256 differ). A retry does not help.
    """
    with store.open(upload.key) as stream:
        data = _read_capped(stream, max_bytes)
    if len(data) > max_bytes:
        return data
    is_other = len(data) != upload.size_bytes
    if not is_other and upload.source_sha256 is not None:
        is_other = hashlib.sha256(data).hexdigest() != upload.source_sha256
    if is_other:
        raise CorruptObject(
            "the bytes in quarantine are not those that were taken in",
            details={"recorded_bytes": upload.size_bytes, "found_bytes": len(data)},
        )
    return data


def _read_capped(stream: BinaryIO, cap: int) -> bytes:
    """Up to one byte more than the cap: memory never holds more."""
    chunks: list[bytes] = []
    total = 0
    while total <= cap and (chunk := stream.read(min(_READ_BYTES, cap + 1 - total))):
        chunks.append(chunk)
        total += len(chunk)
    return b"".join(chunks)
