"""Which slides and shapes of a presentation nobody is shown: hidden ones, and those parked beside the slide.

What must not live here: reading what they hold (`pptx`).
Source: ECMA-376 part 1, 19.3.1.38 (show) and 19.3.1.12 (hidden).
"""

from lxml import etree

from sgd_resources.parsed_document import Bbox
from sgd_resources.parsers.xml_tree import local_name

_OFF, _ON = ("0", "false"), ("1", "true")


def unseen_slide(slide: etree._Element) -> str | None:
    """`hidden_slide` where the show passes the slide over, else None."""
    return "hidden_slide" if slide.get("show") in _OFF else None


def unseen_shape(shape: etree._Element, box: Bbox | None, slide: tuple[float, float]) -> str | None:
    """`hidden_shape` where it or a group around it is switched off, `off_page` where it lies beside the slide.

    Args:
        shape: of a slide.
        box: its place in points.
        slide: width and height in points.
    """
    if any(_is_switched_off(element) for element in (shape, *shape.iterancestors("{*}grpSp"))):
        return "hidden_shape"
    return "off_page" if is_beside(box, slide) else None


def is_beside(box: Bbox | None, slide: tuple[float, float]) -> bool:
    """Whether no part of a place lies on the slide."""
    return box is not None and (box[2] <= 0 or box[3] <= 0 or box[0] >= slide[0] or box[1] >= slide[1])


def _is_switched_off(element: etree._Element) -> bool:
    return any(
        properties.get("hidden") in _ON
        for names in element
        if local_name(names).startswith("nv")
        for properties in names
        if local_name(properties) == "cNvPr"
    )
