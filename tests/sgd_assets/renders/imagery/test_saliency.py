"""A crop keeps what draws the eye."""

import io

import numpy as np
import pytest
from PIL import Image

from sgd_assets.renders.imagery.saliency import crop_start, saliency_of
from tests.sgd_assets.renders.imagery import pictures

pytestmark = pytest.mark.slow


def small(data: bytes) -> np.ndarray:
    image = Image.open(io.BytesIO(data)).convert("RGB")
    image.thumbnail((64, 64))
    return np.asarray(image)


@pytest.mark.slow
@pytest.mark.parametrize("at", [0.15, 0.3, 0.5, 0.72, 0.86])
def test_an_upright_crop_of_a_wide_picture_holds_the_subject_wherever_it_stands(at: float) -> None:
    seen = saliency_of(small(pictures.photo(960, 640, subject=(at, 0.5))))
    start = crop_start(seen, 0.4, axis=1)
    assert start <= at - 0.06, start
    assert at + 0.06 <= start + 0.4, start


def test_a_flat_crop_of_a_tall_picture_holds_the_subject_in_its_upper_part() -> None:
    seen = saliency_of(small(pictures.photo(600, 1000, subject=(0.5, 0.2))))
    start = crop_start(seen, 0.35, axis=0)
    assert start <= 0.14
    assert start + 0.35 >= 0.26


def test_a_picture_without_anything_in_it_is_cropped_in_its_middle() -> None:
    seen = saliency_of(np.full((40, 64, 3), 128, np.uint8))
    assert crop_start(seen, 0.5, axis=1) == pytest.approx(0.25, abs=0.02)
    assert seen.sum() == pytest.approx(1.0)


@pytest.mark.slow
def test_nothing_is_cropped_where_all_of_a_side_is_kept() -> None:
    assert crop_start(saliency_of(small(pictures.photo())), 1.0, axis=0) == 0.0
