"""HTML pages and fragments -> text blocks with selectors and lines, tables as cells, colours and fonts as stated.

Also reads the HTML inside Markdown and templated sources. `<style>` goes through `css`; nothing is fetched.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from lxml import etree

from sgd_resources.parsed_document import ColourUse, FontUse, Side, TableCell, TextBlock
from sgd_resources.parsers.colours.css_colour import parse_css_colour
from sgd_resources.parsers.colours.text_colours import text_colours
from sgd_resources.parsers.hidden_text import unseen_characters
from sgd_resources.parsers.parts import ParsedParts, decode_text
from sgd_resources.parsers.sides import side_of_box
from sgd_resources.parsers.web.css import declaration_colours, declaration_font, sheet_parts
from sgd_resources.parsers.web.css_declarations import Sheet, scan_sheet
from sgd_resources.parsers.web.css_variables import Variables
from sgd_resources.parsers.web.html_labels import side_of_labels
from sgd_resources.parsers.web.html_places import Places
from sgd_resources.parsers.web.page_cascade import PageCascade, screen_sheets, sheet_text
from sgd_resources.parsers.web.page_paint import PagePaint
from sgd_resources.parsers.web.template_syntax import blank_templates, template_title
from sgd_resources.parsers.xml_tree import source_line, words_of

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_GROUPING = {"div", "section", "article", "main", "header", "footer", "nav", "aside", "body", "html", "address"}
_LISTS = {"ul", "ol", "li", "dl", "dt", "dd"}
_TABLES = {"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"}
_TEXTS = {"p", "pre", "blockquote", "figure", "figcaption", "hr", "details", "summary", "title"}
_FORMS = {"form", "fieldset", "legend", "button", "option"}
_BLOCKS = {*_GROUPING, *_LISTS, *_TABLES, *_TEXTS, *_FORMS, *_HEADINGS}
_SKIPPED = {"script", "style", "head", "template", "noscript", "iframe", "object"}
_HEX = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})\Z")
_BARE_HEX = re.compile(r"[0-9A-Fa-f]{6}\Z")
_HEX_NAME = re.compile(r"(?:^|-)hex(?:$|-)")
_FONT_SERVICE = re.compile(r"(?:https?:)?//(?:fonts\.googleapis\.com|fonts\.bunny\.net)/css", re.IGNORECASE)
"""Services whose addresses name families: '...css2?family=Work+Sans:wght@400'."""
_ROW_WITHOUT_START = re.compile(r"(</tr\s*>\s*)(?=<t[dh]\b)", re.IGNORECASE)
"""A cell straight after a row's end: browsers open a row for it, the XML library does not."""
_OWN_COLOURS = {"font", "basefont", "hr", "link", "meta", "body", "table", "tr", "td", "th", "svg", "path", "stop"}
"""Elements of HTML that have colours as attributes."""
_OLD_PAINT = {"bgcolor": "background-color", "color": "color"}
_PAINTED_OF_OLD = {"font", "table", "tr", "td", "th"}
"""What mails are painted with: HTML 3's attributes, as strong as the declarations they stand for. The page's own ground
(`body`) is no choice of a colour."""
_NAMING_ATTRIBUTES = ("name", "title", "label", "data-name", "data-title", "aria-label")
_PAINT_ATTRIBUTES = {"fill": "svg_fill", "stroke": "svg_stroke", "stop-color": "svg_gradient"}

_NO_TEXT = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]|"
    r"&#(?:[xX]0*(?:[0-8bBeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF])|0*(?:[0-8]|1[14-9]|2[0-9]|3[01]|6553[45]))(?![0-9a-fA-F]);?"
)
"""Control characters, as they are or by number: no tree of a page can hold them."""
_DOCUMENT = re.compile(r"<(?:html|body)\b", re.IGNORECASE)


def parse_html(data: bytes, suffix: str) -> ParsedParts:
    """Everything of one page; template syntax is blanked first."""
    del suffix
    source = decode_text(data)
    parts = html_parts(source)
    parts.title = parts.title or template_title(source)
    parts.colours = text_colours(parts.text_blocks) + parts.colours
    return parts


