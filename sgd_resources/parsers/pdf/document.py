"""PDF -> ParsedDocument: pdfium reads text and renders, pikepdf reads operands and font dictionaries.

Steps live in the `pdf_*` modules beside this one.
"""

import io
from collections import Counter

import pikepdf
import pypdfium2

from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import ColourUse, Location, Page, TextBlock
from sgd_resources.parsers.colours.text_colours import text_colours
from sgd_resources.parsers.parts import ParsedParts
from sgd_resources.parsers.pdf.drawing_cost import leave_undrawn
from sgd_resources.parsers.pdf.ink.content import read_ink
from sgd_resources.parsers.pdf.ink.spaces import ColourSpaces
from sgd_resources.parsers.pdf.page_ink import ink_colours, page_images
from sgd_resources.parsers.pdf.pages.layers import Layers
from sgd_resources.parsers.pdf.pages.marks import leave_out_deep_marks
from sgd_resources.parsers.pdf.pages.upright import make_upright
from sgd_resources.parsers.pdf.scans import read_pixels
from sgd_resources.parsers.pdf.text.blocks import (
    Block,
    body_size,
    group_blocks,
    heading_levels,
    kind_of,
)
from sgd_resources.parsers.pdf.text.drawn_bullets import mark_items
from sgd_resources.parsers.pdf.text.fonts import font_uses
from sgd_resources.parsers.pdf.text.headings import body_font, part_bold_titles
from sgd_resources.parsers.pdf.text.lines import split_lines
from sgd_resources.parsers.pdf.text.order import reading_order
from sgd_resources.parsers.pdf.text.page import PageRead, rounded
from sgd_resources.parsers.pdf.text.page_text import is_invisible, read_runs
from sgd_resources.parsers.pdf.text.rules import Rules
from sgd_resources.parsers.pdf.text.table_cells import TableNumbers
from sgd_resources.parsers.pdf.text.visibility import mark_hidden
from sgd_resources.parsers.pdf.text.wraps import join_wrapped, words_of
from sgd_resources.parsers.pdf.text.zones import MOST_LINES

MAX_PAGES = 300  # longer than a brand guide; bounds the time of one file


def parse_pdf(data: bytes, suffix: str) -> ParsedParts:
    """Everything of one PDF.

    Raises:
        RejectedEvidence: encrypted, damaged, or without pages.
    """
    del suffix
    structure = _open_structure(data)
    if not len(structure.pages):
        structure.close()
        raise RejectedEvidence("reject", "PDF has no pages")
    try:
        readable, left_out = _readable(data, structure)
        view = pypdfium2.PdfDocument(readable)
    except (pypdfium2.PdfiumError, pikepdf.PdfError) as error:
        structure.close()
        raise RejectedEvidence("reject", "PDF is damaged") from error
    try:
        if not len(view):
            raise RejectedEvidence("reject", "PDF has no pages")
        parts = _read(view, structure)
        if left_out:
            parts.warnings.append(
                f"pages and forms left out because their marked content is nested too deep: {left_out}"
            )
        return parts
    except (pypdfium2.PdfiumError, pikepdf.PdfError) as error:
        raise RejectedEvidence("reject", "PDF is damaged") from error
    finally:
        view.close()
        structure.close()


def _readable(data: bytes, structure: pikepdf.Pdf) -> tuple[bytes, int]:
    """`data` as it is, or as it reads when no page is turned for viewing and no marks nest without end.

    Returns:
        The bytes, and how many pages and forms were emptied.
    """
    try:
        left_out = leave_out_deep_marks(structure, page_limit=MAX_PAGES)
        if not make_upright(structure, page_limit=MAX_PAGES) and not left_out:
            return data, 0
    except (TypeError, ValueError, AttributeError) as error:
        raise RejectedEvidence("reject", "PDF is damaged") from error
    buffer = io.BytesIO()
    structure.save(buffer, deterministic_id=True)
    return buffer.getvalue(), left_out


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
    spaces, layers = ColourSpaces(structure), Layers(structure)
    reads = [
        _read_page(view[index], structure.pages[index], index + 1, spaces, layers)
        for index in range(min(count, MAX_PAGES))
    ]
    spaces.convert()
    parts.warnings += leave_undrawn(reads)
    for read in reads:
        mark_hidden(read, spaces)
        if read.ink.is_cut_short:
            parts.warnings.append(f"page {read.number}: part of the content stream could not be read")
    read_pixels(parts, reads)
    parts.pages = [_page(read) for read in reads]
    _add_blocks(parts, reads)
    ink = [use for read in reads for use in ink_colours(read, spaces)]
    parts.colours = text_colours(parts.text_blocks, inks=_spot_inks(ink)) + ink + parts.colours
    parts.images += [image for read in reads for image in page_images(read)]
    parts.fonts += font_uses(structure, *_characters(reads), page_limit=MAX_PAGES)
    for read in reads:
        read.page.close()
    return parts


