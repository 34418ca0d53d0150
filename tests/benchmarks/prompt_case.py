"""The prompt, the schema and the answer that everybody is measured with. Imports nothing of ours: peers read it too."""

from typing import Any

PROMPT = "Order 12 red mugs for Kim Lee from the Berlin shop, number"
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["item", "count"],
    "additionalProperties": False,
    "properties": {"item": {"type": "string"}, "count": {"type": "integer", "minimum": 1}},
}
ANSWER: dict[str, Any] = {
    "intent": "place_order",
    "subject": "12 red mugs",
    "entities": {"key_details": ["12"], "source": "Berlin shop", "target": "Kim Lee", "metadata": {}},
    "data": {"item": "red mugs", "count": 12},
}
MODEL = "openai/gpt-5.6-luna"
