"""Asks a model what measuring cannot say of a picture: voice, imagery, composition. `picture, canon, plan -> Opinion`.

The measured critique comes first and stands: a model adds findings to it and takes none away. What must not live here:
measuring (`critique.py`), or making a picture again (`assisted.py` beside the rooms).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sgd_assets.canon.model import Canon
from sgd_assets.renders.model import Critique, RenderPlan, Violation
from sgd_assets.renders.model_calls import ModelCalls
from sgd_assets.renders.plan.canon_facts import canon_facts, imagery_rules
from sgd_assets.renders.plan.direction import Direction
from sgd_resources.contracts import check_output
from sgd_resources.errors import SgdError
from sgd_resources.llm.prompts import load_prompt
from sgd_resources.llm.safety.injection import quoted

TASK = "critic"
RULES = ("voice", "imagery", "composition", "instruction")
_PENALTY = 0.1
"""Taken off the measured score for each breach: two of them count as much as a lost logo."""
_MOST_FINDINGS = 8
_LONGEST = 300


@dataclass(frozen=True)
class Opinion:
    """The critique with the model's findings, and what it would change; unchanged where no model answered."""

    critique: Critique
    suggestion: Direction | None = None


def ask_critic(
    picture: bytes,
    measured: Critique,
    plan: RenderPlan | None,
    *,
    request: Mapping[str, Any],
    canon: Canon,
    options: Sequence[RenderPlan] = (),
    models: ModelCalls,
    copy: Sequence[str] = (),
) -> Opinion:
    """The opinion of a model on one finished picture. A model that fails changes nothing.

    Args:
        picture: a small JPEG of it.
        measured: the critique of its pixels.
        plan: what it was made by; None of a picture that is not ours.
        request: what was asked.
        canon: what it must keep to.
        options: plans whose layouts and grounds may be suggested.
        models: asked once.
        copy: the words that are to stand on a picture that is not ours.

    Raises:
        ValidationFailed: the joined critique breaks its contract; a fault of ours.
    """
    prompt = load_prompt(TASK)
    facts = _facts(request, canon, plan, measured, copy)
    messages = [{"role": "system", "content": prompt.text}, {"role": "user", "content": facts}]
    try:
        answer = models.complete(prompt, messages, schema=answer_schema(options), images=[picture])
    except SgdError:
        return Opinion(measured)
    if answer.validation not in {"passed", "repaired"}:
        return Opinion(measured)
    joined = join(measured, answer.data)
    check_output("critique", joined.model_dump(mode="json"))
    return Opinion(joined, suggestion=_suggestion(answer.data, plan) if plan is not None else None)


def join(measured: Critique, answer: Mapping[str, Any]) -> Critique:
    """Both critiques in one: nothing measured is lost, and the score is never above the measured one."""
    found = [one for one in answer["findings"] if one["message"].strip()]
    breaches = [one for one in found if one["is_breach"]]
    advice = [f"{one['rule']}: {one['message']}" for one in found if not one["is_breach"]]
    repairs = (*measured.repair_suggestions, *answer["repair_suggestions"], *advice)
    return measured.model_copy(
        update={
            "score": round(max(0.0, measured.score - _PENALTY * len(breaches)), 4),
            "violations": (*measured.violations, *(f"{one['rule']}: {one['message']}" for one in breaches)),
            "repair_suggestions": tuple(dict.fromkeys(repairs)),
            "findings": (
                *measured.findings,
                *(Violation(rule=one["rule"], message=one["message"]) for one in breaches),
            ),
        }
    )


def answer_schema(options: Sequence[RenderPlan]) -> dict[str, Any]:
    """JSON Schema 2020-12 of an answer."""
    line = {"type": "string", "maxLength": _LONGEST}
    layouts = sorted({option.layout for option in options if option.layout})
    grounds = sorted({option.background_hex for option in options if option.background_hex})
    finding = _closed({"rule": {"enum": list(RULES)}, "message": line, "is_breach": {"type": "boolean"}})
    body = _closed({
        "findings": {"type": "array", "maxItems": _MOST_FINDINGS, "items": finding},
        "repair_suggestions": {"type": "array", "maxItems": _MOST_FINDINGS, "items": line},
        "layout": {"enum": [*layouts, None]},
        "background_hex": {"enum": [*grounds, None]},
    })  # fmt: skip
    return {"title": "render_opinion", **body}


def _suggestion(answer: Mapping[str, Any], plan: RenderPlan) -> Direction | None:
    """Another layout or ground, where a breach asks for one that differs from the plan's."""
    layout = answer["layout"] if answer["layout"] != plan.layout else None
    ground = answer["background_hex"] if answer["background_hex"] != plan.background_hex else None
    is_breach = any(one["is_breach"] for one in answer["findings"])
    return Direction(layout=layout, background_hex=ground) if is_breach and (layout or ground) else None


def _facts(
    request: Mapping[str, Any], canon: Canon, plan: RenderPlan | None, measured: Critique, copy: Sequence[str]
) -> str:
    dos, donts = imagery_rules(canon)
    brief = plan.brief if plan is not None else None
    facts = {
        "copy": dict(brief.words.elements()) if brief is not None else list(copy),
        "imagery_asked": brief.imagery.model_dump(mode="json") if brief is not None else None,
        "layout": plan.layout if plan is not None else None,
        "ground": plan.background_hex if plan is not None else None,
        "rules_for_pictures": {"dos": dos, "donts": donts},
        "measured": {"score": measured.score, "violations": list(measured.violations)},
        "known_to_be_left_out": list(plan.unmet) if plan is not None else [],
    }
    return "\n\n".join([
        quoted(canon_facts(canon), label="canon"),
        quoted(json.dumps(facts, ensure_ascii=False), label="facts"),
        quoted(request["prompts"].get("instruction") or "(none)", label="request"),
    ])  # fmt: skip


def _closed(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }
