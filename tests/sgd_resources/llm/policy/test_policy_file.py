"""Levels choose models, and providers are servers with a name."""

import json
from typing import Any

import pytest

from sgd_resources.contracts import POLICIES_DIR
from sgd_resources.errors import InvalidInput, ValidationFailed
from sgd_resources.llm.policy.policy_file import parse_policy


def _document(**changes: Any) -> dict[str, Any]:
    return {**json.loads((POLICIES_DIR / "openrouter_policy.json").read_text("utf-8")), **changes}


def test_a_changed_level_changes_the_model_of_the_tasks_that_name_it() -> None:
    found = parse_policy(_document(levels={"light": "acme/small", "capable": "acme/large"}))
    assert [found.task(name).models[0] for name in ("planner", "canon_extractor", "draft")] == [
        "acme/large",
        "acme/large",
        "acme/small",
    ]
    assert found.task("critic").models[0] == _document()["tasks"]["critic"]["primary"]


@pytest.mark.parametrize(
    ("level", "model"),
    [
        ("light", "acme/small"),
        ("turn", "acme/small"),
        ("task", "acme/small"),
        ("capable", "acme/large"),
        ("project", "acme/large"),
        ("objective", "acme/large"),
    ],
)
def test_a_call_may_name_a_level_or_the_scope_of_its_work(level: str, model: str) -> None:
    found = parse_policy(_document(levels={"light": "acme/small", "capable": "acme/large"}))
    task = found.task("analyze", level)
    assert task.models == (model, *found.task("analyze").models)
    assert task.strategy == "priority"


def test_a_level_that_is_none_is_refused_before_it_costs() -> None:
    with pytest.raises(InvalidInput):
        parse_policy(_document()).task("planner", "genius")


def test_a_model_is_asked_where_the_policy_says_under_the_name_it_has_there() -> None:
    document = _document(providers={"laptop": {"base_url": "http://127.0.0.1:1/v1", "dialect": "llamacpp"}})
    document["models"] = {"local/small": {"provider": "laptop", "name": "small.gguf", "context_tokens": 2048}}
    found = parse_policy(document)
    assert (found.provider_of("local/small").name, found.name_of("local/small")) == ("laptop", "small.gguf")
    assert found.provider_of("local/small").prices == "policy"
    assert (found.provider_of("acme/any").name, found.name_of("acme/any")) == ("openrouter", "acme/any")
    assert found.provider_of("acme/any").key_variable == "OPENROUTER_API_KEY"


def test_a_model_of_no_provider_and_a_provider_of_no_address_are_refused() -> None:
    with pytest.raises(ValidationFailed) as raised:
        parse_policy(_document(models={"a/b": {"provider": "nowhere"}}, providers={"x": {"dialect": "openai"}}))
    assert [error["path"] for error in raised.value.details["errors"]] == [
        "$.models['a/b'].provider",
        "$.providers.x.base_url",
    ]
