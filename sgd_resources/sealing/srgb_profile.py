"""The ICC profile of sRGB, version 4, built from the standard's own numbers: the same bytes on every machine.

Sources: ICC.1:2022 (tags and types); IEC 61966-2-1 (primaries, curve); primaries adapted to D50 by Bradford, as the
ICC's own sRGB v4 display profiles list them (https://registry.color.org/rgb-registry/srgbprofiles, 2026-11).
"""

import struct
from functools import lru_cache

_D50 = (0.9642, 1.0, 0.8249)
_PRIMARIES = {
    b"rXYZ": (0.43606567, 0.22248840, 0.01391602),
    b"gXYZ": (0.38514709, 0.71687317, 0.09707642),
    b"bXYZ": (0.14306641, 0.06060791, 0.71409607),
}
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_BRADFORD_D65_TO_D50 = (1.04788208, 0.02291870, -0.05021667, 0.02958679, 0.99047852, -0.01707458, -0.00924683, 0.01507568, 0.75167847)  # fmt: skip  # noqa: E501
_MADE = (2026, 1, 1, 0, 0, 0)  # fixed: a date of today would make other bytes each day


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """The profile's file, named sRGB."""
    curve = b"para\0\0\0\0" + struct.pack(">HH", 3, 0) + _fixed(*_CURVE)
    tags: list[tuple[bytes, bytes]] = [
        (b"desc", _text("sRGB")),
        (b"cprt", _text("No copyright, use freely")),
        (b"wtpt", b"XYZ \0\0\0\0" + _fixed(*_D50)),
        (b"chad", b"sf32\0\0\0\0" + _fixed(*_BRADFORD_D65_TO_D50)),
        *((name, b"XYZ \0\0\0\0" + _fixed(*value)) for name, value in _PRIMARIES.items()),
        (b"rTRC", curve), (b"gTRC", curve), (b"bTRC", curve),
    ]  # fmt: skip
    start = 128 + 4 + 12 * len(tags)
    table, body, places = b"", b"", dict[bytes, tuple[int, int]]()
    for name, content in tags:
        if content not in places:
            places[content] = (start + len(body), len(content))
            body += content + b"\0" * (-len(content) % 4)
        table += name + struct.pack(">II", *places[content])
    size = start + len(body)
    return _header(size) + struct.pack(">I", len(tags)) + table + body


def _header(size: int) -> bytes:
    head = struct.pack(">I4sI4s4s4s", size, b"\0\0\0\0", 0x04400000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", *_MADE) + b"acsp" + b"\0" * 28 + _fixed(*_D50)
    return head.ljust(128, b"\0")


def _text(words: str) -> bytes:
    """One English text, as `multiLocalizedUnicodeType`."""
    coded = words.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(coded), 28) + coded


def _fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)
