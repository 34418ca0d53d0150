"""Parts of a picture of ours are made larger and smaller through its plan."""

import pytest

from sgd_assets.renders.model import RenderOutput
from tests.fakes.confined import FakeConfinedJobs
from tests.sgd_assets.renders.brand import SampleBrand, request
from tests.sgd_assets.renders.rendering import render

pytestmark = pytest.mark.slow

OTHER_ID = "00000000-0000-4000-8000-000000000002"


@pytest.fixture(scope="module")
def brand() -> SampleBrand:
    return SampleBrand("larkfold")


@pytest.fixture(scope="module")
def first(brand: SampleBrand) -> RenderOutput:
    return render(brand, request('Poster "Open day", date "12 June"'), FakeConfinedJobs()).outputs[0]


def _edited(brand: SampleBrand, first: RenderOutput, instruction: str) -> RenderOutput:
    body = request(instruction, task="edit", references=[first.key])
    return render(brand, body, FakeConfinedJobs(), render_id=OTHER_ID).outputs[0]


def _logo_px(output: RenderOutput) -> float:
    box = output.plan.logo_box_px
    assert box is not None
    return box[3] - box[1]


@pytest.mark.slow
@pytest.mark.parametrize(("words", "low", "high"), [("bigger", 1.2, 1.4), ("smaller", 0.7, 0.85)])
def test_the_logo_gets_larger_and_smaller(
    brand: SampleBrand, first: RenderOutput, words: str, low: float, high: float
) -> None:
    made = _edited(brand, first, f"Make the logo {words}")
    assert low < _logo_px(made) / _logo_px(first) < high
    assert (made.plan.unmet, made.plan.headline, made.plan.layout) == ((), "Open day", first.plan.layout)


def test_a_smaller_headline_is_smaller_and_says_the_same(brand: SampleBrand, first: RenderOutput) -> None:
    made = _edited(brand, first, "smaller headline")
    assert made.plan.headline_px is not None
    assert first.plan.headline_px is not None
    assert 0.7 < made.plan.headline_px / first.plan.headline_px < 0.85
    assert made.plan.unmet == ()
    back = _edited(brand, made, "Make the headline larger")
    assert back.plan.headline_px == pytest.approx(first.plan.headline_px, rel=0.02)


@pytest.mark.slow
def test_what_has_no_room_to_grow_is_named(brand: SampleBrand, first: RenderOutput) -> None:
    made = first
    for _ in range(6):
        made = _edited(brand, made, "Make the headline bigger")
        if made.plan.unmet:
            break
    assert made.plan.unmet
    assert made.plan.unmet[0].startswith("edit: headline larger: no room for more")
