"""Hostile JSON is refused by name and never fails on our side."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgd_api.http.bodies.json_body import MAX_DEPTH, parse_json
from sgd_resources.errors import InvalidInput, ValidationFailed

HOSTILE = {
    "empty": b"",
    "not json": b"hello",
    "not utf-8": b'{"a": "\xff"}',
    "utf-16": '{"a": 1}'.encode("utf-16"),
    "nan": b'{"a": NaN}',
    "infinity": b"[-Infinity]",
    "float overflow": b"[1e999]",
    "integer of 100,000 digits": b"[" + b"9" * 100_000 + b"]",
    "integer beyond 64 bits": b"[9223372036854775808]",
    "duplicate keys": b'{"a": 1, "a": 2}',
    "lone surrogate": b'{"a": "\\ud800"}',
    "lone surrogate in a key": b'{"\\udfff": 1}',
    "raw control character": b'{"a": "\x01"}',
    "raw NUL": b'{"a": "\x00"}',
    "raw NUL in a key": b'{"\x00": 1}',
    "a surrogate's own bytes": b'{"a": "\xed\xa0\x80"}',
    "a surrogate, escaped in capitals": b'{"a": "\\uD800"}',
    "deep arrays": b"[" * 100_000,
    "deep objects": b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    "trailing bytes": b"{} {}",
    "unfinished string": b'{"a": "' + b"\\" * 1_001,
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_bytes_are_invalid_input(data: bytes) -> None:
    with pytest.raises(InvalidInput):
        parse_json(data)


def test_nul_in_a_string_is_named_with_its_path() -> None:
    with pytest.raises(ValidationFailed) as caught:
        parse_json(b'{"prompts": [{"x": "a\\u0000b"}]}')
    assert caught.value.details["errors"] == [{"path": "$.prompts[0].x", "message": "NUL is not allowed"}]


def test_a_whole_float_is_read_as_the_integer_it_is() -> None:
    value = parse_json(b"[2.0, 1.5, -0.0]")
    assert value == [2, 1.5, 0]
    assert isinstance(value[0], int)


def test_brackets_inside_strings_are_not_nesting() -> None:
    text = "[" * 500 + '\\"'
    assert parse_json(json.dumps([text]).encode()) == [text]


def test_nesting_up_to_the_cap_is_read() -> None:
    assert parse_json(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH) is not None


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**63) + 1, 2**63 - 1)
        | st.text(st.characters(codec="utf-8", exclude_characters="\0")),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text(st.characters(codec="utf-8", exclude_characters="\0")), inner, max_size=3)
        ),
        max_leaves=8,
    )
)
def test_what_python_writes_is_read_back(document: object) -> None:
    assert parse_json(json.dumps(document).encode()) == document


@given(st.binary(max_size=200))
def test_any_bytes_give_a_document_or_our_error(data: bytes) -> None:
    try:
        parse_json(data)
    except InvalidInput:
        return
