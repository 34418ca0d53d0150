"""The prompt service's addresses over a provider in memory."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest

from sgd_api.http.services import Services
from sgd_resources.lazy import Lazy
from sgd_resources.llm.answers.cache import ResponseCache
from sgd_resources.llm.call.attempts import Attempts
from sgd_resources.llm.call.breaker import Breakers
from sgd_resources.llm.call.parts import GatewayParts
from sgd_resources.llm.gateway import LlmGateway
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.money.budget import RedisBudget
from sgd_resources.llm.policy.policy_file import Policy
from sgd_resources.llm.policy.rate_limit import RedisLimiter
from sgd_resources.llm.policy.routing import Observations
from sgd_resources.llm.sync_gateway import SyncLlmGateway
from sgd_resources.postgres.engine import Database
from sgd_resources.redis.shared_state import SharedState
from tests.fakes.llm import FixedPolicy, ListLedger, policy
from tests.fakes.openrouter import Step, chat_reply
from tests.fakes.transport import FakeTransport
from tests.sgd_api.conftest import make_key, serving

PROMPT = "Order 12 red mugs for Kim Lee from the Berlin shop."
ANSWER: dict[str, Any] = {
    "intent": "place_order",
    "subject": "12 red mugs",
    "entities": {"key_details": ["12", "red mugs"], "source": "Berlin shop", "target": "Kim Lee", "metadata": {}},
}


def answered(data: Any = None, **changes: Any) -> Step:
    """A model's answer in the right frame, with `data` when it is given."""
    document = {**ANSWER, **changes}
    return Step(body=chat_reply(json.dumps(document if data is None else {**document, "data": data})))


def rules(**changes: Any) -> Policy:
    """The analyses of the tests: kept for an hour, answers up to 4,096 tokens."""
    found = policy(**changes)
    task = replace(found.tasks["analyze"], cache_ttl_s=3_600, max_output_tokens=4_096, max_input_tokens=60_000)
    return replace(found, tasks={**found.tasks, "analyze": task})


class Door:
    """A client of the addresses, and what lies behind them."""

    def __init__(
        self, client: httpx.AsyncClient, transport: FakeTransport, ledger: ListLedger, gateway: SyncLlmGateway
    ) -> None:
        self.client, self.transport, self.ledger, self.gateway = client, transport, ledger, gateway

    async def ask(self, *, headers: Mapping[str, str] | None = None, **body: Any) -> httpx.Response:
        return await self.client.post("/v1/analyze", json={"prompt": PROMPT, **body}, headers=dict(headers or {}))

    @property
    def told(self) -> list[dict[str, Any]]:
        """What the provider was sent."""
        return self.transport.bodies


Opens = Callable[..., Any]


@pytest.fixture
def door(app_services: Services, database: Database, redis_url: str) -> Opens:
    """Opens the addresses with a policy and a provider in memory; an answer is a Step, or a function of the body."""

    @asynccontextmanager
    async def opened(answer: Any = None, chosen: Policy | None = None, org: str = "acme") -> AsyncIterator[Door]:
        step = answered() if answer is None else answer
        transport, ledger = FakeTransport(step if callable(step) else lambda _: step), ListLedger()
        policy_ = chosen or rules()

        def make() -> LlmGateway:
            state = SharedState(redis_url)
            attempts = Attempts(
                transport, budget=RedisBudget(state, policy_.budgets), limiter=RedisLimiter(state, None),
                ledger=ledger, breakers=Breakers(), seen=Observations(), metrics=LlmMetrics(),
            )  # fmt: skip
            return LlmGateway(
                GatewayParts(FixedPolicy(policy_), attempts, ResponseCache(state), closers=(state.close,))
            )

        gateway = SyncLlmGateway(make, watches=False)
        async with serving(replace(app_services, llm=Lazy(lambda: gateway))) as client:
            client.headers["Authorization"] = f"Bearer {make_key(database, org)}"
            yield Door(client, transport, ledger, gateway)
        gateway.close()

    return opened
