"""A stored plan as a template: the same look and pictures, other words.

What must not live here: which words take whose place (`changed_brief.py`), or what may stand beside `plan_id` in a
request (the API's limits).
"""

from collections.abc import Mapping
from typing import Any

from sgd_assets.renders.brief.model import Brief, WantedImagery
from sgd_assets.renders.edit.changed_brief import changed_brief
from sgd_assets.renders.edit.stored_plan import Edit, brief_of, load_plan, look_of, pictures_of
from sgd_assets.renders.plan.direction import Direction
from sgd_resources.errors import ValidationFailed
from sgd_resources.ports import ObjectStore


def as_template(body: Mapping[str, Any], brief: Brief, *, org_id: str, store: ObjectStore) -> Edit:
    """The request by the plan that its `plan_id` names: `render_id` or `render_id/index`.

    Words that the request gives take the place of the template's parts of the same name; its other parts stay. No
    model is asked: everything is chosen already.

    Raises:
        ValidationFailed: this org has no such plan, or none that this release reads. No retry.
        Unavailable: the store is down. Retry.
    """
    render_id, _, index = str(body["plan_id"]).partition("/")
    plan = load_plan(store, org_id, render_id, int(index or 0))
    if plan is None:
        message = "this org has no picture with that id whose plan can be read"
        fault = {"path": "$.plan_id", "message": message}
        raise ValidationFailed(f"$.plan_id: {message}", details={"errors": [fault]})
    base = brief_of(plan)
    wanted = wanted_of(base, brief)
    pictures = body["prompts"].get("references") or pictures_of(plan, is_kept=wanted.imagery == base.imagery)
    look = look_of(plan, base, wanted, body)
    if body.get("seed") is not None:
        look.pop("seed", None)
    direction = Direction(layout=plan.layout, look=look, notes=(f"made by the plan of {body['plan_id']}",))
    own = {**body, "prompts": {**body["prompts"], "references": list(pictures)}}
    return Edit(own, wanted, direction, is_own=True)


def wanted_of(base: Brief, asked: Brief) -> Brief:
    """The brief of a stored plan under the request's words and wishes."""
    changed, _ = changed_brief(base, asked)
    is_worded = bool(asked.words.elements())
    return changed.model_copy(
        update={
            "ground": asked.ground or base.ground,
            "imagery": base.imagery if asked.imagery == WantedImagery() else asked.imagery,
            "is_verbatim": asked.is_verbatim or base.is_verbatim,
            "language": asked.language if is_worded else base.language,
            "source": asked.source if is_worded else base.source,
        }
    )
