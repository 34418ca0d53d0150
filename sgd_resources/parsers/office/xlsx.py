"""XLSX -> the words of each sheet as tables, lists and headings, with cell fills, cell fonts and the theme.

A sheet is read as regions parted by blank rows: a region of one column is a list, a lone cell is a heading, everything
else a table. A block's `selector` is the cell as a person names it (`Colours!B3`). Formulas are not run, their stored
values are read. Read by hand, not with openpyxl: every citation is the XPath of its cell too.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from sgd_resources.colour import rgb_of
from sgd_resources.parsed_document import ColourUse, FontUse, Location, Page, TableCell, TextBlock
from sgd_resources.parsers.colours.text_colours import text_colours
from sgd_resources.parsers.font_names import split_font_name
from sgd_resources.parsers.hidden_text import unseen_characters
from sgd_resources.parsers.office.package import OfficePackage
from sgd_resources.parsers.office.theme import Theme, read_theme
from sgd_resources.parsers.office.xlsx_styles import CellColour, CellStyle, read_cell_styles
from sgd_resources.parsers.parts import ParsedParts
from sgd_resources.parsers.xml_tree import local_name

_MAX_SHEETS = 100  # brand workbooks have a few; bounds the time of one file
_MAX_CELLS = 50_000
_MAX_COLUMNS = 16_384  # the last column of a sheet is XFD
_HEADING_LENGTH = 120  # parts a title cell from a sentence
_LABEL_LENGTH = 160  # as `text_colours._LABEL_LENGTH`
_UNNAMED = re.compile(r"\D{0,12}\s?\d{1,3}")


@dataclass(frozen=True)
class _Cell:
    """A cell that says or shows something; row and column count from 1."""

    row: int
    column: int
    text: str
    style: CellStyle
    path: str
    is_hidden: bool


def parse_xlsx(data: bytes, suffix: str) -> ParsedParts:
    """Sheets in the order of their tabs, each a page without a size.

    Raises:
        RejectedEvidence: damaged, encrypted, or without a workbook part.
    """
    del suffix
    package = OfficePackage(data)
    main, root = package.main_part("xl/workbook.xml", "workbook")
    parts = ParsedParts()
    relations = package.relations(main)
    by_kind = dict(reversed(relations.values()))
    theme = read_theme(package, by_kind["theme"], parts) if "theme" in by_kind else Theme()
    styles = read_cell_styles(package.xml(by_kind.get("styles", "")), theme)
    strings = _shared_strings(package.xml(by_kind.get("sharedStrings", "")))
    reader = _Reader(parts, styles, strings)
    sheets = [sheet for sheet in root.iterfind("{*}sheets/{*}sheet") if relations.get(_relation(sheet))]
    if len(sheets) > _MAX_SHEETS:
        parts.warnings.append(f"only the first {_MAX_SHEETS} of {len(sheets)} sheets were read")
    for number, sheet in enumerate(sheets[:_MAX_SHEETS], start=1):
        part = relations[_relation(sheet)][1]
        tree = package.xml(part)
        if tree is not None:
            is_hidden = (sheet.get("state") or "visible") != "visible"
            reader.read_sheet(tree, part, number, sheet.get("name") or "", is_hidden=is_hidden)
    parts.fonts += reader.fonts()
    parts.colours = text_colours(parts.text_blocks) + parts.colours
    parts.images += package.pictures("xl/media/")
    core = package.xml("docProps/core.xml")
    title = core.find("{*}title") if core is not None else None
    parts.title = (title.text or "").strip() or None if title is not None else None
    return parts


def _usual_size(cells: Sequence[_Cell]) -> float:
    """The type size most cells are set in; 0 where none is stated."""
    counts = Counter(cell.style.size_pt or 0.0 for cell in cells)
    return max(counts.items(), key=lambda item: (item[1], -item[0]))[0] if counts else 0.0


def _titled(region: list[list[_Cell]], usual: float) -> Iterator[tuple[_Cell | None, list[list[_Cell]]]]:
    """(title, rows below it) for each stretch of rows that a lone cell in larger or bold type heads.

    A title alone in bold heads what follows it; one at the end of a region heads nothing.
    """
    title: _Cell | None = None
    rows: list[list[_Cell]] = []
    for index, row in enumerate(region):
        if len(row) == 1 and index + 1 < len(region) and _is_title(row[0], region[index + 1], usual):
            if title is not None or rows:
                yield title, rows
            title, rows = row[0], []
        else:
            rows.append(row)
    yield title, rows


def _is_title(cell: _Cell, below: Sequence[_Cell], usual: float) -> bool:
    if len(cell.text) > _HEADING_LENGTH or cell.text[-1] in ".,;" or re.search(r"#[0-9A-Fa-f]{3}", cell.text):
        return False
    size = cell.style.size_pt or 0.0
    is_plain_below = not any(other.style.is_bold for other in below) or len(below) > 1
    return size > 1.1 * usual > 0 or (cell.style.is_bold and is_plain_below)


def _relation(element: etree._Element) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")


def _shared_strings(root: etree._Element | None) -> list[str]:
    return [_words(item) for item in root] if root is not None else []


def _words(item: etree._Element) -> str:
    """Text of a string item without its phonetic guide."""
    texts = [t for t in item.iter("{*}t") if local_name(_parent(t)) != "rPh"]
    lines = "".join(str(t.text or "") for t in texts).splitlines()
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    return element if parent is None else parent


class _Reader:
    """Walks sheets; counts cells, tables and the characters of each face over all of them."""

    def __init__(self, parts: ParsedParts, styles: Sequence[CellStyle], strings: Sequence[str]) -> None:
        self._parts = parts
        self._styles = styles
        self._strings = strings
        self._tables = -1
        self._left = _MAX_CELLS
        self._characters: Counter[str] = Counter()
        self._places: dict[str, Location] = {}

    def read_sheet(self, root: etree._Element, part: str, page: int, name: str, *, is_hidden: bool) -> None:
        """One sheet's words and fills, added to the parts."""
        self._parts.pages.append(Page(number=page, width=0, height=0))
        self._part, self._page, self._sheet = part, page, name
        cells = list(self._cells(root, is_hidden=is_hidden))
        if self._left < 0:
            self._parts.warnings.append(f"sheet {page}: only the first {_MAX_CELLS} cells of the workbook were read")
        spoken = [cell for cell in cells if cell.text]
        if spoken and name and not _UNNAMED.fullmatch(name):
            place = Location(page=page, selector=name, xml_path=f"{part}:/*")
            reason = "hidden_cell" if is_hidden else unseen_characters(name)
            self._parts.text_blocks.append(
                TextBlock(
                    text=name, kind="heading", level=1, location=place, is_hidden=bool(reason), hidden_reason=reason
                )
            )
        usual, sizes = _usual_size(spoken), sorted({cell.style.size_pt or 0.0 for cell in spoken}, reverse=True)
        for region in _regions(spoken):
            for title, below in _titled(region, usual):
                if title is not None:
                    rank = sizes.index(title.style.size_pt or 0.0)
                    self._emit(title, "heading", min(6, 2 + rank))
                if below:
                    self._region(below)
        self._colours(cells)

    def _cells(self, root: etree._Element, *, is_hidden: bool) -> Iterator[_Cell]:
        unseen = _hidden_columns(root)
        for at, group in enumerate(root, start=1):
            if local_name(group) != "sheetData":
                continue
            last_row = 0
            for row_at, row in enumerate(group, start=1):
                last_row = _number(row.get("r"), last_row + 1)
                is_row_hidden = is_hidden or row.get("hidden") in ("1", "true") or _is_nothing(row.get("ht"))
                last_column = 0
                for cell_at, cell in enumerate(row, start=1):
                    last_column = _column(cell.get("r"), last_column + 1)
                    style = self._style(cell.get("s"))
                    text = self._text(cell, style)
                    if not text and style.fill is None:
                        continue
                    self._left -= 1
                    if self._left < 0:
                        return
                    path = f"{self._part}:/*/*[{at}]/*[{row_at}]/*[{cell_at}]"
                    yield _Cell(last_row, last_column, text, style, path, is_row_hidden or last_column in unseen)

    def _style(self, number: str | None) -> CellStyle:
        index = int(number) if number and number.isdecimal() else 0
        return self._styles[index] if index < len(self._styles) else CellStyle()

    def _text(self, cell: etree._Element, style: CellStyle) -> str:
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            inline = cell.find("{*}is")
            return _words(inline) if inline is not None else ""
        found = cell.find("{*}v")
        value = (found.text or "").strip() if found is not None else ""
        if kind == "s":
            return self._strings[int(value)] if value.isdecimal() and int(value) < len(self._strings) else ""
        if kind == "n" and value:
            return _shown_number(value, style)
        return "" if kind in ("e", "b") else " ".join(value.split())

    def _region(self, region: list[list[_Cell]]) -> None:
        columns = {cell.column for row in region for cell in row}
        if len(columns) == 1:
            self._column_of_words([row[0] for row in region])
            return
        self._tables += 1
        # a lone cell above a table is its title
        if len(region) > 1 and len(region[0]) == 1 and len(region[0][0].text) <= _HEADING_LENGTH:
            self._emit(region[0][0], "heading", 2)
            region = region[1:]
        has_header = len(region) > 1 and not any(re.search(r"[\d#]", cell.text) for cell in region[0])
        for number, row in enumerate(region, start=0 if has_header else 1):
            for cell in row:
                place = TableCell(
                    table=self._tables, row=number, column=cell.column - 1, is_header=has_header and number == 0
                )
                self._emit(cell, "table_cell", None, place)

    def _column_of_words(self, cells: list[_Cell]) -> None:
        first = cells[0]
        is_styled = first.style.is_bold or (first.style.size_pt or 0) > max(
            (cell.style.size_pt or 0 for cell in cells[1:]), default=0
        )
        has_heading = len(first.text) <= _HEADING_LENGTH and is_styled
        if has_heading:
            self._emit(first, "heading", 2)
        rest = cells[1:] if has_heading else cells
        for cell in rest:
            self._emit(cell, "list_item" if len(rest) > 1 else "paragraph", 1 if len(rest) > 1 else None)

    def _emit(self, cell: _Cell, kind: str, level: int | None, place: TableCell | None = None) -> None:
        style = cell.style
        reason = "hidden_cell" if cell.is_hidden else unseen_characters(cell.text)
        if reason is None and style.size_pt is not None and style.size_pt < 1:
            reason = "zero_size"
        if reason is None and style.colour is not None:
            ground = style.fill.hex if style.fill else "#FFFFFF"
            if style.colour.hex == ground:
                reason = "white_on_white" if ground == "#FFFFFF" else "same_as_background"
        location = self._location(cell)
        if style.font and reason is None:
            self._characters[style.font] += len(cell.text)
            self._places.setdefault(style.font, location)
        self._parts.text_blocks.append(
            TextBlock(
                text=cell.text,
                kind=kind,
                level=level,
                location=location,
                cell=place,
                font=style.font,
                font_size_pt=style.size_pt,
                color_hex=style.colour.hex if style.colour else None,
                is_hidden=reason is not None,
                hidden_reason=reason,
            )
        )

    def _colours(self, cells: Sequence[_Cell]) -> None:
        """Fills named by the other cells of their row (else by the cell below), and colours of words."""
        rows: dict[int, list[_Cell]] = {}
        for cell in cells:
            if cell.text and not cell.is_hidden:
                rows.setdefault(cell.row, []).append(cell)
        by_place = {(cell.row, cell.column): cell.text for cell in cells if not cell.is_hidden}
        for cell in cells:
            if cell.is_hidden:
                continue
            if cell.style.fill is not None:
                words = " | ".join(other.text for other in rows.get(cell.row, ()))
                words = words or by_place.get((cell.row + 1, cell.column), "")
                self._use(cell, cell.style.fill, "fill", " ".join(words.split())[:_LABEL_LENGTH] or None)
            if cell.style.colour is not None and cell.text:
                self._use(cell, cell.style.colour, "text_fill", None)

    def _use(self, cell: _Cell, colour: CellColour, source: str, label: str | None) -> None:
        self._parts.colours.append(
            ColourUse(
                hex=colour.hex,
                components=rgb_of(colour.hex),
                source=source,
                name=colour.slot,
                label=label,
                operator=colour.operator,
                location=self._location(cell),
            )
        )

    def _location(self, cell: _Cell) -> Location:
        return Location(
            page=self._page, selector=f"{self._sheet}!{_letters(cell.column)}{cell.row}", xml_path=cell.path
        )

    def fonts(self) -> list[FontUse]:
        """Faces by falling share of characters."""
        total = max(1, sum(self._characters.values()))
        found = []
        for face, count in sorted(self._characters.items(), key=lambda item: (-item[1], item[0])):
            family, style = split_font_name(face)
            share = round(count / total, 4)
            found.append(
                FontUse(
                    family=family, raw_name=face, source="office_run", style=style, share_ratio=share,
                    location=self._places[face],
                )
            )  # fmt: skip
        return found


