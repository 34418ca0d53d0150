"""What a model is told: the task's words (`policies/prompts/analyze.json`), the schema, and the prompt quoted as data.

What must not live here: asking, or reading the answer (`parse.py`).
"""

from collections.abc import Mapping
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
"""A prompt of 10,000 characters names fewer, shorter things. A small model held to a grammar goes on with a list for as
long as it may: without a bound it filled one with the same word to the end of its tokens."""
_TEXT = {"type": "string", "maxLength": _LONGEST}
_TEXT_OR_NULL = {"type": ["string", "null"], "maxLength": _LONGEST}
_ENTITIES: Mapping[str, Any] = {
    "type": "object",
    "required": ["key_details", "source", "target", "metadata"],
    "additionalProperties": False,
    "properties": {
        "key_details": {
            "type": "array",
            "maxItems": _MOST_DETAILS,
            "items": _TEXT,
        },
        "source": _TEXT_OR_NULL,
        "target": _TEXT_OR_NULL,
        "metadata": {
            "type": "object",
            "maxProperties": _MOST_DETAILS,
            "additionalProperties": {"type": ["string", "number", "boolean", "null"], "maxLength": _LONGEST},
        },
    },
}
_QUOTES: Mapping[str, Any] = {
    "type": "array",
    "maxItems": 2 * _MOST_DETAILS,
    "items": {
        "type": "object",
        "required": ["path", "quote"],
        "additionalProperties": False,
        "properties": {"path": _TEXT, "quote": _TEXT},
    },
}


def answer_schema(ask: Ask) -> dict[str, Any]:
    """JSON Schema of the whole answer: the default fields, the caller's own under `data`, quotes where asked for."""
    properties: dict[str, Any] = {
        "intent": {"minLength": 1, **_TEXT},
        "subject": {"minLength": 1, **_TEXT},
        "entities": _ENTITIES,
    }
    if ask.schema is not None:
        properties["data"] = placed(ask.schema, "#/properties/data")
    if ask.options.spans:
        properties["quotes"] = _QUOTES
    return {
        "title": "analysis",
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
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
