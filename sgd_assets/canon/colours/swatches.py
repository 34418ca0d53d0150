"""Finds swatches: shapes drawn, or flat areas pictured, to show a colour.

Filled: cells without words of an office document's table on colours. Drawn: two or more fills of one size on a page on
colours (or on a page without text). Pictured: flat areas of a picture whose name says palette or colour; of a row of
shades of one hue only the lead is a swatch.
What must not live here: what a swatch is worth beside printed values (`weigh/palette.py`).
"""

import re
from collections.abc import Sequence

from sgd_assets.canon.colours.likeness import is_black_or_white, is_neutral
from sgd_assets.canon.reading.sections import PlacedBlock
from sgd_assets.canon.words import topics
from sgd_resources.colour import oklch_of
from sgd_resources.parsed_document import ColourUse, ParsedDocument

_LABEL = 60
"""Characters up to which a text is a heading or a label."""
_SWATCH = re.compile(r"(?i)\W*(?:swatch(?:es)?|samples?|muster|farbmuster|échantillons?|muestras?)\W*")
_WORD_CELL = re.compile(r"/w:tc(?:\[\d+\])?(?=/|$)")
_SIZE_SLACK = 0.12  # shares of the larger side; drawn by hand, swatches of a row differ by less
_MIN_SIDE_PT = 6.0  # parts swatches from rules and bullets; smaller than beside a caption, since here a row proves them
_INKS = 4
"""Cyan, magenta, yellow and black, each whole: no palette has all four as small squares."""
_LARGEST_PATCH_PT = 24.0  # patches of a colour bar are 5 to 6 mm
_RAMP_LENGTH = 4  # as `ramps._FEWEST_STEPS`
_OTHER_COLOUR_TALK = re.compile(
    rf"(?i)\b(?:full|one|two|single|spot|[124])[- ]?colou?r\b|{topics.LOGO.pattern.removeprefix('(?i)')}|"
    rf"{topics.NOT_COLOUR_SECTION.pattern.removeprefix('(?i)')}"
)
"""Lines with the word colour on pages that show logos, not palettes."""
_ROW_SLACK = 0.15  # of the median area: sides within `_SIZE_SLACK` of each other may differ by about that


def drawn_swatches(document: ParsedDocument, placed: Sequence[PlacedBlock], words: str) -> list[tuple[ColourUse, str]]:
    """Fills of equal size on pages that speak of colour, or that have no words at all."""
    if topics.LOGO_FILE.search(words) and "guid" not in words:
        return []
    speaking, silent = _pages_by_words(document, placed)
    found: list[tuple[ColourUse, str]] = []
    for page in sorted(speaking | silent):
        shapes = [
            use for use in document.colours if use.source == "fill" and use.location.page == page and _is_shape(use)
        ]
        for group in _same_size(shapes):
            if _is_colour_bar(group):
                continue
            if len({use.hex for use in group}) >= 2 and any(not is_black_or_white(use.hex) for use in group):
                whole = _without_paper(group)
                found.extend(
                    (use, "drawn_swatch" if page in speaking else "drawn_swatch_without_words") for use in whole
                )
    return found


def filled_cells(document: ParsedDocument, placed: Sequence[PlacedBlock], words: str) -> list[tuple[ColourUse, str]]:
    """Fills of cells that hold no words, where a heading, a short line or the file's name speaks of colour: two make
    swatches, one may be decoration."""
    speaks = topics.COLOUR.search(words) or any(
        len(item.text) <= _LABEL and (topics.COLOUR.search(item.text) or _SWATCH.fullmatch(item.text))
        for item in placed
    )
    if not speaks or topics.LOGO_FILE.search(words):
        return []
    spoken = {_cell_of(item.block.location.xml_path) for item in placed if item.block.cell is not None}
    fills = [use for use in document.colours if use.source == "fill" and _is_cell(use.location.xml_path)]
    empty = [use for use in fills if _cell_of(use.location.xml_path) not in spoken]
    coloured = [use for use in empty if not is_black_or_white(use.hex)]
    return [(use, "filled_cell") for use in coloured] if len({use.hex for use in coloured}) > 1 else []


def _is_cell(path: str | None) -> bool:
    return bool(path and (_WORD_CELL.search(path) or path.startswith("xl/")))


def _cell_of(path: str | None) -> str:
    """The path of the cell that an element stands in: of a word processor's or a workbook's table."""
    found = list(_WORD_CELL.finditer(path or ""))
    return (path or "")[: found[-1].end()] if found else path or ""


