"""Tables whose cells hold one channel each, one below the other: "C 0 / M 50 / Y 100 / K 0" beside "R 247 / G 148".

`[PlacedBlock] -> [[PlacedLine]]`; and columns of tints below their percentage.
What must not live here: rows of channels (`channel_cells.py`).
"""

import re
from collections.abc import Sequence

from sgd_assets.canon.reading.sections import PlacedBlock, PlacedLine

_CELL = re.compile(r"(?i)\s*([CMYKRGBJNV])\s*[:=.]?\s*(\d{1,3})\s*%?\s*")
_INKS = ("cmyk", "cmjn")
_CHANNELS = ("rgb", "rvb")
_FEWEST = 2
_TINT_HEAD = re.compile(r"\s*[1-9]\d?\s?%\s*")


def channel_columns(cells: Sequence[PlacedBlock]) -> list[list[PlacedLine]]:
    """The columns of a table, each one line in the order of its channels; inks and the channels right of them are of
    one colour. Empty where a cell holds anything else, or a column is no whole notation."""
    columns: dict[int, list[tuple[int, PlacedBlock, str, str]]] = {}
    for item in cells:
        cell, met = item.block.cell, _CELL.fullmatch(item.block.text)
        if cell is None or met is None:
            return []
        columns.setdefault(cell.column, []).append((cell.row, item, met[1].lower(), met[2]))
    found: list[tuple[str, PlacedLine]] = []
    for column in sorted(columns):
        entries = sorted(columns[column], key=lambda entry: entry[0])
        letters = "".join(letter for _, _, letter, _ in entries)
        if letters not in (*_INKS, *_CHANNELS):
            return []
        told = " ".join(f"{letter.upper()} {number}" for _, _, letter, number in entries)
        found.append((letters, PlacedLine(entries[0][1], told)))
    if len(found) < _FEWEST:
        return []
    runs: list[list[PlacedLine]] = []
    before = ""
    for letters, line in found:
        if before and (before in _INKS) != (letters in _INKS) and len(runs[-1]) == 1:
            runs[-1].append(line)
        else:
            runs.append([line])
        before = letters
    return runs


def is_of_tints(run: Sequence[PlacedLine]) -> bool:
    """Whether a printed column of values stands below '75 %'."""
    return run[0].placed.block.cell is None and _TINT_HEAD.fullmatch(run[0].text) is not None
