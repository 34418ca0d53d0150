"""Pictures placed on the pages of a PDF, each with the words under and over it and the first words of its page."""

import io
from collections.abc import Iterator

import pypdfium2 as pdfium
from pypdfium2 import raw

from sgd_resources.errors import RejectedEvidence

_MOST_PAGES = 120
_MOST_PIXELS = 40_000_000
_UNDER_PT, _OVER_PT = 42.0, 26.0  # a caption of two lines, a heading of one
_HEADING = 120  # characters of a page that tell what it is about


def pdf_pictures(data: bytes, *, least_px: int) -> Iterator[tuple[bytes, int | None, str, str]]:
    """(file, page, words beside it, heading of the page) of each picture, page by page.

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
                if (coded := _coded(image)) is not None:
                    yield coded, number + 1, f"{under} {over}", heading
            text.close()
            page.close()


def _coded(image: pdfium.PdfImage) -> bytes | None:
    """The picture as a JPEG; None where pdfium cannot decode it."""
    try:
        picture = image.get_bitmap(render=False).to_pil()
    except (pdfium.PdfiumError, ValueError, OSError):
        return None
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=92, subsampling=0)
    return out.getvalue()
