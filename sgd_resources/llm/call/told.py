"""What a flight brought home, as the caller and the trace get it: personal data put back, cost and source named.

What must not live here: asking, or validating.
"""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson

from sgd_resources.llm.answers.structured import judge
from sgd_resources.llm.call.call import Call
from sgd_resources.llm.call.request import Answer
from sgd_resources.llm.safety.redaction import Redaction
from sgd_resources.llm.tracing import Generation
from sgd_resources.llm.wire.replies import Completion


def completion_of(call: Call, found: Answer, redaction: Redaction, latency_ms: int) -> Completion:
    """The caller's own completion; an answer that was not paid for by this call has no tokens and no cost."""
    reply, verdict = found.reply, found.verdict
    is_paid = found.cache_state in {"miss", "off"}
    return Completion(
        text=redaction.restore(reply.text),
        data=redaction.restore_data(verdict.data) if verdict else None,
        validation=verdict.status if verdict else "none",
        errors=verdict.errors if verdict else (),
        pictures=reply.pictures,
        task=call.task.name,
        requested_model=found.requested_model,
        served_model=reply.served_model or found.requested_model,
        provider=reply.provider,
        cost_usd_micros=found.cost_usd_micros,
        tokens_in=reply.usage.tokens_in if is_paid else 0,
        tokens_out=reply.usage.tokens_out if is_paid else 0,
        latency_ms=latency_ms,
        attempts=found.attempts,
        cache_state=found.cache_state,
        trace_id=call.trace_id,
        finish_reason=reply.finish_reason,
        refusal=reply.refusal,
        dropped_params=found.dropped,
        tool_calls=tuple(
            replace(call, arguments=redaction.restore_data(call.arguments))
            for call in (verdict.calls if verdict else ())
        ),
        guardrails={"redacted": redaction.counts},
    )


def local_completion(
    task: str, found: Any, schema: Mapping[str, Any] | None, trace_id: str | None, latency_ms: int
) -> Completion:
    """A local route's answer in the same form."""
    text = found if isinstance(found, str) else orjson.dumps(found).decode()
    verdict = judge(text, schema) if schema is not None else None
    return Completion(
        text=text,
        data=verdict.data if verdict else None,
        validation=verdict.status if verdict else "none",
        errors=verdict.errors if verdict else (),
        pictures=(),
        task=task,
        requested_model="local",
        served_model="local",
        provider=None,
        cost_usd_micros=0,
        tokens_in=0,
        tokens_out=0,
        latency_ms=latency_ms,
        attempts=0,
        cache_state="off",
        trace_id=trace_id or uuid.uuid4().hex,
        route="local",
    )


def generation_of(
    call: Call, model: str, latency_ms: int, answer: Completion | None, kind: str | None = None
) -> Generation:
    """The call as its trace shows it: hashes and numbers, no text."""
    status = answer.validation if answer is not None and answer.validation != "none" else "passed"
    return Generation(
        trace_id=call.trace_id,
        task=call.task.name,
        org_id=call.caller.org_id,
        model=model,
        prompt_sha256=call.input_sha256,
        latency_ms=latency_ms,
        cost_usd_micros=answer.cost_usd_micros if answer else 0,
        tokens_in=answer.tokens_in if answer else 0,
        tokens_out=answer.tokens_out if answer else 0,
        outcome="succeeded" if kind is None else "failed",
        guardrails_status=status if kind is None else "none",
        project_id=call.caller.project_id,
        served_model=answer.served_model if answer else None,
        dagster_run_id=call.caller.job_id,
        error_kind=kind,
    )
