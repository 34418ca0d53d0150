"""One mended plan from a failed critique: the smallest change that answers the gravest broken rule.

From `RenderPlan` + `Critique` to another plan, or None where no change of plan can help.
"""

from sgd_assets.renders.compliance.critique import neutral_for
from sgd_assets.renders.compose.scene import Scene
from sgd_assets.renders.model import Critique, RenderPlan, RenderSafety
from sgd_assets.renders.plan.schemes import TEXT_CONTRAST
from sgd_resources.colour import contrast

_CALM = "statement_foot"
"""The layout that gives words and logo the most room on every format but the thin ones, which have no other."""
_THIN = ("banner", "tower", "mini", "mark")


def repaired(plan: RenderPlan, critique: Critique, scene: Scene) -> RenderPlan | None:
    """The plan with one thing changed, or None."""
    broken = {finding.rule for finding in critique.findings}
    if "text_contrast" in broken:
        return _with_legible_ink(plan)
    if {"text_size", "overlap", "text_overflow"} & broken and _has_calmer(plan):
        return _with_room(plan)
    if {"logo_clear_space", "logo_present"} & broken and _has_calmer(plan):
        return plan.model_copy(
            update={
                "layout": _CALM,
                "notes": (*plan.notes, "another layout gives the logo its clear space"),
            }
        )
    return None


def _has_calmer(plan: RenderPlan) -> bool:
    return plan.layout != _CALM and not (plan.layout or "").startswith(_THIN) and plan.logo_corner != "centre"


def _with_legible_ink(plan: RenderPlan) -> RenderPlan | None:
    assert plan.background_hex is not None
    ground = plan.background_hex
    best = max(plan.palette_hex, key=lambda value: contrast(value, ground))
    if contrast(best, ground) < TEXT_CONTRAST:
        best = neutral_for(ground)
    if best == plan.text_hex:
        return None
    changes: dict[str, object] = {"text_hex": best, "notes": (*plan.notes, f"text set in {best} for contrast")}
    if best not in plan.palette_hex:
        changes |= {"neutral_hex": (*plan.neutral_hex, best), "safety": RenderSafety(palette_only=False)}
    return plan.model_copy(update=changes)


def _with_room(plan: RenderPlan) -> RenderPlan:
    """Derived body text gives way first; quoted words stay, and the layout with the most room for type is used."""
    if plan.body is not None and not plan.is_verbatim:
        return plan.model_copy(
            update={"body": None, "notes": (*plan.notes, "the second line is left out: no legible room")}
        )
    return plan.model_copy(
        update={"layout": _CALM, "notes": (*plan.notes, "type-only layout: the words need the room")}
    )
