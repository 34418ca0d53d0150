"""Scenes of sample brands, laid out in this process: with given copy, wishes and layout."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sgd_assets.renders.brief.model import Brief, BriefCopy, Placement
from sgd_assets.renders.compose.backdrop.sight import Sight
from sgd_assets.renders.compose.layouts.lay_out import lay_out
from sgd_assets.renders.compose.parts.canvas import Kit
from sgd_assets.renders.compose.scene import Scene
from sgd_assets.renders.compose.type.settable import words_of_plan
from sgd_assets.renders.compose.typefaces import TypePair, open_faces
from sgd_assets.renders.model import PlannedImagery, RenderPlan
from sgd_assets.renders.plan.planner import plan_render
from sgd_resources.drawing.painter import ResvgPainter
from tests.sgd_assets.renders.brand import SampleBrand, request

PAINTER = ResvgPainter()
FULL = BriefCopy(
    headline="The garden opens at dawn",
    body="Workshops, plant swaps and slow food.",
    call_to_action="Book your place",
    date="12-14 June",
    price="€ 24",
    url="greenhouse.example/dawn",
    legal="Tickets are personal.",
    extra=("Doors at 9",),
)
SHORT = BriefCopy(headline="Open day", body="Saturday 12 June")


@lru_cache(maxsize=4)
def brand(slug: str) -> SampleBrand:
    return SampleBrand(slug)


@lru_cache(maxsize=4)
def files(slug: str) -> Any:
    return brand(slug).files


def plan_of(size: str = "1080x1080", *, slug: str = "larkfold", index: int = 0, **wishes: Any) -> RenderPlan:
    """A plan of a brief: `words`, `logo`, `alignment`, `case`, `pictured`, and the brief's own fields."""
    is_pictured = bool(wishes.pop("pictured", False))
    placement = Placement(**{name: wishes.pop(name) for name in ("logo", "alignment", "case") if name in wishes})
    brief = Brief(words=wishes.pop("words", SHORT), is_verbatim=True, placement=placement, **wishes)
    imagery = PlannedImagery(kind="photo", keys=("picture",), reason="a test shows it") if is_pictured else None
    return plan_render(
        request(None, size), brand(slug).canon, files(slug).kit, brief=brief, index=index, imagery=imagery
    )  # fmt: skip


def with_picture(plan: RenderPlan, key: str = "picture") -> RenderPlan:
    """The plan with one picture to show."""
    return plan.model_copy(update={"imagery": PlannedImagery(kind="photo", keys=(key,), reason="a test shows it")})


def laid(plan: RenderPlan, *, slug: str = "larkfold", sights: Mapping[str, Sight] | None = None) -> Scene:
    """The scene of a plan, with the brand's logo."""
    assert plan.heading_font is not None
    assert plan.body_font is not None
    found = files(slug).files_for(plan, {})
    words, fonts = words_of_plan(plan), PAINTER.fonts
    pair = TypePair(
        open_faces(plan.heading_font, is_display=True, brand_fonts=found.fonts, fonts=fonts, text=words),
        open_faces(plan.body_font, is_display=False, brand_fonts=found.fonts, fonts=fonts, text=words),
    )
    return lay_out(plan, Kit(pair, found.logo, sights or {}))
