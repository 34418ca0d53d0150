"""Words that a PDF page shows and its text layer does not hold: outlines and pictures, rendered and read by OCR.

What must not live here: deciding which pages are worth it (`pdf`), and the engine (`ocr`).
"""

from collections.abc import Sequence

import pypdfium2

from sgd_resources.parsed_document import Bbox
from sgd_resources.parsers.ocr import is_ocr_installed, recognise_lines
from sgd_resources.parsers.pdf_lines import Line
from sgd_resources.parsers.pdf_render import render_page

_SIZE_PER_HEIGHT = 0.75
_MOST_DPI = 200.0
_SIDE_PX = 1600
"""Longer side of a page that is read: small captions stay legible."""


def recognised_lines(page: pypdfium2.PdfPage, known: Sequence[Bbox]) -> list[Line]:
    """Lines that OCR reads from a page, top to bottom; those that the text layer holds (`known` boxes) are left out.

    Empty where no OCR engine is installed. Type size is judged from the height of the line.
    """
    if not is_ocr_installed():
        return []
    pixels = render_page(page, min(_MOST_DPI, 72 * _SIDE_PX / max(1.0, *page.get_size())))
    scale = page.get_width() / max(1, pixels.shape[1])
    found = []
    for line in recognise_lines(pixels):
        x0, y0, x1, y1 = (round(value * scale, 2) for value in line.bbox)
        if any(x0 < box[2] and box[0] < x1 and y0 < box[3] and box[1] < y1 for box in known):
            continue
        size = round((y1 - y0) * _SIZE_PER_HEIGHT, 1)
        found.append(Line(line.text, (x0, y0, x1, y1), "", size, None, is_recognised=True))
    return found
