"""PPTX -> slide text in reading order, tables, colours and fonts of runs, shapes and masters.

Read by hand, not with python-pptx: every citation is the XPath of its element, beside its box on the slide.
"""

from collections import Counter
from typing import Literal

from lxml import etree

from sgd_resources.colour import rgb_of
from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import Bbox, ColourUse, FontUse, Location, Page, TableCell, TextBlock
from sgd_resources.parsers.bullets import without_bullet
from sgd_resources.parsers.colours.text_colours import text_colours
from sgd_resources.parsers.font_names import split_font_name
from sgd_resources.parsers.hidden_text import unseen_characters
from sgd_resources.parsers.office.package import OfficePackage
from sgd_resources.parsers.office.pptx_graphics import Graphic, graphic_of
from sgd_resources.parsers.office.pptx_hidden import is_beside, unseen_shape, unseen_slide
from sgd_resources.parsers.office.pptx_paragraphs import EMU_PER_POINT, depth_of, grid_of, heads, size_of, text_of
from sgd_resources.parsers.office.pptx_placeholders import (
    Placeholders,
    inherited_by,
    is_listed,
    placeholder_type,
    spread_over,
)
from sgd_resources.parsers.office.theme import Theme, drawing_colour, read_theme
from sgd_resources.parsers.parts import ParsedParts
from sgd_resources.parsers.xml_paths import XmlPaths
from sgd_resources.parsers.xml_tree import local_name

