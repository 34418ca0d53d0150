"""The gateway that settings and a policy make: degraded without any key, whole with a provider that wants none."""

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from sgd_resources.llm.build import build_gateway
from sgd_resources.llm.gateway import LlmGateway
from sgd_resources.llm.policy.policy_file import ModelFacts, Policy, ProviderPolicy
from sgd_resources.llm.policy.shared_observations import SharedObservations
from sgd_resources.postgres.engine import Database
from sgd_resources.settings import Settings
from tests.fakes.llm import FixedPolicy, policy

pytestmark = pytest.mark.embedded
LAPTOP = ProviderPolicy("laptop", "http://127.0.0.1:9/v1", None, "llamacpp", "free")


def _local() -> Policy:
    found = policy(providers={"laptop": LAPTOP}, models={"local/small": ModelFacts(provider="laptop")})
    tasks = {name: replace(task, models=("acme/good-1", "local/small")) for name, task in found.tasks.items()}
    return replace(found, tasks=tasks)


async def _built(rules: Policy, folder: Path, redis_url: str, database: Database, key: str | None) -> LlmGateway:
    settings = Settings(_env_file=None, sgd_var_dir=folder, openrouter_api_key=SecretStr(key) if key else None)
    return build_gateway(settings, redis_url=redis_url, database=database, policies=FixedPolicy(rules))


async def test_a_provider_that_wants_no_key_makes_a_whole_gateway(
    tmp_path: Path, redis_url: str, database: Database
) -> None:
    for rules, is_cloud in ((policy(), False), (_local(), True)):
        gateway = await _built(rules, tmp_path, redis_url, database, None)
        assert gateway.is_cloud == is_cloud
        await gateway.close()


async def test_processes_share_what_they_see_and_each_provider_has_a_breaker(
    tmp_path: Path, redis_url: str, database: Database
) -> None:
    gateway = await _built(_local(), tmp_path, redis_url, database, "sk-test")
    attempts, rules = gateway.parts.attempts, _local()
    assert attempts is not None
    assert isinstance(attempts.seen, SharedObservations)
    for _ in range(rules.breaker.failures):
        attempts.breakers.failed("local/small", "connect_failed", rules.breaker)
    assert attempts.breakers.wait_s("local/small", rules.breaker) > 0
    assert attempts.breakers.wait_s("acme/good-1", rules.breaker) == 0
    await gateway.close()
