"""DOCX -> paragraphs with heading and list styles, tables as cells, run colours and fonts, theme.

Read by hand, not with python-docx: every citation is the XPath of its element, and text boxes and the theme, which that
library passes over, are where brands stand.
"""

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from sgd_resources.colour import rgb_of
from sgd_resources.parsed_document import ColourUse, FontUse, Location, Page, TableCell, TextBlock
from sgd_resources.parsers.colours.css_colour import parse_css_colour
from sgd_resources.parsers.colours.text_colours import text_colours
from sgd_resources.parsers.font_names import split_font_name
from sgd_resources.parsers.hidden_text import unseen_characters
from sgd_resources.parsers.office.looks import Look, told_by_look
from sgd_resources.parsers.office.package import OfficePackage
from sgd_resources.parsers.office.theme import Theme, read_theme
from sgd_resources.parsers.parts import ParsedParts
from sgd_resources.parsers.xml_paths import XmlPaths
from sgd_resources.parsers.xml_tree import local_name

_HEADING = re.compile(r"heading\s*(\d)", re.IGNORECASE)


def parse_docx(data: bytes, suffix: str) -> ParsedParts:
    """Body, headers, footers, notes in that order.

    Raises:
        RejectedEvidence: damaged, encrypted, or without a document part.
    """
    del suffix
    package = OfficePackage(data)
    main, root = package.main_part("word/document.xml", "document")
    relations = sorted(package.relations(main).values())
    parts = ParsedParts()
    theme = next((read_theme(package, target, parts) for kind, target in relations if kind == "theme"), Theme())
    styles = _Styles(package, next((target for kind, target in relations if kind == "styles"), ""))
    reader = _Reader(parts, theme, styles)
    reader.read(root, main)
    for kind, target in relations:
        if kind in ("header", "footer", "footnotes"):
            extra = package.xml(target)
            if extra is not None:
                reader.read(extra, target)
    parts.text_blocks = told_by_look(parts.text_blocks, reader.looks)
    parts.fonts += reader.fonts(styles, theme)
    parts.colours = text_colours(parts.text_blocks) + parts.colours
    parts.images += package.pictures("word/media/")
    parts.pages.append(_page(root))
    core = package.xml("docProps/core.xml")
    title = core.find("{*}title") if core is not None else None
    parts.title = (title.text or "").strip() or None if title is not None else None
    return parts


class _Styles:
    """Paragraph style id -> name, heading level, font, colour."""

    def __init__(self, package: OfficePackage, part: str) -> None:
        self.part = part
        self.root = package.xml(part) if part else None
        self.levels: dict[str, int] = {}
        self.is_list: set[str] = set()
        self._based_on: dict[str, str] = {}
        self.properties: dict[str, etree._Element] = {}
        self.default: etree._Element | None = None
        for style in self.root.iter("{*}style") if self.root is not None else ():
            identity = _attribute(style, "styleId") or ""
            name_element = style.find("{*}name")
            name = (_attribute(name_element, "val") or "") if name_element is not None else ""
            match = _HEADING.match(name)
            outline = style.find("{*}pPr/{*}outlineLvl")
            if match:
                self.levels[identity] = max(1, int(match[1]))
            elif name.lower() == "title":
                self.levels[identity] = 1
            elif (
                outline is not None
                and (_attribute(outline, "val") or "9").isdigit()
                and int(_attribute(outline, "val") or 9) < 9
            ):
                self.levels[identity] = int(_attribute(outline, "val") or 0) + 1
            if name.lower().startswith("list"):
                self.is_list.add(identity)
            self._based_on[identity] = _attribute(style.find("{*}basedOn"), "val") or ""
            properties = style.find("{*}rPr")
            if properties is not None:
                self.properties[identity] = properties
        if self.root is not None:
            self.default = self.root.find("{*}docDefaults/{*}rPrDefault/{*}rPr")

    def size_of(self, style: str) -> float | None:
        """Type size in points that a paragraph style gives, else that of the document."""
        for properties in (self.properties.get(style), self.properties.get("Normal"), self.default):
            size = _attribute(properties.find("{*}sz"), "val") if properties is not None else None
            if size and size.isdigit():
                return int(size) / 2
        return None

    def is_bold(self, run: etree._Element | None, style: str) -> bool:
        """Whether a run is bold by its own properties, else by its paragraph's style."""
        for properties in (run, self.properties.get(style)):
            mark = properties.find("{*}b") if properties is not None else None
            if mark is not None:
                return _attribute(mark, "val") not in ("0", "false")
        return False

    def is_hidden(self, run: etree._Element | None, style: str) -> bool:
        """Whether a run is hidden text, by its own properties, its character style or its paragraph's style."""
        own = _attribute(run.find("{*}rStyle"), "val") if run is not None else None
        for properties in (run, *self._chain(own or ""), *self._chain(style), self.default):
            mark = properties.find("{*}vanish") if properties is not None else None
            if mark is not None:
                return _is_on(mark)
        return False

    def _chain(self, style: str) -> Iterator[etree._Element | None]:
        """Run properties of a style and of those that it is based on."""
        for _ in range(12):
            if not style:
                return
            yield self.properties.get(style)
            style = self._based_on.get(style, "")


