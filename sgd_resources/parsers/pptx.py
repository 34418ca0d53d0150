"""PPTX -> slide text in reading order, tables, colours and fonts of runs, shapes and masters. XML read directly."""

import re
from collections import Counter

from lxml import etree

from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import Bbox, ColourUse, FontUse, Location, Page, TableCell, TextBlock
from sgd_resources.parsers.font_names import split_font_name
from sgd_resources.parsers.hidden_text import unseen_characters
from sgd_resources.parsers.office_package import OfficePackage
from sgd_resources.parsers.ooxml_theme import Theme, drawing_colour, read_theme, rgb_of
from sgd_resources.parsers.parts import ParsedParts
from sgd_resources.parsers.text_colours import text_colours
from sgd_resources.parsers.xml_tree import local_name, xml_path

VERSION = "1"
_EMU_PER_POINT = 12_700
_MAX_SLIDES = 500


def parse_pptx(data: bytes, suffix: str) -> ParsedParts:
    """Slides in order; masters and layouts give colours and fonts, no text.

    Raises:
        RejectedEvidence: damaged, encrypted, or without a presentation part.
    """
    del suffix
    package = OfficePackage(data)
    main, root = package.main_part("ppt/presentation.xml", "presentation")
    parts = ParsedParts()
    relations = package.relations(main)
    size = root.find("{*}sldSz")
    width, height = (int(size.get(key) or 0) / _EMU_PER_POINT if size is not None else 0.0 for key in ("cx", "cy"))
    reader = _Reader(parts, width, height)
    masters: dict[str, Theme] = {}
    for target in sorted(target for kind, target in relations.values() if kind == "slideMaster"):
        theme_part = next((part for kind, part in package.relations(target).values() if kind == "theme"), None)
        masters[target] = read_theme(package, theme_part, parts) if theme_part else Theme()
        master = package.xml(target)
        if master is not None:
            reader.read(master, target, None, masters[target])
    order = [relations.get(_relation(slide)) for slide in root.iter("{*}sldId")]
    slides = [found[1] for found in order if found]
    if len(slides) > _MAX_SLIDES:
        parts.warnings.append(f"only the first {_MAX_SLIDES} of {len(slides)} slides were read")
    for number, target in enumerate(slides[:_MAX_SLIDES], start=1):
        slide = package.xml(target)
        if slide is None:
            continue
        parts.pages.append(Page(number=number, width=width, height=height))
        reader.read(slide, target, number, _theme_of(package, target, masters))
    if not parts.pages and not masters:
        raise RejectedEvidence("reject", "presentation has no slides")
    parts.fonts += reader.fonts()
    parts.colours = text_colours(parts.text_blocks) + parts.colours
    parts.images += package.pictures("ppt/media/")
    core = package.xml("docProps/core.xml")
    title = core.find("{*}title") if core is not None else None
    parts.title = (title.text or "").strip() or None if title is not None else None
    return parts


def _theme_of(package: OfficePackage, slide: str, masters: dict[str, Theme]) -> Theme:
    for kind, layout in package.relations(slide).values():
        if kind == "slideLayout":
            for inner, master in package.relations(layout).values():
                if inner == "slideMaster" and master in masters:
                    return masters[master]
    return next(iter(masters.values()), Theme())


def _relation(element: etree._Element) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")


