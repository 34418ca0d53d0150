"""Sends bytes to the cleaner of their type. Runs inside the sandbox's child.

From -> To: bytes and their agreed media type -> `Cleaning`. What must not live here: the cleaning of any one format.
"""

from collections.abc import Callable

from sgd_resources.cleaning.fonts import clean_font
from sgd_resources.cleaning.office.ooxml import clean_office
from sgd_resources.cleaning.office.opendocument import clean_opendocument
from sgd_resources.cleaning.pdf.document import clean_pdf
from sgd_resources.cleaning.pictures.images import clean_image
from sgd_resources.cleaning.refusal import reject
from sgd_resources.cleaning.swatches import clean_swatches
from sgd_resources.cleaning.text import clean_json, clean_text
from sgd_resources.cleaning.web.html import clean_html
from sgd_resources.cleaning.web.svg import clean_svg
from sgd_resources.filetype import ASE, DOCX, ODP, ODT, PPTX, THMX, XLSX
from sgd_resources.ports.examination import Cleaning, Limits

Cleaner = Callable[[bytes, str, Limits], Cleaning]
_CLEANERS: dict[str, Cleaner] = {
    "application/pdf": clean_pdf,
    "text/html": clean_html,
    "text/markdown": clean_text,
    "text/plain": clean_text,
    "text/css": clean_text,
    "application/json": clean_json,
    "image/svg+xml": clean_svg,
    "image/png": clean_image,
    "image/jpeg": clean_image,
    "image/webp": clean_image,
    "image/tiff": clean_image,
    "image/gif": clean_image,
    DOCX: clean_office,
    PPTX: clean_office,
    XLSX: clean_office,
    THMX: clean_office,
    ODT: clean_opendocument,
    ODP: clean_opendocument,
    "font/ttf": clean_font,
    "font/otf": clean_font,
    "font/woff": clean_font,
    "font/woff2": clean_font,
    ASE: clean_swatches,
}


def clean(data: bytes, media_type: str, limits: Limits) -> Cleaning:
    """Bounded, checked and cleaned bytes.

    Raises:
        RejectedEvidence: the verdict and the reason; also for a type without a cleaner.
    """
    cleaner = _CLEANERS.get(media_type)
    if cleaner is None:
        reject("type", detected_type=media_type)
    return cleaner(data, media_type, limits)
