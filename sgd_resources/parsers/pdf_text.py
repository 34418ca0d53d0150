"""Text of one PDF page through pdfium: lines with boxes, font, size, colour and visibility.

Grouping into blocks is `pdf_blocks`. Boxes are in points, origin top-left.
"""

import ctypes
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from sgd_resources.parsed_document import Bbox
from sgd_resources.parsers.css_colour import hex_of

_INVISIBLE_MODES = {3, 7}
_MAX_CHARACTERS = 60_000


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
        self._styles: dict[int, _Style] = {}

    def read(self) -> list[list[TextRun]]:
        count = min(pdfium.FPDFText_CountChars(self._raw), _MAX_CHARACTERS)
        lines: list[list[TextRun]] = []
        line: list[TextRun] = []
        letters: list[str] = []
        box = [1e9, 1e9, -1e9, -1e9]
        owner = 0
        pending_space = False

        def flush() -> None:
            nonlocal letters, box
            if letters and any(not letter.isspace() for letter in letters):
                style = self._styles[owner]
                line.append(
                    TextRun(
                        "".join(letters), self._box(box), style.font, style.size, style.hex, style.alpha, style.mode
                    )
                )
            letters, box = [], [1e9, 1e9, -1e9, -1e9]

        high = 0
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(self._raw, index)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
                high = 0
            if code in (10, 13):
                flush()
                if line:
                    lines.append(line)
                    line = []
                pending_space = False
                continue
            if code in (2, 0xFFFE):
                code = 0x2D  # pdfium's marks for a hyphen at a line's end
            elif code < 32:
                code = 0x20
            letter = chr(code)
            item = pdfium.FPDFText_GetTextObject(self._raw, index)
            address = ctypes.cast(item, ctypes.c_void_p).value or 0 if item else 0
            if address and address not in self._styles:
                self._styles[address] = self._style(item, index)
            if address and address != owner:
                flush()
                owner = address
                if pending_space:
                    letters.append(" ")
            if letter.isspace() and not letters:
                pending_space = True
                if line:
                    line[-1].text += " " if not line[-1].text.endswith(" ") else ""
                continue
            pending_space = False
            if owner == 0:
                continue
            letters.append(letter)
            if not letter.isspace() and pdfium.FPDFText_GetLooseCharBox(self._raw, index, _RECT_REF):
                box[0] = min(box[0], _RECT.left)
                box[1] = min(box[1], _RECT.bottom)
                box[2] = max(box[2], _RECT.right)
                box[3] = max(box[3], _RECT.top)
        flush()
        if line:
            lines.append(line)
        return lines

    def _box(self, box: list[float]) -> Bbox:
        if box[2] < box[0]:
            return (0.0, 0.0, 0.0, 0.0)
        top = self._height + self._bottom
        return (
            round(box[0] - self._left, 2),
            round(top - box[3], 2),
            round(box[2] - self._left, 2),
            round(top - box[1], 2),
        )

    def _style(self, item: object, index: int) -> _Style:
        size = ctypes.c_float()
        pdfium.FPDFTextObj_GetFontSize(item, ctypes.byref(size))
        matrix = pdfium.FS_MATRIX()
        scale = 1.0
        if pdfium.FPDFText_GetMatrix(self._raw, index, ctypes.byref(matrix)):
            scale = (matrix.c**2 + matrix.d**2) ** 0.5
        channels = [ctypes.c_uint() for _ in range(4)]
        is_known = pdfium.FPDFPageObj_GetFillColor(item, *(ctypes.byref(channel) for channel in channels))
        red, green, blue, alpha = (channel.value for channel in channels)
        return _Style(
            font=_font_name(pdfium.FPDFTextObj_GetFont(item)),
            size=round(abs(size.value) * scale, 2),
            hex=hex_of(red, green, blue) if is_known else None,
            alpha=alpha / 255 if is_known else 1.0,
            mode=int(pdfium.FPDFTextObj_GetTextRenderMode(item)),
        )


_RECT = pdfium.FS_RECTF()
_RECT_REF = ctypes.byref(_RECT)


def _font_name(font: object) -> str:
    if not font:
        return ""
    length = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    if not length:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, length)
    return buffer.value.decode("utf-8", "replace")


def is_invisible(run: TextRun) -> bool:
    """Whether the text rendering mode paints nothing (3, or 7: clip only) or the paint is transparent."""
    return run.render_mode in _INVISIBLE_MODES or run.alpha <= 0.02
