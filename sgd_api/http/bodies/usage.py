"""The HTTP body of `GET /usage`.

What must not live here: counting (`sgd_resources/llm/money`).
"""

from pydantic import Field

from sgd_api.http.bodies.base import Body, Timestamp


class BudgetPot(Body):
    """One budget: of the org, of the caller's key where the policy caps keys, of keys and projects with own caps."""

    kind: str = Field(description="`org`, `key` or `project`, and `_day` or `_month`")
    period: str = Field(description="the UTC day or month")
    limit_usd_micros: int | None = Field(default=None, description="absent: no cap")
    spent_usd_micros: int = Field(ge=0)
    held_usd_micros: int | None = Field(
        default=None, ge=0, description="by calls in flight; absent: Redis could not be asked"
    )
    left_usd_micros: int | None = Field(default=None, ge=0, description="absent: no cap")
    resets_at: Timestamp
    of: str | None = Field(default=None, description="the key or project whose it is; absent: the org's")


class SpendGroup(Body):
    """One task, day or key."""

    name: str
    calls: int = Field(ge=0)
    cost_usd_micros: int = Field(ge=0)
    saved_usd_micros: int = Field(ge=0, description="what kept answers did not cost again")
    failed_tries: int = Field(default=0, ge=0, description="asked of a model without an answer that was used")
    failed_cost_usd_micros: int = Field(default=0, ge=0, description="of the cost, what those were charged for")
    refused: int = Field(default=0, ge=0, description="not asked of a model: a budget had no room")


class Usage(Body):
    """What the org's model calls cost, and what is left."""

    org_id: str
    since_days: int = Field(ge=1)
    budget_exhausted: bool = Field(
        description="nothing is left of one of the budgets: tasks run their local routes, those without one are a 429"
    )
    budgets: tuple[BudgetPot, ...]
    by_task: tuple[SpendGroup, ...] = ()
    by_day: tuple[SpendGroup, ...] = ()
    by_key: tuple[SpendGroup, ...] = Field(default=(), description="`-`: asked by no key, as runs of a schedule")