def _regions(cells: Sequence[_Cell]) -> Iterator[list[list[_Cell]]]:
    """Rows of cells, in runs without a blank row between them."""
    region: list[list[_Cell]] = []
    for cell in cells:
        if region and cell.row == region[-1][0].row:
            region[-1].append(cell)
            continue
        if region and cell.row > region[-1][0].row + 1:
            yield region
            region = []
        region.append([cell])
    if region:
        yield region


def _hidden_columns(root: etree._Element) -> set[int]:
    hidden: set[int] = set()
    for column in root.iterfind("{*}cols/{*}col"):
        if column.get("hidden") in ("1", "true") or _is_nothing(column.get("width")):
            first, last = _number(column.get("min"), 1), _number(column.get("max"), 1)
            hidden.update(range(first, min(last, _MAX_COLUMNS) + 1))
    return hidden


def _is_nothing(length: str | None) -> bool:
    """Whether a row's height or a column's width is none."""
    return re.fullmatch(r"0+(\.0*)?", length or "") is not None


def _shown_number(value: str, style: CellStyle) -> str:
    """A number as its cell shows it, as far as colour values need: percent, padding with zeros, no float noise."""
    try:
        number = float(value)
    except ValueError:
        return value
    if not abs(number) < 1e15:
        return value
    if style.is_percent:
        return f"{round(number * 100, 2):g}%"
    if number == int(number):
        return str(int(number)).zfill(style.digits)
    return f"{number:.10g}"


def _number(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch(r"[1-9]\d{0,6}", value) else default


def _column(reference: str | None, default: int) -> int:
    letters = re.match(r"[A-Z]{1,3}(?=\d)", reference or "")
    if not letters:
        return default
    column = 0
    for letter in letters[0]:
        column = column * 26 + ord(letter) - 64
    return column


def _letters(column: int) -> str:
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
