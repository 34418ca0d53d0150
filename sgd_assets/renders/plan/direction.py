"""What a model or a client directs of one picture, laid over the local planner's own plan.

A direction chooses among what the local planner can do: its layouts and its legible grounds for this format. So a
chosen ground brings the logo variant, art colours and neutrals that belong to it. What must not live here: asking a
model (`ask_planner.py`), or judging the result (`guard.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sgd_assets.canon.model import Canon
from sgd_assets.renders.brief.model import Brief
from sgd_assets.renders.compose.layouts.catalogue import format_of, names_for
from sgd_assets.renders.model import Op, PlannedImagery, RenderPlan
from sgd_assets.renders.plan.kit import BrandKit
from sgd_assets.renders.plan.planner import plan_render
from sgd_assets.renders.plan.schemes import LARGE_TEXT_CONTRAST, TEXT_CONTRAST
from sgd_resources.colour import contrast

_LOOKED_AT = 8
"""Plans of so many indices show every layout and ground that the local planner has for a format."""
_OF_THE_GROUND = (
    "background_hex", "text_hex", "accent_hex", "surface_hex", "art_hex", "neutral_hex", "logo_ground_hex",
    "logo_sha256", "logo_safe_zone_ratio", "logo_minimum_px", "safety", "motif",
)  # fmt: skip


@dataclass(frozen=True)
class Direction:
    """Choices for one picture; None leaves one to the local planner."""

    layout: str | None = None
    background_hex: str | None = None
    text_hex: str | None = None
    accent_hex: str | None = None
    op: Op | None = None
    look: Mapping[str, Any] = field(default_factory=dict)
    """Fields of a plan that are kept as they stand: colours, pattern, logo."""
    unmet: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def options_of(
    request: Mapping[str, Any],
    canon: Canon,
    kit: BrandKit,
    *,
    brief: Brief,
    imagery: PlannedImagery | None = None,
) -> tuple[RenderPlan, ...]:
    """Plans that together show the layouts and grounds there are for a request. Raises as `plan_render`."""
    return tuple(
        plan_render(request, canon, kit, brief=brief, index=index, imagery=imagery) for index in range(_LOOKED_AT)
    )


def directed(plan: RenderPlan, options: tuple[RenderPlan, ...], direction: Direction) -> RenderPlan:
    """The plan with what is directed; a text colour that cannot be read on its ground is not taken, and that is told.

    Args:
        plan: of the local planner, for one output.
        options: of `options_of`.
        direction: what is chosen.
    """
    changes: dict[str, Any] = dict(direction.look)
    notes = list(direction.notes)
    if direction.layout in {option.layout for option in options} or (
        direction.look and _is_able(plan, direction.layout)
    ):
        changes["layout"] = direction.layout
    ground = direction.background_hex
    source = next((option for option in options if option.background_hex == ground), None)
    if source is not None and ground != plan.background_hex:
        changes |= {name: getattr(source, name) for name in _OF_THE_GROUND}
    background = changes.get("background_hex", plan.background_hex)
    for name, wanted, least in (
        ("text_hex", direction.text_hex, TEXT_CONTRAST),
        ("accent_hex", direction.accent_hex, LARGE_TEXT_CONTRAST / 2),
    ):
        if wanted is None or wanted == changes.get(name, getattr(plan, name)):
            continue
        if contrast(wanted, background) >= least:
            changes[name] = wanted
        else:
            notes.append(f"{wanted} is not used as {name.removesuffix('_hex')}: it cannot be told from {background}")
    if direction.op is not None:
        changes["ops"] = (direction.op, *(op for op in plan.ops if op == "text_overlay"))
    return plan.model_copy(
        update={
            **changes,
            "unmet": tuple(dict.fromkeys((*plan.unmet, *direction.unmet))),
            "notes": (*plan.notes, *notes),
        }
    )


def _is_able(plan: RenderPlan, layout: str | None) -> bool:
    """Whether a layout that a picture of ours has serves its format and wishes still, whoever's turn it is."""
    assert plan.width_px is not None
    assert plan.height_px is not None
    keys = plan.imagery.keys if plan.imagery is not None and plan.imagery.keys else plan.reference_keys
    return layout in names_for(
        format_of(plan.width_px, plan.height_px), logo_place=plan.logo_corner, has_motif=plan.motif is not None,
        has_pictures=bool(keys),
    )  # fmt: skip
