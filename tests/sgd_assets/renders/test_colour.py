import numpy as np
import pytest
from coloraide import Color

from sgd_assets.renders.colour import contrast, delta_e, nearest_delta_e, oklch
from sgd_assets.renders.plan.schemes import schemes

PAIRS = [
    ("#1E4D3A", "#F2A62B"),
    ("#000000", "#FFFFFF"),
    ("#777777", "#787878"),
    ("#0000FF", "#0000C8"),
    ("#FF0000", "#FE0102"),
]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_ciede2000_agrees_with_coloraide(first: str, second: str) -> None:
    # Under D65, as here: coloraide's plain Lab is under D50.
    reference = Color(first).delta_e(second, method="2000", space="lab-d65")
    assert delta_e(first, second) == pytest.approx(reference, abs=0.02)


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_contrast_agrees_with_coloraide(first: str, second: str) -> None:
    assert contrast(first, second) == pytest.approx(Color(first).contrast(second, method="wcag21"), rel=1e-3)


def test_oklch_agrees_with_coloraide() -> None:
    lightness, chroma, _ = oklch("#2F5BEA")
    reference = Color("#2F5BEA").convert("oklch")
    assert [lightness, chroma] == pytest.approx([reference["l"], reference["c"]], abs=1e-4)


def test_differences_are_taken_of_every_colour_to_every_palette_colour() -> None:
    found = nearest_delta_e(np.array([[0, 0, 0], [255, 255, 255]], np.uint8), ("#000000", "#FFFFFF", "#FF0000"))
    assert found.shape == (2, 3)
    assert found[0, 0] == found[1, 1] == 0


def test_every_scheme_carries_legible_text_and_the_first_uses_the_primary() -> None:
    found = schemes(("#1E4D3A", "#F2A62B", "#F7F0E3", "#22261F"), {})
    assert found[0].background == "#1E4D3A"
    assert all(contrast(scheme.text, scheme.background) >= 4.5 for scheme in found)


def test_the_mood_orders_the_grounds() -> None:
    palette = ("#1E4D3A", "#F2A62B", "#F7F0E3", "#22261F")
    assert schemes(palette, {}, mood="light")[0].background == "#F7F0E3"
    assert schemes(palette, {}, mood="dark")[0].background == "#22261F"
