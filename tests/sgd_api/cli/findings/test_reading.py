"""The doctor on who reads documents: the order of the chain, and each engine usable or why not."""

from collections.abc import Mapping
from typing import Any

import pytest

from sgd_api.cli.findings import reading
from sgd_resources import contracts
from sgd_resources.errors import ValidationFailed
from sgd_resources.parsers.engines import usable
from sgd_resources.settings import Settings

FAULT = ("the library is not installed", "pip install it")


def chosen(parser: str) -> Settings:
    return Settings(_env_file=None, sgd_parser=parser)


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[str, str] | None]:
    """What is wrong with each engine; the test changes it."""
    found: dict[str, tuple[str, str] | None] = {"unstructured": FAULT, "documentai": FAULT}
    monkeypatch.setattr(usable, "unstructured_fault", lambda: found["unstructured"])
    monkeypatch.setattr(usable, "documentai_fault", lambda settings: found["documentai"])
    return found


def test_the_local_parser_is_named_with_who_is_asked_after_it_and_when() -> None:
    assert reading.local(chosen("pdfium")).state.startswith("SGD_PARSER=pdfium: local ")
    assert reading.local(chosen("documentai")).state.endswith(", then documentai (always)")
    told = reading.local(chosen("chain"))
    assert told.level == "ok"
    assert told.state.endswith(", then unstructured (no_words), then documentai (no_words, scanned, failed)")


@pytest.mark.parametrize("name", ["unstructured", "documentai"])
@pytest.mark.parametrize(
    ("parser", "is_asked"), [("pdfium", False), ("chain", True), ("unstructured", None), ("documentai", None)]
)
def test_an_engine_that_is_not_usable_fails_where_it_is_asked_and_is_told_elsewhere(
    name: str, parser: str, is_asked: bool | None, faults: dict[str, tuple[str, str] | None]
) -> None:
    is_asked = name == parser if is_asked is None else is_asked
    probe = getattr(reading, name)
    found = probe(chosen(parser))
    assert (found.part, found.level) == (name, "fail" if is_asked else "info")
    assert "not usable: the library is not installed" in found.state
    assert "pip install it" in found.mend
    faults[name] = None
    found = probe(chosen(parser))
    assert (found.level, found.mend) == ("ok", "")
    assert found.state == ("usable" if is_asked else f"usable, not asked: SGD_PARSER={parser}")


def test_an_engine_that_the_policy_does_not_name_is_not_missed(
    faults: dict[str, tuple[str, str] | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    policy: Mapping[str, Any] = {"chain": [{"engine": "documentai", "asked_when": ["scanned"]}]}
    monkeypatch.setattr(contracts, "load_policy", lambda name: policy)
    assert reading.unstructured(chosen("chain")).level == "info"
    found = reading.documentai(chosen("chain"))
    assert found.level == "fail"
    assert found.mend.endswith("or take it out of policies/parser_policy.json")
    assert len(faults) == 2


def test_a_policy_that_is_none_is_told_once(
    faults: dict[str, tuple[str, str] | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(name: str) -> None:
        raise ValidationFailed(f"{name} is no policy")

    monkeypatch.setattr(contracts, "load_policy", broken)
    found = reading.local(chosen("chain"))
    assert (found.level, found.state, found.mend) == (
        "fail", "parser_policy is no policy", "edit policies/parser_policy.json",
    )  # fmt: skip
    assert reading.documentai(chosen("chain")).level == "info"
    assert faults["documentai"] == FAULT
