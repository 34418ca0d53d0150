"""How a picture looks, as 64 bits that survive re-saving, and how far two pictures are apart.

What must not live here: what is near enough (`sgd_assets/renders/prove/verify.py`).
"""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageOps, UnidentifiedImageError

from sgd_resources.ports import Raster
from sgd_resources.provenance.containers import PNG_START, png_chunk, png_chunks

_SIDE = 32
_KEPT = 8  # of each side of the spectrum: coarse forms, which coding leaves alone
_COMPARED_PX = 128
_SHEET_PX, _GAP_PX = 800, 12
_MAX_PIXELS = 120_000_000
_SEEN = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
_UNREADABLE = (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError)


def look_of(data: bytes) -> int | None:
    """`look_of_raster` of a file; None for what is no PNG, JPEG or WebP that can be decoded."""
    image = _opened(data, _SIDE)
    return None if image is None else _look(image)


def look_of_raster(raster: Raster) -> int:
    """Signs of the lowest frequencies of its luminance, as a signed number of 64 bits (Postgres' bigint)."""
    return _look(Image.frombuffer("RGBA", (raster.width_px, raster.height_px), raster.rgba))


def pixels_apart(first: bytes, second: bytes) -> float | None:
    """Mean distance of two pictures' channels at a small size, of 255; None where one cannot be decoded.

    1.0 for pictures of other proportions counts as far apart.
    """
    small = [_opened(data, _COMPARED_PX) for data in (first, second)]
    if small[0] is None or small[1] is None:
        return None
    shapes = [image.width / image.height for image in small if image is not None]
    if abs(shapes[0] / shapes[1] - 1) > 0.02:
        return 255.0
    planes = [np.asarray(_flat(image).resize((_COMPARED_PX, _COMPARED_PX), Image.Resampling.BOX), np.float64) for image in small if image]  # fmt: skip  # noqa: E501
    return float(np.abs(planes[0] - planes[1]).mean())


def difference_sheet(first: bytes, second: bytes) -> bytes | None:
    """A PNG: both pictures side by side, and where they differ in red; None where one cannot be decoded."""
    before, after = (_opened(data, _SHEET_PX) for data in (first, second))
    if before is None or after is None:
        return None
    before.thumbnail((_SHEET_PX, _SHEET_PX))
    left, right = _flat(before), _flat(after).resize(before.size)
    apart = ImageChops.difference(left, right).convert("L").point(lambda value: min(255, value * 3))
    marked = Image.composite(Image.new("RGB", left.size, "#D00000"), left.convert("L").convert("RGB"), apart)
    sheet = Image.new("RGB", (3 * left.width + 2 * _GAP_PX, left.height), "white")
    for place, image in enumerate((left, right, marked)):
        sheet.paste(image, (place * (left.width + _GAP_PX), 0))
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def _opened(data: bytes, side: int) -> Image.Image | None:
    try:
        with Image.open(io.BytesIO(_seen(data)), formats=("PNG", "JPEG", "WEBP")) as opened:
            if opened.width * opened.height > _MAX_PIXELS:
                return None
            opened.draft("RGB", (4 * side, 4 * side))
            return ImageOps.exif_transpose(opened).convert("RGBA")
    except _UNREADABLE:
        return None


def _seen(data: bytes) -> bytes:
    """A PNG without the chunks that nobody sees: a damaged manifest must not keep the picture from being looked at."""
    if not data.startswith(PNG_START):
        return data
    kept = b"".join(png_chunk(kind, body) for kind, body in png_chunks(data) if kind in _SEEN)
    return PNG_START + kept


def _flat(image: Image.Image) -> Image.Image:
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        return image.convert("RGB")
    ground = Image.new("RGBA", image.size, "white")
    ground.alpha_composite(image.convert("RGBA"))
    return ground.convert("RGB")


def _look(image: Image.Image) -> int:
    small = image.resize((_SIDE, _SIDE), Image.Resampling.BOX, reducing_gap=3.0)
    luminance = np.asarray(_flat(small).convert("L"), np.float64)
    low = (_COSINES @ luminance @ _COSINES.T)[:_KEPT, :_KEPT].ravel()
    middle = float(np.median(low[1:]))
    bits = "".join("1" if value > middle else "0" for value in low)
    number = int(bits, 2)
    return number - (1 << 64) if number >> 63 else number


def _cosines() -> NDArray[np.float64]:
    """The type II transform, rows by frequency."""
    at = np.arange(_SIDE)
    made: NDArray[np.float64] = np.cos(np.pi * (2 * at[None, :] + 1) * at[:_KEPT, None] / (2 * _SIDE))
    return made


_COSINES = _cosines()
