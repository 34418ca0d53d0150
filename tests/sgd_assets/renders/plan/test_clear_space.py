import pytest

from sgd_assets.canon.model import Measure
from sgd_assets.renders.plan.clear_space import clear_space_ratio, minimum_height_px
from tests.sgd_assets.renders.brand import canon_of, measure_fact


@pytest.mark.parametrize(
    ("measure", "aspect", "expected"),
    [
        (Measure(unit="ratio", value=0.5, reference="logo height"), 4.0, 0.5),
        (Measure(unit="ratio", value=1.0, reference="icon width"), 4.0, 1.0),
        (Measure(unit="ratio", value=0.1, reference="logo width"), 4.0, 0.4),
        (Measure(unit="ratio", value=0.5, reference="logo height"), 0.5, 1.0),
        (Measure(unit="percent", value=25, reference="logo height"), 2.0, 0.25),
        (Measure(unit="px", value=20), 3.0, 0.25),
        (Measure(unit="ratio", value=9.0, reference="logo height"), 1.0, 1.5),
    ],
)
def test_a_rule_becomes_a_share_of_the_shorter_side(measure: Measure, aspect: float, expected: float) -> None:
    canon = canon_of(("#000000",), facts=(measure_fact("logo_clear_space", measure),))
    ratio, is_stated = clear_space_ratio(canon, aspect=aspect, logo_height_px=80)
    assert ratio == pytest.approx(expected)
    assert is_stated


def test_without_a_rule_half_the_shorter_side_is_kept() -> None:
    assert clear_space_ratio(canon_of(("#000000",)), aspect=3, logo_height_px=80) == (0.5, False)


def test_a_screen_minimum_outweighs_a_print_one() -> None:
    facts = tuple(
        measure_fact("logo_min_size", Measure(unit=unit, value=value)) for unit, value in (("mm", 25.4), ("px", 24))
    )
    assert minimum_height_px(canon_of(("#000000",), facts=facts), aspect=1) == 24
    assert minimum_height_px(canon_of(("#000000",), facts=facts[:1]), aspect=1) == pytest.approx(96)
    assert minimum_height_px(canon_of(("#000000",)), aspect=1) is None


@pytest.mark.parametrize(
    ("words", "height"),
    [
        ("The minimum width for the wordmark is 100 px.", 25),
        ("Minimum width (height to scale) 100px", 25),
        ("Minimum height (width to scale) 100px", 100),
        ("Minimum size: 100 px high on screen, as wide as it falls.", 100),
        ("Never less than 100 px", 100),
    ],
)
def test_a_minimum_is_of_the_side_that_its_words_name_first(words: str, height: float) -> None:
    fact = measure_fact("logo_min_size", Measure(unit="px", value=100)).model_copy(update={"value": words})
    assert minimum_height_px(canon_of(("#000000",), facts=(fact,)), aspect=4) == height
