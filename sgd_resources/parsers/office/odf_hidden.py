"""Which parts of an OpenDocument file nobody is shown: hidden slides, layers, sections, rows, words; parked shapes.

What must not live here: reading what they hold (`odf`).
Source: OpenDocument 1.3 part 3: presentation:visibility, text:display, text:is-hidden, table:visibility, draw:display.
"""

import re
from collections.abc import Mapping

from lxml import etree

from sgd_resources.parsers.xml_tree import local_name

_PER_UNIT = {"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pt": 1.0, "px": 0.75}
_DEEPEST_STYLE = 12  # styles inherit a few deep; ends circles


class Unseen:
    """Learns from the styles of a document, then answers for its elements."""

    def __init__(self) -> None:
        self._switched: dict[str, bool] = {}
        """Style -> whether it hides what is set in it."""
        self._parents: dict[str, str] = {}
        self._layers: set[str] = set()
        self._layouts: dict[str, tuple[float, float]] = {}
        self._masters: dict[str, str] = {}
        self._slide: tuple[float, float] | None = None

    def add(self, root: etree._Element) -> None:
        """Learn from one part's styles, layers and page sizes."""
        for element in root.iter("{*}style", "{*}layer", "{*}page-layout", "{*}master-page"):
            name, attributes = local_name(element), _attributes(element)
            own = attributes.get("name", "")
            if name == "style":
                self._parents[own] = attributes.get("parent-style-name", "")
                self._learn_style(own, element)
            elif name == "layer" and attributes.get("display") in ("none", "printer"):
                self._layers.add(own)
            elif name == "page-layout":
                sides = _attributes(element.find("{*}page-layout-properties"))
                width, height = (_points(sides.get(side)) for side in ("page-width", "page-height"))
                if width and height:
                    self._layouts[own] = width, height
            elif name == "master-page":
                self._masters[own] = attributes.get("page-layout-name", "")

    def reason_of(self, element: etree._Element) -> str | None:
        """Why an element is not shown, whatever stands around it; None where it is."""
        name, attributes = local_name(element), _attributes(element)
        if name == "page":
            self._slide = self._layouts.get(self._masters.get(attributes.get("master-page-name", ""), ""))
            return "hidden_slide" if self._hides(attributes.get("style-name", "")) else None
        if name == "section":
            return "hidden_section" if _is_section_hidden(attributes) else None
        if name == "table-row":
            return "hidden_cell" if attributes.get("visibility") in ("collapse", "filter") else None
        if name in ("p", "h", "span", "a"):
            marks = element.iterfind("{*}hidden-paragraph")
            is_hidden = any(_attributes(mark).get("is-hidden") == "true" for mark in marks)
            return "vanish" if is_hidden or self._hides(attributes.get("style-name", "")) else None
        if attributes.get("layer") in self._layers:
            return "hidden_layer"
        return "off_page" if self._is_beside(attributes) else None

    def _learn_style(self, name: str, style: etree._Element) -> None:
        for properties in style:
            attributes = _attributes(properties)
            kind = local_name(properties)
            if kind == "drawing-page-properties" and "visibility" in attributes:
                self._switched[name] = attributes["visibility"] == "hidden"
            elif kind == "text-properties" and "display" in attributes:
                self._switched[name] = attributes["display"] == "none"

    def _hides(self, style: str) -> bool:
        for _ in range(_DEEPEST_STYLE):
            if style in self._switched:
                return self._switched[style]
            style = self._parents.get(style, "")
        return False

    def _is_beside(self, attributes: Mapping[str, str]) -> bool:
        if self._slide is None:
            return False
        x, y, width, height = (_points(attributes.get(side)) for side in ("x", "y", "width", "height"))
        if x is None or y is None:
            return False
        return x >= self._slide[0] or y >= self._slide[1] or x + (width or 0) < 0 or y + (height or 0) < 0


def _is_section_hidden(attributes: Mapping[str, str]) -> bool:
    display = attributes.get("display")
    return display == "none" or (display == "condition" and attributes.get("is-hidden") == "true")


def _points(length: str | None) -> float | None:
    found = re.fullmatch(r"(-?[\d.]{1,12})(cm|mm|in|pt|px)", length or "")
    return float(found[1]) * _PER_UNIT[found[2]] if found and found[1].count(".") < 2 and found[1][-1] != "." else None


def _attributes(element: etree._Element | None) -> dict[str, str]:
    if element is None:
        return {}
    return {str(key).rpartition("}")[2]: str(value) for key, value in element.attrib.items()}
