"""What is asked of ground, colours, imagery and case is in the plan, or in its list of unmet wishes."""

import pytest

from sgd_assets.renders.brief.model import Brief, BriefCopy, WantedImagery
from sgd_assets.renders.compose.letter_case import cased
from sgd_assets.renders.plan.wishes import wishes_of
from sgd_resources.colour import contrast
from tests.sgd_assets.renders.laying import FULL, brand, laid, plan_of


@pytest.mark.parametrize(
    ("asked", "ground"),
    [
        ("#1E4D3A", "#1E4D3A"), ("#1f4e3b", "#1E4D3A"), ("dark green", "#1E4D3A"), ("Dunkelgrün", "#1E4D3A"),
        ("orange", "#F2A62B"), ("gelb", "#F2A62B"), ("rouge", "#BF4F2A"), ("cream", "#F7F0E3"), ("primary", "#1E4D3A"),
        ("black", "#22261F"),
    ],
)  # fmt: skip
def test_the_ground_is_the_palettes_colour_that_is_meant(asked: str, ground: str) -> None:
    for index in range(3):
        plan = plan_of(ground=asked, index=index)
        assert (plan.background_hex, plan.unmet) == (ground, ())
        assert plan.text_hex is not None
        assert contrast(plan.text_hex, ground) >= 4.5


@pytest.mark.parametrize("asked", ["#FF00FF", "pink", "blue", "chartreuse"])
def test_a_ground_that_the_palette_has_not_is_named(asked: str) -> None:
    assert plan_of(ground=asked).unmet == (f"ground: {asked}",)


def test_a_photo_without_any_picture_is_named_and_words_and_pattern_stand_instead() -> None:
    plan = plan_of(imagery=WantedImagery(kind="photo", subject="a runner at dawn"))
    assert plan.unmet == ("photo: a runner at dawn",)
    assert plan.headline == "Open day"
    assert plan.motif is not None


def test_no_imagery_means_no_pattern_in_any_variation() -> None:
    for index in range(8):
        plan = plan_of(imagery=WantedImagery(kind="none"), words=FULL, index=index)
        assert plan.motif is None
        assert not any("<circle" in shape or "<svg" in shape for shape in laid(plan).shapes)


def test_what_is_forbidden_is_not_there() -> None:
    assert plan_of(forbidden=("logo",)).logo_sha256 is None
    without_text = plan_of(forbidden=("text",), words=FULL)
    assert laid(without_text).texts == ()
    assert without_text.logo_sha256 is not None
    assert plan_of(forbidden=("pattern",)).motif is None
    for index in range(4):
        plan = plan_of(forbidden=("red", "#f2a62b"), index=index)
        used = {plan.background_hex, plan.text_hex, plan.accent_hex, plan.surface_hex, *plan.art_hex}
        assert not used & {"#BF4F2A", "#F2A62B"}
        assert plan.unmet == ()


def test_a_logo_that_is_refused_is_not_told_as_missing() -> None:
    assert not [note for note in plan_of(forbidden=("logo",)).notes if "logo" in note]


def test_text_stands_in_the_case_that_is_asked_and_addresses_keep_theirs() -> None:
    words = BriefCopy(headline="grow slowly", url="Example.org/Path", call_to_action="book now")
    plan = plan_of(words=words, case="upper")
    assert (plan.headline, plan.url, plan.call_to_action) == ("GROW SLOWLY", "Example.org/Path", "BOOK NOW")
    assert cased("the art of the seed", "title") == "The Art of the Seed"
    assert cased("istanbul", "upper", "tr") == "İSTANBUL"
    assert cased("STRASSE Ä", "lower") == "strasse ä"


@pytest.mark.parametrize(
    ("forbidden", "kind", "is_shown"),
    [("photo", "any", False), ("photo", "illustration", True), ("picture", "any", False), ("logo", "any", True)],
)
def test_who_refuses_photographs_is_shown_none_and_keeps_the_pattern(forbidden: str, kind: str, is_shown: bool) -> None:
    brief = Brief(words=BriefCopy(headline="Open day"), imagery=WantedImagery.model_validate({"kind": kind}))
    canon = brand("larkfold").canon
    wishes = wishes_of(brief.model_copy(update={"forbidden": (forbidden,)}), ("#FFFFFF",), canon, pictures=2)
    assert (wishes.has_pictures, wishes.has_motif) == (is_shown, True)
