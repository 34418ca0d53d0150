"""Renders PDF pages with pdfium, for colours of pages without vectors or text, and to see whether text can be seen."""

from collections.abc import Sequence

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from sgd_resources.parsed_document import Bbox, ColourUse, Location
from sgd_resources.parsers.css_colour import hex_of
from sgd_resources.parsers.flat_colours import flat_colours
from sgd_resources.parsers.ocr import is_ocr_installed, recognise_lines
from sgd_resources.parsers.pdf_blocks import Line

_MAX_RENDER_PIXELS = 12_000_000
_SIZE_PER_HEIGHT = 0.75
_OCR_SIDE_PX = 1600
"""Longer side of a page that is read by OCR: small captions stay legible, a page takes one to two seconds."""


def render_page(page: pypdfium2.PdfPage, dpi: float) -> NDArray[np.uint8]:
    """The page on white, shape (height, width, 3), sRGB; `dpi` is lowered for huge pages."""
    width, height = page.get_size()
    scale = dpi / 72
    pixels = max(1.0, width * height) * scale * scale
    if pixels > _MAX_RENDER_PIXELS:
        scale *= (_MAX_RENDER_PIXELS / pixels) ** 0.5
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
    try:
        return np.array(bitmap.to_numpy()[..., :3], copy=True)
    finally:
        bitmap.close()


def pixel_colours(page: pypdfium2.PdfPage, number: int, *, dpi: float = 150) -> list[ColourUse]:
    """Flat-region colours of a rendered page, boxes in points."""
    pixels = render_page(page, dpi)
    scale = page.get_width() / max(1, pixels.shape[1])
    found = []
    for colour in flat_colours(pixels).colours:
        box: Bbox = tuple(round(value * scale, 2) for value in colour.bbox)
        found.append(
            ColourUse(
                hex=hex_of(*colour.rgb),
                space="pixel",
                components=tuple(float(channel) for channel in colour.rgb),
                source="pixels",
                operator=hex_of(*colour.rgb),
                area_ratio=min(1.0, colour.area_ratio),
                location=Location(page=number, bbox=box),
            )
        )
    return found


def recognised_lines(page: pypdfium2.PdfPage, known: Sequence[Bbox]) -> list[Line]:
    """Lines that OCR reads from a page, top to bottom; those that the text layer holds (`known` boxes) are left out.

    Empty where no OCR engine is installed. Type size is judged from the height of the line.
    """
    if not is_ocr_installed():
        return []
    pixels = render_page(page, min(200.0, 72 * _OCR_SIDE_PX / max(1.0, *page.get_size())))
    scale = page.get_width() / max(1, pixels.shape[1])
    found = []
    for line in recognise_lines(pixels):
        x0, y0, x1, y1 = (round(value * scale, 2) for value in line.bbox)
        if any(x0 < box[2] and box[0] < x1 and y0 < box[3] and box[1] < y1 for box in known):
            continue
        size = round((y1 - y0) * _SIZE_PER_HEIGHT, 1)
        found.append(Line(line.text, (x0, y0, x1, y1), "", size, None, is_recognised=True))
    return found


def is_blank_at(pixels: NDArray[np.uint8], box: Bbox, page_width: float) -> bool:
    """Whether nothing can be told apart inside a box (points) of a rendered page."""
    scale = pixels.shape[1] / max(1.0, page_width)
    x0, y0, x1, y1 = (round(value * scale) for value in box)
    part = pixels[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)]
    if part.size == 0:
        return True
    return int((part.max(axis=(0, 1)).astype(int) - part.min(axis=(0, 1))).max()) <= 10
