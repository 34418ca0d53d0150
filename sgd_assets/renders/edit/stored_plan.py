"""The plan that lies beside a picture of ours, and what is made of it in place of a request.

What must not live here: which change does what (`changed_brief.py`), or what a request may ask (the API's limits).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from sgd_assets.renders.brief.model import Brief, BriefCopy
from sgd_assets.renders.model import RenderPlan
from sgd_assets.renders.plan.direction import Direction
from sgd_resources.errors import NotFound
from sgd_resources.ports import ObjectStore
from sgd_resources.storage.keys import render_plan_key

_LOOK = (
    "motif", "seed", "background_hex", "text_hex", "accent_hex", "surface_hex", "art_hex", "neutral_hex",
    "logo_sha256", "logo_ground_hex", "logo_safe_zone_ratio", "logo_minimum_px", "safety", "colour_wishes",
)  # fmt: skip
"""What stays as it is, unless another ground or logo is asked for."""


@dataclass(frozen=True)
class Edit:
    """What is made in place of the request: its body and brief, and the look that is kept."""

    body: Mapping[str, Any]
    brief: Brief
    direction: Direction | None = None
    is_own: bool = False


def load_plan(store: ObjectStore, org_id: str, render_id: str, index: int) -> RenderPlan | None:
    """The plan of one picture of the org; None where there is none that this release reads.

    Raises:
        Unavailable: the store is down. Retry.
    """
    try:
        return RenderPlan.model_validate_json(store.get(render_plan_key(org_id, render_id, index)))
    except (NotFound, ValidationError):
        # Made before plans were kept, or by a release whose plans read otherwise.
        return None


def brief_of(plan: RenderPlan) -> Brief:
    """What the plan's picture was asked to be."""
    words = {part: getattr(plan, part) for part in BriefCopy.model_fields}
    return plan.brief or Brief(words=BriefCopy(**words), is_verbatim=True)


def look_of(plan: RenderPlan, base: Brief, changed: Brief, body: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that stay as they stand; none where ground, mood, prohibitions or constraints ask for another look."""
    keeps = (changed.ground, changed.mood, changed.forbidden) == (base.ground, base.mood, base.forbidden)
    return {name: getattr(plan, name) for name in _LOOK} if keeps and not body.get("constraints") else {}


def pictures_of(plan: RenderPlan, *, is_kept: bool) -> tuple[str, ...]:
    """The plan's references, or its generated pictures; those of the evidence are found again by the brief."""
    if is_kept and plan.imagery is not None and plan.imagery.kind == "generated":
        return plan.imagery.keys
    return plan.reference_keys if is_kept else ()
