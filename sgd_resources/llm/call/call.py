"""A call as every attempt needs it, and one attempt of it. Values only.

What must not live here: making attempts (`attempts.py`), or the request in the caller's own form (`request.py`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sgd_resources.llm.caller import Caller
from sgd_resources.llm.policy.policy_file import Policy, TaskPolicy
from sgd_resources.llm.policy.tokens import Family
from sgd_resources.llm.wire.replies import Reply, Usage
from sgd_resources.llm.wire.retry import Deadline
from sgd_resources.llm.wire.transport import HttpReply, Transport


@dataclass(frozen=True)
class Call:
    """What a caller asked for, as every attempt needs it."""

    call_id: str
    trace_id: str
    """The caller's, or the call's own id."""
    caller: Caller
    task: TaskPolicy
    policy: Policy
    deadline: Deadline
    input_sha256: str
    tokens_in: int
    """The most it can be by the thriftiest tokenizer of the chain: for the task's limit and rate limits."""
    tokens_by_family: Mapping[Family, int]
    """The most it can be by the tokenizer of each family: for reservations."""
    is_image: bool = False
    spent_usd_micros: list[int] = field(default_factory=list)
    """Booked by the attempts so far."""
    unknown_usd_micros: list[int] = field(default_factory=list)
    """What attempts whose outcome nobody knows are booked at, unless the provider tells. They count for the request and
    the days, not against the task's cap: else one broken stream would leave no room for the fallback."""

    cache_keys: dict[str, str] = field(default_factory=dict)
    """Where the answer of each model would lie, once it was worked out."""

    @property
    def left_usd_micros(self) -> int:
        """Of the task's cap."""
        return self.task.max_cost_usd_micros - sum(self.spent_usd_micros)

    def estimate_usd_micros(self, amount_usd_micros: int) -> int:
        """What one more attempt of unknown outcome is booked at: all of them together stay within the task's cap."""
        return max(0, min(amount_usd_micros, self.task.max_cost_usd_micros - sum(self.unknown_usd_micros)))


@dataclass(frozen=True)
class Attempt:
    """What one attempt sends, and the most it can cost."""

    model: str
    path: str
    body: bytes
    amount_usd_micros: int
    is_free: bool
    number: int
    """Of all the call's attempts, from 1."""
    read: Callable[[HttpReply], Reply]
    accepts: Callable[[Reply], Reply] = lambda reply: reply
    """For a reply that was streamed: turns away what is no answer. Raises CallFailed."""
    transport: Transport | None = None
    """Of the model's own provider; None for the gateway's."""
    has_generations: bool = True
    """Whether GET /generation of the provider that serves it knows of this attempt."""
    price_of: Callable[[Usage], int | None] | None = None
    """What a reply that names no cost has cost, by the prices of the policy."""
    dropped: tuple[str, ...] = ()
    """Request parameters that this model does not take and that were left out."""
