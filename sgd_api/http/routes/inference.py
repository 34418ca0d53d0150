"""GET /api/inference/status and /api/inference/usage: how the model gateway is, and what the org's calls cost.

What must not live here: asking a model, or counting.
"""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from sgd_api.http.dependencies import ERRORS, Reader, WithServices
from sgd_resources.postgres.rows import inference

router = APIRouter(prefix="/api/inference", tags=["inference"])


class InferenceStatus(BaseModel):
    """The model gateway over all processes: it does not matter which of them makes the calls, or answers this."""

    model_config = ConfigDict(extra="allow", protected_namespaces=())

    state: str = Field(
        description="`ok`; `degraded` still answers or runs local routes; `unavailable`: no model has answered lately"
    )
    reason: str | None = None
    connectivity: dict[str, Any]
    models: list[dict[str, Any]]
    providers: list[dict[str, Any]] = Field(default=[], description="each with its key, connection and breaker")
    breakers: dict[str, str] = Field(description="the worst state that any process sees")
    failures: list[dict[str, Any]] = Field(
        default=[], description="models that fail: error kind, since when, and how often since the last answer"
    )
    last_error: str | None = Field(default=None, description="kind of the latest failure that lasts")
    budgets: dict[str, Any] = Field(description="of the org and of everybody, each with what is left")
    rate_limits: list[dict[str, Any]] = Field(default=[], description="each limit with what the last minute holds")
    processes: int = Field(default=0, description="living processes that ask models")
    cache: dict[str, Any]


class UsageGroup(BaseModel):
    """One task, model or day."""

    name: str
    calls: int
    failed_tries: int
    cached: int
    tokens_in: int
    tokens_out: int
    cost_usd_micros: int
    saved_usd_micros: int


class InferenceUsage(BaseModel):
    """The org's model calls of the last days."""

    org_id: str
    since_days: int
    calls: int
    cost_usd_micros: int
    saved_usd_micros: int
    by_task: list[UsageGroup]
    by_model: list[UsageGroup]
    by_day: list[UsageGroup]


@router.get("/status", summary="State of the model gateway", response_model=InferenceStatus, responses=ERRORS)
def status(caller: Reader, services: WithServices) -> InferenceStatus:
    """State, connectivity, models with their ends, limits left, breakers and cache; never 5xx for a missing key."""
    from sgd_resources.llm.status import describe

    found = services.llm.client().run(lambda gateway: describe(gateway, caller.org_id))
    return InferenceStatus(**found)


@router.get("/usage", summary="Cost of the org's model calls", response_model=InferenceUsage, responses=ERRORS)
def usage(
    caller: Reader,
    services: WithServices,
    days: Annotated[int, Query(ge=1, le=366, description="UTC days, today included")] = 30,
) -> InferenceUsage:
    """Calls, tokens, cost and cache savings by task, model and day."""
    with services.database.org_transaction(caller.org_id) as connection:
        rows = {
            by: [
                UsageGroup(**asdict(row)) for row in inference.usage(connection, caller.org_id, since_days=days, by=by)
            ]
            for by in ("task", "model", "day")
        }
    return InferenceUsage(
        org_id=caller.org_id,
        since_days=days,
        calls=sum(row.calls for row in rows["task"]),
        cost_usd_micros=sum(row.cost_usd_micros for row in rows["task"]),
        saved_usd_micros=sum(row.saved_usd_micros for row in rows["task"]),
        by_task=rows["task"],
        by_model=rows["model"],
        by_day=rows["day"],
    )
