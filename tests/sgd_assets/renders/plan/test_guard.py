from functools import cache
from typing import Any

import pytest

from sgd_assets.renders.brief.read import read_brief
from sgd_assets.renders.plan.draw_up import brief_with, draw_up_plan
from sgd_assets.renders.plan.guard import guard_plan
from sgd_assets.renders.plan.kit import BrandKit
from sgd_assets.renders.plan.planner import plan_render
from sgd_resources.errors import ValidationFailed
from tests.sgd_assets.renders.brand import SampleBrand, request

KITS = ("larkfold", "kestrine")
BARE: dict[str, Any] = {"goal": "a poster", "ops": ["text_overlay"], "safety": {}}


@cache
def of_kit(slug: str) -> tuple[SampleBrand, BrandKit]:
    """A brand whose files are settled once for all tests here."""
    brand = SampleBrand(slug)
    return brand, brand.files.kit


def _drawn(
    brand: SampleBrand, plan: dict[str, Any] | None, instruction: str = 'Post "Open day"', index: int = 0
) -> Any:
    body = request(instruction)
    if plan is not None:
        body["plan"] = plan
    brief = brief_with(read_brief(body), body)
    return draw_up_plan(body, brand.canon, of_kit("larkfold")[1], brief=brief, index=index)


def _errors(raised: Any) -> list[dict[str, str]]:
    errors: list[dict[str, str]] = raised.value.details["errors"]
    assert all(set(error) == {"path", "message", "schema_path"} for error in errors)
    return errors


@pytest.mark.slow
@pytest.mark.parametrize("slug", KITS)
@pytest.mark.parametrize("size", ["64x64", "300x250", "540x540", "728x90", "160x600", "1200x628"])
def test_every_plan_of_the_local_planner_passes_the_guard(slug: str, size: str) -> None:
    brand, kit = of_kit(slug)
    for index in range(6):
        body = request('Post "Open day" and "Saturday from ten"', size)
        plan = plan_render(body, brand.canon, kit, brief=read_brief(body), index=index)
        assert guard_plan(plan.model_dump(mode="json"), brand.canon, kit) == plan


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"background_hex": "#123456"}, "$.background_hex"),
        ({"art_hex": ["#FFFF01"]}, "$.art_hex[0]"),
        ({"text_hex": "red"}, "$.text_hex"),
        ({"neutral_hex": ["#888888"]}, "$.neutral_hex[0]"),
        ({"font_family": "Comic Sans MS"}, "$.font_family"),
        ({"layout": "collage"}, "$.layout"),
        ({"colour_wishes": [{"element": "headline", "hex": "#123456", "asked": "blue"}]}, "$.colour_wishes[0].hex"),
        ({"motif": "stars"}, "$.motif"),
        ({"logo_sha256": "0" * 64}, "$.logo_sha256"),
        ({"logo_safe_zone_ratio": 0.1}, "$.logo_safe_zone_ratio"),
        ({"safety": {"respect_logo_safe_zone": False}}, "$.safety.respect_logo_safe_zone"),
        ({"reference_keys": ["org/rival/public/renders/x/0.png"]}, "$.reference_keys[0]"),
        ({"goal": "no"}, "$.goal"),
        ({"ops": ["repaint"]}, "$.ops[0]"),
        ({"width_px": 100}, "$.width_px"),
        ({"brief": {"imagery": {"kind": "film"}}}, "$.brief"),
    ],
)  # fmt: skip
def test_a_clients_plan_that_breaks_contract_or_canon_is_refused_with_its_path(
    changes: dict[str, Any], path: str
) -> None:
    with pytest.raises(ValidationFailed) as raised:
        _drawn(of_kit("larkfold")[0], {**BARE, **changes})
    assert path.replace("$", "$.plan", 1) in [error["path"] for error in _errors(raised)]
    assert (raised.value.code, raised.value.http_status) == ("VALIDATION_FAILED", 422)


@pytest.mark.parametrize("lacking", ["goal", "ops", "safety"])
def test_a_clients_plan_without_a_required_field_is_refused(lacking: str) -> None:
    with pytest.raises(ValidationFailed) as raised:
        _drawn(of_kit("larkfold")[0], {name: value for name, value in BARE.items() if name != lacking})
    assert lacking in _errors(raised)[0]["message"]
    assert _errors(raised)[0]["schema_path"] == "#/required"


def test_what_a_client_plans_is_kept_and_the_rest_is_planned_for_it() -> None:
    brand = of_kit("larkfold")[0]
    grounds = {_drawn(brand, None, index=index).background_hex for index in range(6)}
    for ground in grounds:
        plan = _drawn(brand, {**BARE, "headline": "Come in", "layout": "statement", "background_hex": ground.lower()})
        assert (plan.headline, plan.layout, plan.background_hex.upper()) == ("Come in", "statement", ground)
        assert plan.brief.words.headline == "Come in"
        local = next(p for i in range(8) if (p := _drawn(brand, None, index=i)).background_hex == ground)
        assert (plan.text_hex, plan.logo_sha256) == (local.text_hex, local.logo_sha256)


def test_the_plan_of_an_answer_can_be_sent_back_as_it_is() -> None:
    brand = of_kit("larkfold")[0]
    plan = _drawn(brand, None)
    again = _drawn(brand, plan.model_dump(mode="json"), "Something else entirely")
    differing = {"goal", "notes", "brief"}
    assert again.model_dump(exclude=differing | {"is_verbatim"}) == plan.model_dump(exclude=differing | {"is_verbatim"})


def test_words_of_copy_take_the_place_of_the_clients_plans_words_and_its_other_parts_stay() -> None:
    brand = of_kit("larkfold")[0]
    plan = _drawn(brand, None, 'Poster "Open day", date "12 June"').model_dump(mode="json")
    body = {**request("Poster for the fair"), "plan": plan, "copy": {"headline": "Tag der offenen Tür"}}
    brief = brief_with(read_brief(body), body)
    drawn = draw_up_plan(body, brand.canon, of_kit("larkfold")[1], brief=brief)
    assert (drawn.headline, drawn.date, drawn.is_verbatim) == ("Tag der offenen Tür", "12 June", True)
    assert drawn.brief is not None
    assert (drawn.brief.words.headline, drawn.brief.language) == ("Tag der offenen Tür", "de")
