"""Reads a WebP of many pixels at half its sides, with one canvas in memory.

Pillow opens every WebP as an animation: two canvases beside the picture, before any of it is read. Forty megapixels do
not pass the confined child's memory so; OpenCV decodes a still picture straight into one array, by the same library.
What must not live here: which pictures are too large, small pictures, animations.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import cv2  # not where it is used: what a job loads counts as the memory of its file
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sgd_resources.cleaning.pictures.halving import halved
from sgd_resources.cleaning.refusal import reject

Info = dict[str | tuple[int, int], Any]
_STRIP_ROWS = 512
"""Even, so that no strip but the last splits a pair of rows."""
_ANIMATED = 0x02
_VP8L_SIGNATURE = 0x2F
_EXIF_PREFIX = b"Exif\0\0"


@dataclass(frozen=True)
class WebpHeader:
    """What a WebP says of itself before its pixels.

    `is_still` only when it is sure to be one picture; `info` holds `icc_profile` and `exif` as Pillow's pictures do.
    """

    width: int
    height: int
    is_still: bool
    is_lossless: bool
    info: Info = field(default_factory=dict)


def webp_header(data: bytes) -> WebpHeader | None:
    """The header of a WebP; None when its pieces are not where they should be."""
    size, flags, coded = (0, 0), 0, b""
    info: Info = {}
    for name, body in _chunks(data):
        if name == b"VP8X" and len(body) >= 10:
            flags = body[0]
            size = (1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little"))
        elif name in (b"VP8 ", b"VP8L") and not coded:
            coded = name
            size = max(size, _size_of(name, bytes(body[:10])))
        elif name == b"ICCP":
            info["icc_profile"] = bytes(body)
        elif name == b"EXIF":
            info["exif"] = _EXIF_PREFIX + bytes(body).removeprefix(_EXIF_PREFIX)
    if size == (0, 0):
        return None
    is_still = bool(coded) and not flags & _ANIMATED
    return WebpHeader(*size, is_still=is_still, is_lossless=coded == b"VP8L", info=info)


def halved_webp(data: bytes, header: WebpHeader) -> Image.Image:
    """A still picture at half its sides, with the profile and the EXIF data of the whole one.

    Raises:
        MemoryError: it does not pass the memory that there is.
        RejectedEvidence: `reject:malformed`.
    """
    pixels = _decoded(data)
    height, width, channels = pixels.shape
    if (width, height) != (header.width, header.height):
        reject("malformed", message="the picture has another size than it says")
    half = Image.new("RGBA" if channels == 4 else "RGB", ((width + 1) // 2, (height + 1) // 2))
    for top in range(0, height, _STRIP_ROWS):
        strip = pixels[top : top + _STRIP_ROWS]
        half.paste(halved(Image.fromarray(strip[..., [2, 1, 0, 3][:channels]])), (0, top // 2))
    half.info = dict(header.info)
    return half


def _decoded(data: bytes) -> NDArray[Any]:
    """Blue, green, red and opacity."""
    try:
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error as error:
        if error.code == cv2.Error.StsNoMem:
            raise MemoryError from error
        reject("malformed", message="the picture cannot be decoded")
    if pixels is None or pixels.ndim != 3:
        reject("malformed", message="the picture cannot be decoded")
    return pixels


def _size_of(name: bytes, head: bytes) -> tuple[int, int]:
    """Source: RFC 6386, 9.1, and the WebP Lossless Bitstream Specification, "RIFF Header"."""
    if name == b"VP8 " and head[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", head[6:10])
        return width & 0x3FFF, height & 0x3FFF
    if name == b"VP8L" and len(head) >= 5 and head[0] == _VP8L_SIGNATURE:
        bits = int.from_bytes(head[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return 0, 0


def _chunks(data: bytes) -> Iterator[tuple[bytes, memoryview]]:
    at, view = 12, memoryview(data)
    while at + 8 <= len(data):
        length = int.from_bytes(view[at + 4 : at + 8], "little")
        yield bytes(view[at : at + 4]), view[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
