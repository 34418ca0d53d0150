"""A schema as a model is given it: placed inside another document, and with half of what it requires let go.

What must not live here: judging values.
"""

from collections.abc import Mapping
from typing import Any

from sgd_assets.prompts.schema_guard.guard import CheckedSchema
from sgd_assets.prompts.schema_guard.reading import escaped

_VALUES = frozenset({"enum", "const", "default", "examples"})
"""Keywords whose values are data: nothing in them is a reference."""
_MAPS = frozenset({
    "properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies",
})  # fmt: skip
"""Keywords whose values are objects of schemas: a name in them is no keyword."""


def placed(schema: CheckedSchema, pointer: str) -> dict[str, Any]:
    """The schema's document with its references as they must read where it stands at `pointer` of another one."""
    own_name = str(schema.document.get("$id", "")).partition("#")[0]

    def moved(reference: str) -> str:
        fragment = reference.removeprefix(own_name).removeprefix("#")
        target = schema.anchors.get(fragment)
        return pointer + (target.removeprefix("#") if target is not None else fragment)

    def copy(value: Any, *, is_map: bool = False) -> Any:
        if isinstance(value, list):
            return [copy(item) for item in value]
        if not isinstance(value, Mapping):
            return value
        if is_map:
            return {name: copy(inner) for name, inner in value.items()}
        found: dict[str, Any] = {}
        for name, inner in value.items():
            if name in {"$ref", "$dynamicRef"} and isinstance(inner, str):
                found["$ref"] = moved(inner)
            elif name in _VALUES:
                found[name] = inner
            elif name not in {"$schema", "$id", "$anchor", "$dynamicAnchor", "$comment"}:
                found[name] = copy(inner, is_map=name in _MAPS)
        return found

    result = copy(schema.document)
    assert isinstance(result, dict)
    return result


def relaxed(document: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The schema with the second half of every `required` let go, and where which names were.

    The first names of a list are kept: callers write what matters most first.
    """
    dropped: list[str] = []

    def copy(value: Any, pointer: str, *, is_map: bool = False) -> Any:
        if isinstance(value, list):
            return [copy(item, f"{pointer}/{index}") for index, item in enumerate(value)]
        if not isinstance(value, Mapping):
            return value
        found: dict[str, Any] = {}
        for name, inner in value.items():
            below = f"{pointer}/{escaped(name)}"
            if not is_map and name == "required" and isinstance(inner, list):
                kept = inner[: len(inner) // 2]
                dropped.extend(f"{below}: {gone}" for gone in inner[len(kept) :])
                found[name] = kept
            elif not is_map and name in _VALUES:
                found[name] = inner
            else:
                found[name] = copy(inner, below, is_map=not is_map and name in _MAPS)
        return found

    result = copy(document, "#")
    assert isinstance(result, dict)
    return result, tuple(dropped)
