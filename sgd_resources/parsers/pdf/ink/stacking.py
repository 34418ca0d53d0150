"""Which text objects of a PDF page may be out of sight: something opaque is painted over them, or a clip cuts them off.

A suspicion only, told from the boxes of the page's objects; whether it is so is seen by drawing (`pages/render.py`).
What must not live here: words and lines, and colours of what is painted (`content`).
"""

import ctypes
import heapq
from collections.abc import Iterator, Mapping

import pypdfium2
import pypdfium2.raw as pdfium

from sgd_resources.parsed_document import Bbox
from sgd_resources.parsers.pdf.ink.paths import box_under, rectangle
from sgd_resources.parsers.pdf.pages.geometry import IDENTITY, Box, Matrix, area, intersect, multiply

_MOST_OBJECTS = 200_000  # as `ink/content._MAX_OPERATORS`: bounds a page that was made to be slow
_DEEPEST_FORM = 12  # forms nest a few deep; ends circles
_MOST_COVERS = 64  # the largest are kept: a word hidden behind the 65th largest shape of a page is not met
_MOST_CLIPS, _MOST_POINTS = 8, 64
_COVERED = 0.8
"""Share of a text's box that a thing painted later must lie over."""


def may_be_unseen(page: pypdfium2.PdfPage, texts: Mapping[int, Bbox], corner: tuple[float, float]) -> set[int]:
    """Those text objects over which something opaque is painted later, or of which a clip shows nothing.

    Args:
        page: an open page.
        texts: handle of each text object -> its box, in points from the page's top left corner.
        corner: that corner in PDF space.
    """
    left, top = corner
    found: set[int] = set()
    covers: list[tuple[float, Box]] = []
    least = _COVERED * min(((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in texts.values()), default=0.0)
    for handle, kind, matrix in reversed(list(_objects(page))):
        if kind == pdfium.FPDF_PAGEOBJ_TEXT and handle in texts:
            x0, y0, x1, y1 = texts[handle]
            box = (x0 + left, top - y1, x1 + left, top - y0)
            needed = _COVERED * area(box)
            if any(area(intersect(box, cover)) > needed for _, cover in covers) or _is_clipped(handle, box, matrix):
                found.add(handle)
        elif kind in _COVERING and _is_opaque(handle, kind):
            _add_cover(covers, _bounds(handle, matrix), max(least, 1e-6))
    return found


_COVERING = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING)


def _add_cover(covers: list[tuple[float, Box]], box: Box, least: float) -> None:
    """Keep the largest; what is smaller than any text covers none."""
    size = area(box)
    if size >= least:
        (heapq.heappushpop if len(covers) == _MOST_COVERS else heapq.heappush)(covers, (size, box))


def _objects(page: pypdfium2.PdfPage) -> Iterator[tuple[int, int, Matrix]]:
    """(handle, kind, matrix of the forms it stands in) in painting order, those inside forms too; bounded."""
    count = min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    left = _MOST_OBJECTS
    pending: list[tuple[Iterator[int | None], Matrix]] = [
        ((_address(pdfium.FPDFPage_GetObject(page, index)) for index in range(count)), IDENTITY)
    ]
    while pending and left > 0:
        handle = next(pending[-1][0], 0)
        if handle == 0:
            pending.pop()
            continue
        if handle is None:
            continue
        left -= 1
        kind, matrix = pdfium.FPDFPageObj_GetType(_object(handle)), pending[-1][1]
        if kind == pdfium.FPDF_PAGEOBJ_FORM and len(pending) <= _DEEPEST_FORM:
            pending.append((_inside(handle), multiply(_matrix(handle), matrix)))
        else:
            yield handle, kind, matrix


def _inside(form: int) -> Iterator[int | None]:
    count = min(max(0, pdfium.FPDFFormObj_CountObjects(_object(form))), _MOST_OBJECTS)
    return (_address(pdfium.FPDFFormObj_GetObject(_object(form), index)) for index in range(count))


def _object(handle: int) -> "ctypes._Pointer[pdfium.fpdf_pageobject_t__]":
    return ctypes.cast(handle, pdfium.FPDF_PAGEOBJECT)


def _address(handle: object) -> int | None:
    return ctypes.cast(handle, ctypes.c_void_p).value  # type: ignore[arg-type]  # an opaque handle of pdfium


def _matrix(handle: int) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(_object(handle), found):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _bounds(handle: int, matrix: Matrix) -> Box:
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(_object(handle), *sides):
        return 0.0, 0.0, 0.0, 0.0
    return box_under(matrix, rectangle(*(side.value for side in sides)))


def _is_opaque(handle: int, kind: int) -> bool:
    item = _object(handle)
    if kind != pdfium.FPDF_PAGEOBJ_PATH:
        return True
    mode, stroke, channels = ctypes.c_int(), ctypes.c_int(), [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPath_GetDrawMode(item, mode, stroke) or mode.value == pdfium.FPDF_FILLMODE_NONE:
        return False
    return not pdfium.FPDFPageObj_GetFillColor(item, *channels) or channels[3].value == 255


def _is_clipped(handle: int, box: Box, matrix: Matrix) -> bool:
    """Whether a clip around a text object shows none of it."""
    clip = pdfium.FPDFPageObj_GetClipPath(_object(handle))
    if not clip:
        return False
    for path in range(min(max(0, pdfium.FPDFClipPath_CountPaths(clip)), _MOST_CLIPS)):
        points = _points(clip, path)
        if points:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            shown = box_under(matrix, rectangle(min(xs), min(ys), max(xs), max(ys)))
            if area(intersect(box, shown)) <= (1 - _COVERED) * area(box):
                return True
    return False


def _points(clip: "ctypes._Pointer[pdfium.fpdf_clippath_t__]", path: int) -> list[tuple[float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    found = []
    for index in range(min(max(0, pdfium.FPDFClipPath_CountPathSegments(clip, path)), _MOST_POINTS)):
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
        if segment and pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            found.append((x.value, y.value))
    return found
