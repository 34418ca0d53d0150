"""Rows of a table whose channels stand in cells of their own ("R | G | B", "C | M | Y | K"), made one line.

What must not live here: which lines belong to one colour (`groups.py`).
"""

from sgd_assets.canon.reading.sections import PlacedLine

_CHANNELS = (
    ("r", "g", "b"),
    ("r", "v", "b"),
    ("red", "green", "blue"),
    ("rouge", "vert", "bleu"),
    ("rot", "grün", "blau"),
)
_INKS = (("c", "m", "y", "k"), ("c", "m", "j", "n"), ("cyan", "magenta", "yellow", "black"))
"""Heads of columns that hold one channel each."""


def channels_joined(row: list[PlacedLine], headers: dict[tuple[int, int, int], str]) -> list[PlacedLine]:
    """A row whose channels stand in cells of their own ('R | G | B'): they become one line, cited to the first."""
    heads = [headers.get(_cell_of(line), "").strip(" .:%").casefold() for line in row]
    joined: list[PlacedLine] = []
    at = 0
    while at < len(row):
        names = next((names for names in (*_CHANNELS, *_INKS) if tuple(heads[at : at + len(names)]) == names), ())
        numbers = [line.text.strip(" %") for line in row[at : at + len(names)]]
        if names and all(number.isdigit() for number in numbers):
            told = " ".join(f"{name[0]} {number}" for name, number in zip(names, numbers, strict=True))
            joined.append(PlacedLine(row[at].placed, told))
            at += len(names)
        else:
            joined.append(row[at])
            at += 1
    return joined


def _cell_of(line: PlacedLine) -> tuple[int, int, int]:
    cell = line.placed.block.cell
    assert cell is not None
    return cell.table, cell.row, cell.column
