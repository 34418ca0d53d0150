"""A made picture with what of its request's words may stay beside it; the words that it shows stay in any case.

Of the plan its goal and its brief are such words, and the request itself in the recipe; notes on what was not done
quote it, and stay without personal data. What must not live here: which words go in which way
(`sgd_resources/llm/safety/request_text.py`).
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sgd_assets.renders.brief.model import Brief
from sgd_assets.renders.model import RenderPlan
from sgd_assets.renders.pictures import MadePicture
from sgd_assets.renders.plan.told import goal_of
from sgd_resources.llm.safety.redaction import Redaction
from sgd_resources.llm.safety.request_text import TextKept, all_as_kept, body_as_kept


def as_kept(made: MadePicture, body: Mapping[str, Any], mode: TextKept) -> tuple[MadePicture, Mapping[str, Any]]:
    """The picture as it is stored, and the request as its file may speak of it; the same bytes are drawn of both."""
    if mode == "kept":
        return made, body
    plan = plan_as_kept(made.plan, body["prompts"]["task"], mode)
    told = _body(body, mode)
    source = made.made_from
    if source is not None:
        own = _body(source.body, mode)
        brief = _brief(source.brief, mode)
        source = replace(
            source, plan=plan_as_kept(source.plan, body["prompts"]["task"], mode), body=own, brief=brief,
            is_whole=(dict(source.body), source.brief) == (own, brief),
        )  # fmt: skip
    return replace(made, plan=plan, made_from=source), told


def plan_as_kept(plan: RenderPlan, task: str, mode: TextKept) -> RenderPlan:
    """The plan with the words that it prints, and what may stay of those it was asked in."""
    found = Redaction()
    if mode == "none":
        goal = goal_of(task, None, plan.width_px or 0, plan.height_px or 0)
        brief = None
    else:
        goal = found.redact(plan.goal)
        brief = None if plan.brief is None else _brief(plan.brief, mode)
    said = {"notes": tuple(map(found.redact, plan.notes)), "unmet": tuple(map(found.redact, plan.unmet))}
    return plan.model_copy(update={"goal": goal, "brief": brief, **said})


def _body(body: Mapping[str, Any], mode: TextKept) -> dict[str, Any]:
    """What the client wants to be told with the file (title, alternative text, rights) is told with it."""
    kept, _ = body_as_kept(body, mode)
    return {**kept, **({"metadata": body["metadata"]} if body.get("metadata") else {})}


def _brief(brief: Brief, mode: TextKept) -> Brief:
    if mode == "none":
        return Brief()
    return Brief.model_validate_json(json.dumps(all_as_kept(brief.model_dump(mode="json"), mode)))