_MAX_SLIDES = 500
Kind = Literal["heading", "paragraph", "list_item", "table_cell"]


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
    width, height = (int(size.get(key) or 0) / EMU_PER_POINT if size is not None else 0.0 for key in ("cx", "cy"))
    reader = _Reader(package, parts, width, height)
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
        reader.read(slide, target, number, _theme_of(package, target, masters), inherited_by(package, target))
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

    def __init__(self, package: OfficePackage, parts: ParsedParts, width: float, height: float) -> None:
        self._package = package
        self._parts = parts
        self._area = max(1.0, width * height)
        self._paths = XmlPaths()
        self._box = (width, height)
        self._tables = -1
        self._characters: Counter[str] = Counter()
        self._parked: list[tuple[str, int, Location]] = []
        """Faces, letters and places of words beside their slides."""
        self._places: dict[str, Location] = {}
        self._inherited = Placeholders()
        self._hidden: str | None = None
        """Why nobody is shown what is being read: its colours and faces are no statements."""

    def read(
        self,
        root: etree._Element,
        part: str,
        page: int | None,
        theme: Theme,
        inherited: Placeholders | None = None,
    ) -> None:
        self._inherited = inherited or Placeholders()
        hidden = self._hidden = unseen_slide(root)
        background = root.find("{*}cSld/{*}bg")
        for fill in background.iter("{*}solidFill") if background is not None else ():
            self._fill(fill, part, page, theme, (0, 0, *self._box), "background")
        tree = root.find("{*}cSld/{*}spTree")
        shapes = (
            []
            if tree is None
            else [shape for shape in tree.iter() if local_name(shape) in ("sp", "graphicFrame", "cxnSp", "pic")]
        )
        placed = [(self._inherited.box_of(shape), index, shape) for index, shape in enumerate(shapes)]
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
            self._hidden = hidden or unseen_shape(shape, box, self._box)
            self._shape(shape, part, page, theme, box)
        self._hidden = hidden
        styles = root.find("{*}txStyles")
        for latin in styles.iter("{*}latin") if styles is not None else ():
            self._count(
                theme.font(latin.get("typeface") or ""), 0, Location(xml_path=f"{part}:{self._paths.of(latin)}")
            )

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
        if local_name(shape) == "graphicFrame" and page is not None:
            graphic = graphic_of(self._package, part, shape, box)
            if graphic is not None:
                self._graphic(graphic, page, theme)
            return
        body = shape.find("{*}txBody")
        if body is None:
            return
        is_body = placeholder_type(shape) in ("body", "obj", "")
        paragraphs = [paragraph for paragraph in body.findall("{*}p") if text_of(paragraph)]
        sizes = [size_of(paragraph) or self._inherited.size_of(shape, depth_of(paragraph)) for paragraph in paragraphs]
        letters = [(len(text_of(paragraph)), size) for paragraph, size in zip(paragraphs, sizes, strict=True)]
        boxes: list[Bbox] | list[None] = spread_over(box, letters) if box else [None] * len(paragraphs)
        for index, (paragraph, size, place) in enumerate(zip(paragraphs, sizes, boxes, strict=True)):
            is_listed_ = is_listed(paragraph, by_default=is_body and len(paragraphs) > 1)
            self._paragraph(
                paragraph,
                part,
                page,
                theme,
                place,
                None,
                size=size,
                kind="heading"
                if _is_title(shape) or (not is_listed_ and heads(paragraphs, index))
                else "list_item"
                if is_listed_
                else "paragraph",
                is_title=_is_title(shape),
            )

    def _graphic(self, graphic: Graphic, page: int, theme: Theme) -> None:
        for paragraph, box in graphic.paragraphs:
            size = size_of(paragraph)
            self._paragraph(
                paragraph, graphic.part, page, theme, box, None, size=size, kind="paragraph", is_title=False
            )
        for element, words, box in graphic.captions:
            reason = unseen_characters(words) or self._unseen(box, None)
            place = Location(page=page, bbox=box, xml_path=f"{graphic.part}:{self._paths.of(element)}")
            self._parts.text_blocks.append(
                TextBlock(text=words, location=place, is_hidden=reason is not None, hidden_reason=reason)
            )
        for shown in graphic.fills:
            self._fill(shown.fill, graphic.part, page, theme, shown.box, shown.words[:160])

    def _table(self, table: etree._Element, part: str, page: int | None, theme: Theme, box: Bbox | None) -> None:
        self._tables += 1
        number = self._tables
        grid = grid_of(table, box)
        for row_number, row in enumerate(table.findall("{*}tr")):
            words = " ".join(" ".join(str(text.text or "") for text in row.iter("{*}t")).split())[:160]
            for column, cell in enumerate(row.findall("{*}tc")):
                for fill in cell.findall("{*}tcPr/{*}solidFill"):
                    self._fill(fill, part, page, theme, None, words)
                place = TableCell(table=number, row=row_number, column=column, is_header=row_number == 0)
                cell_box = grid.get((row_number, column), box)
                for paragraph in cell.findall("{*}txBody/{*}p"):
                    size = size_of(paragraph)
                    self._paragraph(
                        paragraph, part, page, theme, cell_box, place, size=size, kind="table_cell", is_title=False
                    )

    def _paragraph(
        self,
        paragraph: etree._Element,
        part: str,
        page: int | None,
        theme: Theme,
        box: Bbox | None,
        cell: TableCell | None,
        *,
        size: float | None,
        kind: Kind,
        is_title: bool,
    ) -> None:
        words: list[str] = []
        font: str | None = None
        colour: str | None = None
        place = Location(page=page, bbox=box, xml_path=f"{part}:{self._paths.of(paragraph)}")
        unseen = self._unseen(box, size)
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
                fill = properties.find("{*}solidFill")
                if fill is not None:
                    stated = self._emit_colour(
                        next(iter(fill), None), "text_fill", part, page, theme, None, None, is_seen=unseen is None
                    )
                    colour = stated or colour
            font = font or face
            if page is not None and unseen is None:
                self._count(face, len(text.strip()), place)
            elif page is not None and unseen == "off_page" and face:
                self._parked.append((face, len(text.strip()), place))
        if page is None:
            return
        text = "\n".join(
            filter(None, (" ".join(line.split()) for line in "".join(words).replace("\v", "\n").split("\n")))
        )
        if not text:
            return
        typed = without_bullet(text) if kind == "paragraph" else None
        if typed is not None:
            text, kind = typed, "list_item"
        level = 1 if is_title else 2 if kind == "heading" else depth_of(paragraph) + 1 if kind == "list_item" else None
        reason = unseen_characters(text) or unseen
        self._parts.text_blocks.append(
            TextBlock(
                text=text,
                kind=kind,
                level=level,
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
        if self._hidden is None and size is not None and size < 1:
            return "zero_size"
        return self._hidden or ("off_page" if is_beside(box, self._box) else None)

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
        *,
        is_seen: bool = True,
    ) -> str | None:
        found = drawing_colour(element, theme) if element is not None else None
        if found is None or element is None:
            return None
        hex_value, operator, alpha, is_derived = found
        if is_derived:
            return None  # a tint or shade of a slot is no statement of its own
        if self._hidden or not is_seen:
            return hex_value
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
                location=Location(page=page, bbox=box, xml_path=f"{part}:{self._paths.of(element)}"),
            )
        )
        return hex_value

    def _count(self, face: str | None, characters: int, place: Location) -> None:
        if face:
            self._characters[face] += characters
            self._places.setdefault(face, place)

    def fonts(self) -> list[FontUse]:
        """Faces by falling share of characters; of a deck that shows no words, those of the words parked beside it."""
        if not any(self._characters.values()):
            for parked in self._parked:
                self._count(*parked)
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


def _is_title(shape: etree._Element) -> bool:
    return placeholder_type(shape) in ("title", "ctrTitle", "subTitle")
