"""Puts profile, resolution and words about a picture into its file: PNG, JPEG and WebP. Pixels stay as they are coded.

Bytes of a picture and `About` -> bytes. The same two give the same bytes. What must not live here: what the words are.

Sources: PNG third edition and XMP part 3 (https://www.adobe.com/devnet/xmp.html) for the places; IPTC Photo Metadata
2025.1 for the properties (https://iptc.org/std/photometadata/specification/, all 2026-11).
"""

import struct
import zlib
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from sgd_resources.provenance.containers import (
    PNG_START,
    jpeg_segment,
    jpeg_segments,
    png_chunk,
    png_chunks,
    webp_chunks,
    webp_file,
)
from sgd_resources.sealing.srgb_profile import srgb_profile

_INCH_M = 0.0254
_REPLACED_PNG = {b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"pHYs"}
_XMP_JPEG = b"http://ns.adobe.com/xap/1.0/\0"
_ICC_JPEG = b"ICC_PROFILE\0\x01\x01"
_HAS_ICC, _HAS_ALPHA, _HAS_EXIF, _HAS_XMP = 0x20, 0x10, 0x08, 0x04  # flags of VP8X


@dataclass(frozen=True)
class About:
    """What a file tells of its picture; an empty text is left out."""

    dpi: int
    title: str = ""
    alt: str = ""
    credit: str = ""
    rights: str = ""
    source_type: str = ""
    """Address of the IPTC term that says how the picture came to be."""


def with_about(data: bytes, media_type: str, about: About) -> bytes:
    """The picture with profile, resolution and words. Raises ValueError for what is no such file of our painter."""
    if media_type == "image/png":
        return _png(data, about)
    if media_type == "image/jpeg":
        return _jpeg(data, about)
    if media_type == "image/webp":
        return _webp(data, about)
    raise ValueError(media_type)


def _png(data: bytes, about: About) -> bytes:
    (head_kind, head), *rest = png_chunks(data)
    per_metre = round(about.dpi / _INCH_M)
    told = [
        (b"iCCP", b"sRGB\0\0" + zlib.compress(srgb_profile(), 9)),
        (b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)),
        (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp_packet(about)),
    ]
    kept = [(kind, body) for kind, body in rest if kind not in _REPLACED_PNG]
    return PNG_START + b"".join(png_chunk(kind, body) for kind, body in ((head_kind, head), *told, *kept))


def _jpeg(data: bytes, about: About) -> bytes:
    segments, scans = jpeg_segments(data)
    kept = [segment for segment in segments if segment[1] not in (0xE0, 0xE1, 0xE2)]
    told = [
        jpeg_segment(0xE0, b"JFIF\0" + struct.pack(">HBHHBB", 0x0101, 1, about.dpi, about.dpi, 0, 0)),
        jpeg_segment(0xE1, _XMP_JPEG + xmp_packet(about)),
        jpeg_segment(0xE2, _ICC_JPEG + srgb_profile()),
    ]
    return b"".join((b"\xff\xd8", *told, *kept, scans))


def _webp(data: bytes, about: About) -> bytes:
    chunks = list(webp_chunks(data))
    width, height, has_alpha = _webp_size(chunks)
    image = [(kind, body) for kind, body in chunks if kind in (b"ALPH", b"VP8 ", b"VP8L")]
    flags = _HAS_ICC | _HAS_EXIF | _HAS_XMP | (_HAS_ALPHA if has_alpha else 0)
    canvas = struct.pack("<I", flags) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    told = [(b"EXIF", _exif(about.dpi)), (b"XMP ", xmp_packet(about))]
    return webp_file([(b"VP8X", canvas), (b"ICCP", srgb_profile()), *image, *told])


def _webp_size(chunks: list[tuple[bytes, bytes]]) -> tuple[int, int, bool]:
    kind, body = chunks[0]
    if kind == b"VP8X":
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little"), bool(body[0] & 0x10)
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF), bool(bits >> 28 & 1)
    if kind == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", body[6:10])
        return width & 0x3FFF, height & 0x3FFF, False
    raise ValueError("no picture in the WebP file")


def _exif(dpi: int) -> bytes:
    """The resolution alone: three entries, their two fractions behind them."""
    behind = 8 + 2 + 3 * 12 + 4
    entries = struct.pack("<HHII", 0x11A, 5, 1, behind) + struct.pack("<HHII", 0x11B, 5, 1, behind + 8)
    entries += struct.pack("<HHIHH", 0x128, 3, 1, 2, 0)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", 3) + entries + b"\0\0\0\0" + struct.pack("<IIII", dpi, 1, dpi, 1)


def xmp_packet(about: About) -> bytes:
    """The words as one XMP packet without room to grow: a signed file is not written into."""
    parts = [
        _in_language("dc:title", about.title),
        _in_language("Iptc4xmpCore:AltTextAccessibility", about.alt),
        _in_language("dc:rights", about.rights),
        f"<photoshop:Credit>{_text(about.credit)}</photoshop:Credit>" if about.credit else "",
        f"<Iptc4xmpExt:DigitalSourceType>{_text(about.source_type)}</Iptc4xmpExt:DigitalSourceType>"
        if about.source_type
        else "",
        "<xmp:CreatorTool>Smart Graphic Designer</xmp:CreatorTool>",
        f"<tiff:XResolution>{about.dpi}/1</tiff:XResolution><tiff:YResolution>{about.dpi}/1</tiff:YResolution>"
        "<tiff:ResolutionUnit>2</tiff:ResolutionUnit>",
    ]
    spaces = {
        "dc": "http://purl.org/dc/elements/1.1/", "photoshop": "http://ns.adobe.com/photoshop/1.0/",
        "xmp": "http://ns.adobe.com/xap/1.0/", "tiff": "http://ns.adobe.com/tiff/1.0/",
        "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
        "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    }  # fmt: skip
    declared = " ".join(f"xmlns:{name}={quoteattr(address)}" for name, address in spaces.items())
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {declared}>{"".join(parts)}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    )
    return packet.encode()


def _in_language(name: str, words: str) -> str:
    if not words:
        return ""
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{_text(words)}</rdf:li></rdf:Alt></{name}>'


def _text(words: str) -> str:
    """Escaped, without the control characters that XML cannot hold."""
    return escape("".join(letter for letter in words if letter.isprintable() or letter in "\n\t"))
