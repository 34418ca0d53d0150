"""What is refused for its size says what was counted, and how much of it is read."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import sgd_resources
from sgd_resources.cleaning.refusal import bomb
from sgd_resources.errors import RejectedEvidence

SOURCE = Path(sgd_resources.__file__).parent
REFUSING = ("cleaning", "scanning", "drawing", "excerpts", "sandbox")
NOT_COUNTED = {"archive entries that overlap"}
"""Refused for what it is: one such pair is too many."""


def test_a_bomb_names_the_count_and_the_limit() -> None:
    with pytest.raises(RejectedEvidence) as caught:
        bomb("pages", 12_000, 2_000, pages=12_000)
    assert caught.value.reason == "bomb"
    assert caught.value.details == {"message": "12,000 pages; at most 2,000 are read", "pages": 12_000}


def test_no_bomb_is_told_without_a_figure() -> None:
    """Each message is made with a value in it: a fixed sentence could not say how much was too much."""
    mute = [f"{path.name}:{call.lineno}" for path, call in _bombs() if not _has_figure(call)]
    assert mute == []


def _bombs() -> Iterator[tuple[Path, ast.Call]]:
    for folder in REFUSING:
        for path in (SOURCE / folder).rglob("*.py"):
            if path.name == "refusal.py":
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                    continue
                if any(isinstance(arg, ast.Constant) and arg.value == "bomb" for arg in node.args):
                    yield path, node


def _has_figure(call: ast.Call) -> bool:
    texts = [node for node in ast.walk(call) if isinstance(node, ast.Constant | ast.JoinedStr | ast.Name)]
    is_named = any(isinstance(node, ast.Name) and node.id == "message" for node in texts)
    is_exempt = any(isinstance(node, ast.Constant) and node.value in NOT_COUNTED for node in texts)
    return is_named or is_exempt or any(isinstance(node, ast.JoinedStr) for node in texts)
