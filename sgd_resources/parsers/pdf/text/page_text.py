"""Text of one PDF page through pdfium: lines with boxes, font, size, colour and visibility.

Grouping into blocks is `blocks`. Boxes are in points, origin top-left.
"""

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from sgd_resources.colour import hex_of
from sgd_resources.parsed_document import Bbox

_INVISIBLE_MODES = {3, 7}
_MAX_CHARACTERS = 60_000  # ten pages of print on one; bounds the time of a page that was made to be slow
_LINE = re.compile(r"[^\r\n]+")
_AS_READ = {code: " " for code in range(32) if code not in (10, 13)} | {2: "-", 0xFFFE: "-"}
"""Control characters are spaces, but for pdfium's marks of a hyphen at a line's end."""


@dataclass
class TextRun:
    """Characters of one text object on one line, in one style."""

    text: str
    bbox: Bbox
    font: str
    size_pt: float
    color_hex: str | None
    alpha: float
    render_mode: int
    item: int = 0
    """Address of the text object, for as long as its page is open."""


@dataclass
class _Style:
    font: str
    size: float
    hex: str | None
    alpha: float
    mode: int


def read_runs(page: pypdfium2.PdfPage, height: float, left: float = 0.0, bottom: float = 0.0) -> list[list[TextRun]]:
    """Lines of runs in content order, as pdfium breaks them.

    Args:
        page: an open page.
        height: of the visible page box.
        left: x of the visible box's lower left corner in PDF space.
        bottom: its y.
    """
    text_page = page.get_textpage()
    try:
        return _Reader(text_page.raw, height, left, bottom).read()
    finally:
        text_page.close()


