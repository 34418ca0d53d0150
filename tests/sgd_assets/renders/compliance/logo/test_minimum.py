"""The logo's least size on pictures that were drawn here, where the guide states none."""

import pytest

from sgd_assets.canon.model import Measure
from tests.fakes.confined import FakeConfinedJobs
from tests.sgd_assets.renders.brand import SampleBrand, measure_fact, request
from tests.sgd_assets.renders.rendering import render


def _wide_clear_space() -> SampleBrand:
    brand = SampleBrand("larkfold")
    kept = tuple(fact for fact in brand.canon.facts if fact.kind != "logo_clear_space")
    ratio = measure_fact("logo_clear_space", Measure(unit="ratio", value=9.0, reference="logo height"))
    brand.canon = brand.canon.model_copy(update={"facts": (*kept, ratio)})
    return brand


def test_a_logo_too_small_to_be_one_is_a_violation_and_not_passed_over() -> None:
    record = render(_wide_clear_space(), request('Poster "Open day"', "16x1024"), FakeConfinedJobs())
    finding = next(each for each in record.outputs[0].critique.findings if each.rule == "logo_minimum_size")
    assert "a logo is told from" in finding.message
    assert not record.guardrails_ok


@pytest.mark.parametrize("size", ["64x4096", "4096x64", "320x50", "64x64"])
def test_a_small_wordmark_that_can_be_read_breaks_nothing(size: str) -> None:
    record = render(SampleBrand("larkfold"), request('Poster "Open day"', size), FakeConfinedJobs())
    assert [each for each in record.outputs[0].critique.findings if each.rule == "logo_minimum_size"] == []
