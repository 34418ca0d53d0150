"""What one call asks of its task's routing: a provider, an order, a length. Only ever less than the policy allows.

What must not live here: which model is asked first (`routing.py`).
"""

from dataclasses import dataclass, replace
from typing import get_args

from sgd_resources.errors import InvalidInput
from sgd_resources.llm.policy.policy_file import Policy, Strategy, TaskPolicy


@dataclass(frozen=True)
class Narrowing:
    """Said per call; the default leaves everything to the policy."""

    provider: str | None = None
    """A provider of the policy, or of its models' makers: the part of a slug before the slash."""
    strategy: str | None = None
    max_output_tokens: int | None = None
    redacts_pii: bool | None = None
    """Whether personal data is replaced before it leaves; None as the policy says, which may be stricter only."""


AS_ROUTED = Narrowing()


def narrowed(policy: Policy, rules: TaskPolicy, asked: Narrowing) -> TaskPolicy:
    """The task's rules as this call has them.

    Raises:
        InvalidInput: no model of the task is the provider's, no such order, a longer answer than the task may give, or
            personal data is to leave that the policy keeps.
    """
    if asked == AS_ROUTED:
        return rules
    models = rules.models
    if asked.provider is not None:
        models = tuple(slug for slug in rules.models if asked.provider in names_of(policy, slug))
        if not models:
            known = sorted({name for slug in rules.models for name in names_of(policy, slug)})
            message = f"the task {rules.name} has no model of the provider {asked.provider[:60]!r}"
            raise InvalidInput(message, details={"providers": known})
    strategy = rules.strategy
    if asked.strategy is not None:
        if asked.strategy not in get_args(Strategy):
            raise InvalidInput(f"no strategy {asked.strategy[:60]!r}", details={"strategies": list(get_args(Strategy))})
        strategy = asked.strategy  # type: ignore[assignment]  # one of them, as just seen
    most = rules.max_output_tokens if asked.max_output_tokens is None else asked.max_output_tokens
    if most > rules.max_output_tokens:
        message = f"the policy lets answers of the task {rules.name} have {rules.max_output_tokens} tokens at most"
        raise InvalidInput(message, details={"max_tokens": rules.max_output_tokens})
    if asked.redacts_pii is False and policy.redacts_pii:
        raise InvalidInput("the policy has personal data replaced in every call; redact_pii cannot be false here")
    return replace(rules, models=models, strategy=strategy, max_output_tokens=most)


def names_of(policy: Policy, slug: str) -> tuple[str, ...]:
    """Whom a model is asked of: the provider, and its maker where the slug names one."""
    maker, slash, _ = slug.partition("/")
    return (policy.provider_of(slug).name, maker) if slash else (policy.provider_of(slug).name,)