def _page(read: PageRead) -> Page:
    return Page(
        number=read.number,
        width=round(read.width, 2),
        height=round(read.height, 2),
        has_text_layer=read.visible_characters > 0,
    )


def _characters(reads: list[PageRead]) -> tuple[Counter[str], set[str]]:
    """(raw font name -> characters that a reader sees, fonts of which none is seen)."""
    seen, unseen = Counter[str](), set[str]()
    for line in (line for read in reads for line in read.lines):
        for run in line.runs:
            if line.hidden_reason is None and not line.is_recognised:
                seen[run.font] += len(run.text)
            else:
                unseen.add(run.font)
    return seen, unseen - set(seen)


def _spot_inks(uses: list[ColourUse]) -> dict[str, str]:
    """Full-strength hex of each spot ink that the pages really print with."""
    return {use.spot_name: use.hex for use in reversed(uses) if use.spot_name and use.components == (1.0,)}


def _read_page(
    page: pypdfium2.PdfPage, structure: pikepdf.Page, number: int, spaces: ColourSpaces, layers: Layers
) -> PageRead:
    left, bottom, right, top = page.get_cropbox()
    read = PageRead(number, right - left, top - bottom, (left, bottom), page)
    content_lines = read_runs(page, read.height, left, bottom)
    invisible = [[run for run in runs if is_invisible(run)] for runs in content_lines]
    visible = [[run for run in runs if not is_invisible(run)] for runs in content_lines]
    read.lines = split_lines([runs for runs in visible if runs])
    unseen = split_lines([runs for runs in invisible if runs])
    for line in unseen:
        line.hidden_reason = "invisible_render_mode"
    read.lines += unseen
    read.ink = read_ink(structure, spaces, (left, bottom, right, top), layers)
    return read


def _add_blocks(parts: ParsedParts, reads: list[PageRead]) -> None:
    visible = [line for read in reads for line in read.lines if line.hidden_reason is None and not line.is_recognised]
    levels = heading_levels(visible, body_size(visible))
    font, known = body_font(visible), words_of(visible)
    tables = TableNumbers()
    for read in reads:
        if len(read.lines) > MOST_LINES:
            parts.warnings.append(f"page {read.number}: more than {MOST_LINES} lines; its columns were not told apart")
        painted = [paint.box for paint in read.ink.paints if paint.box] + read.ink.unstated
        shapes = [read.from_top(box) for box in painted]
        cells, free = tables.cells_of(mark_items(read.lines, shapes), Rules(shapes))
        in_tables = [block for table in cells for block in table]
        blocks = [block for block in part_bold_titles(group_blocks(free) + in_tables, font) if block.cell is None]
        join_wrapped(blocks + in_tables, known)
        read.blocks = reading_order(blocks, read.height, levels, cells)
        parts.text_blocks += [_text_block(block, levels, read.number) for block in read.blocks]


def _text_block(block: Block, levels: dict[float, int], page: int) -> TextBlock:
    kind, level, text = kind_of(block, levels)
    first = block.lines[0]
    return TextBlock(
        text=text,
        kind=kind,
        level=level,
        location=Location(page=page, bbox=rounded(block.bbox)),
        cell=block.cell,
        font=first.font or None,
        font_size_pt=first.size_pt,
        color_hex=first.color_hex,
        is_recognised=first.is_recognised,
        is_hidden=first.hidden_reason is not None,
        hidden_reason=first.hidden_reason,
    )
