"""Requests of one brand do not all look alike: layouts and motifs follow what is asked, and turn with the request."""

from collections import Counter
from typing import Any

import pytest

from sgd_assets.renders.brief.read import read_brief
from sgd_assets.renders.model import RenderPlan
from sgd_assets.renders.plan.planner import plan_render
from tests.sgd_assets.renders.brand import request
from tests.sgd_assets.renders.laying import brand, files, laid

_TOPICS = (
    "Orchard supper", "Night of the open studios", "Repair your own bicycle", "Tide tables for beginners",
    "Lantern walk", "Choir rehearsal", "How we moved forty beehives across the river", "Library of things",
    "Winter coats wanted", "Pottery for two",
)  # fmt: skip
_SHAPES: tuple[dict[str, Any], ...] = (
    {},
    {"body": "Everyone is welcome, no ticket needed."},
    {"date": "12 June", "call_to_action": "Book now"},
    {"price": "€ 24"},
    {
        "body": "Three evenings by the water, with bread and soup.",
        "date": "12 June",
        "price": "€ 9",
        "url": "a.example",
    },
    {"extra": ["Doors at 9", "Talk at 10", "Lunch at 12"]},
)
REQUESTS = [
    {**request(None, "1200x628"), "copy": {"headline": topic, **shape}} for topic in _TOPICS for shape in _SHAPES
]
_MOST = 0.25


def _plan(body: dict[str, Any], slug: str = "larkfold", index: int = 0) -> RenderPlan:
    return plan_render(body, brand(slug).canon, files(slug).kit, brief=read_brief(body), index=index)


@pytest.mark.parametrize("slug", ["larkfold", "kestrine"])
def test_no_layout_holds_more_than_a_quarter_of_sixty_requests_and_motifs_vary(slug: str) -> None:
    plans = [_plan(body, slug) for body in REQUESTS]
    layouts = Counter(plan.layout for plan in plans)
    assert max(layouts.values()) <= _MOST * len(plans), layouts
    assert len(layouts) >= 12, layouts
    motifs = Counter(plan.motif for plan in plans)
    assert len(motifs) >= 4
    assert max(motifs.values()) <= 0.4 * len(plans), motifs


@pytest.mark.slow
@pytest.mark.parametrize("slug", ["larkfold", "kestrine"])
def test_the_layouts_that_come_out_vary_as_well(slug: str) -> None:
    came_out = Counter(laid(_plan(body, slug), slug=slug).layout for body in REQUESTS)
    assert max(came_out.values()) <= _MOST * len(REQUESTS), came_out


def test_the_same_request_gives_the_same_plan_and_its_sizes_one_look() -> None:
    body = REQUESTS[4]
    assert _plan(body) == _plan(dict(body))
    square = {**body, "outputs": {**body["outputs"], "dimensions": "1080x1080"}}
    assert (_plan(square).motif, _plan(square).background_hex) == (_plan(body).motif, _plan(body).background_hex)


def test_a_seed_gives_different_words_one_look() -> None:
    plans = [_plan({**body, "seed": 5}) for body in REQUESTS[:24:6]]
    assert len({(plan.layout, plan.motif, plan.background_hex) for plan in plans}) == 1


def test_a_list_a_price_and_a_quotation_take_families_that_are_made_for_them() -> None:
    of_lists = {_plan(body).layout for body in REQUESTS[5::6]}
    of_prices = {_plan(body).layout for body in REQUESTS[3::6]}
    assert of_lists <= {"agenda", "sidebar", "ledger"}
    assert of_prices <= {"numeral", "footer", "band", "cards"}
    assert len(of_lists) > 1
    assert len(of_prices) > 1


def test_a_long_text_takes_no_family_of_a_few_words() -> None:
    long = "A year of work on the river bank, told by those who dug, planted, counted and cooked. " * 2
    for topic in _TOPICS:
        plan = _plan({**request(None, "1200x628"), "copy": {"headline": topic, "body": long}})
        assert plan.layout not in ("thirds", "medallion", "overlay", "centred", "corner_block")
