from typing import Any

import pytest

from sgd_assets.canon.model import Canon
from sgd_assets.renders.brief.read import read_brief
from sgd_assets.renders.compose.layouts.catalogue import FAMILIES, FormatKind
from sgd_assets.renders.model import RenderPlan
from sgd_assets.renders.plan.kit import BrandKit
from sgd_assets.renders.plan.planner import plan_render
from sgd_resources.colour import contrast
from sgd_resources.errors import ValidationFailed
from sgd_resources.font_shelf import font_shelf
from tests.sgd_assets.renders.brand import SampleBrand, canon_of, request

BARE = BrandKit(logos=(), brand_fonts=(), fonts=font_shelf())


def _plan(body: dict[str, Any], slug: str = "larkfold", index: int = 0) -> RenderPlan:
    brand = SampleBrand(slug)
    return plan_render(body, brand.canon, brand.files.kit, brief=read_brief(body), index=index)


def _bare(body: dict[str, Any], canon: Canon) -> RenderPlan:
    return plan_render(body, canon, BARE, brief=read_brief(body))


@pytest.mark.slow
def test_quoted_words_stand_as_they_are() -> None:
    plan = _plan(request('Poster saying "grow  Slowly!" and "ends 5 May"'))
    assert (plan.headline, plan.body, plan.is_verbatim) == ("grow  Slowly!", "ends 5 May", True)


def test_the_text_colour_is_legible_on_its_ground_for_every_variation() -> None:
    for index in range(6):
        plan = _plan(request('Post "Open day"'), index=index)
        assert plan.text_hex is not None
        assert plan.background_hex is not None
        assert contrast(plan.text_hex, plan.background_hex) >= 4.5
        assert plan.text_hex in plan.palette_hex


def test_the_logo_variant_fits_its_ground() -> None:
    names = {item.evidence_sha256: item.file_name for item in SampleBrand("larkfold").items}
    dark, light = (
        _plan(request('Post "Open day" on a dark background')),
        _plan(request('Post "Open day" on a light background')),
    )
    assert names[dark.logo_sha256 or ""] == "larkfold-logo-reversed.svg"
    assert names[light.logo_sha256 or ""] == "larkfold-logo.svg"


@pytest.mark.slow
def test_a_tiny_format_takes_the_symbol() -> None:
    names = {item.evidence_sha256: item.file_name for item in SampleBrand("kestrine").items}
    plan = _plan(request("Icon please", "64x64"), "kestrine")
    assert names[plan.logo_sha256 or ""].startswith("kestrine-symbol")


def test_the_canons_clear_space_is_kept_and_a_wider_wish_too() -> None:
    assert _plan(request('Post "Open day"')).logo_safe_zone_ratio == 0.5
    assert (
        _plan(request('Post "Open day"', constraints={"logo_safe_zone_pct": 40}), "kestrine").logo_safe_zone_ratio
        == 0.4
    )
    assert (
        _plan(request('Post "Open day"', constraints={"logo_safe_zone_pct": 10}), "kestrine").logo_safe_zone_ratio
        == 0.25
    )


def test_an_uploaded_font_comes_first_and_the_reason_is_recorded() -> None:
    font = _plan(request('Post "Open day"'), "kestrine").heading_font
    assert font is not None
    assert (font.source, font.family) == ("evidence", "Space Grotesk")
    assert "evidence" in font.reason


def test_constraints_narrow_the_palette() -> None:
    plan = _plan(request('Post "Open day"', constraints={"palette_hex": ["#1e4d3a", "#F7F0E3"]}))
    assert plan.palette_hex == ("#1E4D3A", "#F7F0E3")


@pytest.mark.parametrize(
    ("constraints", "path", "named"),
    [
        ({"palette_hex": ["#FF00FF"]}, "$.constraints.palette_hex", "#FF00FF"),
        ({"fonts": ["Papyrus"]}, "$.constraints.fonts", "Papyrus"),
    ],
)
def test_a_constraint_against_the_canon_is_named(constraints: dict[str, Any], path: str, named: str) -> None:
    with pytest.raises(ValidationFailed) as caught:
        _plan(request('Post "Open day"', constraints=constraints))
    assert caught.value.details["path"] == path
    assert caught.value.details["conflicts"] == [named]


@pytest.mark.parametrize("size", ["10x10", "99999x10", "9000x100", "8000x8000"])
def test_a_size_that_cannot_be_drawn_is_refused(size: str) -> None:
    with pytest.raises(ValidationFailed) as caught:
        _plan(request('Post "Open day"', size))
    assert caught.value.details["path"] == "$.outputs.dimensions"


def test_black_or_white_comes_in_only_where_the_palette_cannot_carry_text() -> None:
    plan = _bare(request('Post "Open day"'), canon_of(("#0086BF", "#6BCABA")))
    assert plan.neutral_hex == (plan.text_hex,)
    assert not plan.safety.palette_only
    assert any("contrast" in note for note in plan.notes)


def test_a_palette_of_one_colour_still_makes_a_plan() -> None:
    plan = _bare(request('Post "Open day"'), canon_of(("#512BD4",)))
    assert plan.background_hex == "#512BD4"


@pytest.mark.parametrize(
    ("size", "kind"),
    [("728x90", "banner"), ("160x600", "tower"), ("64x64", "tiny"), ("300x250", "small"), ("1080x1080", "square")],
)
def test_the_layout_follows_the_format(size: str, kind: FormatKind) -> None:
    for words in ("Open day", "Late shift", "Bread and soup"):
        layout = _plan(request(f'Post "{words}"', size)).layout
        assert layout is not None
        assert kind in FAMILIES[layout].formats


def test_an_unquoted_edit_puts_no_words_on_the_picture() -> None:
    assert _plan(request("Make the sky darker", task="edit")).headline is None


def test_the_same_seed_gives_the_same_plan_and_another_seed_another_look() -> None:
    body = request('Post "Open day"')
    first, again, other = (_plan({**body, "seed": seed}) for seed in (7, 7, 8))
    assert first == again
    assert (first.layout, first.motif, first.background_hex) != (other.layout, other.motif, other.background_hex)
