"""What a mark is made of is told from its shapes."""

import numpy as np
from numpy.typing import NDArray

from sgd_resources.drawing.settle.anatomy import Anatomy, anatomy_of

Mask = NDArray[np.bool_]


def blank(width: int = 700, height: int = 200) -> Mask:
    return np.zeros((height, width), bool)


def letters(mask: Mask, x: int, y: int, size: int, count: int) -> None:
    """Upright shapes of alike height side by side, as letters stand."""
    for number in range(count):
        left = x + number * round(size * 0.8)
        mask[y + (number % 2) * size // 6 : y + size, left : left + round(size * 0.5)] = True
        mask[y + size // 3 : y + size // 2, left + size // 6 : left + size // 4] = False


def disc(mask: Mask, x: int, y: int, radius: int) -> None:
    rows, columns = np.mgrid[0 : mask.shape[0], 0 : mask.shape[1]]
    mask |= (rows - y) ** 2 + (columns - x) ** 2 < radius**2


def cut(mask: Mask) -> Anatomy:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return anatomy_of(mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])


def test_letters_side_by_side_are_a_wordmark() -> None:
    mask = blank()
    letters(mask, 20, 60, 90, 6)
    assert cut(mask) == Anatomy("wordmark", 6)


def test_one_large_shape_is_a_symbol_and_so_are_three_rings() -> None:
    one, three = blank(200, 200), blank(200, 200)
    disc(one, 100, 100, 90)
    for x, y in ((60, 60), (140, 60), (100, 140)):
        disc(three, x, y, 36)
    assert cut(one).kind == "symbol"
    assert cut(three).kind == "symbol"


def test_a_symbol_beside_letters_is_a_lockup() -> None:
    mask = blank()
    disc(mask, 100, 100, 95)
    letters(mask, 240, 70, 70, 6)
    assert cut(mask) == Anatomy("lockup", 6)


def test_small_letters_under_the_name_are_a_strapline_with_its_share_of_the_height() -> None:
    mask = blank()
    letters(mask, 20, 20, 100, 6)
    letters(mask, 20, 160, 20, 20)
    found = cut(mask)
    assert found.strapline is not None
    assert abs(found.strapline - 20 / 160) < 0.03


def test_a_picture_full_of_noise_is_no_wordmark_and_costs_nothing() -> None:
    noise = np.random.default_rng(1).random((700, 700)) > 0.5
    assert anatomy_of(noise) == Anatomy("symbol", 0)
