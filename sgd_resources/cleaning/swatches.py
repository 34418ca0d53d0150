"""Checks Adobe swatch exchange files (`.ase`): blocks that lie inside the file, nothing between or behind them.

Runs inside the sandbox's child. What must not live here: what a swatch means (`parsers/palettes/adobe_swatches.py`).
"""

import struct

from sgd_resources.cleaning.refusal import bomb, reject
from sgd_resources.ports.examination import Cleaning, Limits

_HEAD = 12  # signature, version, count
_BLOCK = 6  # type and length
_MOST_BLOCKS = 20_000  # a library of all Pantone books stays below
_KINDS = frozenset({0xC001, 0xC002, 0x0001})
_MAJOR = 1


def clean_swatches(data: bytes, media_type: str, limits: Limits) -> Cleaning:
    """The same bytes, cut after the last block.

    Raises:
        RejectedEvidence: `reject:malformed`, `reject:bomb`.
    """
    del media_type, limits
    if len(data) < _HEAD or not data.startswith(b"ASEF"):
        reject("malformed", message="no swatch exchange file")
    major, _, count = struct.unpack(">HHI", data[4:_HEAD])
    if major != _MAJOR:
        reject("malformed", message="a version of swatch exchange that nobody knows")
    if count > _MOST_BLOCKS:
        bomb("blocks", count, _MOST_BLOCKS)
    end = _HEAD
    for _ in range(count):
        if end + _BLOCK > len(data):
            reject("malformed", message="swatch exchange ends early")
        kind, length = struct.unpack(">HI", data[end : end + _BLOCK])
        end += _BLOCK + length
        if kind not in _KINDS or end > len(data):
            reject("malformed", message="a block of swatch exchange is damaged")
    kept = data[:end]
    return Cleaning(kept, "stripped" if end < len(data) else "", {"trailing_bytes": len(data) - end})
