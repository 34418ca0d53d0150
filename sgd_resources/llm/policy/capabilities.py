"""Which request parameters a model takes: as the policy and the provider's list say, and as its refusals taught.

A parameter that a model does not take and that does not change what is asked for is left out, and said. Tools, schemas
and pictures are never left out: the next model is asked instead. What must not live here: reading refusals (`wire/`).
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sgd_resources.llm.policy.catalog import Model
from sgd_resources.llm.policy.policy_file import ModelFacts

TUNING = frozenset({
    "temperature", "top_p", "top_k", "top_a", "min_p", "seed", "frequency_penalty", "presence_penalty",
    "repetition_penalty", "logit_bias", "logprobs", "top_logprobs", "stop", "verbosity", "parallel_tool_calls",
    "reasoning", "reasoning_effort", "include_reasoning", "user", "metadata", "store", "service_tier",
})  # fmt: skip
"""They tune an answer; without them it is another draw of the same answer."""
LISTED = TUNING - {"user", "metadata", "store", "service_tier", "parallel_tool_calls"}
"""Of these a provider's list (`supported_parameters`) says whether a model takes them."""
_TOKEN_LIMITS = {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}
_MAY_GO = TUNING | {"stream_options"}


class Capabilities:
    """What this process knows. One per gateway."""

    def __init__(self) -> None:
        self._refused: dict[str, set[str]] = defaultdict(set)

    def fit(
        self, slug: str, body: Mapping[str, Any], *, listed: Model | None, facts: ModelFacts | None
    ) -> tuple[dict[str, Any], tuple[str, ...]]:
        """The body with what the model takes, and the names that were left out.

        Args:
            slug: of the model.
            body: as it was built for any model.
            listed: the provider's entry.
            facts: the policy's.
        """
        fitted = dict(body)
        refused = self._refused.get(slug, set()) | (facts.refuses if facts else frozenset())
        if listed is not None and listed.parameters:
            refused = refused | (LISTED - listed.parameters)
        for name, other in _TOKEN_LIMITS.items():
            if name in refused and name in fitted and other not in refused:
                fitted[other] = fitted.pop(name)
        dropped = tuple(sorted(name for name in fitted if name in refused and name in _MAY_GO))
        for name in dropped:
            del fitted[name]
        return fitted, dropped

    def learn(self, slug: str, name: str | None) -> bool:
        """Remember the parameter the model refused; whether it may be asked again without it."""
        if name is None or name in self._refused[slug]:
            return False
        if name not in _MAY_GO and name not in _TOKEN_LIMITS:
            return False
        if _TOKEN_LIMITS.get(name) in self._refused[slug]:
            return False
        self._refused[slug].add(name)
        return True
