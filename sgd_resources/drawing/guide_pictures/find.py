"""The job: a guide's bytes -> its pictures that are large enough to be shown, their measures, and what is said of them.

Pictures beside words on misuse are left out: they show what the brand is not. What must not live here: a format
(the modules beside this).
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from sgd_resources.drawing.guide_pictures.from_html import alt_texts, html_pictures
from sgd_resources.drawing.guide_pictures.from_office import office_pictures
from sgd_resources.drawing.guide_pictures.from_pdf import pdf_pictures
from sgd_resources.drawing.measure_picture import measure_picture
from sgd_resources.errors import RejectedEvidence

Reply = tuple[dict[str, Any], tuple[bytes, ...]]

_MOST = 24  # of one guide; each is kept
_MOST_BYTES = 24_000_000  # of all of them: an answer of the child is held whole
_LEAST_PX = 320
_LONGEST_WORDS = 300
_MISUSE = re.compile(
    r"\bmis-?us\w+|\bincorrect\w*|\bwrong\b|\bdon[’']?ts?\b|\bdo not\b|\bnever\b|\bavoid\b|\bnot allowed\b|"
    r"\bunacceptable\b|\bfalsch\w*|\bverboten\w*|\bnicht (?:erlaubt|verwenden|so)\b|\binterdit\w*|\bmauvais\w*|"
    r"\bà éviter\b|\bincorrecto?s?\b|\busos? (?:incorrect|indebid|inadecuad)\w*|\bscorrett\w*|\bda evitare\b|"
    r"\bincorret\w*|\bonjuist\w*|禁止|错误|誤用",
    re.I,
)


class FoundPicture(NamedTuple):
    """A picture of a guide: its file, 1-based page or slide, what is said of it, and the heading it stands under."""

    data: bytes
    page: int | None
    words: str
    heading: str = ""


def guide_pictures(data: bytes, arguments: dict[str, Any]) -> Reply:
    """`{"pictures": [{"page", "words", "measures"}], "told": [[file name, words]]}`, and one blob for each picture.

    Argument `media_type`. `told` has alternative texts and captions of pictures that are files of their own.

    Raises:
        RejectedEvidence: the guide cannot be read.
    """
    media_type = arguments["media_type"]
    pictures: list[dict[str, Any]] = []
    blobs: list[bytes] = []
    for found in islice(_found(data, media_type), 8 * _MOST):
        if _MISUSE.search(f"{found.heading} {found.words}") or found.data in blobs:
            continue
        try:
            measures = measure_picture(found.data, {})[0]
        except RejectedEvidence:
            continue  # one picture of a guide; the others count
        if min(measures["width_px"], measures["height_px"]) < _LEAST_PX:
            continue
        if len(blobs) == _MOST or sum(map(len, blobs)) + len(found.data) > _MOST_BYTES:
            break
        words = " ".join(f"{found.words} {found.heading}".split())[:_LONGEST_WORDS]
        pictures.append({"page": found.page, "words": words, "measures": measures})
        blobs.append(found.data)
    told = [[name, words[:_LONGEST_WORDS]] for name, words in alt_texts(data, media_type) if not _MISUSE.search(words)]
    return {"pictures": pictures, "told": told[:200]}, tuple(blobs)


def _found(data: bytes, media_type: str) -> Iterator[FoundPicture]:
    rows: Iterator[tuple[bytes, int | None, str, str]]
    if media_type == "application/pdf":
        rows = pdf_pictures(data, least_px=_LEAST_PX)
    elif "officedocument" in media_type:
        rows = office_pictures(data)
    elif "html" in media_type:
        rows = html_pictures(data)
    else:
        rows = iter(())
    return (FoundPicture(*row) for row in rows)
