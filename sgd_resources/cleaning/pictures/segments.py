"""Takes the metadata out of an image that lies inside another file, without decoding it.

PDF streams and Office media keep their compressed pixels bit for bit; only the segments and chunks that carry words,
places and thumbnails go. What must not live here: images uploaded on their own (`images` re-encodes those).
"""

import re
import struct

_JFIF_HEAD = b"\xff\xe0\x00\x10JFIF\x00"
_NEXT_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    {
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"sBIT",
        b"bKGD",
        b"pHYs",
        b"acTL",
        b"fcTL",
        b"fdAT",
    }
)
_JP2_SIGNATURE = b"\x00\x00\x00\x0cjP  \r\n\x87\n"


def without_metadata(data: bytes) -> bytes | None:
    """The image without metadata, or None when its structure cannot be walked. Unknown formats come back unchanged."""
    if data.startswith(b"\xff\xd8"):
        return _bare_jpeg(data)
    if data.startswith(_PNG_SIGNATURE):
        return _bare_png(data)
    if data.startswith(_JP2_SIGNATURE):
        return _bare_jp2(data)
    return data


def has_colour_profile(data: bytes) -> bool:
    """Whether dropping the metadata would change what the picture looks like."""
    if data.startswith(b"\xff\xd8"):
        return b"ICC_PROFILE\x00" in data[:200_000]
    return data.startswith(_PNG_SIGNATURE) and b"iCCP" in data[:200_000]


def _bare_jpeg(data: bytes) -> bytes | None:
    out = bytearray(b"\xff\xd8")
    at = 2
    while True:
        while at < len(data) and data[at] == 0xFF and at + 1 < len(data) and data[at + 1] == 0xFF:
            at += 1
        if at + 2 > len(data) or data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xD9:
            return bytes(out + b"\xff\xd9")
        if at + 4 > len(data):
            return None
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(data):
            return None
        out += _kept_segment(marker, data[at:end])
        at = end
        if marker == 0xDA:
            found = _NEXT_MARKER.search(data, at)
            if found is None:
                return bytes(out + data[at:])
            out += data[at : found.start()]
            at = found.end() - 2


def _kept_segment(marker: int, segment: bytes) -> bytes:
    if marker == 0xE0 and segment.startswith(_JFIF_HEAD[:2]) and segment[4:9] == b"JFIF\x00" and len(segment) >= 18:
        return _JFIF_HEAD + segment[9:16] + b"\x00\x00"
    if marker == 0xEE and segment[4:9] == b"Adobe":
        return segment
    is_application_or_comment = 0xE0 <= marker <= 0xEF or marker == 0xFE
    return b"" if is_application_or_comment else segment


def _bare_png(data: bytes) -> bytes | None:
    out = bytearray(_PNG_SIGNATURE)
    at = 8
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        end = at + 12 + length
        if end > len(data):
            return None
        name = data[at + 4 : at + 8]
        if name in _PNG_KEPT:
            out += data[at:end]
        if name == b"IEND":
            return bytes(out)
        at = end
    return None


def _bare_jp2(data: bytes) -> bytes | None:
    """JPEG 2000 boxes: `xml ` and `uuid` carry metadata, so do `uinf` and `jumb`."""
    out = bytearray()
    at = 0
    while at + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        if length == 1 and at + 16 <= len(data):
            (length,) = struct.unpack_from(">Q", data, at + 8)
        elif length == 0:
            length = len(data) - at
        if length < 8 or at + length > len(data):
            return None
        if name not in (b"xml ", b"uuid", b"uinf", b"jumb"):
            out += data[at : at + length]
        at += length
    return bytes(out)
