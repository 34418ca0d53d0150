"""Lines of a PDF page: runs that stand next to each other, parted where a column or a table cell begins.

What must not live here: which lines make a block (`blocks`) or a table (`tables`).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from sgd_resources.parsed_document import Bbox
from sgd_resources.parsers.pdf.text.page_text import TextRun

_KEY = re.compile(
    r"(?:^|\s)(?:\w[^:]{0,30}:|hex|rgb|cmyk|pms|pantone|web|html|hsl|hsb|lab|ral|[crmygbk])\s*$", re.IGNORECASE
)
_VALUE = re.compile(r"\s*[#\d]|\s*[0-9A-Fa-f]{6}\b")
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_SPACE, _WORD_GAP = 0.13, 0.45
"""Type sizes from which a gap is a space, and up to which it parts no more than words."""
_WIDE, _HALF_WIDE = 1.4, 0.9
"""Type sizes from which a gap parts a line."""
_NARROW = 0.6
"""The same where several lines of the page begin anew at the same place: a column."""
_IN_GUTTER = 0.35
"""The same where a table has a gutter: more than a space between words."""
_SPACE_OF_LONE = 0.2
"""The first of these where letters stand alone: each is off its place by what its width was rounded."""
_FEWEST_LONE, _MOST_OF = 30, 0.6
"""Letters that are lines of their own, and their share of all lines, from which a page's order says nothing."""
_SAME_EDGE_PT = 0.8  # rounding of places in columns that are set by tabs
_EDGE_LINES = 3  # two lines may start alike by chance
_KEY_LENGTH, _VALUE_RUNS = 40, 8


@dataclass
class Line:
    """One line: runs that stand next to each other."""

    text: str
    bbox: Bbox
    font: str
    size_pt: float
    color_hex: str | None
    hidden_reason: str | None = None
    is_recognised: bool = False
    families: frozenset[str] = frozenset()
    """Of all its runs, without style words."""
    is_item: bool = False
    """Begins a list item whose bullet is no letter of the line."""
    is_bold: bool = False
    """All its runs are."""
    runs: tuple[TextRun, ...] = ()


def split_lines(content_lines: Sequence[Sequence[TextRun]]) -> list[Line]:
    """Lines in content order; a wide gap (a column, a table cell) parts a line, so does a large change of size."""
    mended = _mended(content_lines)
    edges = _column_edges(mended)
    found: list[Line] = []
    for runs in mended:
        group: list[TextRun] = []
        for index, run in enumerate(runs):
            if group and _is_apart(group, runs[index : index + _VALUE_RUNS], edges):
                found.append(_line(group))
                group = []
            group.append(run)
        if group:
            found.append(_line(group))
    return [line for line in found if line.text]


def _mended(content_lines: Sequence[Sequence[TextRun]]) -> list[list[TextRun]]:
    """The lines, those that go on where the one before them ended as one.

    On a page whose words stand in a narrow column pdfium may take the text to flow down, and begins a line with each
    text object. Source: `CPDF_TextPage::FindTextlineFlowOrientation` of pdfium, 2026-11.
    """
    mended: list[list[TextRun]] = []
    is_scattered = _is_scattered(content_lines)
    space = _SPACE_OF_LONE if is_scattered else _SPACE
    for runs in _in_rows(content_lines) if is_scattered else content_lines:
        last, first = mended[-1][-1] if mended else None, runs[0]
        if last is None or not _follows(last, first):
            mended.append(list(runs))
            continue
        is_spaced = first.bbox[0] - last.bbox[2] > space * first.size_pt
        if is_spaced and not last.text.endswith(" ") and not first.text.startswith(" "):
            mended[-1][-1] = replace(last, text=last.text + " ")
        mended[-1] += runs
    return mended


def _is_scattered(content_lines: Sequence[Sequence[TextRun]]) -> bool:
    """Whether a page's letters are drawn one by one in any order, so that its content tells nothing of its lines."""
    alone = sum(len(runs) == 1 and len(runs[0].text.strip()) == 1 for runs in content_lines)
    return alone >= _FEWEST_LONE and alone > _MOST_OF * len(content_lines)


def _in_rows(content_lines: Sequence[Sequence[TextRun]]) -> list[list[TextRun]]:
    """Each run a line of its own, from left to right in rows from top to bottom."""
    rows: list[list[TextRun]] = []
    for run in sorted((run for runs in content_lines for run in runs), key=lambda run: (run.bbox[3], run.bbox[0])):
        is_same_row = bool(rows) and run.bbox[1] < (rows[-1][0].bbox[1] + rows[-1][0].bbox[3]) / 2
        if is_same_row:
            rows[-1].append(run)
        else:
            rows.append([run])
    # a space behind a letter is pdfium's guess from what was drawn next, anywhere on the page
    return [[replace(run, text=run.text.strip())] for row in rows for run in sorted(row, key=lambda run: run.bbox[0])]


