"""A call may ask for less than its task's routing, never for more."""

from dataclasses import replace

import pytest

from sgd_resources.errors import InvalidInput
from sgd_resources.llm.policy.narrowing import AS_ROUTED, Narrowing, narrowed
from sgd_resources.llm.policy.policy_file import ModelFacts, ProviderPolicy
from tests.fakes.llm import policy

POLICY = policy(
    models={"acme/good-2": ModelFacts(provider="mine")}, providers={"mine": ProviderPolicy("mine", dialect="openai")}
)
RULES = POLICY.tasks["analyze"]


def test_nothing_asked_changes_nothing() -> None:
    assert narrowed(POLICY, RULES, AS_ROUTED) is RULES


@pytest.mark.parametrize(
    ("provider", "models"),
    [("mine", ("acme/good-2",)), ("openrouter", ("acme/good-1",)), ("acme", ("acme/good-1", "acme/good-2"))],
)
def test_a_provider_is_one_of_the_policy_or_a_models_maker(provider: str, models: tuple[str, ...]) -> None:
    assert narrowed(POLICY, RULES, Narrowing(provider=provider)).models == models


def test_strategy_and_length_are_the_calls_own() -> None:
    found = narrowed(POLICY, RULES, Narrowing(strategy="cost", max_output_tokens=100))
    assert (found.strategy, found.max_output_tokens) == ("cost", 100)


@pytest.mark.parametrize(
    "asked",
    [
        Narrowing(provider="nobody"), Narrowing(strategy="luck"), Narrowing(redacts_pii=False),
        Narrowing(max_output_tokens=RULES.max_output_tokens + 1),
    ],
)  # fmt: skip
def test_more_than_the_policy_allows_is_refused(asked: Narrowing) -> None:
    with pytest.raises(InvalidInput):
        narrowed(POLICY, RULES, asked)


def test_personal_data_may_leave_where_the_policy_lets_it() -> None:
    lax = replace(POLICY, redacts_pii=False)
    assert narrowed(lax, RULES, Narrowing(redacts_pii=False)) == RULES
