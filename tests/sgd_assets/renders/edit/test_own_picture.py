"""An edit of a picture of ours is the same picture with the change; of another one, what stays is named."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from sgd_assets.renders.brief.model import Brief, WantedImagery
from sgd_assets.renders.model import PlannedImagery, RenderOutput
from sgd_resources.errors import ValidationFailed
from sgd_resources.storage.keys import render_plan_key
from tests.fakes.confined import FakeConfinedJobs
from tests.sgd_assets.renders.brand import ORG, SampleBrand, request
from tests.sgd_assets.renders.rendering import render

pytestmark = pytest.mark.slow

OTHER_ID = "00000000-0000-4000-8000-000000000002"
THIRD_ID = "00000000-0000-4000-8000-000000000003"


def a_picture() -> bytes:
    file = BytesIO()
    Image.effect_noise((320, 240), 90).convert("RGB").save(file, "PNG")
    return file.getvalue()


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


@pytest.mark.slow
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


@pytest.mark.slow
def test_parts_are_removed_and_added(brand: SampleBrand, first: RenderOutput) -> None:
    made = _edited(brand, first, "Remove the date and the button")
    assert (made.plan.headline, made.plan.date, made.plan.call_to_action) == ("Open day", None, None)
    assert made.plan.unmet == ()


@pytest.mark.slow
def test_the_logo_moves_and_the_ground_changes(brand: SampleBrand, first: RenderOutput) -> None:
    moved = _edited(brand, first, "Move the logo to the bottom right")
    assert moved.plan.logo_box_px is not None
    assert moved.plan.logo_box_px[0] > 270
    assert moved.plan.logo_box_px[1] > 270
    other = _edited(brand, first, "Make the background orange")
    assert other.plan.background_hex != first.plan.background_hex
    assert (other.plan.headline, other.plan.unmet) == ("Open day", ())


@pytest.mark.parametrize("wish", ["Make the headline orange", "Swap the headline and the date", "Add a QR code"])
def test_a_change_that_no_plan_makes_changes_nothing_and_is_named(
    brand: SampleBrand, first: RenderOutput, wish: str
) -> None:
    made = _edited(brand, first, wish)
    assert (_look(made), made.plan.headline, made.plan.date) == (_look(first), "Open day", "12 June")
    assert made.plan.unmet


def test_an_edit_of_an_edit_goes_on_from_there(brand: SampleBrand, first: RenderOutput) -> None:
    once = _edited(brand, first, 'Change the headline to "Closed day"')
    body = request("Remove the date", task="edit", references=[once.key])
    twice = render(brand, body, FakeConfinedJobs(), render_id=THIRD_ID).outputs[0]
    assert (twice.plan.headline, twice.plan.date) == ("Closed day", None)


@pytest.mark.slow
def test_another_size_keeps_words_and_colours(brand: SampleBrand, first: RenderOutput) -> None:
    made = _edited(brand, first, 'Change the date to "13 June"', size="1200x628")
    assert (made.width_px, made.plan.headline, made.plan.date) == (1200, "Open day", "13 June")
    assert made.plan.background_hex == first.plan.background_hex


def test_what_no_plan_can_do_is_named(brand: SampleBrand, first: RenderOutput) -> None:
    body = request("Replace the background by a forest", task="edit", references=[first.key])
    record = render(brand, body, FakeConfinedJobs(), render_id=OTHER_ID)
    assert not record.guardrails_ok
    assert any("forest" in line for line in record.outputs[0].plan.unmet)


@pytest.mark.slow
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


def test_an_edit_of_a_picture_of_ours_gives_one_picture(brand: SampleBrand, first: RenderOutput) -> None:
    with pytest.raises(ValidationFailed) as caught:
        _edited(brand, first, "Remove the date", count=2)
    assert caught.value.details["errors"][0]["path"] == "$.outputs.count"


def test_variations_of_a_picture_of_ours_say_what_it_says_in_other_ways(
    brand: SampleBrand, first: RenderOutput
) -> None:
    body = request('Change nothing but the button "Come in"', task="variations", references=[first.key], count=3)
    made = render(brand, body, FakeConfinedJobs(), render_id=OTHER_ID).outputs
    assert {(one.plan.headline, one.plan.date, one.plan.call_to_action) for one in made} == {
        ("Open day", "12 June", "Come in")
    }
    looks = {(one.plan.layout, one.plan.background_hex, one.plan.motif) for one in (first, *made)}
    assert len(looks) == 4
    assert {one.plan.picture_boxes_px for one in made} == {()}, "the picture itself is pasted"
    assert all("varied from the plan of" in " ".join(one.plan.notes) for one in made)


def test_a_generated_picture_stays_in_an_edit_and_is_not_shown_where_it_is_taken_out(brand: SampleBrand) -> None:
    key = f"org/{ORG}/public/renders/{THIRD_ID}/generated/{'a' * 64}.png"
    brand.store.put(key, a_picture())
    body = request('Poster "Run with us"')
    plain = render(brand, body, FakeConfinedJobs(), render_id=THIRD_ID).outputs[0].plan
    shown = PlannedImagery(kind="generated", keys=(key,), reason="generated")
    brief = (plain.brief or Brief()).model_copy(update={"imagery": WantedImagery(kind="photo", subject="a runner")})
    made_with = plain.model_copy(update={"imagery": shown, "brief": brief})
    brand.store.put(render_plan_key(ORG, THIRD_ID, 0), made_with.model_dump_json().encode())
    picture = f"org/{ORG}/public/renders/{THIRD_ID}/0.png"
    edit = request('Change the headline to "Run far"', task="edit", references=[picture])
    kept = render(brand, edit, FakeConfinedJobs(), render_id=OTHER_ID).outputs[0].plan
    assert kept.imagery is not None
    assert (kept.headline, kept.imagery.keys, kept.unmet) == ("Run far", (key,), ())
    assert len(kept.picture_boxes_px) == 1
    without = request("Remove the picture", task="edit", references=[picture])
    gone = render(brand, without, FakeConfinedJobs(), render_id=OTHER_ID).outputs[0].plan
    assert (gone.imagery, gone.picture_boxes_px) == (None, ())