class _Reader:
    """Collects blocks and run properties over the parts of one document."""

    def __init__(self, parts: ParsedParts, theme: Theme, styles: _Styles) -> None:
        self._parts = parts
        self._theme = theme
        self._styles = styles
        self._paths = XmlPaths()
        self._tables = -1
        self._is_hidden = False
        """Whether what is being read stands in a hidden row."""
        self.looks: list[Look] = []
        """Of each text block of the parts."""
        self._characters: Counter[str] = Counter()
        self._places: dict[str, Location] = {}

    def read(self, root: etree._Element, part: str) -> None:
        body = root.find("{*}body")
        self._children(body if body is not None else root, part, None)

    def _children(self, parent: etree._Element, part: str, cell: TableCell | None) -> None:
        for child in parent:
            name = local_name(child)
            if name == "p":
                self._paragraph(child, part, cell)
            elif name == "tbl":
                self._table(child, part)
            elif name in ("sdt", "sdtContent", "ins", "customXml", "smartTag", "footnote", "txbxContent"):
                self._children(child, part, cell)

    def _table(self, table: etree._Element, part: str) -> None:
        self._tables += 1
        number = self._tables
        for row_number, row in enumerate(table.findall("{*}tr")):
            was_hidden, self._is_hidden = self._is_hidden, self._is_hidden or _is_on(row.find("{*}trPr/{*}hidden"))
            is_header = row.find("{*}trPr/{*}tblHeader") is not None or row_number == 0
            words = _words_of_row(row)
            for column, cell in enumerate(row.findall("{*}tc")):
                shade = cell.find("{*}tcPr/{*}shd")
                if shade is not None and not self._is_hidden:
                    self._colour(_attribute(shade, "fill"), shade, part, "fill", words)
                self._children(cell, part, TableCell(table=number, row=row_number, column=column, is_header=is_header))
            self._is_hidden = was_hidden

    def _paragraph(self, paragraph: etree._Element, part: str, cell: TableCell | None) -> None:
        style_element = paragraph.find("{*}pPr/{*}pStyle")
        style = _attribute(style_element, "val") or "" if style_element is not None else ""
        place = Location(xml_path=f"{part}:{self._paths.of(paragraph)}")
        shown: list[str] = []
        hidden: list[str] = []
        font: str | None = None
        size: float | None = None
        colour: str | None = None
        is_bold = True
        faces = Counter[str]()
        for run in paragraph.iter("{*}r"):
            words = _run_text(run)
            is_bold = is_bold and (not words.strip() or self._styles.is_bold(run.find("{*}rPr"), style))
            properties = run.find("{*}rPr")
            is_hidden = self._is_hidden or self._styles.is_hidden(properties, style)
            if properties is not None:
                half_points = properties.find("{*}sz")
                if half_points is not None and (_attribute(half_points, "val") or "").isdigit():
                    size = size or int(_attribute(half_points, "val") or 0) / 2
                    is_hidden = is_hidden or int(_attribute(half_points, "val") or 9) <= 2
                colour = colour or self._run_colour(properties, part, words, is_seen=not is_hidden)
            face = self._face(properties, style)
            font = font or face
            if words.strip() and face and not is_hidden:
                faces[face] += len(words)
            (hidden if is_hidden else shown).append(words)
        look = Look(is_bold, size or self._styles.size_of(style))
        if self._emit("".join(shown), style, paragraph, place, cell, font, size, colour, None, look):
            self._characters += faces
            for face in faces:
                self._places.setdefault(face, place)
        self._emit("".join(hidden), style, paragraph, place, cell, font, size, colour, "vanish", look)
        for box in paragraph.iter("{*}txbxContent"):
            if next(box.iterancestors("{*}Fallback"), None) is None:
                self._children(box, part, cell)

    def _emit(
        self,
        text: str,
        style: str,
        paragraph: etree._Element,
        place: Location,
        cell: TableCell | None,
        font: str | None,
        size: float | None,
        colour: str | None,
        hidden_reason: str | None,
        look: Look,
    ) -> bool:
        """Add a block; whether it can be seen."""
        text = "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
        if not text:
            return False
        level = self._styles.levels.get(style)
        numbering = paragraph.find("{*}pPr/{*}numPr")
        kind = (
            "heading"
            if level
            else "table_cell"
            if cell
            else "list_item"
            if numbering is not None or style in self._styles.is_list
            else "paragraph"
        )
        if kind == "list_item":
            depth = numbering.find("{*}ilvl") if numbering is not None else None
            level = int(_attribute(depth, "val") or 0) + 1 if depth is not None else 1
        reason = (
            hidden_reason
            or unseen_characters(text)
            or ("white_on_white" if colour == "#FFFFFF" and cell is None and not _is_shaded(paragraph) else None)
        )
        self.looks.append(look)
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
        return reason is None

    def _run_colour(self, properties: etree._Element, part: str, words: str, *, is_seen: bool) -> str | None:
        colour = properties.find("{*}color")
        if colour is None:
            return None
        slot = _attribute(colour, "themeColor")
        if slot:
            return self._theme.slot(slot)
        return self._colour(_attribute(colour, "val"), colour, part, "text_fill", words, is_seen=is_seen)

    def _colour(
        self,
        value: str | None,
        element: etree._Element,
        part: str,
        source: str,
        words: str,
        *,
        is_seen: bool = True,
    ) -> str | None:
        slot = _attribute(element, "themeFill")
        if slot:
            is_derived = _attribute(element, "themeFillTint") or _attribute(element, "themeFillShade")
            value = None if is_derived else (self._theme.slot(slot) or "").removeprefix("#")
        if not value or value == "auto":
            return None
        found = parse_css_colour("#" + value) if len(value) == 6 else parse_css_colour(value)
        if found is None or not is_seen:
            return found.hex if found else None
        self._parts.colours.append(
            ColourUse(
                hex=found.hex,
                components=rgb_of(found.hex),
                source=source,
                name=local_name(element),
                operator=value,
                label=(words.strip()[:160] or None) if source == "fill" else None,
                location=Location(xml_path=f"{part}:{self._paths.of(element)}"),
            )
        )
        return found.hex

    def _face(self, properties: etree._Element | None, style: str) -> str | None:
        for candidate in (
            properties,
            self._styles.properties.get(style),
            self._styles.properties.get("Normal"),
            self._styles.default,
        ):
            fonts = candidate.find("{*}rFonts") if candidate is not None else None
            if fonts is None:
                continue
            theme_name = _attribute(fonts, "asciiTheme") or _attribute(fonts, "hAnsiTheme")
            face = (
                self._theme.font(theme_name) if theme_name else _attribute(fonts, "ascii") or _attribute(fonts, "hAnsi")
            )
            if face:
                return face
        return None

    def fonts(self, styles: _Styles, theme: Theme) -> list[FontUse]:
        """Faces of the runs by falling share, then faces that only styles name."""
        del theme
        total = max(1, sum(self._characters.values()))
        found = []
        for face, count in sorted(self._characters.items(), key=lambda item: (-item[1], item[0])):
            family, words = split_font_name(face)
            found.append(
                FontUse(
                    family=family,
                    raw_name=face,
                    source="office_run",
                    style=words,
                    share_ratio=round(count / total, 4),
                    location=self._places[face],
                )
            )
        for identity, properties in sorted(styles.properties.items()):
            stated = _attribute(properties.find("{*}rFonts"), "ascii")
            if stated and stated not in self._characters:
                face = stated
                family, words = split_font_name(face)
                place = Location(xml_path=f"{styles.part}:{self._paths.of(properties)}")
                found.append(
                    FontUse(
                        family=family,
                        raw_name=face,
                        source="office_run",
                        name=f"style {identity}",
                        style=words,
                        share_ratio=0.0,
                        location=place,
                    )
                )
        return found


