"""Fields of a form that Document AI found: a name, a value or a tick, and the block of text that says both. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from sgd_resources.parsed_document import Bbox, FormField, Location, Page, TextBlock
from sgd_resources.parsers.engines.documentai_layout import Json, anchored, location_of, segments_of

_TICKS = {"filled_checkbox": True, "unfilled_checkbox": False}


@dataclass(frozen=True)
class FoundField:
    """A field as a block, and which letters of the document it takes up."""

    start: int
    segments: tuple[tuple[int, int], ...]
    block: TextBlock

    def says(self, segments: Sequence[tuple[int, int]], text: str) -> bool:
        """Whether every letter of these ranges is the field's; a paragraph that says more is kept beside it."""
        taken = {at for start, end in self.segments for at in range(start, end)}
        letters = [at for start, end in segments for at in range(start, end) if not text[at : at + 1].isspace()]
        return bool(letters) and taken.issuperset(letters)


def fields_of(told: Json, text: str, page: Page) -> list[FoundField]:
    """The fields of one page, in the order of their names; one without a name is no field."""
    found = (_field(item, text, page) for item in told.get("formFields", ()))
    return sorted((field for field in found if field is not None), key=lambda field: field.start)


def _field(item: Json, text: str, page: Page) -> FoundField | None:
    name_layout, value_layout = item.get("fieldName") or {}, item.get("fieldValue") or {}
    name = " ".join(str(item.get("correctedKeyText") or anchored(name_layout, text)).split()).rstrip(" :")
    value = " ".join(str(item.get("correctedValueText") or anchored(value_layout, text)).split())
    is_ticked = _TICKS.get(str(item.get("valueType", "")))
    if not name:
        return None
    said = value if is_ticked is None else "yes" if is_ticked else "no"
    segments = (*segments_of(name_layout), *segments_of(value_layout))
    block = TextBlock(
        text=f"{name}: {said}" if said else f"{name}:",
        location=_around(location_of(name_layout, page), location_of(value_layout, page)),
        field=FormField(name=name, value=value, is_ticked=is_ticked),
        is_recognised=not page.has_text_layer,
    )
    return FoundField(segments[0][0] if segments else 0, segments, block)


def _around(name: Location, value: Location) -> Location:
    boxes: list[Bbox] = [place.bbox for place in (name, value) if place.bbox is not None]
    if not boxes:
        return name
    left, top, right, bottom = zip(*boxes, strict=True)
    return Location(page=name.page, bbox=(min(left), min(top), max(right), max(bottom)))
