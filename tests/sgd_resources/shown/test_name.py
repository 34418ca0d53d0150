"""A file system's name becomes text that can be shown, whatever bytes it is made of."""

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgd_resources.shown.name import shown_name


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (b"logo.svg", "logo.svg"),
        ("Straße – Größe.pdf".encode(), "Straße – Größe.pdf"),
        ("Screenshot\u202f5.00\u00a0PM 👩\u200d🎨.png".encode(), "Screenshot\u202f5.00\u00a0PM 👩\u200d🎨.png"),
        (b"Stra\xdfe.pdf", "Stra%DFe.pdf"),
        (b"a\nb\t\x1b[31m.md", "a%0Ab%09%1B[31m.md"),
        ("gnp\u202e.exe".encode(), "gnp%E2%80%AE.exe"),
        (b"-rf.txt", "-rf.txt"),
        (b"...", "..."),
        (b"\xff" * 255, "%FF" * 255),
    ],
)  # fmt: skip
def test_only_what_cannot_be_shown_is_escaped(raw: bytes, shown: str) -> None:
    assert shown_name(os.fsdecode(raw)) == shown


@given(st.binary(max_size=255))
def test_any_bytes_give_utf8_text_on_one_line(raw: bytes) -> None:
    shown = shown_name(os.fsdecode(raw))
    assert shown.encode("utf-8").decode("utf-8") == shown
    assert len(shown.splitlines()) <= 1
    assert json.loads(json.dumps(shown, ensure_ascii=False)) == shown
    assert shown_name(shown) == shown