def pictured_swatches(document: ParsedDocument, words: str) -> list[tuple[ColourUse, str]]:
    """Flat areas of a picture that is named after colour or palette; black and white are paper and ink there."""
    pixels = [use for use in document.colours if use.source == "pixels"]
    if not pixels or not topics.COLOUR_FILE.search(words) or topics.LOGO_FILE.search(words):
        return []
    coloured = [use for use in pixels if not is_black_or_white(use.hex) and not _is_paper_tint(use.hex)]
    lead = ramp_lead([(use.hex, use.area_ratio or 0.0) for use in coloured])
    if lead is not None:
        return [(use, "pictured_ramp_lead") for use in coloured if use.hex == lead][:1]
    return [(use, "pictured_swatch") for use in coloured]


def ramp_lead(shades: Sequence[tuple[str, float]]) -> str | None:
    """The lead of a row of equal swatches of one hue, or None when they are no ramp.

    A designer sets the lead apart: its swatch differs in size from its equals. Else it is the most colourful shade.
    """
    chromatic = [(hex_code, area) for hex_code, area in shades if not is_neutral(hex_code)]
    if len(chromatic) < _RAMP_LENGTH or len(chromatic) < 0.7 * len(shades):
        return None
    hues = [oklch_of(hex_code)[2] for hex_code, _ in chromatic]
    areas = sorted(area for _, area in chromatic)
    median = areas[len(areas) // 2]
    is_row = all(abs(area - median) <= _ROW_SLACK * median for area in areas)
    if not is_row or max(_hue_distance(a, b) for a in hues for b in hues) > 40:
        return None
    outliers = [(hex_code, area) for hex_code, area in chromatic if abs(area - median) > 0.04 * median]
    if len(outliers) == 1:
        return outliers[0][0]
    return max(chromatic, key=lambda shade: (oklch_of(shade[0])[1], shade[0]))[0]


def _pages_by_words(document: ParsedDocument, placed: Sequence[PlacedBlock]) -> tuple[set[int], set[int]]:
    """Pages with a colour heading or line, and pages without readable words."""
    speaking: set[int] = set()
    letters: dict[int, int] = {}
    for item in placed:
        page = item.block.location.page or 1
        letters[page] = letters.get(page, 0) + len(item.text)
        if len(item.text) <= 60 and topics.COLOUR.search(item.text) and not _OTHER_COLOUR_TALK.search(item.text):
            speaking.add(page)
    silent = {page.number for page in document.pages if letters.get(page.number, 0) < 40}
    return speaking, silent


def _is_shape(use: ColourUse) -> bool:
    box = use.location.bbox
    return box is not None and min(box[2] - box[0], box[3] - box[1]) >= _MIN_SIDE_PT


def _is_colour_bar(group: list[ColourUse]) -> bool:
    """Small patches of the printing inks and their overprints: what a printer checks the press by."""
    inks = {
        use.components
        for use in group
        if use.space == "cmyk" and all(ink in (0.0, 1.0) for ink in use.components) and _is_small(use)
    }
    return len(inks) >= _INKS


def _is_small(use: ColourUse) -> bool:
    box = use.location.bbox
    return box is not None and max(box[2] - box[0], box[3] - box[1]) <= _LARGEST_PATCH_PT


def _same_size(shapes: list[ColourUse]) -> list[list[ColourUse]]:
    groups: list[list[ColourUse]] = []
    for use in sorted(shapes, key=lambda u: (u.location.bbox or (0, 0, 0, 0), u.hex)):
        group = next((g for g in groups if _is_equal_size(g[0], use)), None)
        if group is None:
            groups.append([use])
        else:
            group.append(use)
    return groups


def _is_equal_size(a: ColourUse, b: ColourUse) -> bool:
    one, two = a.location.bbox, b.location.bbox
    if one is None or two is None:
        return False
    wide = abs((one[2] - one[0]) - (two[2] - two[0])) <= _SIZE_SLACK * max(one[2] - one[0], two[2] - two[0])
    high = abs((one[3] - one[1]) - (two[3] - two[1])) <= _SIZE_SLACK * max(one[3] - one[1], two[3] - two[1])
    return wide and high


def _without_paper(group: list[ColourUse]) -> list[ColourUse]:
    """White shapes are paper; a black one of the same size as two or more colours is a swatch."""
    coloured = [use for use in group if not is_black_or_white(use.hex)]
    blacks = [use for use in group if is_black_or_white(use.hex) and oklch_of(use.hex)[0] < 0.5]
    return coloured + (blacks if len({use.hex for use in coloured}) >= 2 else [])


def _is_paper_tint(hex_code: str) -> bool:
    """An almost white grey: the ground that swatches are shown on."""
    lightness, chroma, _ = oklch_of(hex_code)
    return lightness > 0.94 and chroma < 0.02


def _hue_distance(a: float, b: float) -> float:
    return min(abs(a - b), 360 - abs(a - b))
