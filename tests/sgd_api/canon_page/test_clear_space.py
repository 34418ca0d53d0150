import pytest

from sgd_api.canon_page.clear_space import draw_clear_space, measure_in_words
from sgd_assets.canon.model import Measure


def test_a_share_of_the_logo_height_is_drawn_to_scale() -> None:
    drawing = draw_clear_space(Measure(unit="ratio", value=0.25, reference="logo height"))
    assert drawing is not None
    assert drawing.gap == drawing.logo[3] / 4
    assert drawing.is_to_scale


def test_the_zone_is_the_same_on_every_side() -> None:
    drawing = draw_clear_space(Measure(unit="percent", value=50, reference="symbol width"))
    assert drawing is not None
    left, top, width, height = drawing.logo
    assert left == top == pytest.approx(drawing.width - left - width) == pytest.approx(drawing.height - top - height)


def test_a_length_in_print_units_cannot_be_to_scale() -> None:
    drawing = draw_clear_space(Measure(unit="mm", value=12))
    assert drawing is not None
    assert not drawing.is_to_scale


@pytest.mark.parametrize("measure", [None, Measure(unit="ratio", value=0)])
def test_a_rule_without_machine_form_is_not_drawn(measure: Measure | None) -> None:
    assert draw_clear_space(measure) is None


def test_an_unknown_reference_is_drawn_and_said_not_to_scale() -> None:
    drawing = draw_clear_space(Measure(unit="ratio", value=2, reference="x-height"))
    assert drawing is not None
    assert not drawing.is_to_scale


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (Measure(unit="ratio", value=0.5, reference="icon width"), "0.5 × icon width"),
        (Measure(unit="percent", value=50), "50 % of the logo"),
        (Measure(unit="px", value=20, reference="height"), "20 px (height)"),
    ],
)
def test_measures_read_as_words(measure: Measure, words: str) -> None:
    assert measure_in_words(measure) == words
