"""Where a picture may show words."""

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from sgd_resources.parsers.pixels.ocr import is_ocr_installed

if not is_ocr_installed():
    pytest.skip(reason="no OCR engine is installed", allow_module_level=True)

from sgd_resources.parsers.pixels.ocr_regions import Region, count_letters, text_regions


def page(*shapes: tuple[int, int, int, int]) -> NDArray[np.uint8]:
    """Black rectangles (left, top, width, height) on a white page of 1600 x 900."""
    pixels = np.full((900, 1600, 3), 255, dtype=np.uint8)
    for left, top, width, height in shapes:
        pixels[top : top + height, left : left + width] = 0
    return pixels


def word(left: int, top: int, height: int) -> list[tuple[int, int, int, int]]:
    """Seven strokes beside each other, as letters stand."""
    return [(left + height * 3 // 4 * number, top, height // 2, height) for number in range(7)]


def holds(region: Region, left: int, top: int) -> bool:
    x0, y0, x1, y1 = region.box
    return x0 <= left < x1 and y0 <= top < y1


def test_words_far_from_each_other_are_regions_of_their_own() -> None:
    near, far = word(100, 100, 20), word(1200, 700, 20)
    found = text_regions(page(*near, *far))
    assert len(found) == 2
    assert all(holds(found[0], left, top) for left, top, _, _ in near)
    assert all(holds(found[1], left, top) for left, top, _, _ in far)


def test_large_letters_are_shown_smaller() -> None:
    small, large = text_regions(page(*word(100, 100, 10), *word(100, 500, 120)))
    assert small.scale == 1.0
    assert large.scale < 0.2


def test_small_letters_decide_the_scale_of_what_stands_beside_large_ones() -> None:
    (found,) = text_regions(page(*word(100, 100, 80), *word(100, 190, 10), *word(160, 190, 10)))
    assert found.scale == 1.0


def test_rules_swatches_and_empty_pages_are_not_looked_at() -> None:
    assert text_regions(page()) == []
    assert text_regions(page((100, 100, 1200, 2), (100, 300, 500, 400))) == []


def test_regions_do_not_overlap() -> None:
    rng = np.random.default_rng(7)
    places = zip(rng.integers(0, 1300, 40), rng.integers(0, 850, 40), rng.integers(8, 40, 40), strict=True)
    found = text_regions(page(*(shape for left, top, height in places for shape in word(left, top, height))))
    assert len(found) > 3
    for one, other in itertools.combinations([region.box for region in found], 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_a_page_strewn_with_shapes_is_looked_at_whole() -> None:
    found = text_regions(page(*((left, top, 6, 8) for left in range(10, 1590, 40) for top in range(10, 890, 40))))
    assert len(found) == 2
    assert (found[0].box[:3], found[1].box[2:]) == ((0, 0, 1600), (1600, 900))


def test_bands_of_a_large_region_share_out_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sgd_resources.parsers.pixels.ocr_regions._MOST_PIXELS", 20_000)
    bands = text_regions(page(*(shape for top in range(20, 740, 18) for shape in word(100, top, 12))))
    assert len(bands) > 1
    assert (bands[0].rows[0], bands[-1].rows[1]) == (-np.inf, np.inf)
    assert all(upper.rows[1] == lower.rows[0] for upper, lower in itertools.pairwise(bands))
    assert all(upper.box[3] > lower.box[1] for upper, lower in itertools.pairwise(bands))


def test_letters_are_counted() -> None:
    assert count_letters(page(*word(100, 100, 20), *word(500, 100, 20))) == 14
    assert count_letters(page()) == 0
