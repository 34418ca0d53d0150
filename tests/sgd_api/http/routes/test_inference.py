"""GET /api/inference/status and /usage: over ASGI, real Postgres and Redis, a provider in memory."""

from dataclasses import replace
from typing import Any

import anyio.to_thread
import httpx
import pytest

from sgd_api.http.services import Services
from sgd_resources.contracts import faults
from sgd_resources.errors import NotFound
from sgd_resources.lazy import Lazy
from sgd_resources.llm.answers.cache import ResponseCache
from sgd_resources.llm.build import build_gateway
from sgd_resources.llm.call.attempts import Attempts
from sgd_resources.llm.call.breaker import Breakers
from sgd_resources.llm.call.parts import GatewayParts
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.gateway import LlmGateway
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.money.budget import RedisBudget
from sgd_resources.llm.money.ledger import CallRow, DatabaseLedger
from sgd_resources.llm.money.scopes import scopes_of
from sgd_resources.llm.money.spend import DatabaseSpend
from sgd_resources.llm.policy.policy_file import BudgetLimits, RateLimits
from sgd_resources.llm.policy.rate_limit import RedisLimiter
from sgd_resources.llm.policy.routing import Observations
from sgd_resources.llm.shown.told import Shown
from sgd_resources.llm.sync_gateway import SyncLlmGateway
from sgd_resources.postgres.engine import Database
from sgd_resources.redis.shared_state import SharedState
from sgd_resources.settings import Settings
from tests.fakes.llm import FixedPolicy, bench, policy
from tests.fakes.transport import FakeTransport
from tests.sgd_api.conftest import make_key, serving

ASK = [{"role": "user", "content": "A poster for the summer sale"}]


@pytest.fixture
def ledger(database: Database) -> DatabaseLedger:
    return DatabaseLedger(database)


def row(number: int, **facts: object) -> CallRow:
    found = CallRow(
        "acme", f"00000000-0000-4000-8000-{number:012d}", "planner", "succeeded", served_model="acme/good-1"
    )
    return replace(found, **facts)  # type: ignore[arg-type]  # fields by name


async def test_usage_adds_up_by_task_model_and_day_for_the_own_org_only(
    acme: httpx.AsyncClient, globex: httpx.AsyncClient, ledger: DatabaseLedger
) -> None:
    ledger.record(row(1, cost_usd_micros=700, tokens_in=10, tokens_out=5, cost_source="provider"))
    ledger.record(row(2, outcome="failed", cost_usd_micros=300, error_kind="timeout"))
    ledger.record(row(3, outcome="cached", saved_usd_micros=700, task="draft"))
    ledger.close()
    assert (ledger.written, ledger.dropped) == (3, 0)
    body = (await acme.get("/api/inference/usage")).json()
    assert (body["calls"], body["cost_usd_micros"], body["saved_usd_micros"]) == (2, 1_000, 700)
    told = [
        tuple(group[name] for name in ("name", "failed_tries", "failed_cost_usd_micros")) for group in body["by_task"]
    ]
    assert told == [("planner", 1, 300), ("draft", 0, 0)]
    assert len(body["by_day"]) == 1
    assert (await globex.get("/api/inference/usage")).json()["calls"] == 0


async def test_status_is_degraded_and_not_an_error_without_a_key(
    app_services: Services, settings: Settings, database: Database, redis_url: str
) -> None:
    bare = settings.model_copy(update={"openrouter_api_key": None})
    gateway = SyncLlmGateway(lambda: build_gateway(bare, redis_url=redis_url, database=database))
    async with serving(replace(app_services, llm=Lazy(lambda: gateway))) as client:
        answer = await client.get(
            "/api/inference/status", headers={"Authorization": f"Bearer {make_key(database, 'acme')}"}
        )
    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "degraded"
    assert answer.json()["connectivity"]["kind"] == "no_key"
    gateway.close()


async def test_all_of_them_need_a_key(anonymous: httpx.AsyncClient) -> None:
    for path in ("status", "usage", "calls"):
        assert (await anonymous.get(f"/api/inference/{path}")).status_code == 401


def test_the_ledger_is_what_a_lost_budget_is_rebuilt_from(database: Database, ledger: DatabaseLedger) -> None:
    for org in ("acme", "globex"):
        make_key(database, org)
    ledger.record(row(1, cost_usd_micros=700, day="2026-11-21", created_at="2026-11-21T23:59:59+00:00"))
    ledger.record(row(2, org_id="globex", cost_usd_micros=50, day="2026-11-21", created_at="2026-11-22T00:00:01+00:00"))
    ledger.close()
    ledger = DatabaseLedger(database)
    ledger.record(row(3, cost_usd_micros=7, day="2026-11-22", project_id="spring", key_id="k1", request_id="r1"))
    ledger.close()
    most = 10**9
    limits = BudgetLimits(
        request_usd_micros=most, org_day_usd_micros=most, global_day_usd_micros=most, org_month_usd_micros=most,
        global_month_usd_micros=most, project_day_usd_micros=most, project_month_usd_micros=most,
        key_day_usd_micros=most, key_month_usd_micros=most,
    )  # fmt: skip
    scopes = scopes_of(limits, Caller("acme", "spring", "r1", key_id="k1"), "2026-11-21")
    found = dict(zip((scope.kind for scope in scopes), DatabaseSpend(database).spent("acme", scopes), strict=True))
    assert found == {
        "request": 0, "key_day": 0, "key_month": 7, "project_day": 0, "project_month": 7,
        "org_day": 700, "org_month": 707, "global_day": 750, "global_month": 757,
    }  # fmt: skip
    day = scopes_of(limits, Caller("acme", "spring", "r1", key_id="k1"), "2026-11-22")
    assert DatabaseSpend(database).spent("acme", day)[:2] == [7, 7]
    assert DatabaseSpend(database).of_requests("acme", "2026-11-22") == {"r1": 7}
    assert DatabaseSpend(database).of_requests("globex", "2026-11-22") == {}
    with pytest.raises(NotFound):
        DatabaseSpend(database).spent("nobody", scopes)


