"""Real conversion of ink values to sRGB: pdfium's Adobe CMYK table, or a document's own ICC profile through pdfium.

Naive `1 - c - k` is off by CIEDE2000 11 in the median; pdfium shows what Acrobat shows. Everything PDF knows
(DeviceCMYK, ICCBased, Separation, DeviceN, Lab) goes the same way: colours are written as fills of a one-page PDF made
in memory, and pdfium is asked for the fill it resolved.
"""

import ctypes
import io
from collections.abc import Sequence
from functools import lru_cache

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from sgd_resources.colour import hex_of


@lru_cache(maxsize=4096)
def cmyk_to_hex(cyan: float, magenta: float, yellow: float, key: float) -> str:
    """sRGB hex of four inks, 0..1 each, through pdfium's CMYK table (SWOP coated inks).

    Idempotent and deterministic: the table is compiled into pdfium.
    """
    return resolve_fills([f"{cyan:.5f} {magenta:.5f} {yellow:.5f} {key:.5f} k"])[0] or hex_of(0, 0, 0)


def resolve_fills(fills: Sequence[str]) -> list[str | None]:
    """The sRGB hex of each device fill operator (`'0 1 1 0 k'`), in order; None where pdfium knows none."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(100, 100))
    page.Contents = made.make_stream("\n".join(f"q {fill} 0 0 9 9 re f Q" for fill in fills).encode("latin-1"))
    buffer = io.BytesIO()
    made.save(buffer, deterministic_id=True)
    return read_fills(buffer.getvalue(), len(fills))


def read_fills(data: bytes, count: int) -> list[str | None]:
    """Fill colours of the first `count` objects on the first page of a PDF, as pdfium resolves them."""
    document = pypdfium2.PdfDocument(data)
    try:
        page = document[0]
        found: list[str | None] = []
        channels = [ctypes.c_uint() for _ in range(4)]
        for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
            item = pdfium.FPDFPage_GetObject(page.raw, index)
            is_known = pdfium.FPDFPageObj_GetFillColor(item, *(ctypes.byref(channel) for channel in channels))
            found.append(hex_of(*(channel.value for channel in channels[:3])) if is_known else None)
        page.close()
    finally:
        document.close()
    return (found + [None] * count)[:count]
