"""Checks font files and keeps them as they are: a font's name table is a brand fact.

Only the table directory is read here; the parser reads the names later, in the same sandbox. What must not live here:
decompressing WOFF2 (bounded by the child's memory, in the parser).
"""

import struct
import zlib

from sgd_resources.cleaning.refusal import reject
from sgd_resources.examination import Cleaning, Limits

_MAX_TABLES = 256
_PADDING = 3


def clean_font(data: bytes, media_type: str, limits: Limits) -> Cleaning:
    """The same bytes, cut after the font's last table.

    Raises:
        RejectedEvidence: `reject:malformed`, `reject:bomb`.
    """
    if media_type == "font/woff":
        end = _check_woff(data, limits)
    elif media_type == "font/woff2":
        end = _check_woff2(data, limits)
    else:
        end = _check_sfnt(data)
    if end < len(data) - _PADDING:
        return Cleaning(data[:end], "stripped", {"trailing_bytes": len(data) - end})
    return Cleaning(data, "")


def _check_sfnt(data: bytes) -> int:
    """The end of the last table. Every table must lie inside the file."""
    if len(data) < 12:
        reject("malformed", message="too short for a font")
    (n_tables,) = struct.unpack_from(">H", data, 4)
    if not 1 <= n_tables <= _MAX_TABLES or len(data) < 12 + 16 * n_tables:
        reject("malformed", message="a font without a table directory")
    end = 12 + 16 * n_tables
    tags = set()
    for index in range(n_tables):
        tag, _, offset, length = struct.unpack_from(">4sIII", data, 12 + 16 * index)
        if offset + length > len(data):
            reject("malformed", message="a font table lies outside the file")
        tags.add(tag)
        end = max(end, (offset + length + 3) & ~3)
    if not tags >= {b"head", b"name"}:
        reject("malformed", message="a font without head and name tables")
    return int(min(end, len(data)))


def _check_woff(data: bytes, limits: Limits) -> int:
    if len(data) < 44:
        reject("malformed", message="too short for a WOFF font")
    length, n_tables = struct.unpack_from(">IH", data, 8)
    if not 1 <= n_tables <= _MAX_TABLES or length > len(data) or len(data) < 44 + 20 * n_tables:
        reject("malformed", message="a WOFF font without a table directory")
    inflated = 0
    for index in range(n_tables):
        offset, packed, original = struct.unpack_from(">III", data, 44 + 20 * index + 4)
        if offset + packed > len(data) or packed > original:
            reject("malformed", message="a WOFF table lies outside the file")
        inflated += original
        if inflated > limits.max_inflated_bytes:
            reject("bomb", inflated_bytes=inflated)
        if packed < original:
            _inflate_exactly(data[offset : offset + packed], original)
    return int(length)


def _inflate_exactly(packed: bytes, original: int) -> None:
    inflater = zlib.decompressobj()
    try:
        found = inflater.decompress(packed, original + 1)
    except zlib.error:
        reject("malformed", message="a WOFF table does not inflate")
    if len(found) != original:
        reject("malformed", message="a WOFF table has another size than it says")


def _check_woff2(data: bytes, limits: Limits) -> int:
    if len(data) < 48:
        reject("malformed", message="too short for a WOFF2 font")
    length, n_tables, _, total = struct.unpack_from(">IHHI", data, 8)
    if not 1 <= n_tables <= _MAX_TABLES or length > len(data):
        reject("malformed", message="a WOFF2 font without a table directory")
    if total > limits.max_inflated_bytes:
        reject("bomb", inflated_bytes=total)
    return int(length)
