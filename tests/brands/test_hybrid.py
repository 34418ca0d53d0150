"""The hybrid evaluation says what a model's help changed, and a worse result fails its gate."""

from tests.brands.hybrid import passes_quality, uplift


def test_uplift_is_assisted_minus_local_by_measure() -> None:
    assert uplift({"voice coverage": 0.8, "font F1": 1.0}, {"voice coverage": 0.9, "font F1": 0.95}) == {
        "voice coverage": 0.1,
        "font F1": -0.05,
    }


def test_one_measure_that_became_worse_fails_the_quality_gate() -> None:
    assert passes_quality({"voice coverage": 0.1, "font F1": 0.0})
    assert not passes_quality({"voice coverage": 0.1, "font F1": -0.05})
