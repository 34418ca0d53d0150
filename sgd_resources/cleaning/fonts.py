"""Checks font files and keeps them as they are, but for tables and blocks that no glyph needs.

A font's name table is a brand fact; its drawings in SVG may hold scripts and links, and a table that nobody knows may
hold anything. The directory is read here and what is unwanted is left out while the rest is copied table by table; the
parser reads the names later, in the same sandbox. What must not live here: decoding glyphs.
"""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import brotli

from sgd_resources.cleaning.refusal import bomb, reject
from sgd_resources.ports.examination import Cleaning, Limits

_MAX_TABLES = 256  # OpenType knows some sixty tags
_PADDING = 3  # tables end on four bytes
_STEP_BYTES = 1 << 20  # counted a step at a time, so that a bomb is met before it is held
_KNOWN_TABLES = frozenset(
    """
    cmap|head|hhea|hmtx|maxp|name|OS/2|post|cvt |fpgm|glyf|loca|prep|gasp|CFF |CFF2|VORG|EBDT|EBLC|EBSC|CBDT|CBLC|sbix|
    BASE|GDEF|GPOS|GSUB|JSTF|MATH|avar|cvar|fvar|gvar|HVAR|MVAR|STAT|VVAR|VARC|COLR|CPAL|DSIG|hdmx|kern|LTSH|MERG|meta|
    PCLT|VDMX|vhea|vmtx|acnt|ankr|bdat|bhed|bloc|bsln|fdsc|feat|fmtx|gcid|just|kerx|lcar|ltag|mort|morx|opbd|prop|trak|
    xref|Zapf
    """.replace("\n    ", "")
    .strip()
    .split("|")
)
"""Tables that draw or shape text. Sources: OpenType 1.9.1, "Font tables"; Apple TrueType reference manual (2026-11).
Not among them: `SVG ` (documents with links), Graphite's programs, and private tables of font editors."""
_WOFF2_TAGS = (
    "cmap", "head", "hhea", "hmtx", "maxp", "name", "OS/2", "post", "cvt ", "fpgm", "glyf", "loca", "prep", "CFF ",
    "VORG", "EBDT", "EBLC", "gasp", "hdmx", "kern", "LTSH", "PCLT", "VDMX", "vhea", "vmtx", "BASE", "GDEF", "GPOS",
    "GSUB", "EBSC", "JSTF", "MATH", "CBDT", "CBLC", "COLR", "CPAL", "SVG ", "sbix", "acnt", "avar", "bdat", "bloc",
    "bsln", "cvar", "fdsc", "feat", "fmtx", "fvar", "gvar", "hsty", "just", "lcar", "mort", "morx", "opbd", "prop",
    "trak", "Zapf", "Silf", "Glat", "Gloc", "Feat", "Sill",
)  # fmt: skip
"""By index. Source: W3C WOFF 2.0, 4.1 "Known table tags" (2024)."""
_BLOCKS_AT = {"font/woff": 24, "font/woff2": 28}
"""Where the header keeps offset and length of the metadata and private blocks."""


def clean_font(data: bytes, media_type: str, limits: Limits) -> Cleaning:
    """The same bytes, cut after the font's last table; rewritten only when a table or block has to go.

    Raises:
        RejectedEvidence: `reject:malformed`, `reject:bomb`.
    """
    if media_type == "font/woff":
        end = _check_woff(data, limits)
    elif media_type == "font/woff2":
        end = _check_woff2(data, limits)
    else:
        end = _check_sfnt(data)
    kept = data[:end] if end < len(data) - _PADDING else data
    details: dict[str, Any] = {"trailing_bytes": len(data) - end} if kept is not data else {}
    unwanted = [tag for tag in _tags(kept, media_type) if tag not in _KNOWN_TABLES]
    has_blocks = _has_blocks(kept, media_type)
    if not unwanted and not has_blocks:
        return Cleaning(kept, "stripped" if details else "", details)
    details["removed"] = {**{f"table {tag}": 1 for tag in unwanted}, **({"WOFF block": 1} if has_blocks else {})}
    return Cleaning(_rewritten(kept, unwanted), "sanitised", details)


def _tags(data: bytes, media_type: str) -> Iterator[str]:
    if media_type == "font/woff2":
        yield from _woff2_directory(data)[0]
        return
    first, step = (44, 20) if media_type == "font/woff" else (12, 16)
    (n_tables,) = struct.unpack_from(">H", data, 12 if media_type == "font/woff" else 4)
    for index in range(n_tables):
        at = first + step * index
        yield data[at : at + 4].decode("latin-1")


def _woff2_directory(data: bytes) -> tuple[list[str], int]:
    """Tags and the end of the directory: per table a byte of flags, a tag unless it is a known one, lengths."""
    (n_tables,) = struct.unpack_from(">H", data, 12)
    tags: list[str] = []
    at = 48
    for _ in range(n_tables):
        if at + 5 > len(data):
            reject("malformed", message="a WOFF2 font without a table directory")
        flags, at = data[at], at + 1
        if flags & 0x3F == 0x3F:
            tag, at = data[at : at + 4].decode("latin-1"), at + 4
        else:
            tag = _WOFF2_TAGS[flags & 0x3F]
        tags.append(tag)
        version = flags >> 6
        is_transformed = version != 3 if tag in ("glyf", "loca") else version != 0
        for _ in range(2 if is_transformed else 1):
            at = _after_number(data, at)
    return tags, at


def _after_number(data: bytes, at: int) -> int:
    """Past a number of up to five bytes, each but the last with its top bit set."""
    for end in range(at, min(at + 5, len(data))):
        if not data[end] & 0x80:
            return end + 1
    reject("malformed", message="a WOFF2 font without a table directory")


def _has_blocks(data: bytes, media_type: str) -> bool:
    at = _BLOCKS_AT.get(media_type)
    return at is not None and any(struct.unpack_from(">5I", data, at))


def _rewritten(data: bytes, unwanted: list[str]) -> bytes:
    # Made for fonts, and slow to import: only a font that needs it pays.
    from fontTools.ttLib import TTFont, TTLibError

    out = io.BytesIO()
    try:
        with TTFont(io.BytesIO(data), lazy=True, recalcTimestamp=False, recalcBBoxes=False) as font:
            for tag in {*unwanted, "DSIG"} & set(font.keys()):
                del font[tag]
            font.flavorData = None
            font.save(out, reorderTables=False)
    except TTLibError:
        reject("malformed", message="a font whose tables cannot be copied")
    return out.getvalue()


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
            bomb("bytes unpacked", inflated, limits.max_inflated_bytes, inflated_bytes=inflated)
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
        bomb("bytes unpacked", total, limits.max_inflated_bytes, inflated_bytes=total)
    _check_brotli(data, limits)
    return int(length)


def _check_brotli(data: bytes, limits: Limits) -> None:
    """Count what the one compressed stream of a WOFF2 font unpacks to before anybody unpacks it whole."""
    (packed_bytes,) = struct.unpack_from(">I", data, 20)
    _, start = _woff2_directory(data)
    inflater, total, pending = brotli.Decompressor(), 0, data[start : start + packed_bytes]
    try:
        while not inflater.is_finished():
            step = inflater.process(pending, output_buffer_limit=_STEP_BYTES)
            total, pending = total + len(step), b""
            if total > limits.max_inflated_bytes:
                bomb("bytes unpacked", total, limits.max_inflated_bytes, inflated_bytes=total)
            if not step and inflater.can_accept_more_data():
                break
    except brotli.error:
        reject("malformed", message="a WOFF2 font that does not unpack")
