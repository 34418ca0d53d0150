"""Pixels of four inks -> sRGB as Acrobat shows them: pictures of CMYK without a profile, through pdfium's table.

Naive conversion is off by CIEDE2000 11 in the median. A picture with a profile of its own goes through that instead
(`srgb_image.to_srgb`). What must not live here: single colours (`cmyk`).
"""

import io
import zlib
from collections.abc import Iterator

import numpy as np
import pikepdf
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

_STRIP_PIXELS = 2_000_000  # 8 MB at a time, whatever the picture


def cmyk_image_to_rgb(image: Image.Image) -> Image.Image:
    """`image` (mode CMYK, 255 = full ink) as RGB, pixel by pixel; memory is bounded by strips.

    Deterministic: the table is compiled into pdfium.
    """
    strips = [_strip_to_rgb(strip) for strip in _strips(np.asarray(image))]
    return Image.fromarray(np.concatenate(strips))


def _strips(inks: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    rows = max(1, _STRIP_PIXELS // max(1, inks.shape[1]))
    for top in range(0, inks.shape[0], rows):
        yield inks[top : top + rows]


def _strip_to_rgb(inks: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """One picture on a page of its own size, rendered at one pixel a point."""
    height, width = inks.shape[:2]
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(width, height))
    picture = made.make_stream(
        zlib.compress(inks.tobytes(), 1),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=width,
        Height=height,
        ColorSpace=pikepdf.Name.DeviceCMYK,
        BitsPerComponent=8,
        Filter=pikepdf.Name.FlateDecode,
    )
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
    page.Contents = made.make_stream(f"{width} 0 0 {height} 0 0 cm /P Do".encode("ascii"))
    buffer = io.BytesIO()
    made.save(buffer, deterministic_id=True)
    document = pypdfium2.PdfDocument(buffer.getvalue())
    try:
        bitmap = document[0].render(scale=1, rev_byteorder=True, prefer_bgrx=False)
        return np.array(bitmap.to_numpy()[..., :3], copy=True)
    finally:
        document.close()
