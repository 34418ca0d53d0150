"""The wire format of Google Document AI's REST `:process`: options, and answer -> text blocks. Pure.

camelCase JSON; 64-bit integers come as strings; fields with their default value are left out. Fields of forms are read
by `documentai_fields`. Source: cloud.google.com/document-ai/docs/reference/rest/v1/Document.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sgd_resources.colour import hex_of
from sgd_resources.errors import BrokenContract
from sgd_resources.parsed_document import Bbox, Page, TableCell, TextBlock
from sgd_resources.parsers.engines.documentai_fields import fields_of
from sgd_resources.parsers.engines.documentai_layout import Json, anchored, location_of, segments_of


def process_options(pages: Sequence[int]) -> dict[str, Any]:
    """Options of one call for some pages (1-based); without `computeStyleInfo` no style comes back at all."""
    options: dict[str, Any] = {
        "ocrConfig": {"enableNativePdfParsing": True, "premiumFeatures": {"computeStyleInfo": True}}
    }
    if pages:
        options["individualPageSelector"] = {"pages": list(pages)}
    return options


def blocks_of(answer: Json, pages: Sequence[Page]) -> list[TextBlock]:
    """Text blocks of one answer in page order.

    Paragraphs inside a table come as its cells, at the end of their page; those that a form field says come as one
    block `name: value`, where the field's name stands.

    Args:
        answer: the decoded JSON of `:process`.
        pages: the pages that were asked for, in order, as the local parser measured them.

    Raises:
        BrokenContract: the answer is not of the documented shape.
    """
    try:
        document = answer["document"]
        text = str(document.get("text", ""))
        found: list[TextBlock] = []
        table = -1
        for page, told in zip(pages, document.get("pages", ()), strict=False):
            cells: list[TextBlock] = []
            for item in told.get("tables", ()):
                table += 1
                cells += _cells(item, text, page, table)
            found += [*_running_text(told, text, page, cells), *cells]
        return found
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BrokenContract("Document AI answered in an unknown shape") from error


def _running_text(told: Json, text: str, page: Page, cells: Sequence[TextBlock]) -> list[TextBlock]:
    taken = [cell.location.bbox for cell in cells if cell.location.bbox]
    styles = _styles(told.get("tokens", ()))
    fields = [field for field in fields_of(told, text, page) if not _is_inside(field.block.location.bbox, taken)]
    waiting = list(fields)
    found: list[TextBlock] = []
    for paragraph in told.get("paragraphs", ()):
        segments = segments_of(paragraph["layout"])
        block = _paragraph(paragraph["layout"], text, page, styles)
        if block is None or _is_inside(block.location.bbox, taken):
            continue
        while waiting and segments and waiting[0].start <= segments[0][0]:
            found.append(waiting.pop(0).block)
        if not any(field.says(segments, text) for field in fields):
            found.append(block)
    return [*found, *(field.block for field in waiting)]


def _paragraph(layout: Json, text: str, page: Page, styles: Mapping[int, Json]) -> TextBlock | None:
    words = anchored(layout, text).strip()
    if not words:
        return None
    style = next((styles[start] for start in range(*_first_segment(layout)) if start in styles), {})
    colour = style.get("textColor")
    size = float(style.get("fontSize") or 0)
    return TextBlock(
        text=words,
        location=location_of(layout, page),
        font=style.get("fontType") or None,
        font_size_pt=size or None,
        color_hex=_hex(colour) if colour is not None else None,
        is_recognised=not page.has_text_layer,
    )


def _cells(table: Json, text: str, page: Page, number: int) -> list[TextBlock]:
    found = []
    header = table.get("headerRows", [])
    for row_number, row in enumerate([*header, *table.get("bodyRows", [])]):
        for column, cell in enumerate(row.get("cells", ())):
            words = " ".join(anchored(cell["layout"], text).split())
            if not words:
                continue
            place = TableCell(table=number, row=row_number, column=column, is_header=row_number < len(header))
            found.append(
                TextBlock(
                    text=words,
                    kind="table_cell",
                    cell=place,
                    location=location_of(cell["layout"], page),
                    is_recognised=not page.has_text_layer,
                )
            )
    return found


def _styles(tokens: Sequence[Json]) -> dict[int, Json]:
    """Style by the index of a token's first character."""
    return {_first_segment(token["layout"])[0]: token["styleInfo"] for token in tokens if "styleInfo" in token}


def _first_segment(layout: Json) -> tuple[int, int]:
    return next(iter(segments_of(layout)), (0, 0))


def _hex(colour: Json) -> str:
    return hex_of(*(float(colour.get(channel, 0)) * 255 for channel in ("red", "green", "blue")))


def _is_inside(box: Bbox | None, cells: Sequence[Bbox]) -> bool:
    if box is None:
        return False
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3] for cell in cells)
