"""Every test that a criterion names is there, and a criterion is shown by tests that really ran."""

import ast
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.proofs.__main__ import proved
from tests.proofs.criteria import CRITERIA, Criterion

TESTS = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda criterion: criterion.name)
def test_its_tests_are_there(criterion: Criterion) -> None:
    for node in criterion.tests:
        file, _, name = node.partition("::")
        functions = ast.walk(ast.parse((TESTS / file).read_text("utf-8")))
        defined = {each.name for each in functions if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)}
        assert name in defined, node


@pytest.mark.slow
def test_what_passes_is_shown_and_what_is_not_there_is_not() -> None:
    real = Criterion("AC0", "x", ("sgd_assets/evidence/test_agreement.py::test_what_nobody_knows_is_malformed",))
    shown = proved(real)
    assert shown["shown"]
    assert [test["outcome"] for test in shown["tests"]] == ["passed"]
    assert not proved(replace(real, tests=("sgd_assets/evidence/test_agreement.py::test_none",)))["shown"]


@pytest.mark.slow
def test_what_a_test_tells_of_itself_stands_in_the_log() -> None:
    told = proved(Criterion("AC0", "x", ("proofs/test_proofs.py::test_a_word_is_told",)))
    assert [test["seen"] for test in told["tests"]] == [{"word": "heard"}]


def test_a_word_is_told(record_property: Callable[[str, object], None]) -> None:
    record_property("word", "heard")
