"""A model's text -> the answer, judged: JSON read tolerantly, the default fields and the caller's schema checked.

What must not live here: asking again (the gateway does), or weighing (`confidence.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson

from sgd_assets.prompts.meta_prompt import frame_schema
from sgd_assets.prompts.model import Ask
from sgd_assets.prompts.schema_guard.guard import MAX_VALUE_NESTING, CheckedSchema, read_schema
from sgd_resources.errors import ValidationFailed
from sgd_resources.llm.answers.structured import Verdict, repair

MAX_ANSWER_CHARACTERS = 200_000


@dataclass(frozen=True)
class Judge:
    """Judges the answers of one ask; the same for every try of it."""

    frame: CheckedSchema
    """The default fields, anything in `data`."""
    schema: CheckedSchema | None

    def __call__(self, text: str) -> Verdict:
        """The verdict on a model's text, personal data put back in it."""
        if len(text) > MAX_ANSWER_CHARACTERS:
            return _failed("$", f"the answer has more than {MAX_ANSWER_CHARACTERS} characters")
        try:
            data, was_repaired = orjson.loads(text), False
        except orjson.JSONDecodeError:
            data, was_repaired = repair(text), True
        if data is None:
            return _failed("$", "the answer is no JSON")
        if not _is_shallow(data):
            return _failed("$", f"the answer is nested deeper than {MAX_VALUE_NESTING}")
        faults = self.faults(data)
        if faults:
            return Verdict("failed", data, faults)
        return Verdict("repaired" if was_repaired else "passed", data)

    def faults(self, data: Any) -> tuple[dict[str, str], ...]:
        """The rules that an answer breaks."""
        found = [fault.as_dict() for fault in self.frame.faults(data)]
        if self.schema is not None and isinstance(data, Mapping) and "data" in data:
            found += [
                replace(fault, path="$.data" + fault.path.removeprefix("$")).as_dict()
                for fault in self.schema.faults(data["data"])
            ]
        return tuple(found)

    def accepts(self, data: Any) -> bool:
        """Whether an answer is valid; one that is too dear to check is not."""
        try:
            return not self.faults(data)
        except ValidationFailed:
            return False

    def relaxed_to(self, schema: CheckedSchema) -> "Judge":
        """The same with another schema for `data`."""
        return replace(self, schema=schema)


def judge_of(ask: Ask) -> Judge:
    """The judge of an ask."""
    frame = frame_schema(has_data=ask.schema is not None, has_quotes=ask.options.spans)
    return Judge(read_schema(frame), ask.schema)


def _failed(path: str, message: str) -> Verdict:
    return Verdict("failed", errors=({"path": path, "message": message, "schema_path": "#"},))


def _is_shallow(data: Any) -> bool:
    """Whether no part lies deeper than allowed; level by level, so that depth costs no stack."""
    level = [data]
    for _ in range(MAX_VALUE_NESTING + 1):
        level = [
            inner
            for value in level
            for inner in (value.values() if isinstance(value, dict) else value if isinstance(value, list) else ())
            if isinstance(inner, dict | list)
        ]
        if not level:
            return True
    return False
