"""Prompts, with strict schemas and without any, and what is wrong with the answer of a small model on this machine.

Whether an answer is right is not asked of a model of this size, only whether it keeps its schema and what is told of
it.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sgd_assets.prompts.analyze import analyze, get_ready
from sgd_assets.prompts.model import Analysis, Ask, Options
from sgd_assets.prompts.schema_guard.guard import read_schema
from sgd_resources.errors import SgdError
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.gateway import LlmGateway
from sgd_resources.llm.policy.policy_file import ModelFacts, Policy
from tests.fakes.llm import policy
from tests.services.llm.local_model_server import NAME

FREE = {NAME: ModelFacts(prompt_usd_per_million=0, completion_usd_per_million=0, image_usd=0)}
CONTEXT_TOKENS = 4_096
_MAX_TOKENS = 400


def record(**properties: Any) -> dict[str, Any]:
    """A strict object: everything required, nothing else allowed."""
    return {
        "type": "object", "required": list(properties), "additionalProperties": False, "properties": properties,
    }  # fmt: skip


def one_of(*values: Any) -> dict[str, Any]:
    """One of these."""
    return {"enum": list(values)}


def count(low: int, high: int) -> dict[str, Any]:
    """A whole number between two."""
    return {"type": "integer", "minimum": low, "maximum": high}


def words(most: int = 30) -> dict[str, Any]:
    """A short text."""
    return {"type": "string", "minLength": 1, "maxLength": most}


YES = {"type": "boolean"}
SIZE = one_of("S", "M", "L")
PROMPTS: Sequence[tuple[str, dict[str, Any] | None]] = (
    ("Order 12 red mugs for Kim Lee.", record(item=words(), count=count(1, 100))),
    ("Make the headline green.", record(colour=one_of("red", "green", "blue"))),
    ("Is the shop open on Sunday?", record(day=one_of("saturday", "sunday"), is_question=YES)),
    ("Send the invoice to Berlin by Friday.", record(city=words(), is_urgent=YES)),
    ("A banner of 1200 by 628 pixels.", record(width=count(1, 4096), height=count(1, 4096))),
    ("Two coffees, one tea.", record(coffees=count(0, 9), teas=count(0, 9))),
    ("I am very unhappy with my order.", record(mood=one_of("good", "bad", "neutral"))),
    ("Translate the slogan to French.", record(language=one_of("de", "fr", "it"), task=words())),
    ("Cancel my subscription.", record(action=one_of("cancel", "renew", "pause"))),
    ("A small shirt and a large one.", record(sizes={"type": "array", "items": SIZE, "minItems": 1, "maxItems": 3})),
    ("Remind Ann at nine.", record(who=words(), hour=count(0, 23))),
    ("Use the logo on a dark background.", record(background=one_of("light", "dark"), has_logo=YES)),
    ("The train to Rome leaves at 10.", record(to=words(), hour=count(0, 23))),
    ("Rate this hotel four of five.", record(stars=count(1, 5))),
    ("Bold type, no italics.", record(style=record(bold=YES, italic=YES))),
    ("Ship by air or by sea?", record(modes={"type": "array", "items": one_of("air", "sea"), "maxItems": 2})),
    ("My phone is broken again.", record(topic=one_of("phone", "bill", "other"), is_repeated=YES)),
    ("Lower the price by 15 percent.", record(percent=count(0, 100), direction=one_of("up", "down"))),
    ("Book a table for six.", record(guests=count(1, 20), note={"type": ["string", "null"], "maxLength": 20})),
    ("Paint the door blue, not red.", record(colour=one_of("red", "blue"), rejected=one_of("red", "blue"))),
    ("Order 12 red mugs for Kim Lee.", None),
    ("Send the invoice to Berlin by Friday.", None),
    ("Rate this hotel four of five.", None),
)


def rules() -> Policy:
    """The policy with the local model behind analyses."""
    found = policy()
    task = replace(
        found.tasks["analyze"], models=(NAME,), timeout_s=90.0, max_output_tokens=_MAX_TOKENS, temperature=0.0,
        max_input_tokens=60_000, cache_ttl_s=0,
    )  # fmt: skip
    retry = replace(found.retry, total_deadline_s=180.0)
    return replace(found, tasks={**found.tasks, "analyze": task}, models=FREE, retry=retry)


async def answered(gateway: LlmGateway, prompt: str, schema: dict[str, Any] | None) -> str:
    """Empty when the answer is valid, else what is wrong with it."""
    checked = read_schema(schema) if schema is not None else None
    ask = Ask(prompt, schema=checked, options=Options(max_tokens=_MAX_TOKENS))
    try:
        found = await analyze(gateway, get_ready(ask), Caller("acme"))
    except SgdError as error:
        return error.message
    if not isinstance(found, Analysis):
        return f"no valid answer: {found}"
    if checked is not None and (faults := checked.faults(found.data)):
        return f"{found.data} breaks its schema: {faults}"
    return "" if found.model_used == NAME else f"answered by {found.model_used}"
