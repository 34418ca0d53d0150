"""Schemas of strangers: honest ones judge rightly, hostile ones are refused by name or judged within bounds."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator

from sgd_assets.prompts.schema_guard.guard import MAX_SCHEMA_BYTES, read_schema
from sgd_assets.prompts.schema_guard.run import MAX_STEPS, Run, Seen, TooMuchWork
from sgd_assets.prompts.schema_guard.wire import placed, relaxed
from sgd_resources.errors import ValidationFailed
from tests.sgd_assets.prompts.schema_guard.hostile import REFUSED, TAKEN
from tests.sgd_assets.prompts.schema_guard.torture import D7, TORTURE


def _ids(cases: list[Any]) -> list[str]:
    return [case[0] for case in cases]


def test_the_sets_are_as_large_as_they_must_be() -> None:
    assert len(TORTURE) >= 60
    assert len(REFUSED) + len(TAKEN) >= 40
    assert len(set(_ids(TORTURE))) == len(TORTURE)


@pytest.mark.parametrize(("name", "schema", "good", "bad"), TORTURE, ids=_ids(TORTURE))
def test_a_callers_schema_is_judged_by_as_the_standard_says(
    name: str, schema: Any, good: list[Any], bad: list[Any]
) -> None:
    checked = read_schema(schema)
    for value in good:
        assert checked.faults(value) == (), value
    for value in bad:
        found = checked.faults(value)
        assert found, value
        assert all(fault.path.startswith("$") and fault.schema_path.startswith("#") for fault in found)


# The frame is 2020-12, and one level deeper.
FRAMED = [each for each in TORTURE if each[1].get("$schema") != D7 and each[0] != "ten levels"]


@pytest.mark.parametrize(("_", "schema", "good", "bad"), FRAMED, ids=_ids(FRAMED))
def test_where_it_stands_under_data_it_asks_the_same(_: str, schema: Any, good: list[Any], bad: list[Any]) -> None:
    checked = read_schema(schema)
    frame = read_schema({"properties": {"data": placed(checked, "#/properties/data")}})
    assert all(frame.faults({"data": value}) == () for value in good)
    assert all(frame.faults({"data": value}) for value in bad)


@pytest.mark.parametrize(("name", "schema", "word"), REFUSED, ids=_ids(REFUSED))
def test_a_hostile_schema_is_refused_by_name(name: str, schema: Any, word: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        read_schema(schema)
    assert word in refused.value.message
    (fault,) = refused.value.details["errors"]
    assert fault["path"] == "$.schema"


@pytest.mark.slow
@pytest.mark.parametrize(("name", "schema", "value"), TAKEN, ids=_ids(TAKEN))
def test_a_schema_that_is_taken_is_judged_by_within_its_steps(name: str, schema: Any, value: Any) -> None:
    checked = read_schema(schema)
    run = Run()
    try:
        checked._root.holds(value, (), run, Seen())
    except TooMuchWork:
        with pytest.raises(ValidationFailed, match="more steps than allowed"):
            checked.faults(value)
    assert 0 <= run.left < MAX_STEPS
    assert len(run.faults) <= 50


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "a", "ab", "x-a", 0.5, 1.0]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "x-a"]), inner, max_size=3),
    max_leaves=6,
)
NUMBER, NAMES = st.sampled_from([-1, 0, 1, 1.5, 2]), st.lists(st.sampled_from(["a", "b", "c"]), max_size=2, unique=True)
LEAF_KEYWORDS: dict[str, Any] = {
    "type": st.sampled_from(["null", "boolean", "integer", "number", "string", "array", "object", ["string", "null"]]),
    "enum": st.lists(VALUES, max_size=3), "const": VALUES, "minimum": NUMBER, "exclusiveMaximum": NUMBER,
    "maxLength": st.integers(0, 2), "minItems": st.integers(0, 2), "maxProperties": st.integers(0, 2),
    "uniqueItems": st.booleans(), "required": NAMES, "pattern": st.sampled_from(["^a", "b$", "-", "^x-[a-z]$"]),
}  # fmt: skip


def _schemas(draft: int) -> st.SearchStrategy[Any]:
    leaf = st.fixed_dictionaries({}, optional=LEAF_KEYWORDS) | st.booleans()

    def deeper(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        some = st.lists(inner, min_size=1, max_size=2)
        named = st.dictionaries(st.sampled_from(["a", "b", "x-a"]), inner, max_size=2)
        keywords = {
            **LEAF_KEYWORDS, "properties": named, "additionalProperties": inner, "propertyNames": inner,
            "patternProperties": st.dictionaries(st.sampled_from(["^x-", "b"]), inner, max_size=1), "items": inner,
            "contains": inner, "allOf": some, "anyOf": some, "oneOf": some, "not": inner, "if": inner, "then": inner,
            "else": inner,
        }  # fmt: skip
        if draft == 7:
            keywords |= {"items": inner | some, "additionalItems": inner, "dependencies": named}
        else:
            keywords |= {
                "prefixItems": some, "dependentSchemas": named, "unevaluatedProperties": inner,
                "unevaluatedItems": inner,
                "minContains": st.integers(0, 2), "dependentRequired": st.dictionaries(st.just("a"), NAMES, max_size=1),
            }  # fmt: skip
        return st.fixed_dictionaries({}, optional=keywords)

    return st.recursive(leaf, deeper, max_leaves=5).filter(lambda schema: isinstance(schema, dict))


@pytest.mark.slow
@pytest.mark.parametrize("draft", [7, 2020])
def test_it_agrees_with_another_implementation(draft: int) -> None:
    peer: Any = Draft7Validator if draft == 7 else Draft202012Validator

    @settings(max_examples=300, deadline=None)
    @given(_schemas(draft), st.lists(VALUES, min_size=3, max_size=6))
    def check(schema: Any, values: list[Any]) -> None:
        written = {**schema, "$schema": D7} if draft == 7 else schema
        ours, theirs = read_schema(written), peer(written)
        for value in values:
            assert (ours.faults(value) == ()) == theirs.is_valid(value), value

    check()


def test_a_fault_names_the_place_the_rule_and_where_the_rule_stands_but_no_value() -> None:
    schema = read_schema({"properties": {"a b": {"items": {"$ref": "#/$defs/n"}}}, "$defs": {"n": {"type": "integer"}}})
    (fault,) = schema.faults({"a b": [1, "a secret"]})
    assert fault.as_dict() == {"path": "$['a b'][1]", "message": "type: integer", "schema_path": "#/$defs/n/type"}


def test_what_is_not_looked_at_is_said() -> None:
    warned = read_schema({"format": "colour", "typ": "string", "dependencies": {}, "x-mine": 1}).warnings
    assert warned == (
        "the keyword typ is not known and is not looked at",
        "dependencies is no keyword of 2020-12 and is not looked at",
        "the format colour is not asserted",
    ) or set(warned) == {
        "the keyword typ is not known and is not looked at",
        "dependencies is no keyword of 2020-12 and is not looked at",
        "the format colour is not asserted",
    }


def test_a_schema_of_exactly_the_most_bytes_is_taken() -> None:
    empty = len(json.dumps({"description": ""}, separators=(",", ":")))
    assert read_schema({"description": "x" * (MAX_SCHEMA_BYTES - empty)}).faults(1) == ()


def test_relaxed_lets_the_second_half_of_each_required_go_and_says_which() -> None:
    schema = {
        "required": ["a", "b", "c"],
        "properties": {"required": {"type": "string"}, "x": {"required": ["y"]}},
        "enum": [{"required": ["z", "w"]}],
    }
    softer, dropped = relaxed(schema)
    assert softer["required"] == ["a"]
    assert softer["properties"] == {"required": {"type": "string"}, "x": {"required": []}}
    assert softer["enum"] == schema["enum"]
    assert dropped == ("#/required: b", "#/required: c", "#/properties/x/required: y")
