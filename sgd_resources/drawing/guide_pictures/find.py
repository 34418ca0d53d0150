"""The job: a guide's bytes -> its pictures that are large enough to be shown, their measures, and what is said of them.

Pictures beside words on misuse are left out: they show what the brand is not. What must not live here: a format
(the modules beside this).
"""

import io
import re
from collections.abc import Hashable, Iterator
from typing import Any

from PIL import Image

from sgd_resources.drawing.guide_pictures.found import FoundPicture
from sgd_resources.drawing.guide_pictures.from_html import alt_texts, html_pictures
from sgd_resources.drawing.guide_pictures.from_office import office_pictures
from sgd_resources.drawing.guide_pictures.from_pdf import pdf_pictures
from sgd_resources.drawing.measure_picture import FORMATS, UNREADABLE, measure_picture
from sgd_resources.errors import RejectedEvidence

Reply = tuple[dict[str, Any], tuple[bytes, ...]]

_MOST = 24  # of one guide; each is kept
_MOST_BYTES = 24_000_000  # of all of them: an answer of the child is held whole
_MOST_PLACES = 1_000  # with a picture that is large enough; one guide may show a picture thousands of times
_MOST_PIXELS = 400_000_000
"""Decoded for one guide. Taking out and measuring one million takes some 15 ms of CPU time (a JPEG's least), so that
the dearest guide takes a third of what the child may take."""
_LEAST_PX = 320
_LONGEST_WORDS = 300
_MISUSE = re.compile(
    r"\bmis-?us\w+|\bincorrect\w*|\bwrong\b|\bdon[’']?ts?\b|\bdo not\b|\bnever\b|\bavoid\b|\bnot allowed\b|"
    r"\bunacceptable\b|\bfalsch\w*|\bverboten\w*|\bnicht (?:erlaubt|verwenden|so)\b|\binterdit\w*|\bmauvais\w*|"
    r"\bà éviter\b|\bincorrecto?s?\b|\busos? (?:incorrect|indebid|inadecuad)\w*|\bscorrett\w*|\bda evitare\b|"
    r"\bincorret\w*|\bonjuist\w*|禁止|错误|誤用",
    re.I,
)


def guide_pictures(data: bytes, arguments: dict[str, Any]) -> Reply:
    """`{"pictures": [{"page", "words", "measures"}], "told": [[file name, words]], "left_out", "is_cut"}` and blobs.

    Argument `media_type`. One blob for each picture. `told` has alternative texts and captions of pictures that are
    files of their own; `left_out` counts the pictures that were not looked at, `is_cut` says that there are places
    beyond those counted.

    Raises:
        RejectedEvidence: the guide cannot be read.
    """
    media_type = arguments["media_type"]
    taken = _Taken()
    places = enumerate(_found(data, media_type))
    is_cut = False
    for number, found in places:
        if number == _MOST_PLACES:
            is_cut = True
            break
        if found.identity not in taken.looked_at and not _MISUSE.search(f"{found.heading} {found.words}"):
            taken.look_at(found)
    told = [[name, words[:_LONGEST_WORDS]] for name, words in alt_texts(data, media_type) if not _MISUSE.search(words)]
    head = {"pictures": taken.pictures, "told": told[:200], "left_out": taken.left_out, "is_cut": is_cut}
    return head, tuple(taken.blobs)


class _Taken:
    """The pictures of one guide that are kept, and what looking at them has cost."""

    def __init__(self) -> None:
        self.pictures: list[dict[str, Any]] = []
        self.blobs: list[bytes] = []
        self.looked_at: set[Hashable] = set()
        self.left_out = 0
        self._pixels = 0
        self._is_full = False

    def look_at(self, found: FoundPicture) -> None:
        """Decode a picture once, and keep it when it is large enough; without room for it, count it."""
        self.looked_at.add(found.identity)
        if self._is_full or self._pixels + found.pixels > _MOST_PIXELS:
            self.left_out += 1
            return
        self._pixels += found.pixels
        data = found.code()
        if data is None or data in self.blobs or min(size := _size(data)) < _LEAST_PX:
            return
        cost = _decoding(data, size)
        if len(self.blobs) == _MOST or self._pixels + cost > _MOST_PIXELS or self._bytes + len(data) > _MOST_BYTES:
            self._is_full = True
            self.left_out += 1
            return
        self._pixels += cost
        self._keep(found, data)

    def _keep(self, found: FoundPicture, data: bytes) -> None:
        try:
            measures = measure_picture(data, {})[0]
        except RejectedEvidence:
            return  # one picture of a guide; the others count
        words = " ".join(f"{found.words} {found.heading}".split())[:_LONGEST_WORDS]
        self.pictures.append({"page": found.page, "words": words, "measures": measures})
        self.blobs.append(data)

    @property
    def _bytes(self) -> int:
        return sum(map(len, self.blobs))


def _size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels as the file's head says, without decoding it; nothing for what is no picture."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            return opened.size
    except UNREADABLE:
        return 0, 0


def _decoding(data: bytes, size: tuple[int, int]) -> int:
    """What measuring it costs, in pixels decoded: a JPEG is decoded small, for a quarter of that at most."""
    return size[0] * size[1] // (4 if data.startswith(b"\xff\xd8") else 1)


def _found(data: bytes, media_type: str) -> Iterator[FoundPicture]:
    if media_type == "application/pdf":
        return pdf_pictures(data, least_px=_LEAST_PX)
    if "officedocument" in media_type:
        return office_pictures(data)
    return html_pictures(data) if "html" in media_type else iter(())
