"""GET /usage and an org's own caps: over ASGI, real Postgres and Redis, a provider in memory."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from sgd_api.http.services import Services
from sgd_resources.errors import BudgetExceeded
from sgd_resources.lazy import Lazy
from sgd_resources.llm.answers.cache import ResponseCache
from sgd_resources.llm.call.attempts import Attempts
from sgd_resources.llm.call.breaker import Breakers
from sgd_resources.llm.call.parts import GatewayParts
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.gateway import LlmGateway
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.money.alert_rows import AlertRows
from sgd_resources.llm.money.budget import RedisBudget
from sgd_resources.llm.money.ledger import DatabaseLedger
from sgd_resources.llm.money.org_caps import OrgCaps
from sgd_resources.llm.money.spend import DatabaseSpend
from sgd_resources.llm.policy.policy_file import BudgetLimits
from sgd_resources.llm.policy.rate_limit import RedisLimiter
from sgd_resources.llm.policy.routing import Observations
from sgd_resources.llm.sync_gateway import SyncLlmGateway
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.proof.lists import list_audit
from sgd_resources.postgres.rows.whole.caps import Caps, write_caps, write_part_caps
from sgd_resources.redis.shared_state import SharedState
from tests.fakes.llm import FixedPolicy, policy
from tests.fakes.transport import FakeTransport
from tests.sgd_api.conftest import make_key, serving

COST = 1_100
"""Of one answer of the fake provider."""
CAP = 150_000
"""A call holds about 22,000 before it is made, so that the first one without room comes at more than 80 %."""


def asked(number: int) -> list[dict[str, str]]:
    return [{"role": "user", "content": f"poster {number}"}]


@pytest.fixture
def ledger(database: Database) -> Iterator[DatabaseLedger]:
    found = DatabaseLedger(database)
    yield found
    found.close()


@pytest.fixture
def gateway(database: Database, redis_url: str, ledger: DatabaseLedger) -> Iterator[SyncLlmGateway]:
    rules = policy(budgets=BudgetLimits(org_day_usd_micros=5_000_000, key_day_usd_micros=1_000_000))
    told: list[Any] = []

    async def post(url: str, body: Any) -> None:
        told.append(body)

    def make() -> LlmGateway:
        state = SharedState(redis_url)
        attempts = Attempts(
            FakeTransport(),
            budget=RedisBudget(state, rules.budgets, ledger=DatabaseSpend(database), drain=ledger.drain),
            limiter=RedisLimiter(state, None), ledger=ledger, breakers=Breakers(), seen=Observations(),
            metrics=LlmMetrics(), post=post, write_alert=AlertRows(database).write,
        )  # fmt: skip
        parts = GatewayParts(
            FixedPolicy(rules), attempts, ResponseCache(state), closers=(state.close,), org_limits=OrgCaps(database)
        )
        return LlmGateway(parts)

    found = SyncLlmGateway(make, watches=False)
    yield found
    found.close()


def cap(database: Database, org_id: str, day_usd_micros: int) -> None:
    with database.org_transaction(org_id) as connection:
        write_caps(connection, org_id, Caps(day_usd_micros=day_usd_micros))


async def read(app_services: Services, gateway: SyncLlmGateway, key: str) -> dict[str, Any]:
    async with serving(replace(app_services, llm=Lazy(lambda: gateway))) as client:
        answer = await client.get("/usage", headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_usage_tells_what_is_spent_held_and_left_until_when_by_task_day_and_key(
    app_services: Services, database: Database, gateway: SyncLlmGateway, ledger: DatabaseLedger
) -> None:
    key, other = make_key(database, "acme"), make_key(database, "globex")
    gateway.complete("planner", asked(1), caller=Caller("acme", key_id="key_1"))
    gateway.complete("critic", asked(2), caller=Caller("acme"))
    assert ledger.drain()
    found = await read(app_services, gateway, key)
    day = next(pot for pot in found["budgets"] if pot["kind"] == "org_day")
    assert (day["limit_usd_micros"], day["spent_usd_micros"], day["held_usd_micros"]) == (5_000_000, 2 * COST, 0)
    assert day["left_usd_micros"] == 5_000_000 - 2 * COST
    assert day["resets_at"].endswith("T00:00:00+00:00")
    assert {pot["kind"] for pot in found["budgets"]} == {"org_day", "key_day"}
    assert not found["budget_exhausted"]
    assert {(group["name"], group["cost_usd_micros"]) for group in found["by_task"]} == {
        ("planner", COST), ("critic", COST),
    }  # fmt: skip
    assert {(group["name"], group["calls"]) for group in found["by_key"]} == {("key_1", 1), ("-", 1)}
    assert [group["cost_usd_micros"] for group in found["by_day"]] == [2 * COST]
    of_other = await read(app_services, gateway, other)
    assert (of_other["by_task"], of_other["budgets"][-1]["spent_usd_micros"]) == ([], 0)


async def test_spent_money_stands_in_the_ledger_though_redis_forgot_it(
    app_services: Services, database: Database, gateway: SyncLlmGateway, ledger: DatabaseLedger
) -> None:
    key = make_key(database, "acme")
    gateway.complete("planner", asked(1), caller=Caller("acme"))
    assert ledger.drain()
    app_services.redis.flushdb()
    found = await read(app_services, gateway, key)
    assert next(pot for pot in found["budgets"] if pot["kind"] == "org_day")["spent_usd_micros"] == COST


async def test_an_orgs_own_cap_stands_in_place_of_the_policys_and_is_nobody_elses(
    app_services: Services, database: Database, gateway: SyncLlmGateway
) -> None:
    key, _ = make_key(database, "acme"), make_key(database, "globex")
    cap(database, "acme", 0)
    with pytest.raises(BudgetExceeded) as refused:
        gateway.complete("planner", asked(1), caller=Caller("acme"))
    assert refused.value.http_status == 429
    assert 0 < refused.value.retry_after_s <= 86_400
    gateway.complete("planner", asked(1), caller=Caller("globex"))
    assert (await read(app_services, gateway, key))["budget_exhausted"]


async def test_a_project_with_a_cap_of_its_own_is_refused_alone_and_shown(
    app_services: Services, database: Database, gateway: SyncLlmGateway
) -> None:
    key = make_key(database, "acme")
    with database.org_transaction("acme") as connection:
        write_part_caps(connection, "acme", ("project", "spring"), day_usd_micros=0, month_usd_micros=None)
    with pytest.raises(BudgetExceeded) as refused:
        gateway.complete("planner", asked(1), caller=Caller("acme", project_id="spring"))
    assert refused.value.details["scope"] == "project_day"
    gateway.complete("planner", asked(1), caller=Caller("acme", project_id="autumn"))
    found = await read(app_services, gateway, key)
    assert ("project_day", "spring", 0) in {
        (pot["kind"], pot.get("of"), pot["limit_usd_micros"]) for pot in found["budgets"]
    }


def test_each_mark_is_a_row_of_the_orgs_audit_log_once(database: Database, gateway: SyncLlmGateway) -> None:
    for org in ("acme", "globex"):
        make_key(database, org)
    cap(database, "acme", CAP)
    calls = 0
    try:
        for calls in range(1, 200):
            gateway.complete("planner", asked(calls), caller=Caller("acme"))
    except BudgetExceeded:
        pass
    for _ in range(3):
        with pytest.raises(BudgetExceeded):
            gateway.complete("planner", asked(0), caller=Caller("acme"))
    gateway.run(lambda inner: inner.parts.attempts.books.settled(2.0))  # type: ignore[union-attr]  # this one has some
    assert calls * COST > CAP / 2
    with database.org_transaction("acme") as connection:
        rows = [row for row in list_audit(connection, "acme", limit=50) if row.action.startswith("BUDGET")]
    assert sorted((row.action, row.details["percent"]) for row in rows) == [
        ("BUDGET_ALERT", 50), ("BUDGET_ALERT", 80), ("BUDGET_EXCEEDED", 100),
    ]  # fmt: skip
    assert {row.subject for row in rows} == {"org:acme"}
    with database.org_transaction("globex") as connection:
        assert [row.action for row in list_audit(connection, "globex", limit=50)] == []