def _words_of_row(row: etree._Element) -> str:
    """What a row of a table says, cut short: the shades of its cells are told by it."""
    return " ".join(" ".join(str(text.text or "") for text in row.iter("{*}t")).split())[:160]


def _run_text(run: etree._Element) -> str:
    words = []
    for child in run:
        name = local_name(child)
        if name == "t":
            words.append(child.text or "")
        elif name == "tab":
            words.append("\t")
        elif name in ("br", "cr"):
            words.append("\n")
        elif name == "noBreakHyphen":
            words.append("-")
    return "".join(words)


def _is_shaded(paragraph: etree._Element) -> bool:
    return paragraph.find(".//{*}shd") is not None or next(paragraph.iterancestors("{*}txbxContent"), None) is not None


def _is_on(mark: etree._Element | None) -> bool:
    return mark is not None and _attribute(mark, "val") not in ("0", "false", "off")


def _attribute(element: etree._Element | None, name: str) -> str | None:
    if element is None:
        return None
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def _page(root: etree._Element) -> Page:
    size = root.find(".//{*}sectPr/{*}pgSz")
    width, height = (_attribute(size, key) or "" for key in ("w", "h"))
    if width.isdigit() and height.isdigit():
        return Page(number=1, width=int(width) / 20, height=int(height) / 20)
    return Page(number=1, width=612, height=792)
