"""The whole gateway as one callable, for `gateway_clients.py`.

Redis and Postgres are the embedded ones (or those that REDIS_URL and DATABASE_URL name). Each call carries a number of
its own, so that neither cache nor single flight helps.
"""

import atexit
import itertools
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from sgd_resources.embedded.services import ServiceUrls, embedded_services
from sgd_resources.llm.build import build_gateway
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.gateway import LlmGateway
from sgd_resources.llm.policy.policy_file import BudgetLimits, PolicyFile, RateLimits
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.orgs import ensure_org
from sgd_resources.settings import Settings
from tests.fakes.llm import FixedPolicy

ORG = "bench"
SCHEMA = {
    "title": "plan",
    "type": "object",
    "properties": {"ok": {"type": "boolean"}, "title": {"type": "string"}},
    "required": ["ok", "title"],
    "additionalProperties": False,
}


def make_gateway(base_url: str, stack: ExitStack) -> tuple[LlmGateway, Database]:
    """A gateway as the API makes it, with limits nobody reaches."""
    make, database, _ = gateway_maker(base_url, stack)
    return make(), database


def gateway_maker(base_url: str, stack: ExitStack) -> tuple[Callable[[], LlmGateway], Database, ServiceUrls]:
    """What makes such gateways, one per event loop, and the services they stand on."""
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="sgd-bench-"))
    settings = Settings(
        sgd_var_dir=Path(folder), openrouter_api_key=SecretStr("sk-bench"), openrouter_base_url=base_url
    )
    urls = stack.enter_context(embedded_services(settings))
    database = Database(urls.database_url)
    stack.callback(database.dispose)
    with database.org_transaction(ORG) as connection:
        ensure_org(connection, ORG)
    rules = PolicyFile().current()
    rules = replace(
        rules,
        rate_limits=RateLimits(10**9, 10**12, 10**9, 10**12),
        budgets=BudgetLimits(10**14, 10**14, 10**14, 10**9),
    )

    def make() -> LlmGateway:
        return build_gateway(settings, redis_url=urls.redis_url, database=database, policies=FixedPolicy(rules))

    return make, database, urls


def factory(base_url: str) -> Callable[[Sequence[Mapping[str, Any]]], Awaitable[Any]]:
    """An async callable over the full pipeline: policy, redaction, cache, flight, budget, ledger, validation."""
    stack = ExitStack()
    atexit.register(stack.close)
    gateway, _ = make_gateway(base_url, stack)
    numbers = itertools.count()

    async def call(messages: Sequence[Mapping[str, Any]]) -> Any:
        unique = [*messages[:-1], {**messages[-1], "content": f"{messages[-1]['content']} #{next(numbers)}"}]
        return await gateway.complete(
            "planner", unique, schema=SCHEMA, caller=Caller(ORG, request_id=f"r{next(numbers)}")
        )

    call.aclose = gateway.close  # type: ignore[attr-defined]  # the harness asks for it by this name
    return call
