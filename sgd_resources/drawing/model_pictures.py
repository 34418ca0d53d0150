"""Pictures on their way to a model and back: colour cards, small copies, and what a model sent. Jobs for the sandbox.

What must not live here: what a model is asked, or where a picture is shown.
"""

import io
from typing import Any

from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

from sgd_resources.errors import RejectedEvidence

Reply = tuple[dict[str, Any], tuple[bytes, ...]]

_SWATCH_PX = 160
_FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
_UNREADABLE = (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError)
_ALPHA_GROUND = "#FFFFFF"
_JPEG_QUALITY = 85


def draw_swatches(data: bytes, arguments: dict[str, Any]) -> Reply:
    """One blob: a PNG card of plain squares in the colours `hexes`, in rows of four. `data` is not looked at."""
    hexes: list[str] = arguments["hexes"]
    columns = min(4, len(hexes))
    rows = -(-len(hexes) // columns)
    card = Image.new("RGB", (columns * _SWATCH_PX, rows * _SWATCH_PX), "#FFFFFF")
    pen = ImageDraw.Draw(card)
    for at, value in enumerate(hexes):
        x, y = at % columns * _SWATCH_PX, at // columns * _SWATCH_PX
        pen.rectangle((x, y, x + _SWATCH_PX - 1, y + _SWATCH_PX - 1), fill=value)
    out = io.BytesIO()
    card.save(out, "PNG")
    return {}, (out.getvalue(),)


def shrink(data: bytes, arguments: dict[str, Any]) -> Reply:
    """One blob: a JPEG copy, at most `longest_side_px` long, upright, on white, without metadata.

    Raises:
        RejectedEvidence: `reject:malformed` for what is no PNG, JPEG or WebP.
    """
    side = arguments["longest_side_px"]
    try:
        with Image.open(io.BytesIO(data), formats=tuple(_FORMATS)) as opened:
            opened.draft("RGB", (side, side))
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except _UNREADABLE as error:
        raise RejectedEvidence("reject", "malformed") from error
    upright.thumbnail((side, side), reducing_gap=2.0)
    flat = Image.new("RGBA", upright.size, _ALPHA_GROUND)
    flat.alpha_composite(upright)
    out = io.BytesIO()
    flat.convert("RGB").save(out, "JPEG", quality=_JPEG_QUALITY)
    return {}, (out.getvalue(),)


def read_generated(data: bytes, arguments: dict[str, Any]) -> Reply:
    """`{"media_type", "width_px", "height_px", "has_c2pa"}` of a picture that was decoded whole.

    Raises:
        RejectedEvidence: `reject:malformed`; also for one of more than `max_pixels`.
    """
    try:
        with Image.open(io.BytesIO(data), formats=tuple(_FORMATS)) as opened:
            if opened.width * opened.height > arguments["max_pixels"]:
                raise RejectedEvidence("reject", "malformed", details={"message": "too many pixels"})
            kind = str(opened.format)
            opened.load()
            size = opened.size
    except _UNREADABLE as error:
        raise RejectedEvidence("reject", "malformed") from error
    told = {"media_type": _FORMATS[kind], "width_px": size[0], "height_px": size[1], "has_c2pa": has_c2pa(data)}
    return told, ()


def has_c2pa(data: bytes) -> bool:
    """Whether a file carries a C2PA manifest: the PNG chunk caBX, JPEG segments APP11, or the RIFF chunk C2PA.

    Source: https://spec.c2pa.org/specifications/specifications/2.2/specs/C2PA_Specification.html, embedding (2026-11).
    """
    if data.startswith(b"\x89PNG"):
        return b"caBX" in _chunk_names(data, start=8, big_endian=True, beside=12)
    if data.startswith(b"RIFF"):
        return b"C2PA" in _chunk_names(data, start=12, big_endian=False, beside=8)
    return _has_app11_box(data)


def _chunk_names(data: bytes, *, start: int, big_endian: bool, beside: int) -> set[bytes]:
    """Names of the chunks of a PNG (length, name) or a RIFF file (name, length), as far as the lengths make sense."""
    names, at = set[bytes](), start
    while at + 8 <= len(data):
        head, tail = data[at : at + 4], data[at + 4 : at + 8]
        name, length = (tail, int.from_bytes(head)) if big_endian else (head, int.from_bytes(tail, "little"))
        names.add(name)
        at += beside + length + (length % 2 if not big_endian else 0)
    return names


def _has_app11_box(data: bytes) -> bool:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        length = int.from_bytes(data[at + 2 : at + 4])
        if data[at + 1] == 0xEB and b"c2pa" in data[at : at + 2 + length]:
            return True
        at += 2 + max(2, length)
    return False