def test_a_row_that_finds_no_room_is_counted_and_never_silent(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    lost: list[int] = []
    full = DatabaseLedger(database, max_queued=0, on_drop=lost.append)
    full.record(row(1))
    unknown_org = DatabaseLedger(database, on_drop=lost.append)
    unknown_org.record(row(2, org_id="nobody"))
    unknown_org.close()
    assert (full.dropped, unknown_org.dropped, lost) == (1, 1, [1, 1])
    assert "lost" in caplog.text


async def test_metrics_show_the_calls_of_workers_though_the_api_made_none(
    app_services: Services, redis_url: str
) -> None:
    async with bench(redis_url, transport=FakeTransport()) as worker:
        await worker.gateway.complete("planner", ASK, caller=Caller("acme"))
        assert worker.attempts.shown is not None
        await worker.attempts.shown.tell()
        async with serving(app_services) as client:
            text = (await client.get("/metrics")).text
    assert 'sgd_llm_calls_total{outcome="succeeded",task="planner"} 1.0' in text
    assert "sgd_llm_view_up 1.0" in text
    assert "sgd_http_requests_in_flight" in text


async def test_the_call_log_is_paged_newest_first_and_filtered_for_the_own_org_only(
    acme: httpx.AsyncClient, globex: httpx.AsyncClient, ledger: DatabaseLedger
) -> None:
    for number in range(1, 6):
        moment = "2026-11-21T10:00:00+00:00" if number < 4 else f"2026-11-22T10:00:0{number}+00:00"
        task = "draft" if number == 5 else "planner"
        ledger.record(row(number, task=task, created_at=moment, day=moment[:10], cost_usd_micros=number))
    ledger.record(row(6, served_model=None, requested_model="acme/slow", outcome="failed", error_kind="timeout"))
    ledger.close()
    found: list[int] = []
    cursor: str | None = None
    while True:
        query = {"limit": "2", **({"cursor": cursor} if cursor else {})}
        page = (await acme.get("/api/inference/calls", params=query)).json()
        assert faults("inference_call_page", page) == []
        found += [int(call["call_id"][-2:]) for call in page["calls"]]
        cursor = page.get("next_cursor")
        if cursor is None:
            break
    assert found == [6, 5, 4, 3, 2, 1]  # those of one moment by their ids
    for query, numbers in (
        ({"task": "draft"}, [5]),
        ({"day": "2026-11-21"}, [3, 2, 1]),
        ({"model": "acme/slow"}, [6]),
        ({"model": "acme/good-1", "day": "2026-11-22"}, [5, 4]),
    ):
        calls = (await acme.get("/api/inference/calls", params=query)).json()["calls"]
        assert [int(call["call_id"][-2:]) for call in calls] == numbers, query
    assert (await globex.get("/api/inference/calls")).json() == {"calls": []}
    for wrong, code in (({"day": "2026-02-30"}, 400), ({"cursor": "x"}, 422), ({"limit": "0"}, 422)):
        assert (await acme.get("/api/inference/calls", params=wrong)).status_code == code, wrong


async def test_the_status_counts_what_the_asking_org_did_and_nothing_of_another(
    app_services: Services, database: Database, redis_url: str, ledger: DatabaseLedger
) -> None:
    """Told of all orgs is only what holds for all: states, never how much or when somebody else asked."""
    rules = policy(rate_limits=RateLimits(calls_per_min_per_key=10, tokens_per_min_per_model=1_000))

    def make() -> LlmGateway:
        state, metrics = SharedState(redis_url), LlmMetrics()
        attempts = Attempts(
            FakeTransport(), budget=RedisBudget(state, rules.budgets), limiter=RedisLimiter(state, None),
            ledger=ledger, breakers=Breakers(), seen=Observations(), metrics=metrics,
            shown=Shown(state, metrics.registry),
        )  # fmt: skip
        parts = GatewayParts(FixedPolicy(rules), attempts, ResponseCache(state), closers=(state.close,))
        return LlmGateway(replace(parts, shown=attempts.shown))

    gateway = SyncLlmGateway(make, watches=False)
    keys = {org: {"X-API-Key": make_key(database, org)} for org in ("acme", "globex")}
    async with serving(replace(app_services, llm=Lazy(lambda: gateway))) as client:

        async def status(org: str) -> dict[str, Any]:
            answer = await client.get("/api/inference/status", headers=keys[org])
            assert answer.status_code == 200, answer.text
            found: dict[str, Any] = answer.json()
            return found

        before = await status("globex")
        for _ in range(3):
            await anyio.to_thread.run_sync(lambda: gateway.complete("draft", ASK, caller=Caller("acme")))
        assert ledger.drain()
        await gateway.ask(lambda inner: inner.parts.shown.tell())  # type: ignore[union-attr]  # it was given one
        assert await status("globex") == {**before, "processes": 1}
        own = await status("acme")
    assert own["cache"] == {"hit_ratio": 0.6667, "hits": 2}
    used = {(one["scope"], one["unit"], one["model"]): one["used"] for one in own["rate_limits"] if one["used"]}
    assert used.pop(("key", "calls", None)) == 1
    assert len(used) == 1
    assert not any("left" in one for one in own["rate_limits"])
    gateway.close()
