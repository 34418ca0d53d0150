"""Answers that tell of what only its maker can read: another caller of the org gets no such answer for the same key.

What must not live here: who may read what (`sgd_resources/postgres/rows/prompts/kept.py`).
"""

import json

from pydantic import BaseModel

_PRIVATE = "private"


class SaysWhoReads:
    """Marks the field that is `private` where only the maker can read the thing again."""


def is_private(model: object, body: str | None) -> bool:
    """Whether an answer of this model is its maker's alone; one that was too large to be kept is, if it could be."""
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return False
    marked = [name for name, field in model.model_fields.items() if any(map(_is_mark, field.metadata))]
    if not marked or body is None:
        return bool(marked)
    document = json.loads(body)
    return any(document.get(name) == _PRIVATE for name in marked)


def _is_mark(found: object) -> bool:
    return isinstance(found, SaysWhoReads)
