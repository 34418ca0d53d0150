"""A gateway over a fake provider, with its parts at hand: a policy made in code, and a ledger that is a list."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from sgd_resources.llm.answers.cache import ResponseCache
from sgd_resources.llm.answers.single_flight import SharedFlights
from sgd_resources.llm.call.attempts import Attempts
from sgd_resources.llm.call.breaker import Breakers
from sgd_resources.llm.call.parts import GatewayParts
from sgd_resources.llm.gateway import LlmGateway
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.money.budget import RedisBudget
from sgd_resources.llm.money.ledger import CallRow
from sgd_resources.llm.money.scopes import org_day, today
from sgd_resources.llm.policy.policy_file import (
    BreakerPolicy,
    BudgetLimits,
    Policy,
    RateLimits,
    RetryPolicy,
    TaskPolicy,
)
from sgd_resources.llm.policy.rate_limit import RedisLimiter
from sgd_resources.llm.policy.routing import Observations
from sgd_resources.llm.providers import Providers
from sgd_resources.llm.shown.told import Shown
from sgd_resources.llm.wire.aiohttp_transport import AiohttpTransport
from sgd_resources.llm.wire.transport import Transport
from sgd_resources.redis.shared_state import SharedState

CAP = 20_000


class FixedPolicy:
    """A policy that never changes."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    def current(self) -> Policy:
        return self._policy


def forget_memory(cache: ResponseCache) -> None:
    """The cache as another process has it: nothing in memory yet, Redis and disk as they are."""
    cache._memory.clear()
    cache._bytes = 0


def policy(**changes: Any) -> Policy:
    """Two models, two tries each, waits of a millisecond."""
    chain = ("acme/good-1", "acme/good-2")
    tasks = {
        name: TaskPolicy(name, "capable", chain, CAP, 8_000, 1_000, 0.5)
        for name in ("planner", "critic", "draft", "canon_extractor", "analyze", "moderation")
    }
    tasks["draft"] = replace(tasks["draft"], cache_ttl_s=3_600)
    tasks["image"] = TaskPolicy("image", "capable", ("acme/painter",), 100_000, 8_000, 1_000, 1.0)
    found = Policy(
        version=1,
        tasks=tasks,
        retry=RetryPolicy(max_attempts=2, backoff_ms=2, cap_ms=4, total_deadline_s=3.0),
        breaker=BreakerPolicy(failures=50, window_s=60, open_s=30),
        rate_limits=RateLimits(),
        budgets=BudgetLimits(org_day_usd_micros=5_000_000, global_day_usd_micros=50_000_000),
    )
    return replace(found, **changes)


class ListLedger:
    """Rows in a list."""

    def __init__(self) -> None:
        self.rows: list[CallRow] = []

    def record(self, row: CallRow) -> None:
        self.rows.append(row)


@dataclass
class Bench:
    """A gateway and what to look at."""

    gateway: LlmGateway
    ledger: ListLedger
    budget: RedisBudget
    attempts: Attempts
    state: SharedState

    async def held(self, org: str = "acme") -> tuple[int, int]:
        """(reserved, spent) of the org today, as it is now."""
        return await self.budget.spent(org_day(org, BudgetLimits(), today()))

    async def books(self, org: str = "acme") -> tuple[int, int]:
        """(reserved, spent) of the org today, after what is looked up has been."""
        await self.attempts.books.settled(2.0)
        return await self.held(org)


@asynccontextmanager
async def bench(
    redis_url: str,
    base_url: str = "http://127.0.0.1:9",
    *,
    rules: Policy | None = None,
    transport: Transport | None = None,
    providers: Providers | None = None,
) -> AsyncIterator[Bench]:
    """A gateway for as long as the block lasts."""
    chosen = rules or policy()
    state = SharedState(redis_url)
    budget, ledger = RedisBudget(state, chosen.budgets), ListLedger()
    breakers, metrics = Breakers(), LlmMetrics()
    shown = Shown(state, metrics.registry, breakers.states)
    attempts = Attempts(
        transport or AiohttpTransport(base_url, "sk-test"),
        budget=budget,
        limiter=RedisLimiter(state, "sk-test"),
        ledger=ledger,
        breakers=breakers,
        seen=Observations(),
        metrics=metrics,
        shown=shown,
        lookup_delays_s=(0.01, 0.02),
    )
    gateway = LlmGateway(
        GatewayParts(
            FixedPolicy(chosen),
            attempts,
            ResponseCache(state),
            shared_flights=SharedFlights(state),
            closers=(state.close,),
            providers=providers,
            shown=shown,
        )
    )
    try:
        yield Bench(gateway, ledger, budget, attempts, state)
    finally:
        await gateway.close()
