"""The values that cross the gateway: what a model answered, what it cost, and how a try ended.

What must not live here: parsing (`openrouter.py`) or deciding (`retry.py`, `gateway.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Charge = Literal["none", "known", "unknown"]
"""What a try costs: proven nothing, what `usage.cost` says, or nobody knows yet."""
Validation = Literal["passed", "repaired", "failed", "none"]
CacheState = Literal["miss", "memory", "redis", "disk", "shared", "off"]


@dataclass(frozen=True)
class Usage:
    """Tokens and money of one reply, as the provider reports them."""

    tokens_in: int = 0
    tokens_out: int = 0
    tokens_cached: int = 0
    tokens_reasoning: int = 0
    cost_usd_micros: int | None = None
    """None when missing, negative or not a number: then the reservation is charged."""


@dataclass(frozen=True)
class Picture:
    """One generated picture as the provider sent it."""

    data: bytes = field(repr=False)
    media_type: str


@dataclass(frozen=True)
class ToolCall:
    """One call of a tool that a model asks for, checked against the tool's schema."""

    call_id: str
    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True)
class Reply:
    """A complete answer of a model: never a truncated or failed one."""

    text: str
    pictures: tuple[Picture, ...]
    finish_reason: str | None
    served_model: str | None
    provider: str | None
    generation_id: str | None
    usage: Usage
    refusal: str | None = None
    tool_calls: tuple[Mapping[str, Any], ...] = ()


class CallFailed(Exception):
    """One try failed.

    Attributes:
        kind: stable name of the failure (`rate_limited`, `timeout`, `truncated` ...), for ledger and metrics.
        status: HTTP status, or the code inside a 200.
        is_retryable: whether the same model may be asked again.
        tries_next: whether another model may be asked.
        retry_after_s: what the provider asked for.
        charge: whether money was spent.
        usage: what the provider reported of it.
        generation_id: to look the cost up by.
        parameter: the request field that the model does not take, of `unsupported_parameter`.
    """

    def __init__(
        self,
        kind: str,
        message: str,
        *,
        status: int | None = None,
        is_retryable: bool = False,
        tries_next: bool = True,
        retry_after_s: float | None = None,
        charge: Charge = "none",
        usage: Usage | None = None,
        generation_id: str | None = None,
        served_model: str | None = None,
        parameter: str | None = None,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.status = status
        self.is_retryable = is_retryable
        self.tries_next = tries_next
        self.retry_after_s = retry_after_s
        self.charge = charge
        self.usage = usage
        self.generation_id = generation_id
        self.served_model = served_model
        self.parameter = parameter


@dataclass(frozen=True)
class Completion:
    """What a caller of the gateway gets."""

    text: str
    data: Any
    """The parsed JSON when a schema was asked for, else None."""
    validation: Validation
    errors: tuple[Mapping[str, str], ...]
    """`{"path", "message", "schema_path"}` of each violation when validation failed."""
    pictures: tuple[Picture, ...]
    task: str
    requested_model: str
    served_model: str
    provider: str | None
    cost_usd_micros: int
    """Of this call with all its tries; 0 when the answer came from the cache."""
    tokens_in: int
    tokens_out: int
    latency_ms: int
    attempts: int
    cache_state: CacheState
    trace_id: str
    route: Literal["cloud", "local"] = "cloud"
    finish_reason: str | None = None
    refusal: str | None = None
    guardrails: Mapping[str, Any] = field(default_factory=dict)
    dropped_params: tuple[str, ...] = ()
    """Parameters of the request that the model does not take and that were left out."""
    tool_calls: tuple[ToolCall, ...] = ()
    """Calls of the offered tools; empty when one of them was not valid: `validation` and `errors` say so then."""
