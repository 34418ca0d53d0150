"""GET /api/inference/status, /usage and /calls: how the model gateway is, what the org's calls cost, and each of them.

What must not live here: asking a model, or counting.
"""

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse

from sgd_api.http.bodies.listings import InferenceCall, InferenceCallPage
from sgd_api.http.dependencies import ERRORS, Reader, WithServices
from sgd_api.http.pages import PageLimit, page_of
from sgd_api.http.routing.router import Router
from sgd_api.http.stored.present import timestamp
from sgd_resources.errors import InvalidInput
from sgd_resources.postgres.rows import inference

_CURSOR = r"^[0-9]{1,17}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
_CACHE_DAYS = 30
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_PATTERN = r"^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
router = Router(prefix="/api/inference", tags=["inference"])


class InferenceStatus(BaseModel):
    """The model gateway over all processes: it does not matter which of them makes the calls, or answers this.

    Figures are of the caller's org alone; what is told of models and providers holds for every org.
    """

    model_config = ConfigDict(extra="allow", protected_namespaces=())

    state: str = Field(
        description="`ok`; `degraded` still answers or runs local routes; `unavailable`: no model has answered lately"
    )
    reason: str | None = None
    connectivity: dict[str, Any] = Field(
        description="`is_reachable`: the first provider and a model of it answer; not while `state` is `unavailable`"
    )
    models: list[dict[str, Any]]
    providers: list[dict[str, Any]] = Field(default=[], description="each with its key, connection and breaker")
    breakers: dict[str, str] = Field(description="the worst state that any process sees")
    failures: list[dict[str, Any]] = Field(default=[], description="models that fail: error kind, and since when")
    last_error: str | None = Field(default=None, description="kind of the latest failure that lasts")
    budgets: dict[str, Any] = Field(description="of the org, each with what is left; everybody's are not told")
    rate_limits: list[dict[str, Any]] = Field(
        default=[], description="each limit with what the org took of it in the last minute; all orgs share it"
    )
    processes: int = Field(default=0, description="living processes that ask models")
    cache: dict[str, Any] = Field(description="of the org's calls of the last 30 days, those answered from memory")


class UsageGroup(BaseModel):
    """One task, model or day."""

    name: str
    calls: int
    failed_tries: int
    failed_cost_usd_micros: int = Field(description="of the cost, what failed tries were charged for")
    refused: int = Field(description="not asked of a model: a budget had no room")
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
    """State, connectivity, models with their ends, limits, breakers and cache; never 5xx for a missing key."""
    from sgd_resources.llm.status import OwnUse, describe

    with services.database.org_transaction(caller.org_id) as connection:
        minute = inference.last_minute(connection, caller.org_id)
        days = inference.usage(connection, caller.org_id, since_days=_CACHE_DAYS, by="task")
    own = OwnUse(minute, calls=sum(row.calls for row in days), cached=sum(row.cached for row in days))
    found = services.llm.client().run(lambda gateway: describe(gateway, caller.org_id, own))
    return InferenceStatus(**found)


@router.get("/calls", summary="The org's model calls, newest first", response_model=InferenceCallPage, responses=ERRORS)
def calls(
    caller: Reader,
    services: WithServices,
    limit: PageLimit = 50,
    cursor: Annotated[str | None, Query(max_length=64, pattern=_CURSOR)] = None,
    task: Annotated[str | None, Query(max_length=100)] = None,
    model: Annotated[str | None, Query(max_length=200, description="that answered, or was asked and did not")] = None,
    day: Annotated[str | None, Query(pattern=_DAY_PATTERN, description="UTC, as booked")] = None,
) -> Response:
    """One page of the call log: each try with its model, tokens, cost and outcome. Never a prompt or an answer."""
    with services.database.org_transaction(caller.org_id) as connection:
        rows = inference.list_calls(
            connection, caller.org_id, limit=limit + 1, before=_place(cursor), task=task, model=model, day=_day(day)
        )
    shown, following = page_of(rows, limit, _cursor)
    return JSONResponse(InferenceCallPage(calls=tuple(map(_body, shown)), next_cursor=following).wire())


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


def _body(row: inference.LoggedCall) -> InferenceCall:
    facts = asdict(row) | {"created_at": timestamp(row.created_at), "day": row.day.isoformat()}
    return InferenceCall(**facts)


def _cursor(row: inference.LoggedCall) -> str:
    """Where a page ends: microseconds since 1970, and the id among those of the same moment."""
    return f"{(row.created_at - _EPOCH) // timedelta(microseconds=1)}-{row.call_id}"


def _place(cursor: str | None) -> tuple[datetime, str] | None:
    if cursor is None:
        return None
    micros, _, call_id = cursor.partition("-")
    try:
        return _EPOCH + timedelta(microseconds=int(micros)), call_id
    except OverflowError as error:
        raise InvalidInput("the cursor is not one that a page gave") from error


def _day(day: str | None) -> date | None:
    try:
        return date.fromisoformat(day) if day else None
    except ValueError as error:
        raise InvalidInput(f"{day} is no day of the calendar") from error
