"""What a slide's placeholders inherit from their layout and master: place, type sizes, bullets.

A slide says of a title or a body only what differs. What must not live here: text and colours (`pptx`).
Source: ECMA-376 part 1, 19.3.1.36 (ph) and 21.1.2.4 (list styles).
"""

import re
from dataclasses import dataclass, field

from lxml import etree

from sgd_resources.parsed_document import Bbox
from sgd_resources.parsers.office.package import OfficePackage
from sgd_resources.parsers.xml_tree import local_name

_EMU_PER_POINT = 12_700  # 914,400 to the inch (ECMA-376, part 1, 20.1.2.1), 72 points to the inch
_MASTER_TYPE = {"ctrTitle": "title", "subTitle": "body", "obj": "body", "": "body"}
_STYLE = {"title": "titleStyle", "ctrTitle": "titleStyle"}
_LINE_HEIGHT = 1.2  # single spacing in most fonts; only the order of paragraphs hangs on it
_LETTER_WIDTH = 0.5
"""Of type size, on the average of Latin faces."""
_USUAL_PT = 18.0  # PowerPoint's own size of a text box that says none


@dataclass
class Placeholders:
    """The placeholders a slide's shapes come from: those of its layout, then those of its master."""

    roots: list[etree._Element] = field(default_factory=list)

    def box_of(self, shape: etree._Element) -> Bbox | None:
        """Place of a shape in points, its own or inherited."""
        for source in (shape, *self._sources(shape)):
            box = own_box(source)
            if box is not None:
                return _out_of_groups(shape, box) if source is shape else box
        return None

    def size_of(self, shape: etree._Element, depth: int) -> float | None:
        """Type size in points that a paragraph at a depth (0 = outermost) has unless a run says otherwise."""
        path = f"{{*}}lvl{min(9, depth + 1)}pPr/{{*}}defRPr"
        sources = [shape, *self._sources(shape)]
        styles = [style for source in sources if (style := source.find("{*}txBody/{*}lstStyle")) is not None]
        kind = placeholder_type(shape)
        if kind is not None and self.roots:
            master = self.roots[-1].find("{*}txStyles/{*}" + _STYLE.get(kind, "bodyStyle"))
            styles += [master] if master is not None else []
        for style in styles:
            found = style.find(path)
            size = found.get("sz") if found is not None else None
            if size and size.isdigit():
                return int(size) / 100
        return None

    def _sources(self, shape: etree._Element) -> list[etree._Element]:
        mark = shape.find("{*}nvSpPr/{*}nvPr/{*}ph")
        if mark is None:
            return []
        found = []
        kind, index = mark.get("type") or "", mark.get("idx")
        for root in self.roots:
            same = _match(root, kind, index)
            if same is not None:
                found.append(same)
                kind = placeholder_type(same) or kind
        return found


def inherited_by(package: OfficePackage, slide: str) -> Placeholders:
    """The placeholders that a slide part inherits from; none where its layout is missing."""
    found = Placeholders()
    layout = _related(package, slide, "slideLayout")
    master = _related(package, layout, "slideMaster") if layout else None
    for part in (layout, master):
        root = package.xml(part) if part else None
        if root is not None:
            found.roots.append(root)
    return found


def placeholder_type(shape: etree._Element) -> str | None:
    """'title', 'body', ... or '' for a plain one; None for a shape that is no placeholder."""
    found = shape.find("{*}nvSpPr/{*}nvPr/{*}ph")
    return None if found is None else found.get("type") or ""


def own_box(shape: etree._Element) -> Bbox | None:
    """Place that a shape states itself, in points."""
    frame = shape.find("{*}spPr/{*}xfrm")
    frame = shape.find("{*}xfrm") if frame is None else frame
    offset, extent = (frame.find("{*}off"), frame.find("{*}ext")) if frame is not None else (None, None)
    if offset is None or extent is None:
        return None
    values = [offset.get("x"), offset.get("y"), extent.get("cx"), extent.get("cy")]
    if not all(value and re.fullmatch(r"-?\d+", value) for value in values):
        return None
    x, y, width, height = (int(value or 0) / _EMU_PER_POINT for value in values)
    return round(x, 2), round(y, 2), round(x + width, 2), round(y + height, 2)


def _out_of_groups(shape: etree._Element, box: Bbox) -> Bbox:
    """A box in points of the slide, given in the space of the groups that its shape stands in."""
    for group in shape.iterancestors("{*}grpSp"):
        frame = group.find("{*}grpSpPr/{*}xfrm")
        sides = [frame.find("{*}" + name) for name in ("off", "ext", "chOff", "chExt")] if frame is not None else []
        if len(sides) < 4 or any(side is None for side in sides):
            continue
        numbers = [
            int(value) / _EMU_PER_POINT if re.fullmatch(r"-?\d+", value) else 0.0
            for side, names in zip(sides, (("x", "y"), ("cx", "cy")) * 2, strict=True)
            if side is not None
            for value in (side.get(name) or "" for name in names)
        ]
        left, top, width, height, inner_left, inner_top, inner_width, inner_height = numbers
        across = width / inner_width if inner_width else 1.0
        along = height / inner_height if inner_height else 1.0
        box = (
            round(left + (box[0] - inner_left) * across, 2),
            round(top + (box[1] - inner_top) * along, 2),
            round(left + (box[2] - inner_left) * across, 2),
            round(top + (box[3] - inner_top) * along, 2),
        )
    return box


def is_listed(paragraph: etree._Element, *, by_default: bool) -> bool:
    """Whether a paragraph has a bullet: its own word on it, else the default of its shape."""
    properties = paragraph.find("{*}pPr")
    marks = {local_name(child) for child in properties} if properties is not None else set()
    if marks & {"buChar", "buAutoNum", "buBlip"}:
        return True
    return by_default and "buNone" not in marks


def spread_over(box: Bbox, paragraphs: list[tuple[int, float | None]]) -> list[Bbox]:
    """Boxes of the paragraphs of a shape from top to bottom, by their letters and type sizes.

    Args:
        box: of the shape.
        paragraphs: (letters, type size in points) of each.
    """
    width = max(1.0, box[2] - box[0])
    heights = []
    for letters, size in paragraphs:
        points = size or _USUAL_PT
        heights.append(points * _LINE_HEIGHT * max(1, -(-letters * points * _LETTER_WIDTH // width)))
    scale = min(1.0, (box[3] - box[1]) / max(1.0, sum(heights)))
    found, top = [], box[1]
    for height in heights:
        bottom = top + height * scale
        found.append((box[0], round(top, 2), box[2], round(bottom, 2)))
        top = bottom
    return found


def _related(package: OfficePackage, part: str, kind: str) -> str | None:
    return next((target for found, target in package.relations(part).values() if found == kind), None)


def _match(root: etree._Element, kind: str, index: str | None) -> etree._Element | None:
    marked = [(shape, shape.find("{*}nvSpPr/{*}nvPr/{*}ph")) for shape in root.iter("{*}sp")]
    shapes = [(shape, mark) for shape, mark in marked if mark is not None]
    if index is not None:
        same = [shape for shape, mark in shapes if mark.get("idx") == index]
        if same:
            return same[0]
    wanted = {kind, _MASTER_TYPE.get(kind, kind)}
    return next((shape for shape, mark in shapes if (mark.get("type") or "") in wanted), None)
