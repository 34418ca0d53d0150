"""How large a packed font becomes, counted while unpacking before any reader trusts its header.

A WOFF2 of two kilobytes may hold gigabytes and state a megabyte. What must not live here: reading a table.
"""

import io
import struct
import zlib

import brotli
from fontTools.ttLib import TTLibError
from fontTools.ttLib.woff2 import WOFF2DirectoryEntry, woff2DirectorySize

from sgd_resources.errors import RejectedEvidence

MAX_UNPACKED_BYTES = 60_000_000
"""Twice the largest font file in wide use (a CJK family with every weight in one variable file)."""
_MAX_TABLES = 256  # OpenType knows some sixty tags
_WOFF_HEADER, _WOFF_ENTRY = 44, 20
_STEP_BYTES = 1 << 16  # counted a step at a time, so that a bomb is met before it is held


def check_unpacked_size(data: bytes) -> None:
    """Pass when what is packed is as large as it says, and not too large. Plain OpenType passes.

    Raises:
        RejectedEvidence: `reject:bomb` (larger than it says, or than is allowed), `reject:malformed`.
    """
    if data[:4] == b"wOFF":
        _check_woff(data)
    elif data[:4] == b"wOF2":
        _check_woff2(data)


def _check_woff(data: bytes) -> None:
    if len(data) < _WOFF_HEADER:
        _malformed("too short for a WOFF font")
    (n_tables,) = struct.unpack_from(">H", data, 12)
    if n_tables > _MAX_TABLES or len(data) < _WOFF_HEADER + n_tables * _WOFF_ENTRY:
        _malformed("a WOFF font without a table directory")
    total = 0
    for index in range(n_tables):
        offset, packed, original = struct.unpack_from(">III", data, _WOFF_HEADER + index * _WOFF_ENTRY + 4)
        total += original
        _check_total(total)
        if packed < original:
            inflater = zlib.decompressobj()
            try:
                found = len(inflater.decompress(data[offset : offset + packed], original + 1))
            except zlib.error:
                _malformed("a WOFF table does not inflate")
            _check_same(found, original)


def _check_woff2(data: bytes) -> None:
    if len(data) < woff2DirectorySize:
        _malformed("too short for a WOFF2 font")
    (n_tables,) = struct.unpack_from(">H", data, 12)
    (packed,) = struct.unpack_from(">I", data, 20)
    if not 1 <= n_tables <= _MAX_TABLES:
        _malformed("a WOFF2 font without a table directory")
    file = io.BytesIO(data)
    file.seek(woff2DirectorySize)
    total = restored = 0
    try:
        for _ in range(n_tables):
            entry = WOFF2DirectoryEntry()
            entry.fromFile(file)
            total += entry.length
            restored += entry.origLength
    except (TTLibError, struct.error, IndexError) as error:
        raise RejectedEvidence("reject", "malformed", details={"message": "a broken WOFF2 directory"}) from error
    _check_total(max(total, restored))
    _check_same(_brotli_size(data[file.tell() : file.tell() + packed], total), total)


def _brotli_size(packed: bytes, expected: int) -> int:
    """Bytes that come out, counted up to a step past what is expected."""
    decompressor = brotli.Decompressor()
    found, chunk = 0, packed
    try:
        while not decompressor.is_finished() and found <= expected:
            out = decompressor.process(chunk, output_buffer_limit=_STEP_BYTES)
            if not out and decompressor.can_accept_more_data():
                break
            found += len(out)
            chunk = b""
    except brotli.error as error:
        raise RejectedEvidence("reject", "malformed", details={"message": "a WOFF2 font does not unpack"}) from error
    return found


def _check_total(total: int) -> None:
    if total > MAX_UNPACKED_BYTES:
        raise RejectedEvidence(
            "reject",
            "bomb",
            details={
                "message": f"{total:,} bytes unpacked; at most {MAX_UNPACKED_BYTES:,} are read",
                "unpacked_bytes": total,
                "limit_bytes": MAX_UNPACKED_BYTES,
            },
        )


def _check_same(found: int, stated: int) -> None:
    if found > stated:
        raise RejectedEvidence(
            "reject", "bomb", details={"message": f"it unpacks to more than the {stated:,} bytes that it says"}
        )
    if found != stated:
        _malformed("it unpacks to less than it says")


def _malformed(message: str) -> None:
    raise RejectedEvidence("reject", "malformed", details={"message": message})
