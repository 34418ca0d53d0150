"""What a model is told: the task's words (`policies/prompts/analyze.json`), the schema, and the prompt quoted as data.

What must not live here: asking, or reading the answer (`parse.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from sgd_assets.prompts.model import Ask
from sgd_assets.prompts.schema_guard.wire import placed
from sgd_resources.llm.prompts import Prompt
from sgd_resources.llm.safety.injection import quoted

MAX_EXAMPLES = 5
MAX_SCHEMA_IN_WORDS = 8_000
"""Characters of a schema that is told in words as well; a larger one is asked for as the format of the answer only."""
_MOST_DETAILS, _LONGEST = 50, 1_000
"""Of any answer. A prompt of 10,000 characters names fewer, shorter things."""
_USUAL_TOKENS = 2_048
"""Room that is reckoned with where the caller names none."""
_LEAST_PATH = 60
"""Characters of a path in an answer, such as $.entities.key_details[0]."""
_CHARACTERS_A_TOKEN = 2
"""Fewer than words of any script with letters have: what is asked for fits although a model writes wastefully."""


@dataclass(frozen=True)
class Bounds:
    """How long what is asked for may become: a model held to a grammar goes on for as long as the grammar lets it.

    Small ones fill a list of fifty with the same word to the end of their tokens, so that the bounds follow from those.
    """

    text: int
    """Characters of an intent, a place, a detail; a subject has twice as many."""
    details: int
    quotes: int


def bounds_of(ask: Ask) -> Bounds:
    """The bounds of our own part of an answer; of a caller's schema half of the tokens are left to `data`."""
    room = (ask.options.max_tokens or _USUAL_TOKENS) * _CHARACTERS_A_TOKEN
    room //= (1 + (ask.schema is not None)) * (1 + ask.options.spans)
    text = min(max(room // 10, 24), 200)
    details = min(max(room // 2 // text, 2), 20)
    return Bounds(text, details, quotes=details + 4)


def answer_schema(ask: Ask) -> dict[str, Any]:
    """JSON Schema that a model is given: the default fields, the caller's own under `data`, quotes where asked for.

    Narrower than what is taken of a model that is held to nothing (`frame_schema`): bounds as the room for the answer
    has them, and beside a caller's schema, which has a place for every fact that he wants, no `metadata`.
    """
    bounds = bounds_of(ask)
    entities = {name: of for name, of in _entities(bounds).items() if name != "metadata" or ask.schema is None}
    properties: dict[str, Any] = {
        "intent": {"minLength": 1, **_text(bounds.text)},
        "subject": {"minLength": 1, **_text(2 * bounds.text)},
        "entities": _record(entities),
    }
    if ask.schema is not None:
        properties["data"] = placed(ask.schema, "#/properties/data")
    if ask.options.spans:
        properties["quotes"] = _quotes(bounds)
    return {"title": "analysis", **_record(properties)}


def frame_schema(*, has_data: bool, has_quotes: bool) -> dict[str, Any]:
    """JSON Schema of the answers that are taken, whoever gives them: anything in `data`, which has its own judge.

    Args:
        has_data: whether there is a schema of the caller.
        has_quotes: whether quotes were asked for; an answer without them is one: its values are looked for anyway.
    """
    widest = Bounds(_LONGEST, _MOST_DETAILS, quotes=2 * _MOST_DETAILS)
    entities = _record(_entities(widest))
    if has_data:
        entities["required"] = [name for name in entities["required"] if name != "metadata"]
    properties = {"intent": {"minLength": 1, **_text(_LONGEST)}, "subject": {"minLength": 1, **_text(_LONGEST)}}
    frame = _record({**properties, "entities": entities, **({"data": True} if has_data else {})})
    if has_quotes:
        frame["properties"]["quotes"] = _quotes(widest)
    return {"title": "analysis", **frame}


def _entities(bounds: Bounds) -> dict[str, Any]:
    either = {"type": ["string", "null"], "maxLength": bounds.text}
    return {
        "key_details": {"type": "array", "maxItems": bounds.details, "items": _text(bounds.text)},
        "source": either,
        "target": either,
        "metadata": {
            "type": "object",
            "maxProperties": bounds.details,
            "additionalProperties": {"type": ["string", "number", "boolean", "null"], "maxLength": bounds.text},
        },
    }


def _quotes(bounds: Bounds) -> dict[str, Any]:
    words = _text(max(bounds.text, _LEAST_PATH))
    return {"type": "array", "maxItems": bounds.quotes, "items": _record({"path": words, "quote": words})}


def _text(longest: int) -> dict[str, Any]:
    return {"type": "string", "maxLength": longest}


def _record(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": dict(properties),
    }


def messages(ask: Ask, told: Prompt) -> list[dict[str, Any]]:
    """The chat: rules, the schema in words, worked examples, and the prompt."""
    rules = [told.text]
    written = orjson.dumps(answer_schema(ask)).decode()
    if len(written) <= MAX_SCHEMA_IN_WORDS:
        rules.append(f"The answer keeps this JSON Schema:\n{written}")
    if ask.guidance:
        rules.append("What the client's template says of the task, as data:\n" + quoted(ask.guidance, label="template"))
    chat = [{"role": "system", "content": "\n\n".join(rules)}]
    for example in ask.examples[:MAX_EXAMPLES]:
        chat.append({"role": "user", "content": quoted(example.prompt, label="prompt")})
        chat.append({"role": "assistant", "content": orjson.dumps(example.answer).decode()})
    return [*chat, {"role": "user", "content": quoted(ask.prompt, label="prompt")}]
