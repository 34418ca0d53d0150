"""Small files that cost a painter minutes or gigabytes, made here; each passes a look at its own few bytes."""

import base64
import io
import struct
import zlib
from functools import cache

import brotli
from fontTools.ttLib import TTFont
from fontTools.ttLib.woff2 import packBase128

from sgd_resources.font_shelf import font_shelf

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100" width="100" height="100">{}</svg>'  # noqa: E501 - one tag
SHAPE = '<rect x="20" y="20" width="60" height="60" fill="#1E4D3A"/>'


def _svg(body: str) -> bytes:
    return SVG.format(body).encode()


def _filtered(primitives: str, region: str = 'x="0" y="0" width="1" height="1"') -> bytes:
    return _svg(f'<filter id="f" {region}>{primitives}</filter><g filter="url(#f)">{SHAPE}</g>')


def _levels(first: str, link: str, levels: int) -> bytes:
    """Each level refers to the one below several times."""
    return _svg("".join([first, *(link.format(n=n, below=n - 1) for n in range(1, levels + 1))]))


def _dense_png() -> str:
    """9,000 x 9,000 pixels in some kilobytes."""
    rows = zlib.compress(bytes((9000 // 8 + 1) * 9000), 1)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 9000, 9000, 1, 0, 0, 0, 0)
    return base64.b64encode(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    ).decode()


# 97 * 89 different corners, repeated 29 times below: 250,000 in all
_CROSSING = "".join(f"L{n % 97} {(n * 61) % 89}" for n in range(97 * 89))
LOGOS: dict[str, bytes] = {
    "morphology in a row": _filtered('<feMorphology operator="dilate" radius="500"/>' * 110),
    "turbulence in a row": _filtered('<feTurbulence baseFrequency="0.9" numOctaves="10"/>' * 60),
    "convolution by a large kernel": _filtered(
        f'<feConvolveMatrix order="40" kernelMatrix="{"1 " * 1600}"/>' * 20
    ),
    "lighting in a row": _filtered(
        '<feSpecularLighting surfaceScale="9"><fePointLight x="9" y="9" z="9"/></feSpecularLighting>' * 150
    ),
    "blur in a huge region": _filtered(
        '<feGaussianBlur stdDeviation="250"/>' * 200, 'x="-99" y="-99" width="199" height="199"'
    ),
    "markers of markers named in style rules": _svg(
        "<style>"
        + "".join(f".m{n}{{marker-mid:url(#k{n - 1})}}" for n in range(1, 9))
        + "</style>"
        + "".join(
            f'<marker id="k{n}" markerWidth="9" markerHeight="9"><path class="m{n}" d="M0 0{" L1 1" * 31}"/></marker>'
            for n in range(8)
        )
        + f'<path class="m8" d="M0 0{" L1 1" * 31}"/>'
    ),
    "use of use": _levels(
        f'<g id="u0">{SHAPE}</g>',
        '<g id="u{n}">' + '<use xlink:href="#u{below}"/>' * 10 + "</g>",
        9,
    ),
    "masks in masks": _levels(
        f'<mask id="k0">{SHAPE}</mask>',
        '<mask id="k{n}">' + '<rect width="99" height="99" fill="#fff" mask="url(#k{below})"/>' * 8 + "</mask>",
        7,
    ).replace(b"</svg>", b'<rect width="99" height="99" mask="url(#k7)"/></svg>'),
    "patterns in patterns": _levels(
        f'<pattern id="p0" width="2" height="2" patternUnits="userSpaceOnUse">{SHAPE}</pattern>',
        '<pattern id="p{n}" width="2" height="2" patternUnits="userSpaceOnUse">'
        + '<rect width="99" height="99" fill="url(#p{below})"/>' * 8
        + "</pattern>",
        7,
    ).replace(b"</svg>", b'<rect width="99" height="99" fill="url(#p7)"/></svg>'),
    "a picture of 81 million pixels": _svg(
        f'<image width="100" height="100" xlink:href="data:image/png;base64,{_dense_png()}"/>' * 3
    ),
    "a path that crosses itself without end": _svg(
        '<path fill-rule="evenodd" d="M0 0' + _CROSSING * 29 + 'Z"/>'
    ),
}  # fmt: skip

HARMLESS: dict[str, bytes] = {
    "style rules": _svg(
        "<style>.a{fill:#1E4D3A}rect.a{opacity:.5}</style><rect class='a' x='20' y='20' width='60' height='60'/>"
    ),
    "use of a symbol": _svg(
        '<defs><symbol id="s" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4" fill="#E4572E"/></symbol></defs>'
        '<use href="#s" width="40" height="40"/><use href="#s" x="50" y="50" width="40" height="40"/>'
    ),
    "a gradient": _svg(
        '<linearGradient id="g"><stop stop-color="#1E4D3A"/><stop offset="1" stop-color="#F7F0E3"/></linearGradient>'
        '<circle cx="50" cy="50" r="40" fill="url(#g)"/>'
    ),
    "a soft shadow": _svg(
        '<filter id="f"><feDropShadow dx="2" dy="2" stdDeviation="2"/></filter><g filter="url(#f)">' + SHAPE + "</g>"
    ),
    "arrow heads": _svg(
        '<marker id="a" markerWidth="4" markerHeight="4" refX="2" refY="2"><path d="M0 0L4 2L0 4Z"/></marker>'
        '<path d="M10 10L50 50L90 20" stroke="#000" fill="none" marker-end="url(#a)" marker-mid="url(#a)"/>'
    ),
}  # fmt: skip


@cache
def font(flavor: str | None = None, family: str = "Jost") -> bytes:
    """An open font as it is or packed."""
    data = font_shelf().file_bytes(family, weight=400)
    assert data is not None
    if flavor is None:
        return data
    with TTFont(io.BytesIO(data)) as opened:
        opened.flavor = flavor
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


def woff2_bomb(unpacked_bytes: int) -> bytes:
    """A WOFF2 of some kilobytes that states a hundred bytes and holds as many as is asked for."""
    entry = bytes([0x3F]) + b"name" + packBase128(100)
    compressor = brotli.Compressor(quality=1)
    packed = b"".join(compressor.process(bytes(1 << 20)) for _ in range(unpacked_bytes >> 20)) + compressor.finish()
    size = 48 + len(entry) + len(packed)
    head = struct.pack(">4sIIHHIIHHIIIII", b"wOF2", 0x00010000, size, 1, 0, 1000, len(packed), 1, 0, 0, 0, 0, 0, 0)
    return bytes(head + entry + packed)
