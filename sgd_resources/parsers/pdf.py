"""PDF -> ParsedDocument: pdfium reads text and renders, pikepdf reads operands and font dictionaries.

Steps live in `pdf_text`, `pdf_blocks`, `pdf_content`, `pdf_spaces`, `pdf_swatches`, `pdf_fonts`, `pdf_render`.
"""

import io
from collections import Counter
from dataclasses import dataclass, field

import pikepdf
import pypdfium2

from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import Bbox, ColourUse, ImageUse, Location, Page, TextBlock
from sgd_resources.parsers.hidden_text import unseen_characters
from sgd_resources.parsers.parts import ParsedParts
from sgd_resources.parsers.pdf_blocks import Block, Line, body_size, group_blocks, heading_levels, kind_of, reading_order, split_lines
from sgd_resources.parsers.pdf_content import PageInk, Paint, read_ink
from sgd_resources.parsers.pdf_fonts import font_uses
from sgd_resources.parsers.pdf_render import is_blank_at, pixel_colours, recognised_words, render_page
from sgd_resources.parsers.pdf_spaces import ColourSpaces
from sgd_resources.parsers.pdf_swatches import Caption, label_of, usable_captions
from sgd_resources.parsers.pdf_text import is_invisible, read_runs
from sgd_resources.parsers.text_colours import text_colours

VERSION = "1"
MAX_PAGES = 300
_MAX_RENDERED_PAGES = 12
_FEW_WORDS = 40


@dataclass
class _PageRead:
    """One page between the steps."""

    number: int
    width: float
    height: float
    origin: tuple[float, float]
    lines: list[Line] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    ink: PageInk = field(default_factory=PageInk)


def parse_pdf(data: bytes, suffix: str) -> ParsedParts:
    """Everything of one PDF.

    Raises:
        RejectedEvidence: encrypted, damaged, or without pages.
    """
    del suffix
    structure = _open_structure(data)
    try:
        view = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise RejectedEvidence("reject", "PDF is damaged") from error
    try:
        if not len(view):
            raise RejectedEvidence("reject", "PDF has no pages")
        return _read(view, structure)
    finally:
        view.close()
        structure.close()


def _open_structure(data: bytes) -> pikepdf.Pdf:
    try:
        structure = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as error:
        raise RejectedEvidence("reject", "encrypted") from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise RejectedEvidence("reject", "PDF is damaged") from error
    if structure.is_encrypted:
        structure.close()
        raise RejectedEvidence("reject", "encrypted")
    return structure


def _read(view: pypdfium2.PdfDocument, structure: pikepdf.Pdf) -> ParsedParts:
    parts = ParsedParts(title=str(view.get_metadata_value("Title")).strip() or None)
    count = min(len(view), len(structure.pages))
    if count > MAX_PAGES:
        parts.warnings.append(f"only the first {MAX_PAGES} of {count} pages were read")
    spaces = ColourSpaces(structure)
    characters = Counter[str]()
    pages: list[_PageRead] = []
    rendered = 0
    recognised: list[TextBlock] = []
    for index in range(min(count, MAX_PAGES)):
        page = view[index]
        read = _read_page(page, structure.pages[index], index + 1, spaces, characters)
        pages.append(read)
        has_text = any(line.hidden_reason is None for line in read.lines)
        words = sum(len(line.text) for line in read.lines if line.hidden_reason is None)
        parts.pages.append(
            Page(number=read.number, width=round(read.width, 2), height=round(read.height, 2), has_text_layer=has_text)
        )
        if read.ink.is_cut_short:
            parts.warnings.append(f"page {read.number}: part of the content stream could not be read")
        if words < _FEW_WORDS and rendered < _MAX_RENDERED_PAGES:
            rendered += 1
            parts.colours += pixel_colours(page, read.number)
            recognised += recognised_words(page, read.number, [line.bbox for line in read.lines])
        page.close()
    spaces.convert()
    _add_blocks(parts, pages)
    parts.text_blocks += recognised
    ink = [use for read in pages for use in _ink_colours(read, spaces)]
    parts.colours = text_colours(parts.text_blocks) + ink + parts.colours
    parts.images += [image for read in pages for image in _images(read)]
    parts.fonts += font_uses(structure, characters, page_limit=MAX_PAGES)
    if not any(page.has_text_layer for page in parts.pages):
        how = "were read by OCR" if recognised else "were not read"
        parts.warnings.append(f"no text layer: words are outlines or pictures and {how}")
    return parts


