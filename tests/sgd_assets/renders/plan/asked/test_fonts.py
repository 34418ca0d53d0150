"""A typeface of the brand that is asked for by name is set; another, and a weight that is not there, is told."""

import pytest

from sgd_assets.renders.brief.read import read_brief
from sgd_assets.renders.model import RenderPlan
from sgd_assets.renders.plan.draw_up import draw_up_plan
from tests.sgd_assets.renders.brand import request
from tests.sgd_assets.renders.laying import brand, files


def plan_for(instruction: str) -> RenderPlan:
    body = request(instruction, "1200x628")
    return draw_up_plan(body, brand("larkfold").canon, files("larkfold").kit, brief=read_brief(body))


@pytest.mark.parametrize(
    ("instruction", "heading", "text"),
    [
        ('Poster "Open day"', "Fraunces", "Work Sans"),
        ('Poster "Open day", headline in Work Sans', "Work Sans", "Work Sans"),
        ('Poster "Open day", all set in Fraunces', "Fraunces", "Fraunces"),
        ("Plakat „Offen“ in der Schrift Work Sans", "Work Sans", "Work Sans"),
    ],
)
def test_a_font_of_the_brand_is_set(instruction: str, heading: str, text: str) -> None:
    plan = plan_for(instruction)
    assert plan.heading_font is not None
    assert plan.body_font is not None
    assert (plan.heading_font.requested, plan.body_font.requested, plan.unmet) == (heading, text, ())


@pytest.mark.parametrize(
    ("instruction", "told"),
    [
        ('Poster "Open day" in Bodoni', ("font: Bodoni",)),
        ('Poster "Open day" set in the font Zebrano Text', ("font: Zebrano Text",)),
        ('Poster "Open day", all set in Inter', ("font: Inter",)),
        ("Affiche « Salut » avec la police Garamond", ("font: Garamond",)),
        ("Plakat „Offen“ in der Schrift Futura", ("font: Futura",)),
        ('Poster "Open day", body "Come in" in bold', ("type: in bold",)),
        ('Poster "Open day" in bold', ()),
        ('Poster "Open day" in italics', ("type: italics",)),
        ('Poster "Open day" in Paris', ()),
        ('Poster for our shop in Georgia: "Open day"', ()),
        ('Poster "Open day", font size 20', ()),
        ("Use the brand fonts and make it bold", ()),
    ],
)
def test_another_font_or_weight_is_told(instruction: str, told: tuple[str, ...]) -> None:
    assert tuple(line for line in plan_for(instruction).unmet if line.startswith(("font", "type"))) == told