class _Reader:
    """Walks the shapes of masters and slides."""

    def __init__(self, parts: ParsedParts, width: float, height: float) -> None:
        self._parts = parts
        self._area = max(1.0, width * height)
        self._box = (width, height)
        self._tables = -1
        self._characters: Counter[str] = Counter()
        self._places: dict[str, Location] = {}

    def read(self, root: etree._Element, part: str, page: int | None, theme: Theme) -> None:
        background = root.find("{*}cSld/{*}bg")
        for fill in background.iter("{*}solidFill") if background is not None else ():
            self._fill(fill, part, page, theme, (0, 0, *self._box), "background")
        tree = root.find("{*}cSld/{*}spTree")
        shapes = (
            []
            if tree is None
            else [shape for shape in tree.iter() if local_name(shape) in ("sp", "graphicFrame", "cxnSp", "pic")]
        )
        placed = [(self._bbox(shape), index, shape) for index, shape in enumerate(shapes)]
        # reading order of a slide: titles first as given, then by place
        placed.sort(
            key=lambda item: (
                not _is_title(item[2]),
                round(item[0][1] / 18) if item[0] else 0,
                item[0][0] if item[0] else 0,
                item[1],
            )
        )
        for box, _, shape in placed:
            self._shape(shape, part, page, theme, box)
        styles = root.find("{*}txStyles")
        for latin in styles.iter("{*}latin") if styles is not None else ():
            self._count(theme.font(latin.get("typeface") or ""), 0, Location(xml_path=f"{part}:{xml_path(latin)}"))

    def _shape(self, shape: etree._Element, part: str, page: int | None, theme: Theme, box: Bbox | None) -> None:
        words = " ".join(" ".join(str(text.text or "") for text in shape.iter("{*}t")).split())[:160]
        properties = shape.find("{*}spPr")
        for child in properties if properties is not None else ():
            if local_name(child) == "solidFill":
                self._fill(child, part, page, theme, box, words)
            elif local_name(child) == "gradFill":
                for stop in child.iter("{*}gs"):
                    self._emit_colour(next(iter(stop), None), "gradient", part, page, theme, box, words)
            elif local_name(child) == "ln":
                for fill in child.findall("{*}solidFill"):
                    self._emit_colour(next(iter(fill), None), "stroke", part, page, theme, None, None)
        table = shape.find(".//{*}tbl")
        if table is not None:
            self._table(table, part, page, theme, box)
            return
        body = shape.find("{*}txBody")
        if body is None:
            return
        for paragraph in body.findall("{*}p"):
            self._paragraph(
                paragraph,
                part,
                page,
                theme,
                box,
                None,
                is_title=_is_title(shape),
                is_body=_placeholder(shape) in ("body", "obj", ""),
            )

    def _table(self, table: etree._Element, part: str, page: int | None, theme: Theme, box: Bbox | None) -> None:
        self._tables += 1
        number = self._tables
        for row_number, row in enumerate(table.findall("{*}tr")):
            words = " ".join(" ".join(str(text.text or "") for text in row.iter("{*}t")).split())[:160]
            for column, cell in enumerate(row.findall("{*}tc")):
                for fill in cell.findall("{*}tcPr/{*}solidFill"):
                    self._fill(fill, part, page, theme, None, words)
                place = TableCell(table=number, row=row_number, column=column, is_header=row_number == 0)
                for paragraph in cell.findall("{*}txBody/{*}p"):
                    self._paragraph(paragraph, part, page, theme, box, place, is_title=False, is_body=False)

    def _paragraph(
        self,
        paragraph: etree._Element,
        part: str,
        page: int | None,
        theme: Theme,
        box: Bbox | None,
        cell: TableCell | None,
        *,
        is_title: bool,
        is_body: bool,
    ) -> None:
        words: list[str] = []
        font: str | None = None
        size: float | None = None
        colour: str | None = None
        place = Location(page=page, bbox=box, xml_path=f"{part}:{xml_path(paragraph)}")
        for child in paragraph:
            name = local_name(child)
            if name == "br":
                words.append("\n")
            if name not in ("r", "fld"):
                continue
            text = "".join(str(part_text.text or "") for part_text in child.findall("{*}t"))
            words.append(text)
            properties = child.find("{*}rPr")
            face = theme.font("+mj-lt" if is_title else "+mn-lt")
            if properties is not None:
                latin = properties.find("{*}latin")
                face = theme.font(latin.get("typeface") or "") if latin is not None else face
                if (properties.get("sz") or "").isdigit():
                    size = size or int(properties.get("sz") or 0) / 100
                fill = properties.find("{*}solidFill")
                if fill is not None:
                    colour = (
                        self._emit_colour(next(iter(fill), None), "text_fill", part, page, theme, None, None) or colour
                    )
            font = font or face
            if page is not None:
                self._count(face, len(text.strip()), place)
        if page is None:
            return
        text = "\n".join(
            filter(None, (" ".join(line.split()) for line in "".join(words).replace("\v", "\n").split("\n")))
        )
        if not text:
            return
        properties = paragraph.find("{*}pPr")
        depth = int((properties.get("lvl") if properties is not None else None) or 0)
        parent = paragraph.getparent()
        is_listed = is_body and parent is not None and len(parent.findall("{*}p")) > 1
        kind = "heading" if is_title else "table_cell" if cell else "list_item" if is_listed else "paragraph"
        reason = unseen_characters(text) or self._unseen(box, size)
        self._parts.text_blocks.append(
            TextBlock(
                text=text,
                kind=kind,
                level=1 if is_title else depth + 1 if kind == "list_item" else None,
                location=place,
                cell=cell,
                font=font,
                font_size_pt=size,
                color_hex=colour,
                is_hidden=reason is not None,
                hidden_reason=reason,
            )
        )

    def _unseen(self, box: Bbox | None, size: float | None) -> str | None:
        if size is not None and size < 1:
            return "zero_size"
        if box and (box[2] <= 0 or box[3] <= 0 or box[0] >= self._box[0] or box[1] >= self._box[1]):
            return "off_page"
        return None

    def _fill(
        self, fill: etree._Element, part: str, page: int | None, theme: Theme, box: Bbox | None, words: str | None
    ) -> None:
        self._emit_colour(next(iter(fill), None), "fill", part, page, theme, box, words)

    def _emit_colour(
        self,
        element: etree._Element | None,
        source: str,
        part: str,
        page: int | None,
        theme: Theme,
        box: Bbox | None,
        words: str | None,
    ) -> str | None:
        found = drawing_colour(element, theme) if element is not None else None
        if found is None or element is None:
            return None
        hex_value, operator, alpha, is_derived = found
        if is_derived:
            return None  # a tint or shade of a slot is no statement of its own
        slot = operator if local_name(element) == "schemeClr" else None
        area = None if box is None else min(1.0, max(0.0, (box[2] - box[0]) * (box[3] - box[1]) / self._area))
        self._parts.colours.append(
            ColourUse(
                hex=hex_value,
                components=rgb_of(hex_value),
                source=source,
                name=slot,
                label=words or None,
                operator=operator,
                alpha=alpha,
                area_ratio=None if area is None else round(area, 6),
                location=Location(page=page, bbox=box, xml_path=f"{part}:{xml_path(element)}"),
            )
        )
        return hex_value

    def _bbox(self, shape: etree._Element) -> Bbox | None:
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

    def _count(self, face: str | None, characters: int, place: Location) -> None:
        if face:
            self._characters[face] += characters
            self._places.setdefault(face, place)

    def fonts(self) -> list[FontUse]:
        """Faces by falling share of characters."""
        total = max(1, sum(self._characters.values()))
        found = []
        for face, count in sorted(self._characters.items(), key=lambda item: (-item[1], item[0])):
            family, style = split_font_name(face)
            found.append(
                FontUse(
                    family=family,
                    raw_name=face,
                    source="office_run",
                    style=style,
                    share_ratio=round(count / total, 4),
                    location=self._places[face],
                )
            )
        return found


def _placeholder(shape: etree._Element) -> str | None:
    found = shape.find("{*}nvSpPr/{*}nvPr/{*}ph")
    return None if found is None else found.get("type") or ""


def _is_title(shape: etree._Element) -> bool:
    return _placeholder(shape) in ("title", "ctrTitle", "subTitle")
