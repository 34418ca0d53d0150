"""The sync gateway: results, streams and errors across the thread, and a clean end."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from sgd_resources.errors import InvalidInput
from sgd_resources.llm.answers.cache import ResponseCache
from sgd_resources.llm.call.attempts import Attempts
from sgd_resources.llm.call.breaker import Breakers
from sgd_resources.llm.call.parts import GatewayParts
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.gateway import LlmGateway
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.money.budget import RedisBudget
from sgd_resources.llm.policy.rate_limit import RedisLimiter
from sgd_resources.llm.policy.routing import Observations
from sgd_resources.llm.sync_gateway import SyncLlmGateway
from sgd_resources.redis.shared_state import SharedState
from tests.fakes.llm import FixedPolicy, ListLedger, policy
from tests.fakes.openrouter import DONE, Step, delta, usage
from tests.fakes.transport import FakeTransport


def test_threads_share_one_gateway_and_its_loop(redis_url: str) -> None:
    wire, ledger = FakeTransport(), ListLedger()
    events = (delta("Hel"), delta("lo", finish="stop", usage=usage()), DONE)
    wire.answer = lambda body: Step(events=events) if body.get("stream") else None

    def make() -> LlmGateway:
        state = SharedState(redis_url)
        desk = Attempts(
            wire,
            budget=RedisBudget(state, policy().budgets),
            limiter=RedisLimiter(state, "sk-test"),
            ledger=ledger,
            breakers=Breakers(),
            seen=Observations(),
            metrics=LlmMetrics(),
        )
        return LlmGateway(GatewayParts(FixedPolicy(policy()), desk, ResponseCache(state), closers=(state.close,)))

    gateway = SyncLlmGateway(make)
    assert gateway.is_cloud
    with ThreadPoolExecutor(4) as pool:
        asks = [[{"role": "user", "content": str(number)}] for number in range(8)]
        answers = list(pool.map(lambda ask: gateway.complete("planner", ask, caller=Caller("acme")), asks))
    assert [answer.text for answer in answers] == ['{"ok":true}'] * 8
    (picture,) = gateway.generate_image("image", "a fox", caller=Caller("acme"))
    assert picture.pictures
    said = [event.text for event in gateway.stream("planner", asks[0], caller=Caller("acme"))]
    assert "".join(said) == "Hello"
    with pytest.raises(InvalidInput):
        gateway.complete("nonsense", asks[0], caller=Caller("acme"))
    gateway.close()
    assert len(ledger.rows) == 10
