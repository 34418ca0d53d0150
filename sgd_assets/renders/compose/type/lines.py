"""Words -> units that stay whole -> lines: broken greedily, or evenly into a number of lines.

Widths are measured once for each unit. What must not live here: sizes (`fit.py`, `flow.py`).
"""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from sgd_assets.renders.compose.type.missing import Faces
from sgd_assets.renders.compose.type.runs import Levels, is_accented_capital, is_plain, line_width, reach_of
from sgd_assets.renders.compose.type.set_text import PLAIN_DROP_EM
from sgd_resources.writing.bidi import has_right_to_left, is_right_to_left, levels_of
from sgd_resources.writing.breaks import HYPHEN, Paragraph, hyphenated, paragraphs_of
from sgd_resources.writing.languages import fitting_language

_AIR_EM = 0.08
"""Least room between the ink of two lines, where letters are higher or lower than the leading of Latin allows for."""


@dataclass(frozen=True)
class Line:
    """One line in the order of reading; levels where it is not plain."""

    text: str
    levels: Levels | None = None


@dataclass(frozen=True)
class Unit:
    """Characters of a paragraph that stay on one line."""

    paragraph: int
    start: int
    end: int
    wide_em: float
    hyphen_em: float = 0.0
    """Width of the hyphen that a line which ends here takes."""
    is_spaced: bool = False
    """A space parts it from the next one."""


