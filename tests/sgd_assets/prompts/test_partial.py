"""An answer that is still being written."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgd_assets.prompts.partial import PartialJson, value_so_far

DOCUMENT = {"intent": 'a "b" \\', "n": [1, {"x": "y}"}, []], "t": True}


@pytest.mark.parametrize(
    ("text", "so_far"),
    [
        ("", None), ("Sure: ", None), ("{", {}), ('{"a', {}), ('{"a": "b', {}), ('{"a": "b",', {"a": "b"}),
        ('{"a": {"b": 1, "c": [1, 2', {"a": {"b": 1, "c": [1]}}), ('```json\n{"a": [1, ', {"a": [1]}),
        ('{"a": "}", "b": 12', {"a": "}"}), ('{"a": "\\"}", ', {"a": '"}'}), ('{"a": 1} and more {', {"a": 1}),
    ],
)  # fmt: skip
def test_what_is_whole_so_far_is_given(text: str, so_far: object) -> None:
    assert value_so_far(text) == so_far


@given(st.integers(0, 200))
def test_no_cut_gives_a_value_that_is_not_in_the_whole(at: int) -> None:
    text = json.dumps(DOCUMENT)
    found = value_so_far(text[:at])
    assert found is None or set(found) <= set(DOCUMENT)
    assert value_so_far(text) == DOCUMENT


def test_pieces_are_looked_at_only_after_some_have_come() -> None:
    partial = PartialJson()
    assert partial.add('{"a": 1, ') is None
    assert partial.add(" " * 60) == {"a": 1}
    assert partial.add(" " * 60) is None
