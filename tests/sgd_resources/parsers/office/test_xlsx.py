import io
import zipfile

import pytest

from sgd_resources.errors import RejectedEvidence
from tests.sgd_resources.parsers.parsing import only, parse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

STYLES = f"""<styleSheet xmlns="{MAIN}">
<numFmts><numFmt numFmtId="170" formatCode="000000"/></numFmts>
<fonts><font><sz val="11"/><color theme="1"/><name val="Calibri"/><scheme val="minor"/></font>
<font><b/><sz val="14"/><color rgb="FF0086BF"/><name val="Work Sans"/></font>
<font><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/></font></fonts>
<fills><fill><patternFill patternType="none"/></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FFE50E99"/></patternFill></fill>
<fill><patternFill patternType="solid"><fgColor theme="4"/></patternFill></fill>
<fill><patternFill patternType="solid"><fgColor theme="4" tint="0.4"/></patternFill></fill></fills>
<cellXfs><xf fontId="0" fillId="0"/><xf fontId="1" fillId="0"/><xf fontId="0" fillId="1"/><xf fontId="0" fillId="2"/>
<xf fontId="0" fillId="3"/><xf fontId="0" fillId="0" numFmtId="170"/><xf fontId="0" fillId="0" numFmtId="9"/>
<xf fontId="2" fillId="0"/></cellXfs></styleSheet>"""

THEME = f"""<a:theme xmlns:a="{DRAWING}"><a:themeElements><a:clrScheme name="Sample">
<a:dk1><a:srgbClr val="111111"/></a:dk1><a:lt1><a:srgbClr val="FFFFFF"/></a:lt1>
<a:accent1><a:srgbClr val="1B2C3D"/></a:accent1></a:clrScheme>
<a:fontScheme name="S"><a:majorFont><a:latin typeface="Fraunces"/></a:majorFont>
<a:minorFont><a:latin typeface="Inter"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>"""


def inline(reference: str, words: str, style: int = 0) -> str:
    return f'<c r="{reference}" s="{style}" t="inlineStr"><is><t>{words}</t></is></c>'


def number(reference: str, value: str, style: int = 0) -> str:
    return f'<c r="{reference}" s="{style}"><v>{value}</v></c>'


def row(at: int, *cells: str, hidden: bool = False) -> str:
    return f'<row r="{at}"{" hidden=" + chr(34) + "1" + chr(34) if hidden else ""}>{"".join(cells)}</row>'


def workbook(*sheets: tuple[str, str], strings: str = "") -> bytes:
    kinds = {"theme": "theme/theme1.xml", "styles": "styles.xml", "sharedStrings": "sharedStrings.xml"}
    kinds |= {f"worksheet{at}": f"worksheets/sheet{at}.xml" for at in range(1, len(sheets) + 1)}
    relations = "".join(
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind.rstrip("0123456789")}" Target="{target}"/>'
        for kind, target in kinds.items()
    )
    tabs = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="worksheet{at}"/>' for at, (name, _) in enumerate(sheets, start=1)
    )
    members = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{tabs}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>',
        "xl/theme/theme1.xml": THEME,
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
    }
    for at, (_, rows) in enumerate(sheets, start=1):
        members[f"xl/worksheets/sheet{at}.xml"] = (
            f'<worksheet xmlns="{MAIN}"><cols><col min="9" max="9" hidden="1"/></cols>'
            f"<sheetData>{rows}</sheetData></worksheet>"
        )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, text in members.items():
            package.writestr(name, text)
    return buffer.getvalue()


COLOURS = (
    row(1, inline("A1", "Palette", 1))
    + row(2, inline("A2", "Name"), inline("B2", "Hex"), inline("C2", "Swatch"))
    + row(3, inline("A3", "Sea"), inline("B3", "0086bf"), '<c r="C3" s="2"/>')
    + row(4, inline("A4", "Night"), number("B4", "4080", 5), '<c r="C4" s="3"/>')
    + row(5, inline("A5", "Mist"), inline("B5", "a0b0c0"), '<c r="C5" s="4"/>')
)


