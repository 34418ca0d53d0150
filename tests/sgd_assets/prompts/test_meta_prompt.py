"""What the model is asked for has an end: a small model held to a grammar writes as long as the grammar lets it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from sgd_assets.prompts.meta_prompt import answer_schema
from sgd_assets.prompts.model import Ask, Options
from sgd_assets.prompts.parse import judge_of
from sgd_assets.prompts.schema_guard.guard import read_schema

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


OWN = read_schema({"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}})


def longest(schema: Mapping[str, Any]) -> Any:
    """The longest value of our own part of an answer; of a caller's, a short one."""
    if "maxLength" in schema:
        return "x" * schema["maxLength"]
    if schema.get("type") == "array":
        return [longest(schema["items"])] * schema["maxItems"]
    if "additionalProperties" in schema and schema["additionalProperties"] is not False:
        return {f"{at:02}": longest(schema["additionalProperties"]) for at in range(schema["maxProperties"])}
    return {name: {"n": 1} if name == "data" else longest(inner) for name, inner in schema["properties"].items()}


@pytest.mark.parametrize("max_tokens", [400, 1_000, 4_096])
@pytest.mark.parametrize("spans", [False, True])
def test_the_longest_answer_that_is_asked_for_fits_its_tokens(max_tokens: int, *, spans: bool) -> None:
    ask = Ask("Two tickets to Porto", schema=OWN, options=Options(max_tokens=max_tokens, spans=spans))
    written = json.dumps(longest(answer_schema(ask)))
    # A token of a small model is three to four characters of words, one of the signs between them.
    assert len(written) <= 4 * max_tokens
    assert judge_of(ask)(written).status == "passed"


def test_fewer_tokens_are_fewer_details_and_none_is_a_list_without_end() -> None:
    details = [
        answer_schema(Ask("Two tickets", options=Options(max_tokens=tokens)))["properties"]["entities"]["properties"]
        for tokens in (100, 1_000, 4_096, None)
    ]
    found = [one["key_details"]["maxItems"] * one["key_details"]["items"]["maxLength"] for one in details]
    assert found[0] < found[1] < found[2]
    assert found[1] < found[3] < found[2]
    assert all(2 <= one["key_details"]["maxItems"] <= 20 for one in details)


def test_beside_a_schema_of_the_callers_own_no_further_facts_are_asked_for_and_one_that_comes_is_taken() -> None:
    ask = Ask("Two tickets to Porto", schema=OWN)
    assert "metadata" not in answer_schema(ask)["properties"]["entities"]["properties"]
    assert "metadata" in answer_schema(Ask("Two tickets to Porto"))["properties"]["entities"]["required"]
    entities: dict[str, Any] = {"key_details": ["two"] * 40, "source": None, "target": "Porto"}
    answer = {"intent": "book", "subject": "tickets " * 60, "entities": entities, "data": {"n": 2}}
    assert judge_of(ask)(json.dumps(answer)).status == "passed"
    entities["metadata"] = {"class": "second"}
    assert judge_of(ask)(json.dumps(answer)).status == "passed"
    assert judge_of(ask)(json.dumps({**answer, "data": {}})).status == "failed"