class _Reader:
    def __init__(self, raw: ctypes._Pointer, height: float, left: float, bottom: float) -> None:  # type: ignore[type-arg]  # opaque handle of pdfium
        self._raw = raw
        self._height, self._left, self._bottom = height, left, bottom
        self._address = ctypes.cast(raw, ctypes.c_void_p).value or 0
        self._fonts: dict[int, str] = {}
        self._hexes: dict[tuple[int, int, int], str] = {}
        self._styles: dict[int, _Style] = {}
        self._owner = 0
        self._rectangle = pdfium.FS_RECTF()
        self._size, self._matrix, self._channels = ctypes.c_float(), pdfium.FS_MATRIX(), (ctypes.c_uint * 4)()

    def read(self) -> list[list[TextRun]]:
        text = "".join(map(chr, self._codes())).translate(_AS_READ)
        lines = [self._line(text, *stretch.span()) for stretch in _LINE.finditer(text)]
        return [line for line in lines if line]

    def _line(self, text: str, first: int, end: int) -> list[TextRun]:
        """The runs of characters `first` to `end` of the page's text; a space between two runs is the first one's."""
        line: list[TextRun] = []
        for start, stop, item in self._spans(first, end):
            written = text[start:stop]
            letters = written.lstrip()
            if line and letters != written and not line[-1].text.endswith(" "):
                line[-1].text += " "
            if letters and item:
                first_letter = stop - len(letters)
                if item not in self._styles:
                    self._styles[item] = self._style(item, first_letter)
                style = self._styles[item]
                box = self._box_around(text, first_letter, stop)
                words = _whole(letters)
                line.append(TextRun(words, box, style.font, style.size, style.hex, style.alpha, style.mode, item))
        return line

    def _spans(self, first: int, end: int) -> Iterator[tuple[int, int, int]]:
        """(start, stop, text object) of a line's characters; those of no object belong to the one before them."""
        start = first
        for index, item in self._changes(first, end - 1):
            if item and item != self._owner:
                if index > start:
                    yield start, index, self._owner
                start, self._owner = index, item
        yield start, end, self._owner

    def _changes(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """(index, text object) where the object may be another than before; an object's characters stand together."""
        parts = [(first, self._object(first), last, self._object(last))]
        while parts:
            low, of_low, high, of_high = parts.pop()
            if of_low and of_low == of_high:
                yield low, of_low
            elif high - low <= 1:
                yield low, of_low
                yield high, of_high
            else:
                middle = (low + high) // 2
                parts.append((middle + 1, self._object(middle + 1), high, of_high))
                parts.append((low, of_low, middle, self._object(middle)))

    def _object(self, index: int) -> int:
        return _get_text_object(self._address, index) or 0

    def _box_around(self, text: str, start: int, stop: int) -> Bbox:
        """Box around some characters of the page's text."""
        rectangle = self._rectangle
        place = ctypes.addressof(rectangle)
        left = bottom = 1e9
        right = top = -1e9
        address = self._address
        for index in range(start, stop):
            if not text[index].isspace() and _get_loose_char_box(address, index, place):
                # comparisons, since calls of min and max would take as long as pdfium does
                x0, y0, x1, y1 = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
                left = x0 if x0 < left else left
                bottom = y0 if y0 < bottom else bottom
                right = x1 if x1 > right else right
                top = y1 if y1 > top else top
        if right < left:
            return (0.0, 0.0, 0.0, 0.0)
        highest = self._height + self._bottom
        return (
            round(left - self._left, 2),
            round(highest - top, 2),
            round(right - self._left, 2),
            round(highest - bottom, 2),
        )

    def _codes(self) -> list[int]:
        """The character codes, all at once where the page's text has one for each of its characters."""
        count = min(pdfium.FPDFText_CountChars(self._raw), _MAX_CHARACTERS)
        # room for more than pdfium promises to write
        text = (ctypes.c_ushort * (2 * max(0, count) + 2))()
        # the end of the text is counted too
        if count > 0 and _get_text(self._address, 0, count, ctypes.addressof(text)) == count + 1:
            return list(text[:count])
        return [_get_unicode(self._address, index) for index in range(count)]

    def _style(self, item: int, index: int) -> _Style:
        size, matrix, channels = self._size, self._matrix, self._channels
        _get_font_size(item, ctypes.addressof(size))
        scale = 1.0
        if _get_matrix(self._address, index, ctypes.addressof(matrix)):
            scale = (matrix.c**2 + matrix.d**2) ** 0.5
        place = ctypes.addressof(channels)
        is_known = _get_fill_color(item, place, place + _INT, place + 2 * _INT, place + 3 * _INT)
        red, green, blue, alpha = channels
        colour = (red, green, blue)
        if colour not in self._hexes:
            self._hexes[colour] = hex_of(*colour)
        return _Style(
            font=self._font_name(_get_font(item)),
            size=round(abs(size.value) * scale, 2),
            hex=self._hexes[colour] if is_known else None,
            alpha=alpha / 255 if is_known else 1.0,
            mode=_get_render_mode(item),
        )

    def _font_name(self, font: int) -> str:
        if not font:
            return ""
        name = self._fonts.get(font)
        if name is None:
            length = _get_font_name(font, None, 0)
            buffer = ctypes.create_string_buffer(max(1, length))
            _get_font_name(font, ctypes.addressof(buffer), length)
            name = self._fonts[font] = buffer.value.decode("utf-8", "replace")
        return name


def _whole(text: str) -> str:
    """Text whose characters are not split into halves any more; a half alone becomes U+FFFD."""
    if text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _quick(function: object, result: type, *arguments: type) -> Callable[..., int]:
    """A function of pdfium for a call per character: handles are plain addresses and the GIL is kept."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value)  # type: ignore[arg-type]  # stubs know no function pointers


_INT = ctypes.sizeof(ctypes.c_uint)
_address, _number = ctypes.c_void_p, ctypes.c_int
_get_unicode = _quick(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _address, _number)
_get_text = _quick(pdfium.FPDFText_GetText, _number, _address, _number, _number, _address)
_get_text_object = _quick(pdfium.FPDFText_GetTextObject, _address, _address, _number)
_get_loose_char_box = _quick(pdfium.FPDFText_GetLooseCharBox, _number, _address, _number, _address)
_get_matrix = _quick(pdfium.FPDFText_GetMatrix, _number, _address, _number, _address)
_get_font_size = _quick(pdfium.FPDFTextObj_GetFontSize, _number, _address, _address)
_get_font = _quick(pdfium.FPDFTextObj_GetFont, _address, _address)
_get_render_mode = _quick(pdfium.FPDFTextObj_GetTextRenderMode, _number, _address)
_get_fill_color = _quick(pdfium.FPDFPageObj_GetFillColor, _number, *[_address] * 5)
_get_font_name = _quick(pdfium.FPDFFont_GetBaseFontName, ctypes.c_size_t, _address, _address, ctypes.c_size_t)


def is_invisible(run: TextRun) -> bool:
    """Whether the text rendering mode paints nothing (3, or 7: clip only) or the paint is transparent."""
    return run.render_mode in _INVISIBLE_MODES or run.alpha <= 0.02
