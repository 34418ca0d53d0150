"""Parts of PNG, JPEG and WebP files as bytes: split, put in, take out. Nothing is decoded.

For files of our own making; of a stranger's they run in the confined child. What must not live here: pixels, or what a
part means.

Sources: PNG third edition (https://www.w3.org/TR/png-3/), T.81 and T.871 for JPEG, RFC 9649 for WebP; C2PA 2.2, annex
on embedding manifests (https://spec.c2pa.org/, all 2026-11).
"""

import zlib
from collections.abc import Iterator

PNG_START = b"\x89PNG\r\n\x1a\n"
_MOST_OF_A_SEGMENT = 65_533  # 16 bits of length count themselves
_OF_A_BOX = 64_000
"""Bytes of a box in one APP11 segment: as many as the reference library puts there."""


def png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(type, body) of each chunk. Raises ValueError on lengths that lead outside of the file."""
    at = len(PNG_START)
    if not data.startswith(PNG_START):
        raise ValueError("no PNG")
    while at < len(data):
        length = int.from_bytes(data[at : at + 4])
        if at + 12 + length > len(data):
            raise ValueError("a chunk ends outside of the file")
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += 12 + length


def png_chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk as it lies in the file."""
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


def jpeg_segments(data: bytes) -> tuple[list[bytes], bytes]:
    """The segments before the first scan, with their markers, and all from that scan on. Raises ValueError."""
    if not data.startswith(b"\xff\xd8"):
        raise ValueError("no JPEG")
    found, at = [], 2
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] != b"\xda":
        length = int.from_bytes(data[at + 2 : at + 4])
        if length < 2 or at + 2 + length > len(data):
            raise ValueError("a segment ends outside of the file")
        found.append(data[at : at + 2 + length])
        at += 2 + length
    if data[at : at + 2] != b"\xff\xda":
        raise ValueError("no scan")
    return found, data[at:]


def jpeg_segment(marker: int, body: bytes) -> bytes:
    """A segment as it lies in the file. Raises ValueError for a body that is too long for one."""
    if len(body) > _MOST_OF_A_SEGMENT:
        raise ValueError("too long for one segment")
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2) + body


def webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(type, body) of each chunk. Raises ValueError on lengths that lead outside of the file."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise ValueError("no WebP")
    at = 12
    while at + 8 <= len(data):
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + length > len(data):
            raise ValueError("a chunk ends outside of the file")
        yield data[at : at + 4], data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def webp_file(chunks: list[tuple[bytes, bytes]]) -> bytes:
    """The file of these chunks."""
    body = b"WEBP" + b"".join(
        kind + len(part).to_bytes(4, "little") + part + b"\0" * (len(part) % 2) for kind, part in chunks
    )
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def with_manifest(data: bytes, manifest: bytes, media_type: str) -> bytes:
    """A picture with a C2PA manifest store embedded, where the reference library puts it.

    Raises:
        ValueError: not a file of that type, or a type that takes none.
    """
    if media_type == "image/png":
        kind, body = next(png_chunks(data))
        head = PNG_START + png_chunk(kind, body)
        return head + png_chunk(b"caBX", manifest) + data[len(head) :]
    if media_type == "image/webp":
        return webp_file([*webp_chunks(data), (b"C2PA", manifest)])
    if media_type != "image/jpeg":
        raise ValueError(media_type)
    segments, rest = jpeg_segments(data)
    at = 1 if segments and segments[0][1] == 0xE0 else 0
    return b"".join((b"\xff\xd8", *segments[:at], *_app11(manifest), *segments[at:], rest))


def manifest_of(data: bytes) -> bytes | None:
    """The C2PA manifest store that a PNG, JPEG or WebP carries, or None.

    Raises:
        ValueError: none of these, or damaged.
    """
    if data.startswith(PNG_START):
        return next((body for kind, body in png_chunks(data) if kind == b"caBX"), None)
    if data.startswith(b"RIFF"):
        return next((body for kind, body in webp_chunks(data) if kind == b"C2PA"), None)
    parts = [part for part in jpeg_segments(data)[0] if part[1] == 0xEB and part[4:6] == b"JP"]
    if not parts:
        return None
    return parts[0][12:] + b"".join(part[20:] for part in parts[1:])


def _app11(manifest: bytes) -> list[bytes]:
    """One box in as many segments as it takes; each further one repeats the box's length and type."""
    starts = [0, *range(_OF_A_BOX, len(manifest), _OF_A_BOX)]
    return [
        jpeg_segment(
            0xEB,
            b"JP\x02\x11" + number.to_bytes(4) + (manifest[:8] if at else b"") + manifest[at : at + _OF_A_BOX],
        )
        for number, at in enumerate(starts, start=1)
    ]
