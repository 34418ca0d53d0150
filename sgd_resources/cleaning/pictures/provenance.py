"""Reads that an image carries a C2PA manifest, before cleaning removes it.

Detection and labels only: verifying a signature is not this module's job. A C2PA manifest store is a JUMBF
superbox; in JPEG it lies in APP11 segments, in PNG in a `caBX` chunk, in WebP in a `C2PA` chunk.

Source: C2PA specification 2.1, section 11 "Embedding manifests" (2026-11).
"""

import hashlib
import re
import struct
from typing import Any

_LABEL = re.compile(rb"jumd.{17}(urn:(?:c2pa|uuid):[A-Za-z0-9:._-]{1,120}|c2pa(?:\.[a-z_.]{1,60})?)\x00", re.S)


def c2pa_facts(data: bytes, media_type: str) -> dict[str, Any]:
    """`{"c2pa": {...}}` with the store's size, sha256 and manifest labels; empty when there is none."""
    store = _manifest_store(data, media_type)
    if store is None or b"c2pa" not in store:
        return {}
    labels = sorted({match.decode("ascii") for match in _LABEL.findall(store)})
    return {
        "c2pa": {
            "size_bytes": len(store),
            "sha256": hashlib.sha256(store).hexdigest(),
            "labels": labels[:20],
            "is_verified": False,
        }
    }


def _manifest_store(data: bytes, media_type: str) -> bytes | None:
    if media_type == "image/jpeg":
        return _jpeg_jumbf(data)
    if media_type == "image/png":
        return b"".join(body for name, body in _png_chunks(data) if name == b"caBX") or None
    if media_type == "image/webp":
        return b"".join(body for name, body in _riff_chunks(data) if name == b"C2PA") or None
    at = data.find(b"jumb")
    return data[max(0, at - 4) : at + 1_000_000] if at >= 0 and b"c2pa" in data[at : at + 64] else None


def _jpeg_jumbf(data: bytes) -> bytes | None:
    """The APP11 packets of one box joined; each continuation repeats the box header."""
    found = bytearray()
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] not in (0xD9, 0xDA):
        (length,) = struct.unpack_from(">H", data, at + 2)
        body = data[at + 4 : at + 2 + length]
        if data[at + 1] == 0xEB and body[:2] == b"JP":
            found += body[8:] if not found else body[16:]
        at += 2 + max(2, length)
    return bytes(found) or None


def _png_chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    chunks, at = [], 8
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        chunks.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + length]))
        at += 12 + length
    return chunks


def _riff_chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    chunks, at = [], 12
    while at + 8 <= len(data):
        (length,) = struct.unpack_from("<I", data, at + 4)
        chunks.append((data[at : at + 4], data[at + 8 : at + 8 + length]))
        at += 8 + length + (length & 1)
    return chunks
