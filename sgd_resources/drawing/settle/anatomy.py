"""What a mark is made of: letters in lines, a symbol beside them, a strapline of small letters.

From a mask of its ink to `Anatomy`. Letters are told by what they do, not by which they are: three and more separate
shapes of like height side by side. What must not live here: whether the mark suits a picture (`renders`).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

MarkKind = Literal["wordmark", "symbol", "lockup"]

_LEAST_GLYPHS = 3
_ALIKE = 2.1  # times that heights in a line may differ: capitals, x-heights and descenders do
_NEAR = 1.1  # heights between neighbours of a line, a word space included
_OUTSTANDING = 1.3  # times the median height: a symbol that stands in line with letters
_SYMBOL_SHARE = 0.09  # of the ink, or half of the height: less is a dot, a rule, a sign
_SMALL = 0.55  # of the main line's height: a strapline
_STRAPLINE_GLYPHS = 6
_JOINED = 3.2  # width over height of one shape without lines: script, whose letters touch
_SPECK = 0.00005  # of the box's area; letters of straplines are larger at the size that is measured
_MOST_EDGES = 60_000  # a mark has hundreds; a photograph, whose noise would take seconds, is no mark


@dataclass(frozen=True)
class Anatomy:
    """`strapline` is the height of its letters as a share of the mark's height; None without one."""

    kind: MarkKind
    glyphs: int
    strapline: float | None = None


@dataclass
class _Part:
    x0: int
    y0: int
    x1: int
    y1: int
    area: int

    @property
    def height(self) -> int:
        return self.y1 - self.y0


def anatomy_of(is_ink: NDArray[np.bool_]) -> Anatomy:
    """The anatomy of a mask cut to its ink."""
    if int((np.diff(is_ink.astype(np.int8), axis=1) != 0).sum()) > _MOST_EDGES:
        return Anatomy("symbol", 0)
    least = max(3, round(_SPECK * is_ink.size))
    parts = [part for part in _parts(is_ink) if part.area >= least]
    lines, shapes = _lines(parts)
    glyphs = sum(len(line) for line in lines)
    if not lines:
        is_script = is_ink.shape[1] >= _JOINED * is_ink.shape[0]
        return Anatomy("wordmark" if is_script else "symbol", 0)
    whole = sum(part.area for part in parts)
    symbol = [part for part in shapes if part.height >= 0.5 * is_ink.shape[0]]
    has_symbol = bool(symbol) or sum(part.area for part in shapes) >= _SYMBOL_SHARE * whole
    return Anatomy("lockup" if has_symbol else "wordmark", glyphs, _strapline(lines, is_ink.shape[0]))


def _strapline(lines: list[list[_Part]], height: int) -> float | None:
    heights = [float(np.median([part.height for part in line])) for line in lines]
    small = [
        size for size, line in zip(heights, lines, strict=True)
        if size <= _SMALL * max(heights) and len(line) >= _STRAPLINE_GLYPHS
    ]  # fmt: skip
    return round(min(small) / height, 4) if small else None


def _lines(parts: list[_Part]) -> tuple[list[list[_Part]], list[_Part]]:
    """Lines of letters, and the shapes that are in none."""
    lines: list[list[_Part]] = []
    for part in sorted(parts, key=lambda one: one.x0):
        fitting = [line for line in lines if _continues(line, part)]
        if fitting:
            min(fitting, key=lambda line: part.x0 - line[-1].x1).append(part)
        else:
            lines.append([part])
    letters: list[list[_Part]] = []
    shapes: list[_Part] = []
    for line in lines:
        middle = float(np.median([part.height for part in line]))
        outstanding = [end for end in (line[0], line[-1]) if end.height > _OUTSTANDING * middle]
        kept = [part for part in line if part not in outstanding] if len(line) > _LEAST_GLYPHS else line
        if len(kept) >= _LEAST_GLYPHS:
            letters.append(kept)
            shapes += [part for part in line if part not in kept]
        else:
            shapes += line
    return letters, shapes


def _continues(line: list[_Part], part: _Part) -> bool:
    """Whether a part stands beside the last of a line, as a letter does."""
    last = line[-1]
    size = float(np.median([one.height for one in line]))
    overlap = min(last.y1, part.y1) - max(last.y0, part.y0)
    is_level = overlap >= 0.5 * min(last.height, part.height)
    is_alike = size / _ALIKE <= part.height <= size * _ALIKE
    gap = part.x0 - max(one.x1 for one in line[-3:])
    return is_level and is_alike and -0.4 * size <= gap <= _NEAR * size


def _parts(is_ink: NDArray[np.bool_]) -> list[_Part]:
    """Shapes that hang together, by their runs along rows; diagonal neighbours hang together too."""
    parent: list[int] = []
    found: list[_Part] = []
    above: list[tuple[int, int, int]] = []
    for y, row in enumerate(is_ink):
        edges = np.flatnonzero(np.diff(np.concatenate(([False], row, [False])).astype(np.int8)))
        runs: list[tuple[int, int, int]] = []
        for x0, x1 in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            number = len(parent)
            parent.append(number)
            found.append(_Part(x0, y, x1, y + 1, x1 - x0))
            for left, right, other in above:
                if left <= x1 and right >= x0:
                    _join(parent, number, other)
            runs.append((x0, x1, number))
        above = runs
    whole: dict[int, _Part] = {}
    for number, part in enumerate(found):
        root = _root(parent, number)
        if root not in whole:
            whole[root] = _Part(part.x0, part.y0, part.x1, part.y1, 0)
        one = whole[root]
        one.x0, one.y0, one.x1, one.y1 = (
            min(one.x0, part.x0), min(one.y0, part.y0), max(one.x1, part.x1), max(one.y1, part.y1),
        )  # fmt: skip
        one.area += part.area
    return list(whole.values())


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number


def _join(parent: list[int], first: int, second: int) -> None:
    parent[_root(parent, first)] = _root(parent, second)
