import random

import numpy as np
import pytest
from coloraide import Color

from sgd_resources.colour import (
    contrast,
    delta_e_2000,
    delta_e_2000_to_each,
    encoded_of,
    hex_of,
    lab_of,
    oklch_of,
    relative_luminance,
    rgb_of,
)

PAIRS = [
    ("#1E4D3A", "#F2A62B"),
    ("#000000", "#FFFFFF"),
    ("#777777", "#787878"),
    ("#808080", "#808080"),
    ("#0000FF", "#0000C8"),
    ("#FF0000", "#FE0102"),
    ("#FF0000", "#00FFFF"),
    ("#7F7F7F", "#0086BF"),
]


def _pairs(count: int) -> list[tuple[str, str]]:
    source = random.Random(7)
    return [(f"#{source.randrange(1 << 24):06X}", f"#{source.randrange(1 << 24):06X}") for _ in range(count)]


def test_differences_are_those_of_the_reference_implementation_in_either_order() -> None:
    for first, second in PAIRS + _pairs(300):
        # Under D65, as here: coloraide's plain Lab is under D50.
        expected = Color(first).delta_e(Color(second), method="2000", space="lab-d65")
        # A grey's hue is rounding noise, and moves the difference by a few millionths.
        assert delta_e_2000(first, second) == pytest.approx(expected, abs=1e-5)
        assert delta_e_2000(first, second) == delta_e_2000(second, first)


def test_differences_over_an_array_are_those_of_single_colours() -> None:
    firsts, seconds = zip(*(PAIRS + _pairs(60)), strict=True)
    found = delta_e_2000_to_each(np.array([rgb_of(value) for value in firsts], np.uint8), seconds)
    assert found.shape == (len(firsts), len(seconds))
    expected = [[delta_e_2000(first, second) for second in seconds] for first in firsts]
    assert found == pytest.approx(np.array(expected), abs=1e-5)


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_contrast_agrees_with_coloraide(first: str, second: str) -> None:
    assert contrast(first, second) == pytest.approx(Color(first).contrast(second, method="wcag21"), rel=1e-3)


def test_luminance_is_taken_of_every_pixel() -> None:
    found = relative_luminance(np.array([[[0, 0, 0], [255, 255, 255]]], np.uint8))
    assert found == pytest.approx(np.array([[0.0, 1.0]]))


def test_lab_and_oklch_agree_with_coloraide_and_hue_is_in_degrees() -> None:
    for value, _ in PAIRS + _pairs(100):
        assert lab_of(value) == pytest.approx(Color(value).convert("lab-d65").coords(nans=False), abs=1e-9)
    blue = oklch_of("#2F5BEA")
    assert blue.hue_deg == pytest.approx(Color("#2F5BEA").convert("oklch")["h"])
    assert 0 <= oklch_of("#FF0000").hue_deg < 360
    assert oklch_of("#808080").hue_deg == 0


def test_channels_beyond_the_range_are_clamped_and_halves_rounded_up() -> None:
    assert hex_of(-3, 127.5, 300) == "#0080FF"
    assert all(hex_of(*rgb_of(value)) == value for value, _ in _pairs(50))


def test_a_linear_light_is_encoded_as_srgb_does() -> None:
    for light in (0.0, 0.002, 0.0031308, 0.2, 1.0):
        assert encoded_of(light) == pytest.approx(Color("srgb-linear", [light] * 3).convert("srgb")["r"], abs=1e-6)
