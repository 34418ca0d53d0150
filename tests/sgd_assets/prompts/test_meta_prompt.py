"""What the model is asked for has an end: a small model held to a grammar writes as long as the grammar lets it."""

from collections.abc import Iterator, Mapping
from typing import Any

from sgd_assets.prompts.meta_prompt import answer_schema
from sgd_assets.prompts.model import Ask, Options

_BOUNDS = {"string": "maxLength", "array": "maxItems"}


def unbounded(schema: Mapping[str, Any], place: str = "$") -> Iterator[str]:
    kinds = schema.get("type", ())
    for kind in (kinds,) if isinstance(kinds, str) else kinds:
        if kind in _BOUNDS and _BOUNDS[kind] not in schema:
            yield f"{place}: {kind}"
    if isinstance(schema.get("additionalProperties"), Mapping):
        if "maxProperties" not in schema:
            yield f"{place}: object"
        yield from unbounded(schema["additionalProperties"], f"{place}.*")
    for name, inner in schema.get("properties", {}).items():
        yield from unbounded(inner, f"{place}.{name}")
    if "items" in schema:
        yield from unbounded(schema["items"], f"{place}[]")


def test_every_list_text_and_map_of_our_own_answer_has_a_bound() -> None:
    schema = answer_schema(Ask("Two tickets to Porto", options=Options(spans=True)))
    assert list(unbounded(schema)) == []
    assert list(unbounded({"type": "object", "properties": {"a": {"type": "array"}}})) == ["$.a: array"]
