"""A stored plan as a template gives the same look with other words; nothing else of the org's is reached by it."""

from typing import Any

import pytest

from sgd_assets.renders.model import RenderOutput
from sgd_assets.renders.rehearse import rehearse
from sgd_resources.errors import ValidationFailed
from sgd_resources.font_shelf import font_shelf
from sgd_resources.storage.keys import render_plan_key
from tests.fakes.confined import FakeConfinedJobs
from tests.sgd_assets.renders.brand import ORG, RENDER_ID, SampleBrand, request
from tests.sgd_assets.renders.rendering import render

pytestmark = pytest.mark.slow

OTHER_ID = "00000000-0000-4000-8000-000000000002"
THIRD_ID = "00000000-0000-4000-8000-000000000003"
COPY = {"headline": "Long night", "date": "3 July"}


@pytest.fixture(scope="module")
def brand() -> SampleBrand:
    return SampleBrand("larkfold")


@pytest.fixture(scope="module")
def shown(brand: SampleBrand) -> tuple[RenderOutput, ...]:
    body = request('Poster "Open day", date "12 June", button "Book now"', count=3)
    return render(brand, body, FakeConfinedJobs()).outputs


def _by(plan_id: str, instruction: str | None = None, **changes: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {name: changes.pop(name) for name in ("copy", "seed") if name in changes}
    return {**request(instruction, **changes), "plan_id": plan_id, **fields}


def _made(brand: SampleBrand, body: dict[str, Any]) -> RenderOutput:
    return render(brand, body, FakeConfinedJobs(), render_id=OTHER_ID).outputs[0]


def _look(output: RenderOutput) -> tuple[Any, ...]:
    plan = output.plan
    return plan.layout, plan.motif, plan.background_hex, plan.text_hex, plan.art_hex, plan.logo_sha256, plan.seed


@pytest.mark.slow
@pytest.mark.parametrize("index", range(3))
def test_other_words_stand_in_the_look_of_the_template(
    brand: SampleBrand, shown: tuple[RenderOutput, ...], index: int
) -> None:
    made = _made(brand, _by(f"{RENDER_ID}/{index}", copy=COPY))
    assert _look(made) == _look(shown[index])
    assert (made.plan.headline, made.plan.date, made.plan.call_to_action) == ("Long night", "3 July", "Book now")
    assert made.plan.unmet == ()
    assert made.plan.is_verbatim
    assert made.sha256 != shown[index].sha256


def test_a_template_without_other_words_is_the_same_picture(
    brand: SampleBrand, shown: tuple[RenderOutput, ...]
) -> None:
    assert _made(brand, _by(RENDER_ID)).sha256 == shown[0].sha256


def test_another_seed_is_another_pattern_in_the_same_colours(
    brand: SampleBrand, shown: tuple[RenderOutput, ...]
) -> None:
    made = _made(brand, _by(RENDER_ID, seed=77))
    assert made.plan.seed != shown[0].plan.seed
    assert made.plan.background_hex == shown[0].plan.background_hex


def test_another_size_keeps_words_and_colours(brand: SampleBrand, shown: tuple[RenderOutput, ...]) -> None:
    made = _made(brand, _by(RENDER_ID, size="1200x628", copy=COPY))
    assert (made.width_px, made.plan.background_hex) == (1200, shown[0].plan.background_hex)
    if made.plan.layout != shown[0].plan.layout:
        assert any(str(shown[0].plan.layout) in note for note in made.plan.notes)


def test_wishes_of_the_instruction_go_before_the_template(brand: SampleBrand, shown: tuple[RenderOutput, ...]) -> None:
    made = _made(brand, _by(RENDER_ID, "Put the logo bottom right, on an orange background", copy=COPY))
    assert made.plan.logo_box_px is not None
    assert min(made.plan.logo_box_px[:2]) > 270
    assert made.plan.background_hex != shown[0].plan.background_hex
    assert (made.plan.headline, made.plan.call_to_action) == ("Long night", "Book now")


@pytest.mark.slow
def test_the_pictures_of_the_template_are_kept(brand: SampleBrand, shown: tuple[RenderOutput, ...]) -> None:
    body = request('Poster "Open day"', references=[shown[1].key])
    pictured = render(brand, body, FakeConfinedJobs(), render_id=THIRD_ID)
    made = _made(brand, _by(THIRD_ID, copy=COPY))
    assert made.plan.reference_keys == (shown[1].key,)
    assert made.plan.picture_boxes_px == pictured.outputs[0].plan.picture_boxes_px != ()


@pytest.mark.parametrize("plan_id", ["00000000-0000-4000-8000-00000000000f", f"{RENDER_ID}/5"])
def test_what_this_org_never_made_is_no_template(
    brand: SampleBrand, shown: tuple[RenderOutput, ...], plan_id: str
) -> None:
    with pytest.raises(ValidationFailed) as raised:
        _made(brand, _by(plan_id, copy=COPY))
    assert [fault["path"] for fault in raised.value.details["errors"]] == ["$.plan_id"]


def test_a_template_of_another_org_is_none(brand: SampleBrand, shown: tuple[RenderOutput, ...]) -> None:
    with pytest.raises(ValidationFailed):
        rehearse(
            _by(RENDER_ID, copy=COPY), brand.canon, org_id="rival", evidence=brand.evidence, store=brand.store,
            jobs=FakeConfinedJobs(), fonts=font_shelf(),
        )  # fmt: skip


def test_a_template_whose_colours_left_the_canon_is_refused(
    brand: SampleBrand, shown: tuple[RenderOutput, ...]
) -> None:
    strange = shown[0].plan.model_copy(update={"background_hex": "#123456"})
    brand.store.put(render_plan_key(ORG, THIRD_ID, 1), strange.model_dump_json().encode())
    with pytest.raises(ValidationFailed, match="palette") as raised:
        _made(brand, _by(f"{THIRD_ID}/1", copy=COPY))
    assert raised.value.http_status == 422
