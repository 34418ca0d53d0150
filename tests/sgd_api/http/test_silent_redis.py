"""Requests while Redis accepts and never answers: the first pays one time-out, no other does."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
import redis

from sgd_api.http.callers.rate_limits import RateLimiter
from sgd_api.http.services import Services
from sgd_resources.lazy import Lazy
from sgd_resources.llm.answers.cache import ResponseCache
from sgd_resources.llm.answers.single_flight import SharedFlights
from sgd_resources.llm.call.attempts import Attempts
from sgd_resources.llm.call.breaker import Breakers
from sgd_resources.llm.call.parts import GatewayParts
from sgd_resources.llm.gateway import LlmGateway
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.money.budget import RedisBudget
from sgd_resources.llm.policy.rate_limit import RedisLimiter
from sgd_resources.llm.policy.shared_observations import SharedObservations
from sgd_resources.llm.sync_gateway import SyncLlmGateway
from sgd_resources.postgres.engine import Database
from sgd_resources.redis.shared_state import SharedState
from tests.fakes.llm import FixedPolicy, ListLedger, policy
from tests.fakes.openrouter import Step, chat_reply
from tests.fakes.silent_redis import SilentRedis, silent_redis
from tests.fakes.transport import FakeTransport
from tests.sgd_api.conftest import make_key, serving

pytestmark = pytest.mark.embedded
SAID = [{"role": "user", "content": "Name a colour"}]
ASKED: dict[str, dict[str, Any]] = {
    "/api/chat": {"messages": SAID},
    "/v1/chat/completions": {"model": "chat", "messages": SAID},
}


@pytest.fixture
def fake(redis_url: str) -> Iterator[SilentRedis]:
    with silent_redis(redis_url) as found:
        yield found


@pytest.fixture
async def client(app_services: Services, database: Database, fake: SilentRedis) -> AsyncIterator[httpx.AsyncClient]:
    shipped = policy()
    tasks = {name: replace(shipped.tasks["draft"], name=name) for name in ("chat", "api_chat")}
    rules = replace(shipped, tasks={**shipped.tasks, **tasks})
    with redis.Redis.from_url(fake.url, socket_timeout=0.5, socket_connect_timeout=0.5) as of_limits:
        limiter = RateLimiter(of_limits)

        def make() -> LlmGateway:
            state = SharedState(fake.url, lost_at=lambda: limiter.redis_lost_at)
            attempts = Attempts(
                FakeTransport(lambda _: Step(body=chat_reply("blue"))), budget=RedisBudget(state, rules.budgets),
                limiter=RedisLimiter(state, None), ledger=ListLedger(), breakers=Breakers(),
                seen=SharedObservations(state), metrics=LlmMetrics(),
            )  # fmt: skip
            parts = GatewayParts(
                FixedPolicy(rules), attempts, ResponseCache(state), shared_flights=SharedFlights(state),
                closers=(state.close,),
            )  # fmt: skip
            return LlmGateway(parts)

        gateway = SyncLlmGateway(make, watches=False)
        services = replace(app_services, limiter=limiter, llm=Lazy(lambda: gateway))
        async with serving(services) as found:
            found.headers["X-API-Key"] = make_key(database, "acme")
            yield found
        gateway.close()


@pytest.mark.parametrize("path", ASKED)
@pytest.mark.parametrize("was_used", [True, False])
async def test_a_chat_while_redis_is_silent_waits_once_and_the_next_ones_not_at_all(
    client: httpx.AsyncClient, fake: SilentRedis, path: str, was_used: bool
) -> None:
    if was_used:
        assert (await client.post(path, json=ASKED[path])).status_code == 200
    fake.fall_silent()
    for words in ("Name a fruit", "Name a town", "Name a tree"):
        answer = await client.post(path, json={**ASKED[path], "messages": [{"role": "user", "content": words}]})
        assert answer.status_code == 503, answer.text
        assert answer.headers["Retry-After"]
        assert answer.headers["X-SGD-Degraded"] == "local_rate_limits"
    # The limits' own question is all that was waited for, by all of them together; a new connection says hello first.
    # What keeps the books asks by itself every second (SET, EVAL); no request waits for that.
    assert [name for name in fake.asked if name == "EVALSHA"] == (["EVALSHA"] if was_used else [])
