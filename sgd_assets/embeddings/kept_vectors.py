"""A vector as the cache keeps it: float32, with a checksum in front, so that other bytes are never taken for one.

What must not live here: keys, or which cache.
"""

import logging
import zlib
from collections.abc import Sequence

import numpy as np

_CHECKSUM_BYTES = 4  # a CRC-32
_log = logging.getLogger(__name__)


def packed(vector: Sequence[float]) -> bytes:
    """The vector as bytes."""
    data = np.asarray(vector, dtype="<f4").tobytes()
    return zlib.crc32(data).to_bytes(_CHECKSUM_BYTES, "big") + data


def unpacked(kept: bytes, dimensions: int) -> list[float] | None:
    """The vector that was packed; None, with a log line, for anything else, which is then made anew."""
    checksum, data = kept[:_CHECKSUM_BYTES], kept[_CHECKSUM_BYTES:]
    if len(data) == dimensions * 4 and zlib.crc32(data).to_bytes(_CHECKSUM_BYTES, "big") == checksum:
        found: list[float] = np.frombuffer(data, dtype="<f4").tolist()
        return found
    _log.warning("a vector in the cache is damaged or of an older release; its text is embedded again")
    return None
