"""ODT and ODP -> headings, paragraphs, lists, tables, the colours and fonts of their styles, weighted by use.

Read by hand, not with odfpy: every citation is the XPath of its element.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeVar

from lxml import etree

from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import ColourUse, FontUse, Location, Page, TableCell, TextBlock
from sgd_resources.parsers.colours.css_colour import parse_css_colour
from sgd_resources.parsers.colours.text_colours import text_colours
from sgd_resources.parsers.font_names import split_font_name
from sgd_resources.parsers.hidden_text import unseen_characters
from sgd_resources.parsers.office.looks import Look, told_by_look
from sgd_resources.parsers.office.odf_hidden import Unseen
from sgd_resources.parsers.office.package import OfficePackage
from sgd_resources.parsers.parts import ParsedParts
from sgd_resources.parsers.xml_paths import XmlPaths
from sgd_resources.parsers.xml_tree import local_name

_Value = TypeVar("_Value")
_SOURCES = {
    "color": "text_fill",
    "fill-color": "fill",
    "background-color": "fill",
    "stroke-color": "stroke",
    "start-color": "gradient",
    "end-color": "gradient",
}


def parse_odf(data: bytes, suffix: str) -> ParsedParts:
    """Content in document order; slides become pages.

    Raises:
        RejectedEvidence: damaged, encrypted, or without content.
    """
    del suffix
    package = OfficePackage(data)
    manifest = package.read("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise RejectedEvidence("reject", "encrypted")
    content = package.xml("content.xml")
    if content is None:
        raise RejectedEvidence("reject", "office document has no content part")
    parts = ParsedParts()
    reader = _Reader(parts)
    for name in ("styles.xml", "content.xml"):
        root = content if name == "content.xml" else package.xml(name)
        if root is not None:
            reader.styles(root, name)
    reader.content(content)
    reader.finish()
    parts.text_blocks = told_by_look(parts.text_blocks, reader.looks)
    parts.colours = text_colours(parts.text_blocks) + parts.colours
    parts.images += package.pictures("Pictures/")
    meta = package.xml("meta.xml")
    title = meta.find(".//{*}title") if meta is not None else None
    parts.title = (title.text or "").strip() or None if title is not None else None
    return parts


class _Reader:
    """Two passes: styles first, then content that uses them."""

    def __init__(self, parts: ParsedParts) -> None:
        self._parts = parts
        self._paths = XmlPaths()
        self._fonts_of: dict[str, str] = {}
        self._sizes_of: dict[str, float] = {}
        self._is_bold: dict[str, bool] = {}
        self.looks: list[Look] = []
        """Of each text block of the parts."""
        self._parents: dict[str, str] = {}
        self._face_names: dict[str, str] = {}
        self._face_places: dict[str, Location] = {}
        self._stated: dict[str, list[ColourUse]] = {}
        self._uses: Counter[str] = Counter()
        self._characters: Counter[str] = Counter()
        self._unseen_faces: set[str] = set()
        self._tables = -1
        self._page: int | None = None
        self._unseen = Unseen()
        self._reason: str | None = None
        """Why nobody is shown what is being read."""

    def styles(self, root: etree._Element, part: str) -> None:
        for face in root.iter("{*}font-face"):
            name, family = _attribute(face, "name"), _attribute(face, "font-family")
            if name and family:
                self._face_names[name] = family.strip("'\"")
        self._unseen.add(root)
        for element in root.iter():
            owner = element if local_name(element) in ("style", "default-style", "gradient") else None
            if owner is None:
                continue
            name = _attribute(owner, "name") or f"default-{_attribute(owner, 'family') or ''}"
            parent = _attribute(owner, "parent-style-name")
            if parent:
                self._parents[name] = parent
            for properties in [owner, *owner]:
                self._properties(name, properties, part)

    def _properties(self, name: str, properties: etree._Element, part: str) -> None:
        place = Location(xml_path=f"{part}:{self._paths.of(properties)}")
        for key, value in properties.attrib.items():
            attribute = str(key).rpartition("}")[2]
            if attribute in _SOURCES:
                colour = parse_css_colour(str(value))
                if colour:
                    self._stated.setdefault(name, []).append(
                        ColourUse(
                            hex=colour.hex,
                            components=colour.components,
                            source=_SOURCES[attribute],
                            name=attribute,
                            label=name,
                            operator=str(value),
                            location=place,
                        )
                    )
            elif attribute == "font-size" and (points := re.fullmatch(r"([\d.]+)pt", str(value))):
                self._sizes_of[name] = float(points[1])
            elif attribute == "font-weight":
                self._is_bold[name] = str(value) in ("bold", "600", "700", "800", "900")
            elif attribute in ("font-name", "font-family"):
                face = self._face_names.get(str(value), str(value)).strip("'\"")
                if attribute == "font-name" or name not in self._fonts_of:
                    self._fonts_of[name] = face
                    self._face_places.setdefault(face, place)

    def content(self, root: etree._Element) -> None:
        body = root.find("{*}body")
        size = (960.0, 540.0)
        number = 0
        for page in body.iter("{*}page") if body is not None else ():
            if local_name(page) != "page" or "drawing" not in str(page.tag):
                continue
            number += 1
            self._page = number
            self._parts.pages.append(Page(number=number, width=size[0], height=size[1]))
            self._reason = self._unseen.reason_of(page)
            self._walk(page, None, 0, is_title=False)
        self._reason = None
        if not number and body is not None:
            self._parts.pages.append(Page(number=1, width=595, height=842))
            self._walk(body, None, 0, is_title=False)

    def _walk(
        self, parent: etree._Element, cell: TableCell | None, depth: int, *, is_title: bool, style: str = ""
    ) -> None:
        for child in parent:
            name = local_name(child)
            was, self._reason = self._reason, self._reason or self._unseen.reason_of(child)
            own = _attribute(child, "style-name") or ""
            if own and self._reason is None:
                self._uses[own] += 1
            if name in ("p", "h"):
                self._paragraph(child, name, cell, depth, is_title=is_title)
            elif name == "table":
                self._table(child)
            elif name == "list":
                self._walk(child, cell, depth + 1, is_title=is_title)
            elif name == "notes":
                continue
            elif name:
                title = is_title or _attribute(child, "class") in ("title", "subtitle")
                self._walk(child, cell, depth, is_title=title)
            self._reason = was

    def _table(self, table: etree._Element) -> None:
        self._tables += 1
        number = self._tables
        rows = list(table.iter("{*}table-row"))
        for row_number, row in enumerate(rows):
            was, self._reason = self._reason, self._reason or self._unseen.reason_of(row)
            for column, cell in enumerate(row.findall("{*}table-cell")):
                if self._reason is None:
                    self._uses[_attribute(cell, "style-name") or ""] += 1
                self._walk(
                    cell,
                    TableCell(table=number, row=row_number, column=column, is_header=row_number == 0),
                    0,
                    is_title=False,
                )
            self._reason = was

    def _paragraph(
        self, paragraph: etree._Element, name: str, cell: TableCell | None, depth: int, *, is_title: bool
    ) -> None:
        style = _attribute(paragraph, "style-name") or ""
        words: list[str] = []
        unseen: list[str] = []
        self._spans(paragraph, style, words, unseen, None)
        for frame in paragraph.findall("{*}frame"):
            self._walk(frame, cell, depth, is_title=False)
        for text, reason in ((_tidy(words), self._reason), (_tidy(unseen), "vanish")):
            if text:
                self._emit(text, reason or unseen_characters(text), paragraph, name, cell, depth, is_title=is_title)

    def _emit(
        self,
        text: str,
        reason: str | None,
        paragraph: etree._Element,
        name: str,
        cell: TableCell | None,
        depth: int,
        *,
        is_title: bool,
    ) -> None:
        style = _attribute(paragraph, "style-name") or ""
        outline = _attribute(paragraph, "outline-level") or "1"
        is_heading = name == "h" or is_title
        kind = "heading" if is_heading else "table_cell" if cell else "list_item" if depth else "paragraph"
        level = int(outline) if is_heading and outline.isdigit() else depth if kind == "list_item" else None
        self.looks.append(self._look(paragraph, style))
        self._parts.text_blocks.append(
            TextBlock(
                text=text,
                kind=kind,
                level=level or (1 if is_heading else None),
                cell=cell,
                font=self._font(style),
                location=Location(page=self._page, xml_path=f"content.xml:{self._paths.of(paragraph)}"),
                is_hidden=reason is not None,
                hidden_reason=reason,
            )
        )

    def _spans(
        self, element: etree._Element, style: str, words: list[str], unseen: list[str], reason: str | None
    ) -> None:
        """Words of an element; those that are hidden inside it, for a `reason` of its own, are `unseen`."""

        def take(text: str | None) -> None:
            if text:
                (unseen if reason else words).append(re.sub(r"\s+", " ", text))
                face = self._font(style)
                if face and text.strip() and (reason or self._reason):
                    self._unseen_faces.add(face)
                elif face and text.strip():
                    self._characters[face] += len(text.strip())

        take(element.text)
        for child in element:
            name = local_name(child)
            if name == "line-break":
                words.append("\n")
            elif name in ("s", "tab"):
                words.append(" ")
            elif name in ("span", "a"):
                own = _attribute(child, "style-name") or ""
                hidden = reason or self._unseen.reason_of(child)
                if not (hidden or self._reason):
                    self._uses[own] += 1
                if own and own not in self._parents:
                    self._parents[own] = style
                self._spans(child, own or style, words, unseen, hidden)
            if child.tail:
                take(child.tail)

    def _font(self, style: str) -> str | None:
        return self._inherited(self._fonts_of, style)

    def _look(self, paragraph: etree._Element, style: str) -> Look:
        """Bold where every span is or the paragraph is; the size of the first span that states one."""
        spans = [_attribute(span, "style-name") or "" for span in paragraph.findall("{*}span")]
        is_loose = bool((paragraph.text or "").strip()) or any((span.tail or "").strip() for span in paragraph)
        parts = [style] if is_loose or not spans else spans
        bold = [self._inherited(self._is_bold, part) or False for part in parts]
        sizes = [self._inherited(self._sizes_of, part) for part in (*spans, style)]
        return Look(all(bold), next((size for size in sizes if size), self._sizes_of.get("default-paragraph")))

    def _inherited(self, known: Mapping[str, _Value], style: str) -> _Value | None:
        for _ in range(12):
            if style in known:
                return known[style]
            if style not in self._parents:
                return None
            style = self._parents[style]
        return None

    def finish(self) -> None:
        """Colours of the styles that are used (directly or as a parent), and fonts by share."""
        used: Counter[str] = Counter()
        for name, count in self._uses.items():
            style = name
            for _ in range(12):
                used[style] += count
                if style not in self._parents:
                    break
                style = self._parents[style]
        for style, uses in self._stated.items():
            if used[style]:
                self._parts.colours += [use.model_copy(update={"uses": used[style]}) for use in uses]
        total = max(1, sum(self._characters.values()))
        only_unseen = self._unseen_faces - set(self._characters)
        known = [face for face in self._face_places if face not in only_unseen]
        for face in sorted(known, key=lambda name: (-self._characters[name], name)):
            family, words = split_font_name(face)
            self._parts.fonts.append(
                FontUse(
                    family=family,
                    raw_name=face,
                    source="office_run",
                    style=words,
                    share_ratio=round(self._characters[face] / total, 4),
                    location=self._face_places[face],
                )
            )


def _tidy(words: Sequence[str]) -> str:
    return "\n".join(filter(None, (" ".join(line.split()) for line in "".join(words).split("\n"))))


def _attribute(element: etree._Element | None, name: str) -> str | None:
    if element is None:
        return None
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), None)
