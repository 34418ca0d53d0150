"""Which part of a picture fills a page."""

import pytest

from sgd_assets.renders.compose.backdrop.sight import sight_of
from sgd_assets.renders.compose.backdrop.window import Window, best_window
from tests.sgd_assets.renders.imagery.pictures import logo, photo
from tests.sgd_assets.renders.laying import PAINTER

pytestmark = pytest.mark.slow

LEFT, FOOT = (0.0, 0.0, 0.5, 1.0), (0.0, 0.5, 1.0, 1.0)


def window(subject: tuple[float, float], page: tuple[int, int], covered: tuple[float, float, float, float]) -> Window:
    picture = PAINTER.decode(photo(1600, 1000, subject=subject))
    return best_window(sight_of(picture, PAINTER), *page, [covered])


def place(found: Window, subject: tuple[float, float]) -> tuple[float, float]:
    """Where the subject comes to stand on the page, in shares."""
    return (subject[0] - found.x) / found.width, (subject[1] - found.y) / found.height


@pytest.mark.slow
@pytest.mark.parametrize("page", [(1200, 628), (900, 900), (970, 250)])
@pytest.mark.parametrize("x", [0.4, 0.6, 0.8])
def test_the_subject_comes_to_stand_beside_words_on_the_left(page: tuple[int, int], x: float) -> None:
    at, _ = place(window((x, 0.5), page, LEFT), (x, 0.5))
    assert 0.5 < at < 1.0


@pytest.mark.slow
@pytest.mark.parametrize("y", [0.3, 0.45])
def test_the_subject_comes_to_stand_above_words_at_the_foot(y: float) -> None:
    _, at = place(window((0.5, y), (900, 900), FOOT), (0.5, y))
    assert 0.0 < at < 0.5


@pytest.mark.slow
def test_the_crop_has_the_shape_of_the_page_and_stays_in_the_picture() -> None:
    found = window((0.7, 0.4), (1200, 628), LEFT)
    assert abs((found.width * 1600) / (found.height * 1000) - 1200 / 628) < 0.01
    assert found.x >= 0
    assert found.y >= 0
    assert found.x + found.width <= 1 + 1e-9
    assert found.y + found.height <= 1 + 1e-9


def test_a_cut_out_and_a_picture_that_would_turn_to_blur_fill_no_page() -> None:
    assert not sight_of(PAINTER.decode(logo()), PAINTER).fills(600, 600)
    small = sight_of(PAINTER.decode(photo(480, 320)), PAINTER)
    assert small.fills(1080, 628)
    assert not small.fills(2160, 2160)
