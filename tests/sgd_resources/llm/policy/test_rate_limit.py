"""Calls and tokens a minute of the gateway, per model and per key."""

from collections.abc import AsyncIterator

import pytest

from sgd_resources.errors import RateLimited
from sgd_resources.llm.policy.policy_file import RateLimits
from sgd_resources.llm.policy.rate_limit import RedisLimiter
from sgd_resources.redis.shared_state import SharedState


@pytest.fixture
async def state(redis_url: str) -> AsyncIterator[SharedState]:
    made = SharedState(redis_url)
    yield made
    await made.close()


async def test_a_call_over_one_limit_is_refused_with_its_scope_unit_and_wait_and_spends_nothing(
    state: SharedState,
) -> None:
    limiter = RedisLimiter(state, "sk-one")
    limits = RateLimits(calls_per_min_per_model=2, tokens_per_min_per_key=100)
    await limiter.admit(limits, model="acme/good", tokens=90)
    with pytest.raises(RateLimited) as refused:
        await limiter.admit(limits, model="acme/good", tokens=20)
    assert refused.value.details == {"scope": "key", "unit": "tokens", "limit_per_min": 100}
    assert 0 < refused.value.retry_after_s <= 60
    await limiter.admit(limits, model="acme/good", tokens=10)
    with pytest.raises(RateLimited) as refused:
        await limiter.admit(limits, model="acme/good", tokens=0)
    assert refused.value.details["scope"] == "model"


async def test_models_and_keys_have_windows_of_their_own(state: SharedState) -> None:
    limits = RateLimits(calls_per_min_per_model=1, calls_per_min_per_key=2)
    one, other = RedisLimiter(state, "sk-one"), RedisLimiter(state, "sk-other")
    await one.admit(limits, model="acme/a", tokens=1)
    await one.admit(limits, model="acme/b", tokens=1)
    with pytest.raises(RateLimited):
        await one.admit(limits, model="acme/c", tokens=1)
    await other.admit(limits, model="acme/c", tokens=1)


async def test_without_limits_redis_is_not_asked() -> None:
    gone = SharedState("unix:///nowhere/redis.sock")
    await RedisLimiter(gone, None).admit(RateLimits(), model="acme/a", tokens=1)
    await gone.close()
