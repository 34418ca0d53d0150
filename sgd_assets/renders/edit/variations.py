"""Variations of a picture that SGD made: its words, wishes and pictures in other layouts, on other grounds.

What must not live here: which change does what (`changed_brief.py`), or choosing a layout (`plan/`).
"""

from collections.abc import Mapping
from typing import Any

from sgd_assets.renders.brief.model import Brief
from sgd_assets.renders.edit.stored_plan import Edit, brief_of, pictures_of
from sgd_assets.renders.edit.template import wanted_of
from sgd_assets.renders.model import RenderPlan
from sgd_assets.renders.plan.direction import Direction


def as_variations(body: Mapping[str, Any], brief: Brief, plan: RenderPlan, name: str) -> Edit:
    """The request by the brief of a stored plan, planned anew; words and wishes of the request go before it.

    No model is asked: what is to be seen is there already.

    Args:
        body: a valid `render_request` of the task `variations`.
        brief: what it asks.
        plan: of its one reference.
        name: of that reference.
    """
    base = brief_of(plan)
    wanted = wanted_of(base, brief)
    pictures = pictures_of(plan, is_kept=wanted.imagery == base.imagery)
    own = {**body, "prompts": {**body["prompts"], "references": list(pictures)}}
    if body.get("seed") is None:
        # Layouts go by turns, and the picture itself had one: its seed starts them elsewhere, the same each time.
        own["seed"] = 1 + plan.seed % 997
    return Edit(own, wanted, Direction(notes=(f"varied from the plan of {name}",)), is_own=True)
