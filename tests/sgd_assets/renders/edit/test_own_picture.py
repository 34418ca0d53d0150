"""An edit of a picture of ours is the same picture with the change; of another one, what stays is named."""

from typing import Any

import pytest

from sgd_assets.renders.model import RenderOutput
from tests.fakes.confined import FakeConfinedJobs
from tests.sgd_assets.renders.brand import SampleBrand, request
from tests.sgd_assets.renders.rendering import render

OTHER_ID = "00000000-0000-4000-8000-000000000002"
THIRD_ID = "00000000-0000-4000-8000-000000000003"


@pytest.fixture(scope="module")
def brand() -> SampleBrand:
    return SampleBrand("larkfold")


@pytest.fixture(scope="module")
def first(brand: SampleBrand) -> RenderOutput:
    body = request('Poster "Open day", date "12 June", button "Book now"')
    return render(brand, body, FakeConfinedJobs()).outputs[0]


def _edited(brand: SampleBrand, first: RenderOutput, instruction: str, **changes: Any) -> RenderOutput:
    body = request(instruction, task="edit", references=[first.key], **changes)
    return render(brand, body, FakeConfinedJobs(), render_id=OTHER_ID).outputs[0]


def _look(output: RenderOutput) -> tuple[Any, ...]:
    plan = output.plan
    return plan.layout, plan.motif, plan.background_hex, plan.art_hex, plan.logo_sha256, plan.seed


def test_a_new_headline_takes_the_place_of_the_old_one_and_nothing_else_changes(
    brand: SampleBrand, first: RenderOutput
) -> None:
    made = _edited(brand, first, 'Change the headline to "Closed day"')
    assert (made.plan.headline, made.plan.date, made.plan.call_to_action) == ("Closed day", "12 June", "Book now")
    assert _look(made) == _look(first)
    assert (made.plan.unmet, made.plan.reference_keys, made.plan.picture_boxes_px) == ((), (), ())
    assert made.plan.ops[0] == "local_edit"


def test_an_edit_that_changes_nothing_gives_the_same_bytes(brand: SampleBrand, first: RenderOutput) -> None:
    assert _edited(brand, first, 'Change the headline to "Open day"').sha256 == first.sha256


def test_parts_are_removed_and_added(brand: SampleBrand, first: RenderOutput) -> None:
    made = _edited(brand, first, "Remove the date and the button")
    assert (made.plan.headline, made.plan.date, made.plan.call_to_action) == ("Open day", None, None)
    assert made.plan.unmet == ()


def test_the_logo_moves_and_the_ground_changes(brand: SampleBrand, first: RenderOutput) -> None:
    moved = _edited(brand, first, "Move the logo to the bottom right")
    assert moved.plan.logo_box_px is not None
    assert moved.plan.logo_box_px[0] > 270
    assert moved.plan.logo_box_px[1] > 270
    other = _edited(brand, first, "Make the background orange")
    assert other.plan.background_hex != first.plan.background_hex
    assert (other.plan.headline, other.plan.unmet) == ("Open day", ())


def test_an_edit_of_an_edit_goes_on_from_there(brand: SampleBrand, first: RenderOutput) -> None:
    once = _edited(brand, first, 'Change the headline to "Closed day"')
    body = request("Remove the date", task="edit", references=[once.key])
    twice = render(brand, body, FakeConfinedJobs(), render_id=THIRD_ID).outputs[0]
    assert (twice.plan.headline, twice.plan.date) == ("Closed day", None)


def test_another_size_keeps_words_and_colours(brand: SampleBrand, first: RenderOutput) -> None:
    made = _edited(brand, first, 'Change the date to "13 June"', size="1200x628")
    assert (made.width_px, made.plan.headline, made.plan.date) == (1200, "Open day", "13 June")
    assert made.plan.background_hex == first.plan.background_hex


def test_what_no_plan_can_do_is_named(brand: SampleBrand, first: RenderOutput) -> None:
    body = request("Replace the background by a forest", task="edit", references=[first.key])
    record = render(brand, body, FakeConfinedJobs(), render_id=OTHER_ID)
    assert not record.guardrails_ok
    assert any("forest" in line for line in record.outputs[0].plan.unmet)


def test_an_edit_beside_a_plan_of_the_client_names_each_change_as_not_done(
    brand: SampleBrand, first: RenderOutput
) -> None:
    body = request('Change the headline to "Closed day" and remove the date', task="edit", references=[first.key])
    for plan in (
        {"goal": "a poster", "ops": ["local_edit"], "safety": {"palette_only": False}},
        first.plan.model_dump(mode="json"),
    ):
        record = render(brand, {**body, "plan": plan}, FakeConfinedJobs(), render_id=OTHER_ID)
        unmet = record.outputs[0].plan.unmet
        assert not record.guardrails_ok
        assert [line.split(":")[1].strip() for line in unmet] == ["headline set Closed day", "date remove"]
