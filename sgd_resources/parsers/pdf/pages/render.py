"""Renders PDF pages with pdfium, for colours of pages without vectors or text, and to see whether text can be seen."""

import ctypes
import math
from collections.abc import Iterable, Sequence

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from sgd_resources.colour import hex_of
from sgd_resources.parsed_document import Bbox, ColourUse, Location
from sgd_resources.parsers.pixels.flat_colours import flat_colours

_MAX_RENDER_PIXELS = 12_000_000  # 36 MB of pixels; bounds the time of one page
Window = tuple[int, int, int, int]
"""(left, top, right, bottom) in pixels of the whole page's canvas."""
_BLANK_RANGE = 10  # what JPEG noise adds to a plain ground
_SAME_RANGE = 1  # rounding of two renderings of the same page
_MARGIN_PX = 2  # what anti-aliasing adds around a shape
_WASTE = 3
"""How many pixels may be rendered for one that is looked at, rather than to render once more."""
_MOST_RENDERS = 32
"""At most, for one page: some pages take long however little of them is asked for."""


def render_page(page: pypdfium2.PdfPage, dpi: float) -> NDArray[np.uint8]:
    """The page on white, shape (height, width, 3), sRGB; `dpi` is lowered for huge pages."""
    bitmap = page.render(scale=_scale(page, dpi), rev_byteorder=True, prefer_bgrx=False)
    try:
        return np.array(bitmap.to_numpy()[..., :3], copy=True)
    finally:
        bitmap.close()


def pixel_colours(page: pypdfium2.PdfPage, number: int, *, dpi: float = 150) -> list[ColourUse]:
    """Flat-region colours of a rendered page, boxes in points."""
    width, height = _canvas(page, dpi)
    if not width or not height:
        return []
    pixels = _render_part(page, (width, height), (0, 0, width, height))
    scale = page.get_width() / max(1, width)
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


def are_blank(page: pypdfium2.PdfPage, boxes: Sequence[Bbox], *, dpi: float = 72) -> list[bool]:
    """Of each box (points): whether nothing can be told apart inside it. Only what lies around boxes is rendered."""
    canvas = _canvas(page, dpi)
    scale = canvas[0] / max(1.0, page.get_width())
    windows = [_window(box, scale, canvas) for box in boxes]
    answers = [True] * len(boxes)
    for group in _neighbours(windows):
        frame = _framed([windows[index] for index in group], canvas)
        pixels = _render_part(page, canvas, frame)
        for index in group:
            x0, y0, x1, y1 = windows[index]
            part = pixels[y0 - frame[1] : y1 - frame[1], x0 - frame[0] : x1 - frame[0]]
            # words show in the middle, most often
            middle = (y1 - y0) // 2
            answers[index] = _is_blank(part[middle : middle + 1]) and _is_blank(part)
    return answers


def are_unseen(page: pypdfium2.PdfPage, texts: Sequence[tuple[Bbox, Sequence[int]]], *, dpi: float = 72) -> list[bool]:
    """Of each text: whether the page looks the same when its text objects are left out.

    Args:
        page: an open page.
        texts: (box in points, handles of its text objects) of each.
        dpi: of the drawings that are compared.
    """
    canvas = _canvas(page, dpi)
    whole = (0, 0, *canvas)
    scale = canvas[0] / max(1.0, page.get_width())
    shown = _render_part(page, canvas, whole)
    is_changed = _differ(shown, _render_without(page, canvas, [item for _, items in texts for item in items]))
    answers = []
    for box, _ in texts:
        x0, y0, x1, y1 = _window(box, scale, canvas)
        answers.append(x1 > x0 and y1 > y0 and not is_changed[y0:y1, x0:x1].any())
    unseen = [item for (_, items), is_unseen in zip(texts, answers, strict=True) if is_unseen for item in items]
    # inside nested forms a box may lie elsewhere than the words are drawn: then something else of the page changes
    if unseen and is_changed.any() and _differ(shown, _render_without(page, canvas, unseen)).any():
        return [False] * len(texts)
    return answers


