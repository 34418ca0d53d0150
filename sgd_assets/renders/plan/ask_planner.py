"""Asks a model to read the brief and direct the pictures: the tasks `planner` and `draft`.

From request, canon, kit and the rules' brief to `Planned`. The model chooses among what the local planner can do, so
its plan is drawn and guarded like any other. The gateway keeps the answer for the task's `cache_ttl_s` under the hash
of prompt, canon version, request and model: that is the plan cache. What must not live here: what of an answer is
taken (`planner_answer.py`).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sgd_assets.canon.model import Canon
from sgd_assets.renders.brief.model import Brief
from sgd_assets.renders.compose.layouts.catalogue import FAMILIES
from sgd_assets.renders.model import PlannedImagery, RenderPlan
from sgd_assets.renders.model_calls import ModelCalls
from sgd_assets.renders.plan.canon_facts import canon_facts
from sgd_assets.renders.plan.direction import Direction, options_of
from sgd_assets.renders.plan.guard import CONTRACT
from sgd_assets.renders.plan.kit import BrandKit
from sgd_assets.renders.plan.planner_answer import answer_schema, brief_of, directions_of
from sgd_resources.contracts import ContractFault, guard_error
from sgd_resources.errors import SgdError
from sgd_resources.llm.prompts import load_prompt
from sgd_resources.llm.safety.injection import quoted

PLANNER, DRAFT = "planner", "draft"
_SOME_PICTURE = PlannedImagery(kind="generated", keys=("generated",), reason="")


@dataclass(frozen=True)
class Planned:
    """The brief, and a direction for each output; none where the local planner goes on alone."""

    brief: Brief
    directions: tuple[Direction, ...] = ()
    notes: tuple[str, ...] = ()


def ask_planner(
    request: Mapping[str, Any],
    canon: Canon,
    kit: BrandKit,
    *,
    brief: Brief,
    models: ModelCalls,
    images: Sequence[bytes] = (),
    task: str = PLANNER,
) -> Planned:
    """The plan of a model, or the local planner's with a note why; see `policies/prompts/planner.json`, `on_invalid`.

    Args:
        request: a valid `render_request` that passed the screening.
        canon: the brand's canon.
        kit: logos and fonts of the org.
        brief: as the rules read it.
        models: asked once; the gateway asks again once for an answer that breaks its schema, within the same budget.
        images: small pictures of the references.
        task: `planner`, or `draft` for a picture that no image will be generated for.

    Raises:
        ValidationFailed: the answer stayed invalid and the prompt's policy is to reject; or as `plan_render`.
    """
    prompt = load_prompt(task)
    options = options_of(request, canon, kit, brief=brief)
    if task == PLANNER:
        options += options_of(request, canon, kit, brief=brief, imagery=_SOME_PICTURE)
    schema = answer_schema(options, request["outputs"]["count"])
    messages = [
        {"role": "system", "content": prompt.text},
        {"role": "user", "content": _facts(request, canon, brief, options)},
    ]
    try:
        answer = models.complete(prompt, messages, schema=schema, images=images)
    except SgdError as error:
        reason = error.details.get("kind") or error.code
        return Planned(brief, notes=(f"planned by the local rules: no model answered ({reason})",))
    if answer.validation not in {"passed", "repaired"}:
        if prompt.on_invalid == "reject":
            faults = [ContractFault(e["path"], e["message"], e.get("schema_path", "#")) for e in answer.errors]
            raise guard_error(CONTRACT, faults or [ContractFault("$", "the model gave no plan", "#")])
        return Planned(brief, notes=("planned by the local rules: the model's plan broke its schema",))
    instruction = request["prompts"].get("instruction") or ""
    return Planned(brief_of(answer.data, brief, instruction), directions_of(answer.data))


def _facts(request: Mapping[str, Any], canon: Canon, brief: Brief, options: Sequence[RenderPlan]) -> str:
    prompts = request["prompts"]
    layouts = {name: _said(name) for name in sorted({option.layout for option in options if option.layout})}
    grounds = {
        option.background_hex: {"text_hex": option.text_hex, "accent_hex": option.accent_hex}
        for option in reversed(options)
    }
    facts = {
        "task": prompts["task"],
        "size_px": request["outputs"]["dimensions"],
        "pictures": request["outputs"]["count"],
        "references": len(prompts.get("references") or ()),
        "layouts": layouts,
        "grounds": grounds,
        "brief_by_rules": brief.model_dump(mode="json", by_alias=True, exclude={"notes", "source"}, exclude_none=True),
    }
    return "\n\n".join([
        quoted(canon_facts(canon), label="canon"),
        quoted(json.dumps(facts, ensure_ascii=False), label="facts"),
        quoted(prompts.get("instruction") or "(none)", label="request"),
    ])  # fmt: skip


def _said(layout: str) -> str:
    """What a layout says of itself, in a line."""
    lines = (FAMILIES[layout].draw.__doc__ or "").strip().splitlines()
    return lines[0] if lines else layout.replace("_", " ")
