"""Documents that a contract accepts, for property tests.

Covers the keywords our generated contracts use and fails loudly on any other. hypothesis-jsonschema would do, but its
last release reaches into Hypothesis internals that current versions no longer have.
"""

from typing import Any

from hypothesis import strategies as st

_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | _TEXT, lambda inner: st.lists(inner, max_size=2), max_leaves=3
)
_SILENT = {"$schema", "$id", "$defs", "title", "description", "default"}
_FORMATS = {
    "date-time": st.datetimes().map(lambda moment: moment.replace(microsecond=0).isoformat() + "Z"),
    "date": st.dates().map(lambda day: day.isoformat()),
}


def documents(schema: dict[str, Any], root: dict[str, Any] | None = None) -> st.SearchStrategy[Any]:
    """Values that keep `schema`; unknown fields are added where the schema allows them."""
    root = root or schema
    if "$ref" in schema:
        return st.deferred(lambda: documents(root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root))
    if "anyOf" in schema:
        return st.one_of([documents(branch, root) for branch in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "const" in schema:
        return st.just(schema["const"])
    known = {"array": _array, "object": _object, "string": _string, "integer": _integer, "number": _number}
    kind = schema.get("type")
    if kind in known:
        return known[kind](schema, root)
    return {"boolean": st.booleans(), "null": st.none(), None: _JSON}[kind]


def _only(schema: dict[str, Any], *keywords: str) -> None:
    unknown = set(schema) - _SILENT - {"type", *keywords}
    assert not unknown, f"this generator does not know the keywords {unknown}"


def _object(schema: dict[str, Any], root: dict[str, Any]) -> st.SearchStrategy[Any]:
    _only(schema, "properties", "required", "additionalProperties")
    properties = {name: documents(value, root) for name, value in schema.get("properties", {}).items()}
    required = set(schema.get("required", []))
    stated = st.fixed_dictionaries(
        {name: value for name, value in properties.items() if name in required},
        optional={name: value for name, value in properties.items() if name not in required},
    )
    extra = schema.get("additionalProperties", True)
    if extra is False:
        return stated
    values = _JSON if extra is True else documents(extra, root)
    more = st.dictionaries(_TEXT.filter(lambda name: name not in properties), values, max_size=2)
    return st.builds(lambda known, unknown: {**unknown, **known}, stated, more)


def _array(schema: dict[str, Any], root: dict[str, Any]) -> st.SearchStrategy[Any]:
    _only(schema, "items", "prefixItems", "minItems", "maxItems")
    if "prefixItems" in schema:
        assert schema["minItems"] == schema["maxItems"] == len(schema["prefixItems"])
        return st.tuples(*(documents(item, root) for item in schema["prefixItems"])).map(list)
    least = schema.get("minItems", 0)
    return st.lists(
        documents(schema["items"], root), min_size=least, max_size=min(schema.get("maxItems", 99), least + 3)
    )


def _string(schema: dict[str, Any], root: dict[str, Any]) -> st.SearchStrategy[Any]:
    _only(schema, "pattern", "minLength", "maxLength", "format")
    if "pattern" in schema:
        found = st.from_regex(schema["pattern"].replace("$", r"\Z"))
        return found.filter(lambda text: len(text) <= schema.get("maxLength", len(text)))
    if "format" in schema:
        return _FORMATS[schema["format"]]
    most = schema.get("maxLength", 2**53)
    return _TEXT.filter(lambda text: schema.get("minLength", 0) <= len(text) <= most)


def _integer(schema: dict[str, Any], root: dict[str, Any]) -> st.SearchStrategy[Any]:
    _only(schema, "minimum", "maximum")
    return st.integers(schema.get("minimum", -(2**53)), schema.get("maximum", 2**53))


def _number(schema: dict[str, Any], root: dict[str, Any]) -> st.SearchStrategy[Any]:
    _only(schema, "minimum", "maximum")
    least, most = schema.get("minimum"), schema.get("maximum")
    return st.floats(least, most, allow_nan=False, allow_infinity=False).map(lambda x: int(x) if x.is_integer() else x)
