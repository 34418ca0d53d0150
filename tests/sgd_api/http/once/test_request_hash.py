"""The hash of a request: the same for the same request, however it comes in, and another for any other."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgd_api.http.once.request_hash import RequestHash

JSON = "application/json"


def hashed(*chunks: bytes, kind: str = JSON, path: str = "/uploads", query: bytes = b"") -> str:
    scope = {
        "type": "http", "method": "POST", "path": path, "query_string": query,
        "headers": [(b"content-type", kind.encode())],
    }  # fmt: skip
    made = RequestHash(scope)
    for chunk in chunks:
        made.add(chunk, is_last=False)
    made.add(b"", is_last=True)
    assert made.is_whole
    assert made.size_bytes == sum(map(len, chunks))
    return made.hexdigest()


def form(boundary: str, *contents: bytes) -> bytes:
    mark = b"--" + boundary.encode()
    return b"".join(mark + b"\r\n\r\n" + content + b"\r\n" for content in contents) + mark + b"--\r\n"


def kind_of(boundary: str) -> str:
    return f'multipart/form-data; boundary="{boundary}"'


@given(st.binary(max_size=200), st.lists(st.integers(0, 300), max_size=6))
def test_it_does_not_matter_in_which_pieces_a_form_comes(content: bytes, cuts: list[int]) -> None:
    whole = form("xyz", content, b"--xy")
    edges = [0, *sorted(min(cut, len(whole)) for cut in cuts), len(whole)]
    pieces = [whole[begin:end] for begin, end in pairwise(edges)]
    assert hashed(*pieces, kind=kind_of("xyz")) == hashed(whole, kind=kind_of("xyz"))


def test_the_same_form_with_another_boundary_is_the_same_request() -> None:
    one, two = form("a1b2", b"logo", b"guide"), form("longer-3c4d", b"logo", b"guide")
    assert hashed(one, kind=kind_of("a1b2")) == hashed(two, kind=kind_of("longer-3c4d"))


def test_parts_cannot_change_places_with_their_marks() -> None:
    assert hashed(form("a", b"logo", b"guide"), kind=kind_of("a")) != hashed(form("a", b"logoguide"), kind=kind_of("a"))


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/ingest"}, {"query": b"version=2"}, {"kind": "text/plain"},
        {"kind": "multipart/form-data; boundary=x"},
    ],
)  # fmt: skip
def test_another_address_or_type_is_another_request(other: dict[str, object]) -> None:
    assert hashed(b"{}", **other) != hashed(b"{}")  # type: ignore[arg-type]  # one of the three at a time


def test_another_body_is_another_request() -> None:
    assert hashed(b'{"a":1}') != hashed(b'{"a":2}')
    assert hashed(b'{"a"', b":1}", kind="application/json; charset=utf-8") == hashed(b'{"a":1}')
