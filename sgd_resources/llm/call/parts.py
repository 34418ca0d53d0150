"""What a gateway is made of. What must not live here: how a call goes through it (`steps.py`)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from sgd_resources.llm.answers.cache import ResponseCache
from sgd_resources.llm.answers.single_flight import SharedFlights
from sgd_resources.llm.call.attempts import Attempts
from sgd_resources.llm.local import LocalRoute
from sgd_resources.llm.money.org_caps import LimitsOfOrgs
from sgd_resources.llm.policy.policy_file import Policy
from sgd_resources.llm.providers import Providers
from sgd_resources.llm.shown.told import Shown
from sgd_resources.llm.tracing import NullTracer, Tracer


class Policies(Protocol):
    """Where the policy in force comes from."""

    def current(self) -> Policy:
        """Read afresh for each call."""
        ...


@dataclass
class GatewayParts:
    """What a gateway is made of; tests and `build.py` choose."""

    policies: Policies
    attempts: Attempts | None
    """None without a key: then only local routes work."""
    cache: ResponseCache
    shared_flights: SharedFlights | None = None
    local_routes: Mapping[str, LocalRoute] = field(default_factory=dict)
    tracer: Tracer = field(default_factory=NullTracer)
    closers: Sequence[Callable[[], Any]] = ()
    shown: Shown | None = None
    """The view of all processes, for the status."""
    providers: Providers | None = None
    """Where each model is asked; None asks all of them through the attempts' own transport."""
    org_limits: LimitsOfOrgs | None = None
    """Caps of single orgs; None: all have the policy's."""

    async def policy_for(self, org_id: str) -> Policy:
        """The policy in force, with the org's own caps. Raises Unavailable."""
        policy = self.policies.current()
        if self.org_limits is None:
            return policy
        budgets = await self.org_limits.of(org_id, policy.budgets)
        return policy if budgets is policy.budgets else replace(policy, budgets=budgets)
