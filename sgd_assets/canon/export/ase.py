"""Adobe swatch exchange. The format has neither fonts nor comments.

Big-endian: 'ASEF', version 1.0, count of blocks; each block a type, a length and a body. Names are UTF-16 with their
length in units, the closing zero counted. Source: the format as Adobe's programs write it, described at
www.selapa.net/swatches/colors/fileformats.php (2008).
"""

import struct

from sgd_assets.canon.export.brand import TITLE, Brand, BrandColour

_GROUP_START, _GROUP_END, _COLOUR = 0xC001, 0xC002, 0x0001
_GLOBAL = 0  # a colour that changes wherever it is used; 1 is spot, 2 normal


def write_ase(brand: Brand) -> bytes:
    """One group with one sRGB swatch per colour."""
    blocks = [
        _block(_GROUP_START, _text(TITLE)),
        *(_block(_COLOUR, _colour(colour)) for colour in brand.colours),
        _block(_GROUP_END, b""),
    ]
    return b"ASEF" + struct.pack(">HHI", 1, 0, len(blocks)) + b"".join(blocks)


def _colour(colour: BrandColour) -> bytes:
    channels = struct.pack(">3f", *(channel / 255 for channel in colour.rgb))
    return _text(colour.name) + b"RGB " + channels + struct.pack(">H", _GLOBAL)


def _text(text: str) -> bytes:
    encoded = (text + "\0").encode("utf-16-be")
    return struct.pack(">H", len(encoded) // 2) + encoded


def _block(kind: int, body: bytes) -> bytes:
    return struct.pack(">HI", kind, len(body)) + body
