"""An edit of a picture that SGD made: found by its key, planned anew from its stored plan.

What must not live here: which change does what (`changed_brief.py`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from sgd_assets.renders.brief.model import Brief, BriefCopy
from sgd_assets.renders.edit.changed_brief import changed_brief, words_of_edit
from sgd_assets.renders.model import RenderPlan
from sgd_assets.renders.plan.direction import Direction
from sgd_resources.errors import NotFound
from sgd_resources.ports import ObjectStore
from sgd_resources.storage.keys import render_plan_key

_INSIDE = "edit: {}: the reference is no picture that was made here, and what is inside it stays"
_KEY = re.compile(r"org/(?P<org>[^/]+)/public/renders/(?P<render>[0-9a-f-]{36})/(?P<index>[0-9]+)\.[a-z]+")
_LOOK = (
    "motif", "seed", "background_hex", "text_hex", "accent_hex", "surface_hex", "art_hex", "neutral_hex",
    "logo_sha256", "logo_ground_hex", "logo_safe_zone_ratio", "logo_minimum_px", "safety",
)  # fmt: skip
"""What an edit leaves as it is, unless it asks for another ground or logo."""


@dataclass(frozen=True)
class Edit:
    """What is made in place of the request: its body and brief, and the look that is kept."""

    body: Mapping[str, Any]
    brief: Brief
    direction: Direction | None = None
    is_own: bool = False


def as_edit(body: Mapping[str, Any], brief: Brief, *, org_id: str, store: ObjectStore) -> Edit:
    """The request as it is to be made.

    An edit of one picture of ours becomes a new picture by its plan; of another picture, its changes are told as not
    done, and words that are set stand beside it. Anything else stays as it is.

    Raises:
        Unavailable: the store is down. Retry.
    """
    prompts = body["prompts"]
    names = tuple(prompts.get("references") or ())
    if prompts["task"] != "edit" or body.get("plan") is not None:
        return Edit(body, brief)
    plan = _plan_of(names[0], org_id, store) if len(names) == 1 else None
    if plan is None:
        return _of_another(body, brief)
    base = plan.brief or Brief(words=_words(plan), is_verbatim=True)
    changed, open_lines = changed_brief(base, brief)
    own = {**body, "prompts": {**prompts, "task": "create", "references": list(plan.reference_keys)}}
    is_same_size = body["outputs"]["dimensions"] == f"{plan.width_px}x{plan.height_px}"
    keeps_look = (changed.ground, changed.mood, changed.forbidden) == (base.ground, base.mood, base.forbidden)
    direction = Direction(
        layout=plan.layout if is_same_size else None,
        look={name: getattr(plan, name) for name in _LOOK} if keeps_look and not body.get("constraints") else {},
        op="local_edit",
        unmet=open_lines,
        notes=(f"made anew from the plan of {names[0]}",),
    )
    return Edit(own, changed, direction, is_own=True)


def _of_another(body: Mapping[str, Any], brief: Brief) -> Edit:
    """What no plan reaches is named; where a model edits the picture, its own direction takes the place of this one."""
    words = {edit.element: edit.value for edit in brief.edits if edit.change == "set" and _is_words(edit.element)}
    told = tuple(_INSIDE.format(words_of_edit(edit)) for edit in brief.edits if edit.element != "size")
    with_words = brief.model_copy(update={"words": brief.words.model_copy(update=words)}) if words else brief
    return Edit(body, with_words, Direction(unmet=told) if told else None)


def _is_words(element: str) -> bool:
    return element in BriefCopy.model_fields and element != "extra"


def _plan_of(key: str, org_id: str, store: ObjectStore) -> RenderPlan | None:
    match = _KEY.fullmatch(key)
    if match is None or match["org"] != org_id:
        return None
    try:
        return RenderPlan.model_validate_json(store.get(render_plan_key(org_id, match["render"], int(match["index"]))))
    except (NotFound, ValidationError):
        # Made before plans were kept, or by a release whose plans read otherwise: it is a picture like any other.
        return None


def _words(plan: RenderPlan) -> BriefCopy:
    return BriefCopy(**{part: getattr(plan, part) for part in BriefCopy.model_fields})