def html_parts(source: str, *, first_line: int = 1, first_table: int = 0) -> ParsedParts:
    """The parts of a page or fragment, without the colours of its text (`text_colours` reads them with the whole page).

    Args:
        source: HTML with LF line ends.
        first_line: line of the file where it begins.
        first_table: number for its first table.
    """
    source = _NO_TEXT.sub(lambda match: " " * len(match[0]), source)
    blanked = blank_templates(source)
    # a fragment or a template stands on a ground that is stated elsewhere
    is_whole = blanked == source and _DOCUMENT.search(source) is not None
    source = _ROW_WITHOUT_START.sub(r"\1<tr>", blanked)
    if not source.strip():
        return ParsedParts()
    parser = etree.HTMLParser(
        recover=True, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    root = etree.fromstring(source.encode("utf-8"), parser)
    if root is None:
        return ParsedParts()
    cascade = PageCascade(root)
    paint = PagePaint(cascade, root, is_whole=is_whole)
    return _Reader(first_line - 1, first_table, _sheet(root, first_line - 1), cascade, paint).read(root)


def _sheet(root: etree._Element, line_offset: int) -> Sheet:
    whole = Sheet()
    for style in screen_sheets(root):
        scanned = scan_sheet(sheet_text(style), first_line=source_line(style) + line_offset)
        whole.declarations += scanned.declarations
        whole.comments += scanned.comments
    return whole


@dataclass
class _Open:
    """The block that text is being collected for."""

    element: etree._Element
    words: list[str] = field(default_factory=list)


class _Reader:
    """One walk over one tree."""

    def __init__(
        self, line_offset: int, first_table: int, sheet: Sheet, cascade: PageCascade, paint: PagePaint
    ) -> None:
        self._places = Places(line_offset)
        self._tables = first_table - 1
        self._sheet = sheet
        self._variables = Variables(sheet.declarations)
        self._cascade = cascade
        self._paint = paint
        self._sides: dict[etree._Element, Side | None] = {}
        self.parts = ParsedParts()

    def read(self, root: etree._Element) -> ParsedParts:
        self.parts = sheet_parts(self._sheet, variables=self._variables, prefix="style")
        self.parts.text_blocks.clear()  # comments of a page's sheet are no text of the page
        title = root.find(".//title")
        self.parts.title = words_of(title) or None if title is not None else None
        for meta in root.iter("meta"):
            self._attribute_colours(meta)
        for link in root.iter("link"):
            self._linked_fonts(link)
        body = root.find("body")
        start = body if body is not None else root
        block, hidden = _Open(start), self._hidden_reason(start, None)
        self._walk(start, block, None, hidden, 0)
        self._close(block, None, hidden, 0)
        return self.parts

    def _walk(
        self, element: etree._Element, block: _Open, cell: TableCell | None, hidden: str | None, depth: int
    ) -> None:
        if depth > 200:
            return
        block.words.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, block, cell, hidden, depth)
            block.words.append(child.tail or "")

    def _child(
        self, child: etree._Element, block: _Open, cell: TableCell | None, hidden: str | None, depth: int
    ) -> None:
        tag = str(child.tag)
        self._attribute_colours(child)
        self._alt_text(child, tag)
        if tag in _SKIPPED or tag == "title":
            return
        if tag == "br":
            block.words.append("\v")
            return
        own = self._hidden_reason(child, hidden)
        if tag not in _BLOCKS and own == hidden:
            self._walk(child, block, cell, own, depth + 1)
            return
        self._close(block, cell, hidden, depth)
        if tag == "table":
            self._tables += 1
            self._table(child, own, depth)
            return
        inner = _Open(child)
        self._walk(child, inner, cell, own, depth + 1)
        self._close(inner, cell, own, depth)

    def _table(self, table: etree._Element, hidden: str | None, depth: int) -> None:
        number = self._tables
        caption = table.find("caption")
        if caption is not None:
            self._child(caption, _Open(table), None, hidden, depth + 1)
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
        first_said = next((number for number, row in enumerate(rows) if words_of(row)), 0)
        for row_number, row in enumerate(rows):
            column = 0
            in_head = next(row.iterancestors("thead"), None) is not None
            for child in row:
                if child.tag not in ("td", "th"):
                    continue
                self._attribute_colours(child)
                is_header = child.tag == "th" and child.get("scope") != "row" and (in_head or row_number <= first_said)
                cell = TableCell(table=number, row=row_number, column=column, is_header=in_head or is_header)
                inner = _Open(child)
                own = self._hidden_reason(child, hidden)
                self._walk(child, inner, cell, own, depth + 1)
                self._close(inner, cell, own, depth)
                span = child.get("colspan") or "1"
                column += min(100, int(span)) if span.isdigit() else 1

    def _close(self, block: _Open, cell: TableCell | None, hidden: str | None, depth: int) -> None:
        raw = "".join(block.words)
        block.words.clear()
        if str(block.element.tag) == "pre":
            text = raw.replace("\v", "\n").strip("\n")
        else:
            text = "\n".join(filter(None, (" ".join(line.split()) for line in raw.split("\v"))))
        if not text.strip():
            return
        kind, level = _kind(block.element, cell)
        reason = unseen_characters(text)
        hidden_reason = hidden or reason
        self.parts.text_blocks.append(
            TextBlock(
                text=text,
                kind=kind,
                level=level,
                location=self._places.location(block.element),
                cell=cell,
                is_quote=_is_quoted(block.element),
                side=self._side_of(block.element),
                is_hidden=hidden_reason is not None,
                hidden_reason=hidden_reason,
            )
        )

    def _side_of(self, element: etree._Element) -> Side | None:
        """What the nearest box around says, each box asked once; the tree outlives the walk, so its nodes are keys."""
        unasked: list[etree._Element] = []
        node: etree._Element | None = element
        while node is not None and node not in self._sides:
            unasked.append(node)
            node = node.getparent()
        side = self._sides[node] if node is not None else None
        for inner in reversed(unasked):
            attributes = {str(key): str(value) for key, value in inner.attrib.items()}
            side = self._sides[inner] = side_of_box(str(inner.tag), attributes) or side_of_labels(inner) or side
        return side

    def _hidden_reason(self, element: etree._Element, around: str | None) -> str | None:
        """Why text that stands in the element is not seen. What hides it may stand around it; paint is its own."""
        if around == "css_hidden" or element.get("hidden") is not None or self._cascade.hides(element):
            return "css_hidden"
        return self._paint.unseen_reason(element)

    def _alt_text(self, element: etree._Element, tag: str) -> None:
        alt = " ".join((element.get("alt") or "").split())
        if alt and tag in ("img", "area", "image"):
            self.parts.text_blocks.append(TextBlock(text=alt, kind="alt_text", location=self._places.location(element)))

    def _linked_fonts(self, link: etree._Element) -> None:
        """The families that a style sheet's address asks a font service for."""
        address = link.get("data-removed-stylesheet") or link.get("href") or ""
        parts = urlsplit(address) if _FONT_SERVICE.match(address) else None
        for asked in parse_qs(parts.query).get("family", []) if parts is not None else []:
            for family in filter(None, (name.partition(":")[0].strip() for name in asked.split("|"))):
                place = self._places.location(link, "[href]")
                self.parts.fonts.append(
                    FontUse(family=family, raw_name=family, source="font_face", stack=(family,), location=place)
                )

    def _attribute_colours(self, element: etree._Element) -> None:
        style = element.get("style")
        if style:
            for declaration in scan_sheet(style, first_line=self._places.line(element)).declarations:
                place = self._places.location(element, declaration.name)
                for use in declaration_colours(declaration, self._variables):
                    self.parts.colours.append(
                        use.model_copy(update={"location": place, "label": use.label or self._places.words(element)})
                    )
                font: FontUse | None = declaration_font(declaration, self._variables)
                if font:
                    self.parts.fonts.append(
                        font.model_copy(update={"location": place, "name": self._places.selector(element)})
                    )
        for key, value in element.attrib.items():
            name = str(key)
            if name in ("style", "href", "src", "id", "class", "xlink:href"):
                continue
            text = str(value)
            bare = bool(_HEX_NAME.search(name)) and bool(_BARE_HEX.match(text))
            colour = (
                parse_css_colour(f"#{text}" if bare else text)
                if bare or name in _PAINT_ATTRIBUTES or name in ("bgcolor", "color") or _HEX.match(str(value))
                else None
            )
            if colour is None:
                continue
            is_old_paint = name in _OLD_PAINT and element.tag in _PAINTED_OF_OLD
            said = (element.get(key) for key in _NAMING_ATTRIBUTES)
            named = next((words for words in said if words and text not in words), None)
            label = named or self._places.words(element)
            self.parts.colours.append(
                ColourUse(
                    hex=colour.hex,
                    space=colour.space,
                    components=colour.components,
                    source="css_declaration" if is_old_paint else _PAINT_ATTRIBUTES.get(name, "code"),
                    name=(
                        _OLD_PAINT[name]
                        if is_old_paint
                        else element.get("name")
                        if element.tag == "meta"
                        else _attribute_name(element, name)
                    ),
                    label=(label or "")[:160] or None,
                    operator=str(value),
                    alpha=colour.alpha,
                    location=self._places.location(element, f"[{name}]"),
                )
            )


def _attribute_name(element: etree._Element, name: str) -> str:
    """'swatch[hex]' of a component that shows a colour, or of a `data-` attribute; the bare name of HTML's own."""
    is_component = element.tag not in _OWN_COLOURS or name.startswith("data-")
    return f"{element.tag}[{name}]" if is_component and name not in _PAINT_ATTRIBUTES and name != "bgcolor" else name


def _is_quoted(element: etree._Element) -> bool:
    return element.tag == "blockquote" or next(element.iterancestors("blockquote"), None) is not None


def _kind(element: etree._Element, cell: TableCell | None) -> tuple["str", int | None]:
    tag = str(element.tag)
    if tag in _HEADINGS:
        return "heading", _HEADINGS[tag]
    if cell:
        return "table_cell", None
    if tag == "li" or next(element.iterancestors("li"), None) is not None:
        return "list_item", max(1, sum(1 for _ in element.iterancestors("ul", "ol")))
    if tag == "pre":
        return "code", None
    if tag in ("figcaption", "caption", "legend"):
        return "caption", None
    return "paragraph", None
