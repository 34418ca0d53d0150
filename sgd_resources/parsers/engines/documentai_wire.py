"""The wire format of Google Document AI's REST `:process`: request body, and answer -> text blocks. Pure.

camelCase JSON; 64-bit integers come as strings; fields with their default value are left out.
Source: cloud.google.com/document-ai/docs/reference/rest/v1/Document.
"""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from sgd_resources.colour import hex_of
from sgd_resources.errors import BrokenContract
from sgd_resources.parsed_document import Bbox, Location, Page, TableCell, TextBlock

Json = Mapping[str, Any]


def process_body(data: bytes, media_type: str, pages: Sequence[int]) -> dict[str, Any]:
    """Body of one call for some pages (1-based); without `computeStyleInfo` no style comes back at all."""
    options: dict[str, Any] = {
        "ocrConfig": {"enableNativePdfParsing": True, "premiumFeatures": {"computeStyleInfo": True}}
    }
    if pages:
        options["individualPageSelector"] = {"pages": list(pages)}
    return {
        "skipHumanReview": True,
        "rawDocument": {"mimeType": media_type, "content": base64.b64encode(data).decode("ascii")},
        "processOptions": options,
    }


def blocks_of(answer: Json, pages: Sequence[Page]) -> list[TextBlock]:
    """Text blocks of one answer in page order; paragraphs inside a table come as its cells.

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
            taken = [cell.location.bbox for cell in cells if cell.location.bbox]
            styles = _styles(told.get("tokens", ()))
            for paragraph in told.get("paragraphs", ()):
                block = _paragraph(paragraph["layout"], text, page, styles)
                if block is not None and not _is_inside(block.location.bbox, taken):
                    found.append(block)
            found += cells
        return found
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BrokenContract("Document AI answered in an unknown shape") from error


def _paragraph(layout: Json, text: str, page: Page, styles: Mapping[int, Json]) -> TextBlock | None:
    words = _anchored(layout, text).strip()
    if not words:
        return None
    style = next((styles[start] for start in range(*_first_segment(layout)) if start in styles), {})
    colour = style.get("textColor")
    size = float(style.get("fontSize") or 0)
    return TextBlock(
        text=words,
        location=_location(layout, page),
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
            words = " ".join(_anchored(cell["layout"], text).split())
            if not words:
                continue
            place = TableCell(table=number, row=row_number, column=column, is_header=row_number < len(header))
            found.append(
                TextBlock(
                    text=words,
                    kind="table_cell",
                    cell=place,
                    location=_location(cell["layout"], page),
                    is_recognised=not page.has_text_layer,
                )
            )
    return found


def _styles(tokens: Sequence[Json]) -> dict[int, Json]:
    """Style by the index of a token's first character."""
    return {_first_segment(token["layout"])[0]: token["styleInfo"] for token in tokens if "styleInfo" in token}


def _segments(layout: Json) -> list[tuple[int, int]]:
    anchor = layout.get("textAnchor") or {}
    return [(int(part.get("startIndex", 0)), int(part["endIndex"])) for part in anchor.get("textSegments", ())]


def _first_segment(layout: Json) -> tuple[int, int]:
    return next(iter(_segments(layout)), (0, 0))


def _anchored(layout: Json, text: str) -> str:
    return "".join(text[start:end] for start, end in _segments(layout))


def _location(layout: Json, page: Page) -> Location:
    corners = (layout.get("boundingPoly") or {}).get("normalizedVertices") or []
    if not corners:
        return Location(page=page.number)
    xs = [float(corner.get("x", 0)) * page.width for corner in corners]
    ys = [float(corner.get("y", 0)) * page.height for corner in corners]
    return Location(page=page.number, bbox=(round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2)))


def _hex(colour: Json) -> str:
    return hex_of(*(float(colour.get(channel, 0)) * 255 for channel in ("red", "green", "blue")))


def _is_inside(box: Bbox | None, cells: Sequence[Bbox]) -> bool:
    if box is None:
        return False
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3] for cell in cells)
