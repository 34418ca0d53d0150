"""An attempt as a row of the call log. Values only.

What must not live here: writing rows (`money/ledger.py`), or deciding what an attempt cost (`books.py`).
"""

import uuid
from collections.abc import Mapping
from typing import Any

from sgd_resources.llm.call.call import Attempt, Call
from sgd_resources.llm.money.ledger import CallRow, Outcome
from sgd_resources.llm.wire.replies import Reply, Usage

PROCESS_DIED = "process_died"
"""`error_kind` of an attempt whose process ended before it could say how the attempt did."""


def row_of(call: Call, outcome: Outcome, **facts: Any) -> CallRow:
    """A row of this call; each has an id of its own."""
    caller = call.caller
    return CallRow(
        **{
            "org_id": caller.org_id,
            "task": call.task.name,
            "level": call.task.level,
            "outcome": outcome,
            "project_id": caller.project_id,
            "input_sha256": call.input_sha256,
            "trace_id": call.trace_id,
            "request_id": caller.request_id,
            "key_id": caller.key_id,
            "call_id": facts.get("call_id") or str(uuid.uuid4()),
            **facts,
        }
    )


def attempt_row(
    call: Call,
    attempt: Attempt,
    outcome: Outcome,
    *,
    call_id: str,
    day: str,
    cost_usd_micros: int,
    cost_source: str,
    latency_ms: float = 0.0,
    usage: Usage | None = None,
    reply: Reply | None = None,
    error_kind: str | None = None,
    served_model: str | None = None,
) -> CallRow:
    """The row of one attempt, however it ended."""
    used = usage or Usage()
    return row_of(
        call,
        outcome,
        call_id=call_id,
        requested_model=attempt.model,
        served_model=reply.served_model if reply else served_model,
        provider=reply.provider if reply else None,
        tokens_in=used.tokens_in,
        tokens_out=used.tokens_out,
        tokens_cached=used.tokens_cached,
        tokens_reasoning=used.tokens_reasoning,
        cost_usd_micros=cost_usd_micros,
        cost_source=cost_source,
        latency_ms=round(latency_ms),
        cache_state="miss",
        attempt=attempt.number,
        error_kind=error_kind,
        day=day,
    )


def as_row(facts: Mapping[str, Any]) -> CallRow:
    """The row that another process left in Redis."""
    known = CallRow.__dataclass_fields__
    return CallRow(**{name: value for name, value in facts.items() if name in known})
