"""Cell styles of a workbook: style number -> font, size, colour, fill and number format, resolved through the theme."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

from sgd_resources.parsers.office.theme import Theme
from sgd_resources.parsers.xml_tree import local_name

_THEME_SLOTS = (
    *("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6"),
    *("hlink", "folHlink"),
)
"""Spreadsheets number the slots with light before dark."""
_INDEXED = (
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 800000 008000 000080 808000 800080 008080 C0C0C0 808080 "
    "9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF "
    "00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 "
    "003366 339966 003300 333300 993300 993366 333399 333333"
)
"""ECMA-376 18.8.27, numbers 8 to 63; 0 to 7 repeat the first eight."""
_PERCENT_FORMATS = {9, 10}
_T = TypeVar("_T")


@dataclass(frozen=True)
class CellColour:
    """A colour as a style states it: its sRGB, the exact value, and the theme slot it comes from."""

    hex: str
    operator: str
    slot: str | None = None


@dataclass(frozen=True)
class CellStyle:
    """What one style number means."""

    font: str | None = None
    size_pt: float | None = None
    is_bold: bool = False
    colour: CellColour | None = None
    fill: CellColour | None = None
    is_percent: bool = False
    digits: int = 0
    """Least count of digits, where the format pads with zeros ('000000')."""


@dataclass(frozen=True)
class _Font:
    name: str | None
    size_pt: float | None
    is_bold: bool
    colour: CellColour | None


def read_cell_styles(root: etree._Element | None, theme: Theme) -> list[CellStyle]:
    """Styles by number; empty when the workbook has none. Tints of a slot are no colours of their own."""
    if root is None:
        return []
    custom = root.find("{*}colors/{*}indexedColors")
    indexed = [(entry.get("rgb") or "")[-6:] for entry in custom] if custom is not None else _standard_indexed()
    fonts = [_font(element, theme, indexed, is_default=not index) for index, element in _items(root, "fonts", "font")]
    fills = [_fill(element, theme, indexed) for _, element in _items(root, "fills", "fill")]
    formats = {int(f.get("numFmtId") or 0): f.get("formatCode") or "" for _, f in _items(root, "numFmts", "numFmt")}
    found = []
    for _, style in _items(root, "cellXfs", "xf"):
        font = _at(fonts, style.get("fontId"))
        number = _integer(style.get("numFmtId")) or 0
        code = re.sub(r'"[^"]*"|\\.', "", formats.get(number, ""))
        found.append(
            CellStyle(
                font=font.name if font else None,
                size_pt=font.size_pt if font else None,
                is_bold=font.is_bold if font else False,
                colour=font.colour if font else None,
                fill=_at(fills, style.get("fillId")),
                is_percent=number in _PERCENT_FORMATS or "%" in code,
                digits=len(code) if re.fullmatch(r"0+", code) else 0,
            )
        )
    return found


def _font(element: etree._Element, theme: Theme, indexed: list[str], *, is_default: bool) -> _Font:
    name, scheme, size, colour = (element.find(f"{{*}}{tag}") for tag in ("name", "scheme", "sz", "color"))
    face = name.get("val") if name is not None else None
    if scheme is not None:
        face = theme.fonts.get(scheme.get("val") or "", face)
    points = (size.get("val") or "") if size is not None else ""
    bold = element.find("{*}b")
    return _Font(
        face or None,
        float(points) if re.fullmatch(r"\d{1,3}(?:\.\d+)?", points) else None,
        bold is not None and bold.get("val") not in ("0", "false"),
        # the first font is what every cell has that nobody styled
        None if is_default or colour is None else _colour(colour, theme, indexed),
    )


def _fill(element: etree._Element, theme: Theme, indexed: list[str]) -> CellColour | None:
    pattern = element.find("{*}patternFill")
    colour = pattern.find("{*}fgColor") if pattern is not None and pattern.get("patternType") == "solid" else None
    return _colour(colour, theme, indexed) if colour is not None else None


def _colour(element: etree._Element, theme: Theme, indexed: list[str]) -> CellColour | None:
    tint = element.get("tint")
    if tint is not None and tint.strip("+-0.") != "":
        return None
    rgb = element.get("rgb") or ""
    if re.fullmatch(r"(?:[0-9A-Fa-f]{2})?[0-9A-Fa-f]{6}", rgb):
        return CellColour("#" + rgb[-6:].upper(), rgb)
    slot_number, place = _integer(element.get("theme")), _integer(element.get("indexed"))
    if slot_number is not None and slot_number < len(_THEME_SLOTS):
        slot = _THEME_SLOTS[slot_number]
        value = theme.slot(slot)
        return CellColour(value, slot, slot) if value else None
    if place is not None and place < len(indexed) and re.fullmatch(r"[0-9A-Fa-f]{6}", indexed[place]):
        return CellColour("#" + indexed[place].upper(), f"indexed {place}")
    return None


def _standard_indexed() -> list[str]:
    numbered = _INDEXED.split()
    return [*numbered[:8], *numbered]


def _items(root: etree._Element, group: str, name: str) -> list[tuple[int, etree._Element]]:
    parent = root.find(f"{{*}}{group}")
    return list(enumerate(child for child in parent if local_name(child) == name)) if parent is not None else []


def _integer(value: str | None) -> int | None:
    return int(value) if value and re.fullmatch(r"\d{1,6}", value) else None


def _at(values: Sequence[_T], index: str | None) -> _T | None:
    number = _integer(index)
    return values[number] if number is not None and number < len(values) else None
