"""What a slide's graphic frames show that stands in parts of its own: SmartArt diagrams and charts.

`(package, slide part, frame) -> [GraphicText], [GraphicFill]`. What must not live here: shapes, text and tables of the
slide itself (`pptx.py`).
Source: ECMA-376 part 1, 21.2 (charts) and 21.4 (diagrams); MS-ODRAWXML 2.6 (the drawing that a diagram is kept as).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from sgd_resources.parsed_document import Bbox
from sgd_resources.parsers.office.package import OfficePackage
from sgd_resources.parsers.office.pptx_paragraphs import EMU_PER_POINT
from sgd_resources.parsers.xml_tree import local_name

_MOST_ENTRIES = 500  # of one chart; more are a table of measurements


@dataclass(frozen=True)
class GraphicFill:
    """A fill, its place and the words that it stands for."""

    fill: etree._Element
    box: Bbox | None
    words: str


@dataclass
class Graphic:
    """What one frame shows, all of it from one part."""

    part: str
    paragraphs: list[tuple[etree._Element, Bbox | None]] = field(default_factory=list)
    """DrawingML paragraphs."""
    captions: list[tuple[etree._Element, str, Bbox | None]] = field(default_factory=list)
    """Names of a chart's entries: their element and words."""
    fills: list[GraphicFill] = field(default_factory=list)


def graphic_of(package: OfficePackage, slide: str, frame: etree._Element, box: Bbox | None) -> Graphic | None:
    """The diagram or chart of a frame; None where it holds none, or its part is not there."""
    data = frame.find(".//{*}graphicData")
    holder = next(iter(data), None) if data is not None else None
    if holder is None or local_name(holder) not in ("relIds", "chart"):
        return None
    relations = package.relations(slide)
    is_chart = local_name(holder) == "chart"
    identity = next((str(v) for k, v in holder.attrib.items() if str(k).endswith("}id" if is_chart else "}dm")), "")
    kind, part = relations.get(identity, ("", ""))
    if is_chart:
        root = package.xml(part) if kind == "chart" else None
        return _chart(part, root, box) if root is not None else None
    drawing = _drawing_beside(part, [target for kind, target in relations.values() if kind == "diagramDrawing"])
    root = package.xml(drawing) if drawing else None
    if root is not None and root.find(".//{*}t") is not None:
        return _drawing(drawing, root, box)
    root = package.xml(part) if kind == "diagramData" else None
    if root is None:
        return None
    paragraphs: list[tuple[etree._Element, Bbox | None]] = [(p, box) for p in root.iterfind(".//{*}pt/{*}t/{*}p")]
    return Graphic(part, paragraphs)


def _drawing_beside(data: str, drawings: list[str]) -> str:
    """The drawing of a diagram's data: of one number ('data2.xml', 'drawing2.xml'), or the only one."""
    number = re.findall(r"\d*(?=\.xml$)", data)[:1]
    of_number = [name for name in drawings if re.findall(r"\d*(?=\.xml$)", name)[:1] == number]
    return of_number[0] if of_number else drawings[0] if len(drawings) == 1 else ""


def _drawing(part: str, root: etree._Element, frame: Bbox | None) -> Graphic:
    found = Graphic(part)
    for shape in root.iter("{*}sp"):
        box = _box_in(frame, shape)
        paragraphs = shape.findall("{*}txBody/{*}p")
        found.paragraphs += [(paragraph, box) for paragraph in paragraphs]
        words = " ".join(" ".join(str(t.text or "") for t in shape.iterfind("{*}txBody/{*}p//{*}t")).split())
        found.fills += [GraphicFill(fill, box, words) for fill in shape.findall("{*}spPr/{*}solidFill")]
    return found


def _box_in(frame: Bbox | None, shape: etree._Element) -> Bbox | None:
    """A shape's place on the slide; the whole frame where the drawing does not say."""
    sides = [shape.find(f"{{*}}spPr/{{*}}xfrm/{{*}}{name}") for name in ("off", "ext")]
    if frame is None or any(side is None for side in sides):
        return frame
    texts = [element.get(key) or "" for element, keys in zip(sides, ("x y", "cx cy"), strict=True)
             if element is not None for key in keys.split()]  # fmt: skip
    if not all(text.lstrip("-").isdigit() for text in texts):
        return frame
    x, y, width, height = (int(text) / EMU_PER_POINT for text in texts)
    return frame[0] + x, frame[1] + y, frame[0] + x + width, frame[1] + y + height


def _chart(part: str, root: etree._Element, box: Bbox | None) -> Graphic:
    """Entries by name: slices and bars of their own colour, and series."""
    found = Graphic(part)
    entries: list[tuple[etree._Element, str]] = []
    fills: list[tuple[etree._Element, str]] = []
    for series in root.iter("{*}ser"):
        name = next(_words(series.find("{*}tx")), None)
        names = list(_words(series.find("{*}cat")))[:_MOST_ENTRIES]
        entries += [*names, *([name] if name is not None else [])]
        fills += [(fill, name[1] if name else "") for fill in series.findall("{*}spPr/{*}solidFill")]
        for point in series.findall("{*}dPt"):
            index = _index(point)
            words = names[index][1] if index is not None and index < len(names) else ""
            fills += [(fill, words) for fill in point.findall("{*}spPr/{*}solidFill")]
    seen: dict[str, etree._Element] = {}
    for element, words in entries:
        seen.setdefault(words, element)
    bands = _bands(box, len(seen))
    found.captions = [(element, words, band) for (words, element), band in zip(seen.items(), bands, strict=True)]
    found.fills = [GraphicFill(fill, None, words) for fill, words in fills]
    return found


def _index(point: etree._Element) -> int | None:
    element = point.find("{*}idx")
    text = (element.get("val") or "") if element is not None else ""
    return int(text) if text.isdigit() else None


def _words(element: etree._Element | None) -> Iterator[tuple[etree._Element, str]]:
    for value in element.iter("{*}v") if element is not None else ():
        words = " ".join((value.text or "").split())
        if words:
            yield value, words


def _bands(box: Bbox | None, count: int) -> list[Bbox | None]:
    """Places below each other for names of which the chart's part does not say where they are drawn."""
    if box is None:
        return [None] * count
    step = (box[3] - box[1]) / max(1, count)
    return [(box[0], box[1] + i * step, box[2], box[1] + (i + 1) * step) for i in range(count)]
