"""Every checked-in example is a test: valid ones pass contract and model, invalid ones are refused by the contract."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from sgd_api.http.contract_files import MODELS, stale_contracts
from sgd_resources.contracts import CONTRACTS_DIR, faults, load_policy

EXAMPLES = CONTRACTS_DIR / "examples"
NAMES = sorted(path.name.removesuffix(".schema.json") for path in CONTRACTS_DIR.glob("*.schema.json"))


def _cases(kind: str) -> list[Any]:
    paths = sorted(EXAMPLES.glob(f"*/{kind}/*.json"))
    return [pytest.param(path, id=f"{path.parent.parent.name}-{path.stem}") for path in paths]


@pytest.mark.slow  # a second for all of them, which no process that serves need pay
@pytest.mark.parametrize("name", NAMES)
def test_each_contract_is_a_json_schema(name: str) -> None:
    Draft202012Validator.check_schema(json.loads((CONTRACTS_DIR / f"{name}.schema.json").read_text("utf-8")))


@pytest.mark.parametrize("path", _cases("valid"))
def test_a_valid_example_is_accepted_by_contract_and_model(path: Path) -> None:
    name = path.parent.parent.name
    document = json.loads(path.read_text("utf-8"))
    assert faults(name, document) == []
    if model := MODELS.get(name):
        model.model_validate_json(path.read_bytes(), strict=True)


@pytest.mark.parametrize("path", _cases("invalid"))
def test_an_invalid_example_is_refused_with_a_path(path: Path) -> None:
    found = faults(path.parent.parent.name, json.loads(path.read_text("utf-8")))
    assert found
    assert all(fault.path.startswith("$") for fault in found)


@pytest.mark.parametrize("name", NAMES)
def test_each_contract_has_two_valid_and_three_invalid_examples(name: str) -> None:
    assert len(list((EXAMPLES / name / "valid").glob("*.json"))) >= 2
    assert len(list((EXAMPLES / name / "invalid").glob("*.json"))) >= 3


def test_no_example_stands_without_its_contract() -> None:
    assert {path.name for path in EXAMPLES.iterdir()} <= set(NAMES)


@pytest.mark.slow
def test_the_generated_contracts_are_current() -> None:
    assert stale_contracts() == [], "run: python -m sgd_api.http.contract_files --write"


def test_the_shipped_model_policy_keeps_its_contract_and_default_caps() -> None:
    policy = load_policy("openrouter_policy")
    caps = {task: policy["tasks"][task]["max_cost_usd"] for task in ("planner", "critic", "draft", "image")}
    assert caps == {"planner": 0.02, "critic": 0.02, "draft": 0.005, "image": 0.10}


def test_every_format_a_contract_names_is_really_checked() -> None:
    def formats(value: Any) -> set[str]:
        if isinstance(value, dict):
            own = {value["format"]} if isinstance(value.get("format"), str) else set()
            return own.union(*(formats(item) for item in value.values()))
        return set().union(*(formats(item) for item in value)) if isinstance(value, list) else set()

    named = set().union(*(formats(json.loads(path.read_text("utf-8"))) for path in CONTRACTS_DIR.glob("*.schema.json")))
    assert named <= set(Draft202012Validator.FORMAT_CHECKER.checkers), "an unknown format would be accepted silently"
