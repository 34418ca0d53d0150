"""What a model does not take is left out where it only tunes, and is never left out where it is the question."""

import json
from typing import Any

import pytest

from sgd_resources.llm.policy.capabilities import Capabilities
from sgd_resources.llm.policy.catalog import parse_models
from sgd_resources.llm.policy.policy_file import ModelFacts
from tests.fakes.openrouter import model_entry

BODY: dict[str, Any] = {
    "model": "a/b", "messages": [], "temperature": 0, "seed": 7, "max_tokens": 9, "tools": [1], "user": "u",
}  # fmt: skip


def test_the_providers_list_and_the_policy_say_what_is_left_out() -> None:
    entry = model_entry("a/b", supported_parameters=["temperature", "max_tokens"])
    listed = parse_models(json.dumps({"data": [entry]}).encode())["a/b"]
    fitted, dropped = Capabilities().fit("a/b", BODY, listed=listed, facts=None)
    assert dropped == ("seed",)
    assert fitted == {name: value for name, value in BODY.items() if name != "seed"}
    facts = ModelFacts(refuses=frozenset({"temperature", "tools"}))
    assert Capabilities().fit("a/b", BODY, listed=None, facts=facts)[1] == ("temperature",)


def test_a_refusal_is_learned_once() -> None:
    known = Capabilities()
    assert known.learn("a/b", "temperature")
    assert not known.learn("a/b", "temperature")
    assert known.fit("a/b", BODY, listed=None, facts=None)[1] == ("temperature",)
    assert known.fit("a/c", BODY, listed=None, facts=None)[1] == ()


def test_the_limit_on_the_answer_goes_by_its_other_name_and_is_never_left_out() -> None:
    known = Capabilities()
    assert known.learn("a/b", "max_tokens")
    fitted, dropped = known.fit("a/b", BODY, listed=None, facts=None)
    assert (fitted["max_completion_tokens"], "max_tokens" in fitted, dropped) == (9, False, ())
    assert not known.learn("a/b", "max_completion_tokens")


@pytest.mark.parametrize("name", ["tools", "response_format", "messages", "model", None])
def test_what_is_the_question_is_for_the_next_model(name: str | None) -> None:
    assert not Capabilities().learn("a/b", name)
