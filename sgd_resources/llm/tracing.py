"""Every model call as a generation in a Langfuse trace: hashes, model, tokens, cost, latency; never a prompt or reply.

The Langfuse SDK is imported only when both keys are set; without them nothing is imported and nothing is sent. What
must not live here: what a call is (`llm/gateway.py`).
"""

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Protocol

from sgd_resources.errors import InvalidInput
from sgd_resources.settings import Settings

INSTALL = ".venv/bin/pip install -e '.[tracing]'"


@dataclass(frozen=True)
class Generation:
    """One finished call as its trace shows it."""

    trace_id: str
    task: str
    org_id: str
    model: str
    prompt_sha256: str
    latency_ms: int
    cost_usd_micros: int
    tokens_in: int
    tokens_out: int
    outcome: str
    guardrails_status: str
    project_id: str | None = None
    served_model: str | None = None
    dagster_run_id: str | None = None
    error_kind: str | None = None


class Tracer(Protocol):
    """Where generations go."""

    def record(self, generation: Generation) -> None:
        """Take one; never waits for a network, never raises."""
        ...

    def close(self) -> None:
        """Send what is left."""
        ...


class NullTracer:
    """Sends nothing."""

    def record(self, generation: Generation) -> None:
        """Forget."""

    def close(self) -> None:
        """Nothing is left."""


class LangfuseTracer:
    """Generations through the Langfuse SDK 5 (OTLP in the background).

    Args:
        client: a `langfuse.Langfuse`.
    """

    def __init__(self, client: Any) -> None:
        self._client = client

    def record(self, generation: Generation) -> None:
        """See `Tracer.record`."""
        trace_id = hashlib.sha256(generation.trace_id.encode()).hexdigest()[:32]
        span = self._client.start_observation(
            trace_context={"trace_id": trace_id},
            name=generation.task,
            as_type="generation",
            model=generation.served_model or generation.model,
            usage_details={"input": generation.tokens_in, "output": generation.tokens_out},
            cost_details={"total": generation.cost_usd_micros / 1_000_000},
            level="DEFAULT" if generation.error_kind is None else "ERROR",
            status_message=generation.error_kind,
            metadata={
                "prompt_hash": generation.prompt_sha256,
                "requested_model": generation.model,
                "latency_ms": generation.latency_ms,
                "cost_usd": generation.cost_usd_micros / 1_000_000,
                "guardrails_status": generation.guardrails_status,
                "org_id": generation.org_id,
                "project_id": generation.project_id,
                "task": generation.task,
                "outcome": generation.outcome,
                "dagster_run_id": generation.dagster_run_id,
                "trace_id": generation.trace_id,
            },
        )
        span.end()

    def close(self) -> None:
        """See `Tracer.close`."""
        self._client.shutdown()


def is_traced(settings: Settings) -> bool:
    """Whether both keys are set. Looked at when a process starts, before any call.

    Raises:
        InvalidInput: they are, and the SDK is not installed: nothing would be traced.
    """
    if settings.langfuse_public_key is None or settings.langfuse_secret_key is None:
        return False
    if find_spec("langfuse") is None:
        raise InvalidInput(
            "the LANGFUSE keys are set, but the SDK that sends traces is not installed: "
            f"run `{INSTALL}`, or unset the keys"
        )
    return True


def build_tracer(settings: Settings) -> Tracer:
    """The tracer these settings ask for; no keys, no import and no network. Raises as `is_traced`."""
    if not is_traced(settings):
        return NullTracer()
    from langfuse import Langfuse

    secret = settings.langfuse_secret_key
    client = Langfuse(
        public_key=settings.langfuse_public_key,
        secret_key=secret.get_secret_value() if secret else None,
        base_url=settings.langfuse_host,
        timeout=5,
    )
    return LangfuseTracer(client)
