"""Takes out of a PDF what tells of its makers: Info, XMP, private data of programs, thumbnails, EXIF of its images.

Works on the open document; pages, fonts and pixels are not touched. What must not live here: saving.
"""

import zlib
from typing import Any

import pikepdf

from sgd_resources.cleaning.pdf.streams import FLATE, filter_names
from sgd_resources.cleaning.pictures.segments import without_metadata

_PRIVATE_KEYS = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AF", "/SpiderInfo", "/CreatorInfo")
_HARMLESS_OPENERS = ("/OpenAction", "/AA")
_IMAGE_FILTERS = frozenset({"/DCTDecode", "/DCT", "/JPXDecode"})
_ANNOTATION_KEYS = ("/T", "/CreationDate", "/M", "/NM", "/RC", "/Subj")
_MARKUP_SUBTYPES = frozenset(
    {"/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight", "/Underline",
     "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Popup"}
)  # fmt: skip


def strip_metadata(document: pikepdf.Pdf) -> dict[str, int]:
    """How many of each kind were taken out."""
    removed: dict[str, int] = {}
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
        removed["Info"] = 1
    for key in _HARMLESS_OPENERS:
        _drop(document.Root, key, removed)
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            _strip_dictionary(thing, removed)
        if isinstance(thing, pikepdf.Stream):
            _strip_image(thing, removed)
    return removed


def _strip_dictionary(thing: Any, removed: dict[str, int]) -> None:
    for key in _PRIVATE_KEYS:
        _drop(thing, key, removed)
    if "/AA" in thing:
        _drop(thing, "/AA", removed)
    if str(thing.get("/Subtype", "")) in _MARKUP_SUBTYPES and "/Rect" in thing:
        for key in _ANNOTATION_KEYS:
            _drop(thing, key, removed)


def _drop(thing: Any, key: str, removed: dict[str, int]) -> None:
    if key in thing:
        del thing[key]
        removed[key[1:]] = removed.get(key[1:], 0) + 1


def _strip_image(stream: Any, removed: dict[str, int]) -> None:
    """JPEG and JPEG 2000 data are whole files with metadata of their own, also when packed once more around."""
    filters = filter_names(stream)
    if not filters or filters[-1] not in _IMAGE_FILTERS or any(name not in FLATE for name in filters[:-1]):
        return
    try:
        raw = stream.read_raw_bytes()
        for _ in filters[:-1]:
            raw = zlib.decompress(raw)
    except (pikepdf.PdfError, zlib.error):
        return
    bare = without_metadata(raw)
    if bare is None or (bare == raw and len(filters) == 1):
        return
    parameters = stream.get("/DecodeParms")
    if isinstance(parameters, pikepdf.Array):
        parameters = parameters[len(parameters) - 1] if len(parameters) else None
    stream.write(bare, filter=pikepdf.Name(filters[-1]), decode_parms=parameters)
    removed["image metadata"] = removed.get("image metadata", 0) + 1
