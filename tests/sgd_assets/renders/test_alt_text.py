from sgd_assets.renders.alt_text import MAX_CHARACTERS, alt_text
from sgd_assets.renders.brief.model import Brief, WantedImagery
from sgd_assets.renders.model import PlannedImagery, RenderPlan


def _plan(**fields: object) -> RenderPlan:
    return RenderPlan.model_validate({"goal": "a picture", "ops": (), **fields})


def test_the_alternative_is_the_words_in_the_order_of_reading() -> None:
    plan = _plan(headline="Doors open", date="12 May", call_to_action="Book now!", legal="Terms apply", body="All day")
    assert alt_text(plan) == "Doors open. All day. 12 May. Book now! Terms apply."


def test_what_the_picture_lacks_is_not_told_as_seen() -> None:
    assert alt_text(_plan(headline="Doors open", date="12 May", unmet=("date: 12 May",))) == "Doors open."


def test_a_picture_is_told_before_the_words() -> None:
    brief = Brief(imagery=WantedImagery(kind="photo", subject="A runner at dawn"))
    imagery = PlannedImagery(kind="photo", keys=("k",), reason="named so")
    assert alt_text(_plan(headline="Run", brief=brief, imagery=imagery)) == "A runner at dawn. Run."


def test_a_long_text_ends_at_a_word() -> None:
    told = alt_text(_plan(headline="Doors open", body="word " * 100))
    assert len(told) <= MAX_CHARACTERS
    assert told.endswith(" word\N{HORIZONTAL ELLIPSIS}")
