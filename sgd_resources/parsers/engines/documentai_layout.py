"""What every element of a Document AI answer has: the letters it stands on, and its place on the page. Pure."""

from collections.abc import Mapping
from typing import Any

from sgd_resources.parsed_document import Location, Page

Json = Mapping[str, Any]


def segments_of(layout: Json) -> list[tuple[int, int]]:
    """Ranges of the document's text, from the first letter to behind the last."""
    anchor = layout.get("textAnchor") or {}
    return [(int(part.get("startIndex", 0)), int(part["endIndex"])) for part in anchor.get("textSegments", ())]


def anchored(layout: Json, text: str) -> str:
    """The words of an element."""
    return "".join(text[start:end] for start, end in segments_of(layout))


def location_of(layout: Json, page: Page) -> Location:
    """Its place, in points of the page as it was measured here."""
    corners = (layout.get("boundingPoly") or {}).get("normalizedVertices") or []
    if not corners:
        return Location(page=page.number)
    xs = [float(corner.get("x", 0)) * page.width for corner in corners]
    ys = [float(corner.get("y", 0)) * page.height for corner in corners]
    return Location(page=page.number, bbox=(round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2)))