def _differ(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """(height, width): where two drawings differ by more than rounding."""
    change = np.abs(one[..., :3].astype(np.int16) - other[..., :3])
    return np.asarray(change.max(axis=2) > _SAME_RANGE)


def _render_without(page: pypdfium2.PdfPage, canvas: tuple[int, int], objects: Sequence[int]) -> NDArray[np.uint8]:
    """The whole page, some of its objects left out."""
    try:
        _set_active(objects, is_active=False)
        return _render_part(page, canvas, (0, 0, *canvas))
    finally:
        _set_active(objects, is_active=True)


def _set_active(objects: Iterable[int], *, is_active: bool) -> None:
    for item in objects:
        pdfium.FPDFPageObj_SetIsActive(ctypes.cast(item, pdfium.FPDF_PAGEOBJECT), is_active)


def _is_blank(pixels: NDArray[np.uint8]) -> bool:
    # column by column first: reducing both axes at once takes ten times as long
    highest, lowest = pixels.max(axis=0).max(axis=0), pixels.min(axis=0).min(axis=0)
    return int((highest - lowest)[:3].max()) <= _BLANK_RANGE


def _window(box: Bbox, scale: float, canvas: tuple[int, int]) -> Window:
    x0, y0, x1, y1 = (max(0, round(value * scale)) for value in box)
    return min(x0, canvas[0]), min(y0, canvas[1]), min(x1, canvas[0]), min(y1, canvas[1])


def _neighbours(windows: Sequence[Window], waste: int = _WASTE) -> list[list[int]]:
    """Indexes of windows that are better rendered together than one by one, empty windows left out."""
    groups: list[list[int]] = []
    frame, used = (0, 0, 0, 0), 0
    for index, window in enumerate(windows):
        size = _pixels(window)
        if not size:
            continue
        wider = (min(frame[0], window[0]), min(frame[1], window[1]), max(frame[2], window[2]), max(frame[3], window[3]))
        if groups and _pixels(wider) <= waste * (used + size):
            groups[-1].append(index)
            frame, used = wider, used + size
        else:
            groups.append([index])
            frame, used = window, size
    return groups if len(groups) <= _MOST_RENDERS else _neighbours(windows, 2 * waste)


def _framed(windows: Sequence[Window], canvas: tuple[int, int]) -> Window:
    """All windows with a margin: pdfium rounds otherwise at a bitmap's edge."""
    return (
        max(0, min(window[0] for window in windows) - _MARGIN_PX),
        max(0, min(window[1] for window in windows) - _MARGIN_PX),
        min(canvas[0], max(window[2] for window in windows) + _MARGIN_PX),
        min(canvas[1], max(window[3] for window in windows) + _MARGIN_PX),
    )


def _pixels(window: Window) -> int:
    return max(0, window[2] - window[0]) * max(0, window[3] - window[1])


def _scale(page: pypdfium2.PdfPage, dpi: float) -> float:
    width, height = page.get_size()
    scale = dpi / 72
    pixels = max(1.0, width * height) * scale * scale
    return scale * (_MAX_RENDER_PIXELS / pixels) ** 0.5 if pixels > _MAX_RENDER_PIXELS else scale


def _canvas(page: pypdfium2.PdfPage, dpi: float) -> tuple[int, int]:
    """Pixels that the whole page takes: width, height."""
    scale = _scale(page, dpi)
    return math.ceil(page.get_width() * scale), math.ceil(page.get_height() * scale)


def _render_part(page: pypdfium2.PdfPage, canvas: tuple[int, int], window: Window) -> NDArray[np.uint8]:
    """A window of the page drawn on white over the canvas: shape (height, width, 4), sRGB and a byte more."""
    left, top, right, bottom = window
    # pages with transparency go twice as fast on a bitmap that has an alpha channel, and look the same
    has_alpha = pdfium.FPDFPage_HasTransparency(page)
    layout = pdfium.FPDFBitmap_BGRA if has_alpha else pdfium.FPDFBitmap_BGRx
    pixels = np.full((bottom - top, right - left, 4), 255, np.uint8)
    memory = (ctypes.c_ubyte * pixels.size).from_buffer(pixels.data)
    bitmap = pypdfium2.PdfBitmap.new_native(right - left, bottom - top, layout, rev_byteorder=True, buffer=memory)
    try:
        flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
        pdfium.FPDF_RenderPageBitmap(bitmap, page, -left, -top, *canvas, 0, flags)
    finally:
        bitmap.close()
    return pixels