def _follows(left: TextRun, right: TextRun) -> bool:
    size = max(left.size_pt, right.size_pt, 1.0)
    overlap = min(left.bbox[3], right.bbox[3]) - max(left.bbox[1], right.bbox[1])
    is_level = overlap >= 0.8 * max(left.bbox[3] - left.bbox[1], right.bbox[3] - right.bbox[1])
    return is_level and -0.15 * size <= right.bbox[0] - left.bbox[2] <= _WORD_GAP * size


def parted_at(line: Line, gutters: Sequence[tuple[float, float]]) -> list[Line]:
    """The line parted where a gap between its runs lies in a gutter (left, right); itself where none does."""
    parts: list[list[TextRun]] = [[]]
    for run in line.runs:
        left = parts[-1][-1].bbox[2] if parts[-1] else run.bbox[0]
        gap = run.bbox[0] - left
        if gap > _IN_GUTTER * run.size_pt and any(left < end and begin < run.bbox[0] for begin, end in gutters):
            parts.append([])
        parts[-1].append(run)
    if len(parts) < 2:
        return [line]
    found = [part for part in map(_line, parts) if part.text]
    found[0].is_item = line.is_item
    return found


@lru_cache(maxsize=1024)
def family(font: str) -> str:
    """A font's name without its subset mark and style: 'ABCDEF+Inter-Bold' and 'Inter,Bold' -> 'Inter'."""
    return re.split(r"[-,]", font.rpartition("+")[2])[0]


@lru_cache(maxsize=1024)
def _is_bold(font: str) -> bool:
    return _BOLD.search(font) is not None


def _column_edges(content_lines: Sequence[Sequence[TextRun]]) -> list[float]:
    """Places where, on several lines of the page, words begin behind a gap."""
    starts = sorted(
        (right.bbox[0], (right.bbox[0] - left.bbox[2]) / max(left.size_pt, right.size_pt, 1.0))
        for runs in content_lines
        for left, right in pairwise(runs)
        if right.bbox[0] - left.bbox[2] > _NARROW * max(left.size_pt, right.size_pt, 1.0)
    )
    edges = []
    for index, (start, _) in enumerate(starts):
        same = [gap for place, gap in starts[index : index + _EDGE_LINES] if place - start <= _SAME_EDGE_PT]
        # two lines may do so by chance, unless the gaps are wide
        if len(same) == _EDGE_LINES or (len(same) > 1 and min(same) > _HALF_WIDE):
            edges.append(start)
    return edges


def _is_apart(before: Sequence[TextRun], behind: Sequence[TextRun], edges: Sequence[float]) -> bool:
    left, right = before[-1], behind[0]
    size = max(left.size_pt, right.size_pt, 1.0)
    gap = right.bbox[0] - left.bbox[2]
    overlap = min(left.bbox[3], right.bbox[3]) - max(left.bbox[1], right.bbox[1])
    if gap < -3 * size or overlap < 0.2 * min(left.bbox[3] - left.bbox[1], right.bbox[3] - right.bbox[1]):
        return True
    if gap <= _NARROW * size:
        return False
    # 'HEX   0086bf' set with a tab is one statement, not two columns; a run may be a single letter
    key, value = "".join(run.text for run in before)[-_KEY_LENGTH:], "".join(run.text for run in behind)
    if _KEY.search(key) and _VALUE.match(value):
        return gap > 6.0 * size
    return gap > _WIDE * size or any(abs(right.bbox[0] - edge) <= _SAME_EDGE_PT for edge in edges)


def _line(runs: Sequence[TextRun]) -> Line:
    weights = Counter[tuple[str, float, str | None]]()
    words = ""
    for run in runs:
        weights[(run.font, run.size_pt, run.color_hex)] += len(run.text)
        words += run.text
    (font, size, colour), _ = max(weights.items(), key=lambda item: (item[1], item[0][1], item[0][0]))
    boxes = [run.bbox for run in runs]
    box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    families = frozenset(family(name) for name, _, _ in weights)
    return Line(
        " ".join(words.split()),
        box,
        font,
        size,
        colour,
        families=families,
        is_bold=all(_is_bold(name) for name, _, _ in weights),
        runs=tuple(runs),
    )
