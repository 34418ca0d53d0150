"""The question on one page of blocks, and the form of its answer. What must not live here: judging an answer."""

import hashlib
import json
from typing import Any

from sgd_assets.canon.assist.blocks import Page
from sgd_resources.llm.prompts import load_prompt
from sgd_resources.llm.safety.injection import quoted

TASK = "canon_extractor"
COLOUR_ROLES = ("primary", "secondary", "accent", "neutral", "background", "text")
FONT_ROLES = ("heading", "body", "mono")
VOICE_KINDS = ("voice_tone", "voice_do", "voice_dont")
LOGO_KINDS = ("logo_clear_space", "logo_min_size", "logo_do", "logo_dont")
KINDS = ("colours", "fonts", "voice", "logo", "vetoes")
_UNITS = ("ratio", "px", "mm", "cm", "in", "pt", "percent")
_LONGEST_QUOTE = 400
_MOST_CLAIMS = 40
"""Of one kind on one page: what an answer of `max_output_tokens` holds."""


def messages_for(page: Page) -> list[dict[str, Any]]:
    """The order, what is known of the page, and its blocks, quoted as data."""
    known = [
        {
            "kind": fact.kind, "value": fact.value, "role": fact.role,
            "name": fact.colour.name if fact.colour is not None else None,
        }
        for fact in page.known
    ]  # fmt: skip
    blocks = quoted("\n".join(f"[{snippet.id}] {snippet.text}" for snippet in page.snippets), label="blocks")
    told = f"Known facts: {json.dumps(known, ensure_ascii=False)}"
    asked = f"{quoted(told, label='known')}\n\n{blocks}"
    return [{"role": "system", "content": load_prompt(TASK).text}, {"role": "user", "content": asked}]


def question_sha256(page: Page) -> str:
    """Name of the question: the same words and form of answer, whoever asks and whenever."""
    asked = {"messages": messages_for(page), "schema": answer_schema()}
    return hashlib.sha256(json.dumps(asked, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def answer_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of an answer.

    The ids of blocks are not listed in it: one wrong id costs that claim, not the whole answer.
    """
    text = {"type": "string", "maxLength": 120}
    number = {"type": "number"}
    reference = {"type": ["string", "null"], "maxLength": 80}
    measure = _object(unit={"type": "string", "enum": list(_UNITS)}, value=number, reference=reference)
    return {
        "title": "canon_claims",
        **_object(
            colours=_claims(
                value=text, name={"type": ["string", "null"], "maxLength": 80}, role=_one_of(*COLOUR_ROLES, None)
            ),
            fonts=_claims(family=text, use=_one_of(*FONT_ROLES, None)),
            voice=_claims(kind=_one_of(*VOICE_KINDS)),
            logo=_claims(kind=_one_of(*LOGO_KINDS), measure={"anyOf": [measure, {"type": "null"}]}),
            vetoes=_claims(kind=_one_of("colour", "font", *VOICE_KINDS, *LOGO_KINDS), value={**text, "maxLength": 400}),
        ),
    }


def _claims(**properties: Any) -> dict[str, Any]:
    """A list of claims of one kind, each with its block and its quote."""
    block = {"type": "string", "pattern": "^s[0-9]+$"}
    quote = {"type": "string", "maxLength": _LONGEST_QUOTE}
    return {"type": "array", "maxItems": _MOST_CLAIMS, "items": _object(**properties, block=block, quote=quote)}


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
    }  # fmt: skip


def _one_of(*values: str | None) -> dict[str, Any]:
    return {"enum": list(values)}
