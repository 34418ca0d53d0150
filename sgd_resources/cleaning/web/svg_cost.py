"""What drawing an SVG would cost, judged without drawing it.

`use`, patterns, masks, markers and filters refer to other elements; a few lines of nested references can ask for
billions of shapes. What must not live here: taking things out (that is `svg`).
"""

import re
from typing import Any

from lxml import etree

from sgd_resources.cleaning.refusal import bomb, reject
from sgd_resources.ports.examination import Limits

_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_LOCAL_URL = re.compile(r"url\(\s*[\"']?#([^\"')\s]+)")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)", re.ASCII)
_LENGTH = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*([a-z%]*)\s*\Z", re.I)
_PX_PER_UNIT = {
    "": 1.0,
    "px": 1.0,
    "pt": 4 / 3,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96.0,
    "q": 96 / 101.6,
}


def check_drawing_cost(root: Any, limits: Limits) -> None:
    """Pass when the canvas and the expanded drawing stay within bounds.

    Raises:
        RejectedEvidence: `reject:bomb` (canvas or expansion), `reject:malformed` (a reference that holds itself).
    """
    for side in ("width", "height"):
        if (pixels := _pixels(root.get(side))) is not None and pixels > limits.max_svg_side_px:
            found, most = round(min(pixels, 1e12)), limits.max_svg_side_px
            bomb(f"pixels of {side}", found, most, side=side, pixels=found, max_pixels=most)
    by_id: dict[str, Any] = {}
    for element in root.iter(etree.Element):
        if (name := element.get("id")) is not None:
            by_id.setdefault(name, element)
    costs: dict[Any, int] = {}
    drawn = _cost(root, by_id, costs, set(), limits)
    if drawn > limits.max_svg_drawn_nodes:
        found, most = min(drawn, 10**12), limits.max_svg_drawn_nodes
        bomb("elements drawn", found, most, drawn_nodes=found, max_drawn_nodes=most)


def _pixels(value: str | None) -> float | None:
    found = _LENGTH.match(value or "")
    if found is None or found.group(2).lower() not in _PX_PER_UNIT:
        return None
    return float(found.group(1)) * _PX_PER_UNIT[found.group(2).lower()]


def _cost(element: Any, by_id: dict[str, Any], costs: dict[Any, int], opened: set[Any], limits: Limits) -> int:
    """Elements drawn for this one, references followed. Recursion follows references one open element at a time."""
    if element in costs:
        return costs[element]
    if element in opened or len(opened) > limits.max_xml_depth:
        reject("malformed", message="a reference that holds itself, or references nested too deep")
    opened.add(element)
    total = 1
    for child in element.iterchildren(etree.Element):
        total += _cost(child, by_id, costs, opened, limits)
    for name, times in _references(element):
        target = by_id.get(name)
        if target is not None:
            total += times * _cost(target, by_id, costs, opened, limits)
    opened.discard(element)
    costs[element] = min(total, 10**15)
    return costs[element]


def _references(element: Any) -> list[tuple[str, int]]:
    """What the element refers to, and how often that is drawn: a marker stands on each corner of its path."""
    names = []
    local = etree.QName(element).localname
    if local in ("use", "pattern", "tref", "textPath"):
        href = element.get("href") or element.get(_XLINK_HREF) or ""
        if href.startswith("#"):
            names.append((href[1:], 1))
    for key, value in element.attrib.items():
        if key != "id" and "url(" in value:
            times = _corners(element) if key.startswith("marker") else 1
            names += [(name, times) for name in _LOCAL_URL.findall(value)]
    return names


def _corners(element: Any) -> int:
    """At least as many as the outline has corners: one for each number in it."""
    return max(1, len(_NUMBER.findall(element.get("d") or element.get("points") or "")))