class Words:
    """A text in its faces, ready to be broken at any width."""

    def __init__(self, text: str, faces: Faces, tracking_em: float, language: str | None) -> None:
        """Keeps no more than the paragraphs; everything is measured when it is first asked for."""
        self.faces = faces
        self.tracking_em = tracking_em
        self.language = fitting_language(text, language)
        self.paragraphs: tuple[Paragraph, ...] = paragraphs_of(text, self.language)
        self.is_plain = all(is_plain(paragraph.text) for paragraph in self.paragraphs)
        self.is_rtl = not self.is_plain and is_right_to_left(text)
        self._levels = [self._levels_of(paragraph.text) for paragraph in self.paragraphs]
        self._units: dict[int, tuple[tuple[Unit, ...], ...]] = {}

    @cached_property
    def space_em(self) -> float:
        """Width that a space adds."""
        return self._wide("n n", None) - self._wide("nn", None)

    @cached_property
    def reach_em(self) -> tuple[float | None, float]:
        """Ink above and below the baseline; None and the descenders of Latin for text no higher than capitals."""
        if self.is_plain:
            accented = "".join(c for p in self.paragraphs for c in p.text if is_accented_capital(c))
            return (self.faces[0].reach_em(accented)[0] if accented else None), PLAIN_DROP_EM
        reaches = [
            reach_of(paragraph.text, levels, self.faces, self.language)
            for paragraph, levels in zip(self.paragraphs, self._levels, strict=True)
            if levels is not None
        ]
        cap = self.faces[0].metrics.cap_height_em
        return max(cap, *(top for top, _ in reaches)), max(PLAIN_DROP_EM, *(bottom for _, bottom in reaches))

    def leading(self, wanted: float) -> float:
        """The leading that is wanted, or the least at which the ink of two lines does not touch."""
        rise, drop = self.reach_em
        return wanted if rise is None or self.is_plain else max(wanted, rise + drop + _AIR_EM)

    def ranks(self) -> frozenset[int]:
        """Ranks of the breaks that the text allows."""
        return frozenset(place.rank for paragraph in self.paragraphs for place in paragraph.breaks)

    def units(self, rank: int) -> tuple[tuple[Unit, ...], ...]:
        """Units of each paragraph when breaks up to a rank are used."""
        if rank not in self._units:
            self._units[rank] = tuple(
                tuple(self._units_of(index, paragraph, rank)) for index, paragraph in enumerate(self.paragraphs)
            )
        return self._units[rank]

    def hyphenated(self, widest_em: float) -> "Words":
        """These words, those wider than a line opened at their hyphenation points; itself where there are none."""
        opened = list(self.paragraphs)
        for index, units in enumerate(self.units(HYPHEN)):
            for unit in units:
                if unit.wide_em > widest_em:
                    word = self.paragraphs[index].text[unit.start : unit.end]
                    opened[index] = hyphenated(opened[index], word, self.language)
        if tuple(opened) == self.paragraphs:
            return self
        other = copy.copy(self)
        other.paragraphs = tuple(opened)
        other._units = {}
        return other

    def width_em(self, line: Line) -> float:
        """Width of a set line."""
        return self._wide(line.text, line.levels)

    def greedy(self, rank: int, width_em: float) -> tuple[Line, ...]:
        """Lines of at most a width, each as full as it can be; a unit that is wider stands on a line of its own."""
        return tuple(line for units in self.units(rank) for line in self._filled(units, width_em))

    def balanced(self, rank: int, count: int) -> tuple[Line, ...]:
        """Lines of the least widest width that break into at most `count` lines."""
        units = [unit for paragraph in self.units(rank) for unit in paragraph]
        low = max(unit.wide_em for unit in units)
        high = sum(unit.wide_em for unit in units) + 0.4 * len(units)
        for _ in range(12):
            middle = (low + high) / 2
            if sum(self._count(paragraph, middle) for paragraph in self.units(rank)) <= count:
                high = middle
            else:
                low = middle
        return self.greedy(rank, high)

    def _filled(self, units: Sequence[Unit], width_em: float) -> list[Line]:
        starts = [*self._starts(units, width_em), len(units)]
        return [self._line(units[first], units[last - 1]) for first, last in pairwise(starts)]

    def _count(self, units: Sequence[Unit], width_em: float) -> int:
        return len(self._starts(units, width_em))

    def _starts(self, units: Sequence[Unit], width_em: float) -> list[int]:
        """Indexes of the units that begin a line."""
        starts = [0]
        used = units[0].wide_em
        for index in range(1, len(units)):
            unit = units[index]
            gap = self.space_em if units[index - 1].is_spaced else 0.0
            if used + gap + unit.wide_em + unit.hyphen_em > width_em + 1e-9:
                starts.append(index)
                used = unit.wide_em
            else:
                used += gap + unit.wide_em
        return starts

    def _line(self, first: Unit, last: Unit) -> Line:
        text = self.paragraphs[first.paragraph].text[first.start : last.end]
        levels = self._levels[first.paragraph]
        cut = levels[first.start : last.end] if levels is not None else None
        if last.hyphen_em and last.end < len(self.paragraphs[first.paragraph].text):
            return Line(f"{text}-", (*cut, cut[-1]) if cut is not None else None)
        return Line(text, cut)

    def _units_of(self, index: int, paragraph: Paragraph, rank: int) -> list[Unit]:
        found: list[Unit] = []
        start = 0
        levels = self._levels[index]
        hyphen_em = 0.0
        for place in paragraph.breaks:
            if place.rank > rank:
                continue
            end = place.offset
            is_spaced = paragraph.text[end - 1] == " "
            end -= is_spaced
            if place.has_hyphen:
                hyphen_em = hyphen_em or self._wide("-", None) + self.tracking_em
            cut = levels[start:end] if levels is not None else None
            wide = self._wide(paragraph.text[start:end], cut)
            found.append(Unit(index, start, end, wide, hyphen_em if place.has_hyphen else 0.0, is_spaced))
            start = place.offset
        return found

    def _levels_of(self, text: str) -> Levels | None:
        if self.is_plain:
            return None
        if self.is_rtl or has_right_to_left(text):
            return levels_of(text, is_rtl=self.is_rtl)
        return (0,) * len(text)

    def _wide(self, text: str, levels: Levels | None) -> float:
        return line_width(text, self.faces, 1.0, self.tracking_em, levels=levels, language=self.language)


@lru_cache(maxsize=64)
def words_of(text: str, faces: Faces, tracking_em: float, language: str | None) -> Words:
    """The words of a text, measured once however often a layout tries boxes for it."""
    return Words(text, faces, tracking_em, language)
