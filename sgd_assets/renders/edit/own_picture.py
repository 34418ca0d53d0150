"""An edit of a picture that SGD made: found by its key, planned anew from its stored plan.

What must not live here: which change does what (`changed_brief.py`), or a plan as a template (`template.py`).
"""

import re
from collections.abc import Mapping
from typing import Any

from sgd_assets.canon.model import Canon
from sgd_assets.renders.brief.model import Brief, BriefCopy
from sgd_assets.renders.edit.changed_brief import changed_brief, is_size_wish, words_of_edit
from sgd_assets.renders.edit.foreign import as_foreign_edit
from sgd_assets.renders.edit.stored_plan import Edit, brief_of, load_plan, look_of, pictures_of
from sgd_assets.renders.edit.template import as_template
from sgd_assets.renders.edit.variations import as_variations
from sgd_assets.renders.model import RenderPlan, SizeWish
from sgd_assets.renders.plan.direction import Direction
from sgd_resources.errors import ValidationFailed
from sgd_resources.ports import ObjectStore

_INSIDE = "edit: {}: the reference is no picture that was made here, and what is inside it stays"
_BESIDE_A_PLAN = "edit: {}: the request's own plan is drawn, and what is inside the reference stays"
_STEP, _MOST_SCALED = 1.3, 4.0
"""Larger is a third larger: less is hardly seen, and who wants more says so again."""
_KEY = re.compile(r"org/(?P<org>[^/]+)/public/renders/(?P<render>[0-9a-f-]{36})/(?P<index>[0-9]+)\.[a-z]+")


def as_edit(body: Mapping[str, Any], brief: Brief, canon: Canon, *, org_id: str, store: ObjectStore) -> Edit:
    """The request as it is to be made.

    An edit of one picture of ours becomes a new picture by its plan, and so do variations of one and a request by a
    template; another picture is changed as far as its pixels can be without a model (`foreign.py`); beside a plan of
    the client, or of several pictures, changes are told as not done. Anything else stays as it is.

    Raises:
        ValidationFailed: there is no such template, or an edit of a picture of ours is to give several.
        Unavailable: the store is down. Retry.
    """
    prompts = body["prompts"]
    if body.get("plan_id") is not None:
        return as_template(body, brief, org_id=org_id, store=store)
    if prompts["task"] == "create":
        return Edit(body, brief)
    if body.get("plan") is not None:
        return Edit(body, brief, _told(brief, _BESIDE_A_PLAN) if prompts["task"] == "edit" else None)
    names = tuple(prompts.get("references") or ())
    plan = _plan_of(names[0], org_id, store) if len(names) == 1 else None
    if prompts["task"] == "variations":
        return as_variations(body, brief, plan, names[0]) if plan is not None else Edit(body, brief)
    if plan is None and len(names) == 1:
        foreign, direction = as_foreign_edit(body, brief, canon)
        return Edit(body, foreign, direction)
    if plan is None:
        return _of_several(body, brief)
    if body["outputs"]["count"] > 1:
        raise _one_picture()
    base = brief_of(plan)
    changed, open_lines = changed_brief(base, brief)
    pictures = pictures_of(plan, is_kept=changed.imagery == base.imagery)
    own = {**body, "prompts": {**prompts, "task": "create", "references": list(pictures)}}
    is_same_size = body["outputs"]["dimensions"] == f"{plan.width_px}x{plan.height_px}"
    direction = Direction(
        layout=plan.layout if is_same_size else None,
        look={**look_of(plan, base, changed, body), **_sizes(plan, brief)},
        op="local_edit",
        unmet=open_lines,
        notes=(f"made anew from the plan of {names[0]}",),
    )
    return Edit(own, changed, direction, is_own=True)


def _sizes(plan: RenderPlan, brief: Brief) -> dict[str, Any]:
    """The scales of headline and logo: as they were, times a step for each wish."""
    scales = {"headline": plan.headline_scale, "logo": plan.logo_scale}
    was = {
        "headline": plan.headline_px,
        "logo": plan.logo_box_px[3] - plan.logo_box_px[1] if plan.logo_box_px else None,
    }
    wishes = []
    for edit in filter(is_size_wish, brief.edits):
        step = _STEP if edit.change == "larger" else 1 / _STEP
        scales[edit.element] = min(max(round(scales[edit.element] * step, 4), 1 / _MOST_SCALED), _MOST_SCALED)
        wish = {"element": edit.element, "change": edit.change, "was_px": was[edit.element]}
        wishes.append(SizeWish.model_validate(wish))
    return {
        "headline_scale": scales["headline"], "logo_scale": scales["logo"], "size_wishes": tuple(wishes),
    }  # fmt: skip


def _one_picture() -> ValidationFailed:
    message = "an edit of a picture that was made here gives one picture: 1; `variations` gives more"
    fault = {"path": "$.outputs.count", "message": message}
    return ValidationFailed(f"$.outputs.count: {message}", details={"errors": [fault]})


def _of_several(body: Mapping[str, Any], brief: Brief) -> Edit:
    """What no plan reaches is named; where a model edits the picture, its own direction takes the place of this one."""
    words = {edit.element: edit.value for edit in brief.edits if edit.change == "set" and _is_words(edit.element)}
    with_words = brief.model_copy(update={"words": brief.words.model_copy(update=words)}) if words else brief
    return Edit(body, with_words, _told(brief, _INSIDE))


def _told(brief: Brief, line: str) -> Direction | None:
    """Every change of the edit but the size, named as not done."""
    told = tuple(line.format(words_of_edit(edit)) for edit in brief.edits if edit.element != "size")
    return Direction(unmet=told) if told else None


def _is_words(element: str) -> bool:
    return element in BriefCopy.model_fields and element != "extra"


def _plan_of(key: str, org_id: str, store: ObjectStore) -> RenderPlan | None:
    match = _KEY.fullmatch(key)
    if match is None or match["org"] != org_id:
        return None
    return load_plan(store, org_id, match["render"], int(match["index"]))