def test_cells_are_table_blocks_that_know_their_sheet_and_cell() -> None:
    document = parse(workbook(("Colours", COLOURS)), XLSX)
    kinds = [(block.text, block.kind, block.location.selector) for block in document.text_blocks[:5]]
    assert kinds == [
        ("Colours", "heading", "Colours"),
        ("Palette", "heading", "Colours!A1"),
        ("Name", "table_cell", "Colours!A2"),
        ("Hex", "table_cell", "Colours!B2"),
        ("Swatch", "table_cell", "Colours!C2"),
    ]
    sea = next(block for block in document.text_blocks if block.text == "Sea")
    assert sea.cell is not None
    assert (sea.cell.row, sea.cell.column, sea.location.page) == (1, 0, 1)
    assert sea.location.xml_path == "xl/worksheets/sheet1.xml:/*/*[2]/*[3]/*[1]"


def test_values_are_read_under_their_header_and_named_by_their_row() -> None:
    document = parse(workbook(("Colours", COLOURS)), XLSX)
    assert only(document, "#0086BF", "text").label == "Sea"
    assert only(document, "#004080", "text").label == "Night"


def test_fills_come_with_their_row_and_theme_slots_but_not_as_tints() -> None:
    document = parse(workbook(("Colours", COLOURS)), XLSX)
    assert only(document, "#E50E99", "fill").label == "Sea | 0086bf"
    theme_fill = only(document, "#1B2C3D", "fill")
    assert (theme_fill.name, theme_fill.operator) == ("accent1", "accent1")
    assert len([use for use in document.colours if use.source == "fill"]) == 2
    assert only(document, "#0086BF", "text_fill").operator == "FF0086BF"


def test_percent_cells_are_inks_and_shared_strings_lose_their_phonetic_guide() -> None:
    cells = [number(f"{column}2", value, 6) for column, value in zip("BCDE", ("1", "0.5", "0", "0.1"), strict=True)]
    rows = row(1, '<c r="A1" t="s"><v>0</v></c>', inline("B1", "Notes")) + row(2, inline("A2", "Ink"), *cells)
    strings = "<si><r><t>Pan</t></r><r><t>el</t></r><rPh><t>noise</t></rPh></si>"
    document = parse(workbook(("Sheet1", rows), strings=strings), XLSX)
    assert [block.text for block in document.text_blocks] == ["Panel", "Notes", "Ink", "100%", "50%", "0%", "10%"]


def test_a_single_column_is_a_list_below_its_heading() -> None:
    rows = row(1, inline("A1", "Voice", 1)) + row(2, inline("A2", "Be kind")) + row(3, inline("A3", "Be brief"))
    document = parse(workbook(("Sheet1", rows)), XLSX)
    assert [(block.text, block.kind) for block in document.text_blocks] == [
        ("Voice", "heading"),
        ("Be kind", "list_item"),
        ("Be brief", "list_item"),
    ]
    assert {(font.family, font.source) for font in document.fonts} == {
        ("Fraunces", "office_theme"),
        ("Inter", "office_theme"),
        ("Work Sans", "office_run"),
        ("Inter", "office_run"),
    }


def test_lone_cells_in_larger_type_head_what_stands_below_them_without_a_blank_row() -> None:
    rows = (
        row(1, inline("A1", "Palette", 1))
        + row(2, inline("A2", "Name"), inline("B2", "Hex"))
        + row(3, inline("A3", "Kiln"), inline("B3", "#A8432B"))
        + row(4, inline("A4", "Typography", 1))
        + row(5, inline("A5", "Headings"), inline("B5", "Cormorant Garamond"))
        + row(6, inline("A6", "Body"), inline("B6", "Public Sans"))
    )
    document = parse(workbook(("Sheet1", rows)), XLSX)
    assert [block.text for block in document.text_blocks if block.kind == "heading"] == ["Palette", "Typography"]
    tables = {block.text: block.cell.table for block in document.text_blocks if block.cell}
    assert tables["Kiln"] != tables["Body"]


def test_hidden_rows_columns_and_white_words_are_marked() -> None:
    rows = (
        row(1, inline("A1", "seen"), inline("I1", "column"))
        + row(2, inline("A2", "below"), inline("B2", "row"), hidden=True)
        + row(3, inline("A3", "white", 7), inline("B3", "also seen"))
    )
    document = parse(workbook(("Sheet1", rows)), XLSX)
    assert {block.text: block.hidden_reason for block in document.text_blocks} == {
        "seen": None,
        "column": "hidden_cell",
        "below": "hidden_cell",
        "row": "hidden_cell",
        "white": "white_on_white",
        "also seen": None,
    }


def test_damaged_workbooks_are_rejected() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("a.txt", "x")
    for data in (b"PK\x03\x04 broken", buffer.getvalue()):
        with pytest.raises(RejectedEvidence):
            parse(data, XLSX)
