"""Palette -> which text colours work on which backgrounds, measured as WCAG 2.2 contrast ratios.

What must not live here: the arithmetic itself (`sgd_resources/colour.py`).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sgd_resources.colour import BLACK, WHITE, contrast

Grade = Literal["AAA", "AA", "AA large", "fails"]

_MAX_COLOURS = 12


@dataclass(frozen=True)
class Pair:
    """Text of one colour on a ground of another."""

    ground_hex: str
    text_hex: str
    ratio: str
    grade: Grade


@dataclass(frozen=True)
class Matrix:
    """Rows are grounds, columns texts; a colour on itself is None."""

    colours: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Pair | None, ...]], ...]
    left_out: int


def contrast_matrix(palette_hex: Sequence[str]) -> Matrix:
    """Every pair of the palette, with white and black beside it."""
    shown = tuple(palette_hex[:_MAX_COLOURS])
    colours = (*shown, *(extra for extra in (WHITE, BLACK) if extra not in shown))
    rows = tuple((ground, tuple(_pair(ground, text) for text in colours)) for ground in colours)
    return Matrix(colours, rows, max(0, len(palette_hex) - _MAX_COLOURS))


def readable_on(ground_hex: str) -> str:
    """White or black, whichever reads better on a ground."""
    return max((WHITE, BLACK), key=lambda text: contrast(text, ground_hex))


def grade_of(ratio: float) -> Grade:
    """Source: WCAG 2.2, success criteria 1.4.3 and 1.4.6; large is 18 pt, or 14 pt bold."""
    if ratio >= 7:
        return "AAA"
    if ratio >= 4.5:
        return "AA"
    return "AA large" if ratio >= 3 else "fails"


def _pair(ground_hex: str, text_hex: str) -> Pair | None:
    if ground_hex == text_hex:
        return None
    ratio = contrast(ground_hex, text_hex)
    # Rounded down: 4.499 must not read as 4.5 and still fail.
    return Pair(ground_hex, text_hex, f"{math.floor(ratio * 10) / 10:.1f}", grade_of(ratio))
