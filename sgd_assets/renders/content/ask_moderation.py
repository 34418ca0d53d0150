"""Asks a model whether texts keep the content policy: the gateway task `moderation`. `texts, policy -> pass or raise`.

The word lists looked first and stand; a model only adds refusals. What must not live here: the word lists, or a model's
look at pictures.
"""

from collections.abc import Iterable
from typing import Any

from sgd_assets.renders.content.enforce import blocked
from sgd_assets.renders.content.policy import ContentPolicy
from sgd_assets.renders.content.texts import Text
from sgd_assets.renders.model_calls import ModelCalls
from sgd_resources.errors import SgdError, Unavailable
from sgd_resources.llm.prompts import load_prompt
from sgd_resources.llm.safety.injection import quoted

TASK = "moderation"
_USABLE = {"passed", "repaired"}


def ask_moderation(texts: Iterable[Text], policy: ContentPolicy, models: ModelCalls) -> None:
    """Pass texts that a model finds harmless, or that none is asked about.

    Raises:
        ContentBlocked: the model names a category that the policy blocks. No retry.
        Unavailable: the policy requires an answer, and no model gave one. Retry.
    """
    if policy.moderation == "off":
        return
    is_required = policy.moderation == "required"
    found = list(texts)
    if not models.is_on:
        if is_required:
            raise Unavailable("the content policy requires a model's opinion, and no model can be asked here")
        return
    rule = _opinion(found, policy, models) if found and policy.blocked else "none"
    if rule is None and is_required:
        raise Unavailable("the content policy requires a model's opinion, and no model gave one")
    if rule in policy.blocked:
        raise blocked(str(rule), "$", by="model")


def answer_schema(policy: ContentPolicy) -> dict[str, Any]:
    """JSON Schema 2020-12 of an answer."""
    return {
        "title": "content_opinion",
        "type": "object",
        "additionalProperties": False,
        "required": ["category"],
        "properties": {"category": {"enum": ["none", *sorted(policy.blocked)]}},
    }


def _opinion(texts: list[Text], policy: ContentPolicy, models: ModelCalls) -> str | None:
    """A category, `none`, or None where no usable answer came."""
    models.begin()
    prompt = load_prompt(TASK)
    words = quoted("\n".join(text for _, text in texts), label="texts")
    messages = [{"role": "system", "content": prompt.text}, {"role": "user", "content": words}]
    try:
        answer = models.complete(prompt, messages, schema=answer_schema(policy))
    except SgdError:
        return None
    return str(answer.data["category"]) if answer.validation in _USABLE else None
