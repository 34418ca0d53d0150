from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sgd_resources.parsers.pixels.flat_colours import flat_colours

RED, BLUE, NEARLY_RED = (200, 20, 30), (10, 40, 220), (204, 22, 27)


def picture(*patches: tuple[tuple[int, int, int, int], tuple[int, int, int]]) -> NDArray[np.uint8]:
    pixels = np.full((60, 80, 3), 255, np.uint8)
    for (x0, y0, x1, y1), rgb in patches:
        pixels[y0:y1, x0:x1] = rgb
    return pixels


def test_colours_come_by_area_with_the_box_of_what_is_flat() -> None:
    """The rim of a patch is not flat, since the next pixel differs."""
    found = flat_colours(picture(((10, 10, 50, 40), RED), ((60, 5, 75, 25), BLUE))).colours
    assert [colour.rgb for colour in found] == [(255, 255, 255), RED, BLUE]
    assert found[1].bbox == (11.0, 11.0, 49.0, 39.0)
    assert found[1].area_ratio == pytest.approx(38 * 28 / 4800, abs=1e-6)
    assert found[0].bbox == (0.0, 0.0, 80.0, 60.0)


def test_two_patches_of_one_colour_share_a_box() -> None:
    (_, red) = flat_colours(picture(((0, 0, 20, 20), RED), ((60, 40, 80, 60), RED))).colours
    assert red.bbox == (0.0, 0.0, 80.0, 60.0)


def test_near_colours_join_the_larger_one() -> None:
    found = flat_colours(picture(((0, 0, 40, 60), RED), ((40, 0, 60, 20), NEARLY_RED))).colours
    assert [colour.rgb for colour in found] == [RED, (255, 255, 255)]


def test_a_fourth_channel_is_not_looked_at() -> None:
    pixels = picture(((10, 10, 50, 40), RED))
    noise = np.random.default_rng(0).integers(0, 256, (60, 80, 1), np.uint8)
    assert flat_colours(np.concatenate([pixels, noise], axis=2)) == flat_colours(pixels)


def test_what_is_not_opaque_is_left_out() -> None:
    alpha = np.full((60, 80), 255, np.uint8)
    alpha[:, :40] = 100
    found = flat_colours(picture(((0, 0, 40, 60), RED)), alpha=alpha)
    assert [colour.rgb for colour in found.colours] == [(255, 255, 255)]
    # next to the unseen half, a column of white pixels has a neighbour that differs
    assert found.flat_ratio == pytest.approx(39 / 40, abs=1e-4)


def test_noise_has_no_flat_colour() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (90, 90, 3), np.uint8)
    assert flat_colours(pixels).colours == ()


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (9, 1), (2, 2)])
def test_tiny_pictures_are_read(size: tuple[int, int]) -> None:
    pixels = np.full((*size, 3), 7, np.uint8)
    assert flat_colours(pixels, min_area_ratio=0).flat_ratio == 1


@given(
    st.lists(
        st.tuples(
            st.tuples(st.integers(0, 79), st.integers(0, 59), st.integers(1, 80), st.integers(1, 60)),
            st.sampled_from([RED, BLUE, (0, 0, 0), (0, 255, 0)]),
        ),
        max_size=8,
    )
)
@pytest.mark.slow
def test_runs_count_as_pixels_do(patches: list[tuple[tuple[int, int, int, int], tuple[int, int, int]]]) -> None:
    pixels = picture(*patches)
    counted = Counter[tuple[int, int, int]]()
    for y in range(60):
        for x in range(80):
            around = [(y + dy, x + dx) for dy, dx in ((0, 1), (1, 0), (0, -1), (-1, 0))]
            if all(not (0 <= v < 60 and 0 <= u < 80) or (pixels[v, u] == pixels[y, x]).all() for v, u in around):
                counted[tuple(int(channel) for channel in pixels[y, x])] += 1  # type: ignore[index]  # three channels
    expected = {rgb: count for rgb, count in counted.items() if count >= 4}
    found = {colour.rgb: round(colour.area_ratio * 4800) for colour in flat_colours(pixels).colours}
    assert found == expected