def _read_page(
    page: pypdfium2.PdfPage, structure: pikepdf.Page, number: int, spaces: ColourSpaces, characters: Counter[str]
) -> _PageRead:
    left, bottom, right, top = page.get_cropbox()
    read = _PageRead(number, right - left, top - bottom, (left, bottom))
    content_lines = read_runs(page, read.height, left, bottom)
    for runs in content_lines:
        for run in runs:
            if not is_invisible(run):
                characters[run.font] += len(run.text)
    invisible = [[run for run in runs if is_invisible(run)] for runs in content_lines]
    visible = [[run for run in runs if not is_invisible(run)] for runs in content_lines]
    read.lines = split_lines([runs for runs in visible if runs])
    unseen = split_lines([runs for runs in invisible if runs])
    for line in unseen:
        line.hidden_reason = "render_mode_invisible"
    read.ink = read_ink(structure, spaces, (left, bottom, right, top))
    _mark_hidden(page, read)
    read.lines += unseen
    return read


def _mark_hidden(page: pypdfium2.PdfPage, read: _PageRead) -> None:
    suspects = []
    for line in read.lines:
        x0, y0, x1, y1 = line.bbox
        if line.size_pt < 1:
            line.hidden_reason = "zero_size"
        elif x1 <= 0 or y1 <= 0 or x0 >= read.width or y0 >= read.height:
            line.hidden_reason = "off_page"
        elif line.color_hex and min(int(line.color_hex[at : at + 2], 16) for at in (1, 3, 5)) >= 225:
            suspects.append(line)
        line.hidden_reason = line.hidden_reason or unseen_characters(line.text)
    if suspects:
        pixels = render_page(page, 72)
        for line in suspects:
            if is_blank_at(pixels, line.bbox, read.width):
                line.hidden_reason = "white_on_white"


def _add_blocks(parts: ParsedParts, pages: list[_PageRead]) -> None:
    visible = [line for read in pages for line in read.lines if line.hidden_reason is None]
    levels = heading_levels(visible, body_size(visible))
    for read in pages:
        read.blocks = reading_order(group_blocks(read.lines), read.height, levels)
        for block in read.blocks:
            kind, level, text = kind_of(block, levels)
            first = block.lines[0]
            parts.text_blocks.append(
                TextBlock(
                    text=text, kind=kind, level=level, location=Location(page=read.number, bbox=_rounded(block.bbox)), font=first.font or None,  # type: ignore[arg-type]  # one of the literal's members
                    font_size_pt=first.size_pt, color_hex=first.color_hex, is_hidden=first.hidden_reason is not None, hidden_reason=first.hidden_reason,
                )
            )  # fmt: skip


def _ink_colours(read: _PageRead, spaces: ColourSpaces) -> list[ColourUse]:
    page_area = max(1.0, read.width * read.height)
    captions = usable_captions([Caption(block.text, block.bbox) for block in read.blocks if block.lines[0].hidden_reason is None])
    found = []
    for paint in read.ink.paints:
        hex_value = spaces.hex_of(paint.space, paint.components)
        if hex_value is None:
            continue
        box = _flipped(paint.box, read) if paint.box else None
        ratio = (None if box is None or not (paint.is_area or paint.kind == "gradient") else min(1.0, max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1]) / page_area)
        )
        found.append(
            ColourUse(
                hex=hex_value, space=paint.space.kind, components=_components(paint), spot_name=paint.space.spot_name, source=paint.kind,
                label=label_of(box, captions, page_area) if box and paint.is_area else None, operator=paint.operator[:200],
                alpha=None if paint.alpha >= 1 else round(paint.alpha, 4), area_ratio=None if ratio is None else round(ratio, 6),
                location=Location(page=read.number, bbox=_rounded(box) if box else None),
            )
        )  # fmt: skip
    return found


def _components(paint: Paint) -> tuple[float, ...]:
    if paint.space.kind == "rgb":
        return tuple(round(part * 255, 3) for part in paint.components)
    return paint.components


def _images(read: _PageRead) -> list[ImageUse]:
    found = []
    for box, item in read.ink.images[:200]:
        if item is None or item.get("/ImageMask"):
            continue
        width, height = int(item.get("/Width", 0)), int(item.get("/Height", 0))
        if width < 2 or height < 2 or box[2] <= box[0] or box[3] <= box[1]:
            continue
        found.append(
            ImageUse(
                width_px=width,
                height_px=height,
                has_alpha="/SMask" in item,
                location=Location(page=read.number, bbox=_rounded(_flipped(box, read))),
            )
        )
    return found


def _flipped(box: Bbox, read: _PageRead) -> Bbox:
    left, bottom = read.origin
    top = bottom + read.height
    return box[0] - left, top - box[3], box[2] - left, top - box[1]


def _rounded(box: Bbox) -> Bbox:
    return round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2)
