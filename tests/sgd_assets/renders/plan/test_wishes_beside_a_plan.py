"""A client's plan goes before the instruction's wishes, and each wish that it contradicts is named, none silenced."""

from typing import Any

import pytest

from sgd_assets.renders.brief.read import read_brief
from sgd_assets.renders.model import RenderPlan
from sgd_assets.renders.plan.draw_up import brief_with, draw_up_plan
from tests.sgd_assets.renders.brand import SampleBrand, request
from tests.sgd_assets.renders.plan.test_guard import of_kit

WHY = "the request's own plan has it otherwise"


def drawn(instruction: str, plan: dict[str, Any] | None = None) -> RenderPlan:
    brand = SampleBrand("larkfold")
    body = {**request(instruction), **({"plan": plan} if plan is not None else {})}
    brief = brief_with(read_brief(body), body)
    return draw_up_plan(body, brand.canon, of_kit("larkfold")[1], brief=brief)


def earlier(**changes: Any) -> dict[str, Any]:
    """A plan as an answer had it, its brief within."""
    return {**drawn('Poster "Come in"').model_dump(mode="json", exclude_none=True), **changes}


def test_a_plan_from_an_answer_contradicts_nothing_by_itself() -> None:
    assert drawn('Poster "Come in"', earlier()).unmet == ()


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ("without a logo", "forbidden: logo"),
        ("no pattern please", "forbidden: pattern"),
        ("the logo bottom right", "logo: bottom-right"),
        ("in all caps", "case: upper"),
    ],
)
def test_a_wish_against_the_plan_is_named(wish: str, told: str) -> None:
    made = drawn(f'Poster "Come in", {wish}', earlier(logo_corner="top-left"))
    assert f"{told}: {WHY}" in made.unmet


def test_a_ground_against_the_plan_is_named() -> None:
    plan = earlier()
    brand = SampleBrand("larkfold")
    other = next(value for value in brand.canon.palette_hex if value != plan["background_hex"])
    assert drawn(f'Poster "Come in" on a {other} background', plan).unmet == (f"ground: {other}: {WHY}",)


def test_a_wish_on_what_the_plan_leaves_open_is_obeyed() -> None:
    plan = earlier()
    open_plan = {"goal": plan["goal"], "ops": plan["ops"], "safety": plan["safety"], "brief": plan["brief"]}
    made = drawn('Poster "Come in", no pattern please, the logo bottom right', open_plan)
    assert (made.motif, made.logo_corner, made.unmet) == (None, "bottom-right", ())


@pytest.mark.parametrize("task", ["create", "edit"])
def test_what_nothing_here_draws_is_named_in_the_plan(task: str) -> None:
    brand = SampleBrand("larkfold")
    body = request('Poster "Come in" with a QR code', task=task)
    made = draw_up_plan(body, brand.canon, of_kit("larkfold")[1], brief=read_brief(body))
    assert made.unmet == ("code: QR code",)
