"""Pictures placed on the pages of a PDF, each with the words under and over it and the first words of its page."""

import hashlib
import io
from collections.abc import Iterator
from ctypes import c_ulong, create_string_buffer
from functools import partial

import pypdfium2 as pdfium
from pypdfium2 import raw

from sgd_resources.drawing.guide_pictures.found import FoundPicture
from sgd_resources.errors import RejectedEvidence

_MOST_PAGES = 120
_MOST_PIXELS = 40_000_000
_UNDER_PT, _OVER_PT = 42.0, 26.0  # a caption of two lines, a heading of one
_HEADING = 120  # characters of a page that tell what it is about


def pdf_pictures(data: bytes, *, least_px: int) -> Iterator[FoundPicture]:
    """Each place with a picture, page by page. Take a picture out before asking for the next: its page closes.

    Raises:
        RejectedEvidence: it is no PDF that can be opened.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise RejectedEvidence("reject", "malformed") from error
    with document:
        for number in range(min(len(document), _MOST_PAGES)):
            page = document[number]
            text = page.get_textpage()
            heading = text.get_text_bounded()[:_HEADING]
            for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
                width, height = image.get_px_size()
                if min(width, height) < least_px or width * height > _MOST_PIXELS:
                    continue
                left, bottom, right, top = image.get_bounds()
                under = text.get_text_bounded(left, bottom - _UNDER_PT, right, bottom + 2)
                over = text.get_text_bounded(left, top - 2, right, top + _OVER_PT)
                yield FoundPicture(
                    identity=_identity(image, (width, height)),
                    code=partial(_coded, image),
                    page=number + 1,
                    words=f"{under} {over}",
                    heading=heading,
                    pixels=width * height,
                )
            text.close()
            page.close()


def _identity(image: pdfium.PdfImage, size: tuple[int, int]) -> tuple[tuple[int, int], bytes]:
    """Of the stream that the picture stands in as it lies in the file: a page may show one a thousand times."""
    length = raw.FPDFImageObj_GetImageDataRaw(image, None, 0)
    coded = create_string_buffer(length)
    raw.FPDFImageObj_GetImageDataRaw(image, coded, c_ulong(length))
    return size, hashlib.sha256(coded).digest()


def _coded(image: pdfium.PdfImage) -> bytes | None:
    """The picture as a JPEG; None where pdfium cannot decode it."""
    try:
        picture = image.get_bitmap(render=False).to_pil()
    except (pdfium.PdfiumError, ValueError, OSError):
        return None
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=92, subsampling=0)
    return out.getvalue()
