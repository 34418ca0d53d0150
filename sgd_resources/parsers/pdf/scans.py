"""Pages of a PDF that have hardly any text of their own: which are drawn for their colours and read for their words.

A budget is spent, on the pages that show colours first; what is left out is said. What must not live here: the steps
themselves (`pages/render.py`, `text/drawn_words.py`, `text/ocr_layer.py`, `turn`).
"""

from collections.abc import Sequence

from sgd_resources.parsed_document import ColourUse
from sgd_resources.parsers.parts import ParsedParts
from sgd_resources.parsers.pdf.pages.render import pixel_colours, render_page
from sgd_resources.parsers.pdf.text.drawn_words import new_lines, read_words
from sgd_resources.parsers.pdf.text.ocr_layer import Agreement, accept, is_scan, layer_lines, settle, show_words
from sgd_resources.parsers.pdf.text.page import PageRead
from sgd_resources.parsers.pdf.turn import turn_page
from sgd_resources.parsers.pixels import ocr

_MOST_DRAWN = 40  # drawing and looking at a page of pictures is dear: bounds the time of one file
_MOST_READ, _MOST_READ_AMONG_TEXT = 30, 6
_MOST_READING_S = 25.0
"""Of one core, as counted from what is read: a document may take a minute for everything."""
_FEW_CHARACTERS = 40  # page numbers and running heads on a page that is else a picture
_SHAPES_OF_A_WORD = 20  # outlined letters are shapes; fewer are a drawing
_PICTURE_OF_WORDS = 0.05  # of the page; smaller pictures are logos and icons
_LEAST_FLAT = 0.5
"""Of a page among pages of text: a photograph is no page of a guide."""
_CHROMA = 24  # of 255: greys and their JPEG noise stay below
_LAYER_DPI = 108.0  # 8 pt are 12 pixels: enough to see whether layer and picture agree


def read_pixels(parts: ParsedParts, reads: list[PageRead]) -> None:
    """Colours and words of pages that are outlines or pictures, added to the parts and to the pages."""
    wordless = [read for read in reads if read.visible_characters < _FEW_CHARACTERS or _is_layered(read)]
    able = [read for read in wordless if read.may_be_drawn]
    drawn = able[:_MOST_DRAWN]
    colours = {read.number: pixel_colours(read.page, read.number) for read in drawn}
    was_read = False
    agreement = Agreement()
    chosen = _worth_reading(drawn, colours, is_outlined=2 * len(wordless) >= len(reads))
    if ocr.is_ocr_installed():
        was_read, chosen = _read_words(chosen, colours, agreement, is_guessed=2 * len(wordless) < len(reads))
    layers_read = _believe_layers(reads, chosen, agreement)
    parts.colours += [use for found in colours.values() for use in found]
    _tell(parts, "too many pages of pictures to look at: colours and words of", able[_MOST_DRAWN:])
    if ocr.is_ocr_installed():
        unread = [read for read in chosen if not any(line.is_recognised for line in read.lines)]
        _tell(parts, "too many pages of pictures to read: words of", unread)
    # a page with a few words and nothing drawn just says little
    is_drawn = any(not read.visible_characters or _may_draw_words(read) or _is_layered(read) for read in wordless)
    if is_drawn and len(wordless) == len(reads):
        how = "were read by OCR" if was_read or layers_read else "were not read"
        parts.warnings.append(f"hardly any text layer: words are outlines or pictures and {how}")


def _is_layered(read: PageRead) -> bool:
    """Whether a scan has more words in an unseen layer than in its own text, as a stamp or a page number is."""
    return is_scan(read) and sum(len(line.text) for line in layer_lines(read)) > read.visible_characters


def _worth_reading(
    drawn: Sequence[PageRead], colours: dict[int, list[ColourUse]], *, is_outlined: bool
) -> list[PageRead]:
    """Pages that may show words, those with colours first; among pages of text only drawn ones, not photographs."""
    able = [read for read in drawn if _may_draw_words(read)]
    if not is_outlined:
        able = [read for read in able if sum(use.area_ratio or 0 for use in colours[read.number]) >= _LEAST_FLAT]
    return sorted(able, key=lambda read: (not _is_coloured(colours[read.number]), read.number))


def _is_coloured(uses: Sequence[ColourUse]) -> bool:
    return any(max(use.components) - min(use.components) >= _CHROMA for use in uses)


def _read_words(
    chosen: list[PageRead], colours: dict[int, list[ColourUse]], agreement: Agreement, *, is_guessed: bool
) -> tuple[bool, list[PageRead]]:
    """(whether anything was read, the pages that the budget did not reach)."""
    left = _MOST_READING_S
    most = _MOST_READ_AMONG_TEXT if is_guessed else _MOST_READ
    was_read = False
    for index, read in enumerate(chosen):
        if index == most or left <= 0:
            return was_read, chosen[index:]
        words = read_words(read.page, is_guessed=is_guessed)
        left -= words.cost_s
        if words.quarters:
            turn_page(read, words.quarters)
            colours[read.number] = pixel_colours(read.page, read.number)
        found = new_lines(words, [line.bbox for line in read.lines if line.hidden_reason is None])
        was_read = was_read or bool(found)
        read.lines += settle(layer_lines(read), found, agreement)
    return was_read, []


def _believe_layers(reads: Sequence[PageRead], beyond: Sequence[PageRead], agreement: Agreement) -> bool:
    """Take the OCR layers of pages that were not read here, and the lines that were not read, where they show.

    Where an engine is installed a layer must have agreed with it on the pages that both read.
    """
    if ocr.is_ocr_installed() and not agreement.is_trusted:
        return False
    unread = {id(line) for line in agreement.unread}
    whole = {read.number for read in (beyond if ocr.is_ocr_installed() else reads)}
    is_any = False
    for read in reads:
        if not read.may_be_drawn or not is_scan(read):
            continue
        lines = [line for line in layer_lines(read) if read.number in whole or id(line) in unread]
        if not lines:
            continue
        pixels = render_page(read.page, _LAYER_DPI)
        scale = pixels.shape[1] / max(1.0, read.width)
        shown = [line for line, is_shown in zip(lines, show_words(pixels, lines, scale), strict=True) if is_shown]
        accept(shown)
        is_any = is_any or bool(shown)
    return is_any


def _may_draw_words(read: PageRead) -> bool:
    """Whether the page holds outlines enough for letters, or a picture that may show some."""
    shapes = sum(paint.is_area for paint in read.ink.paints)
    page_area = max(1.0, read.width * read.height)
    pictured = max(
        ((box[2] - box[0]) * (box[3] - box[1]) for box, _ in read.ink.images if box[2] > box[0]), default=0.0
    )
    return shapes >= _SHAPES_OF_A_WORD or pictured >= _PICTURE_OF_WORDS * page_area


def _tell(parts: ParsedParts, what: str, pages: Sequence[PageRead]) -> None:
    if pages:
        numbers = sorted(read.number for read in pages)
        listed = ", ".join(map(str, numbers[:20])) + (" and more" if len(numbers) > 20 else "")
        parts.warnings.append(f"{what} page {listed} were not read")
