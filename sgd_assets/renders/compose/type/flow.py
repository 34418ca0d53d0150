"""A text at a wanted size, in lines as long as its measure.

What must not live here: text that fills a box (`fit.py`).
"""

from sgd_assets.renders.compose.type.fit import set_text
from sgd_assets.renders.compose.type.lines import Line, Words, words_of
from sgd_assets.renders.compose.type.missing import Faces
from sgd_assets.renders.compose.type.set_text import SetText
from sgd_resources.writing.breaks import ADDRESS, HYPHEN, TOKEN, WORD

_STEP = 0.96
_LEAST_PX = 3.0
"""Below this nothing is read at all, and making it smaller helps nobody."""


def flow(
    text: str,
    faces: Faces,
    *,
    width: float,
    height: float,
    size: float,
    smallest: float,
    leading: float,
    tracking_em: float = 0.0,
    language: str | None = None,
) -> SetText:
    """The text at a wanted size, broken greedily; smaller in steps when the box is too low or a word too wide.

    A token or word that does not fit a line at `smallest` is broken inside, with hyphens where it must be. Never cuts.
    Arguments as `fit`.
    """
    words = words_of(text, faces, tracking_em, language)
    leading = words.leading(leading)
    words, rank = _opened(words, width / smallest)
    current = size
    while True:
        lines = words.greedy(rank, width / current)
        widest = max(words.width_em(line) for line in lines) * current
        high = _height_em(words, len(lines), leading) * current
        if (widest <= width + 0.01 and high <= height + 0.01) or current < _LEAST_PX:
            lines = _without_widow(words, rank, lines, width / current)
            is_too_small = current < smallest - 0.01
            return set_text(words, text, lines, current, leading, is_too_small=is_too_small)
        current = current * _STEP if current * _STEP >= smallest or current <= smallest else smallest


def _opened(words: Words, widest_em: float) -> tuple[Words, int]:
    """The words, and the best rank of breaks at which every unit fits a line at the smallest legible size."""
    for rank in (WORD, TOKEN, ADDRESS):
        if all(unit.wide_em <= widest_em for units in words.units(rank) for unit in units):
            return words, rank
    return words.hyphenated(widest_em), HYPHEN


def _height_em(words: Words, count: int, leading: float) -> float:
    rise, drop = words.reach_em
    return (rise if rise is not None else words.faces[0].metrics.cap_height_em) + (count - 1) * leading + drop


def _without_widow(words: Words, rank: int, lines: tuple[Line, ...], width_em: float) -> tuple[Line, ...]:
    """The same number of lines, evened out, so that no line holds a single word where it need not."""
    if len(words.paragraphs) != 1:
        return lines
    even = words.balanced(rank, len(lines))
    if len(even) != len(lines) or max(words.width_em(line) for line in even) > width_em:
        return lines
    return even
