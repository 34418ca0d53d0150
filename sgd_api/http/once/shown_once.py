"""Fields of an answer that are shown when it is given, and never kept: secrets.

What must not live here: making or keeping secrets.
"""

import json

from pydantic import BaseModel


class ShownOnce:
    """Marks such a field: `Annotated[str | None, ShownOnce()]`."""


def secrets_of(model: object) -> frozenset[str]:
    """Names of the fields of this answer that are shown once."""
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return frozenset()
    marked = (name for name, field in model.model_fields.items() if any(map(_is_mark, field.metadata)))
    return frozenset(marked)


def _is_mark(found: object) -> bool:
    return isinstance(found, ShownOnce)


def without_secrets(body: str, secrets: frozenset[str]) -> str:
    """The answer as it may be kept. Fails on what is no JSON object, before anything of it is kept."""
    if not secrets:
        return body
    document = json.loads(body)
    return json.dumps({name: value for name, value in document.items() if name not in secrets})
