"""How strong a veil over a picture must be."""

import numpy as np
import pytest
from numpy.typing import NDArray

from sgd_assets.renders.compose.backdrop.veil import LOGO_CALM, veil_for_logo, veil_for_text, worst_contrast
from sgd_resources.colour import relative_luminance, rgb_of

DARK, LIGHT = "#0C1938", "#FFFFFF"


def noise(low: int, high: int, seed: int = 1) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(low, high, (60, 80, 4), np.uint8)


def light(hex_value: str) -> float:
    return float(relative_luminance(np.array(rgb_of(hex_value))))


def veiled(pixels: NDArray[np.uint8], ground: str, share: float) -> NDArray[np.float64]:
    rgb = pixels.reshape(-1, 4)[:, :3].astype(np.float64)
    return rgb + (np.array(rgb_of(ground), np.float64) - rgb) * share


@pytest.mark.parametrize(("ground", "ink"), [(DARK, LIGHT), (LIGHT, DARK), ("#FFB93B", "#0C1938")])
@pytest.mark.parametrize(("low", "high"), [(0, 255), (0, 60), (190, 255)])
def test_words_keep_their_contrast_on_any_picture(ground: str, ink: str, low: int, high: int) -> None:
    pixels = noise(low, high)
    share = veil_for_text(pixels, ground, ink)
    assert worst_contrast(veiled(pixels, ground, share), light(ink)) >= 4.5
    assert share < 1.0


def test_a_picture_that_shows_the_words_already_is_left_as_it_is() -> None:
    assert veil_for_text(noise(0, 40), DARK, LIGHT) == 0.0


def test_a_busier_picture_takes_a_stronger_veil() -> None:
    shares = [veil_for_text(noise(0, high), DARK, LIGHT) for high in (120, 180, 255)]
    assert shares == sorted(shares)
    assert shares[0] < shares[-1]


def test_round_a_logo_the_picture_is_calm_and_its_main_colours_can_be_read() -> None:
    pixels = noise(0, 255)
    share = veil_for_logo(pixels, DARK, ("#FFFFFF", "#19B5A5"))
    seen = veiled(pixels, DARK, share)
    assert np.percentile(np.abs(seen - np.array(rgb_of(DARK))).max(axis=1), 99) <= LOGO_CALM
    assert min(worst_contrast(seen, light(ink)) for ink in ("#FFFFFF", "#19B5A5")) >= 3.0
