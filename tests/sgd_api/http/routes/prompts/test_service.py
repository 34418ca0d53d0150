"""/v1/health, /v1/metrics, /v1/cache and POST /api/chat."""

from dataclasses import replace
from typing import Any

import httpx
import pytest

from sgd_resources.contracts import faults
from sgd_resources.lazy import Lazy
from sgd_resources.llm.answers.cache import ResponseCache
from sgd_resources.llm.call.parts import GatewayParts
from sgd_resources.llm.gateway import LlmGateway
from sgd_resources.llm.policy.policy_file import Policy
from sgd_resources.llm.sync_gateway import SyncLlmGateway
from sgd_resources.postgres.engine import Database
from tests.fakes.llm import FixedPolicy
from tests.fakes.openrouter import Step, chat_reply
from tests.sgd_api.conftest import serving
from tests.sgd_api.http.routes.prompts.conftest import PROMPT, Opens, rules

pytestmark = pytest.mark.embedded
MESSAGES = [{"role": "user", "content": "Write to kim@example.org"}]


def with_chat() -> Policy:
    found = rules()
    return replace(found, tasks={**found.tasks, "api_chat": replace(found.tasks["analyze"], name="api_chat")})


async def test_health_is_for_anybody_and_names_parts_uptime_and_models(door: Opens) -> None:
    async with door() as open_:
        del open_.client.headers["Authorization"]
        answer = await open_.client.get("/v1/health")
    body = answer.json()
    assert faults("service_health", body) == []
    assert (answer.status_code, body["status"]) == (200, "ok")
    assert {part["name"] for part in body["dependencies"]} == {"postgres", "redis", "vectors", "object_store"}
    assert body["models"] == {"is_ready": True, "names": ["acme/good-1", "acme/good-2"]}


async def test_health_is_degraded_without_a_key_and_names_the_setting(app_services: Any) -> None:
    gateway = SyncLlmGateway(
        lambda: LlmGateway(GatewayParts(FixedPolicy(rules()), None, ResponseCache())), watches=False
    )
    async with serving(replace(app_services, llm=Lazy(lambda: gateway))) as client:
        body = (await client.get("/v1/health")).json()
    gateway.close()
    assert (body["status"], body["models"]["is_ready"]) == ("degraded", False)
    assert "OPENROUTER_API_KEY" in body["models"]["reason"]


async def test_metrics_count_prompts_by_their_end(door: Opens) -> None:
    async with door() as open_:
        await open_.ask()
        await open_.ask()
        open_.transport.answer = lambda _: Step(body=chat_reply("no JSON"))
        await open_.ask(prompt="another prompt")
        text = (await open_.client.get("/v1/metrics")).text
    assert 'sgd_prompts_total{outcome="passed"} 2.0' in text
    assert 'sgd_prompts_total{outcome="failed"} 1.0' in text
    assert "sgd_prompts_cached_total 1.0" in text


async def test_an_org_drops_its_own_kept_answers_and_nobody_elses(door: Opens) -> None:
    async with door() as open_, door(org="globex") as other:
        for client in (open_, other):
            await client.ask()
        dropped = await open_.client.delete("/v1/cache/analyze")
        assert faults("cache_dropped", dropped.json()) == []
        assert dropped.json() == {"pattern": "analyze", "dropped": 1}
        assert (await open_.ask()).json()["cached"] is False
        assert (await other.ask()).json()["cached"] is True
        assert (await open_.client.delete("/v1/cache/planner")).json()["dropped"] == 0
        assert (await open_.client.delete("/v1/cache/*")).json()["dropped"] == 1


@pytest.mark.parametrize("pattern", ["globex:analyze", "a?c", "[ab]", "ANALYZE", "analyze:xyz", "a:b:c", "x" * 61])
async def test_a_pattern_that_reaches_elsewhere_is_refused(door: Opens, pattern: str) -> None:
    async with door() as open_:
        assert (await open_.client.delete(f"/v1/cache/{pattern}")).status_code == 422


async def test_stats_are_the_orgs_own_from_its_call_log(door: Opens, database: Database) -> None:
    async with door() as open_:
        await open_.ask()
        body = (await open_.client.get("/v1/cache/stats")).json()
        assert faults("cache_stats", body) == []
        assert (body["hits"], body["misses"], body["hit_rate"], body["total"]) == (0, 0, 0.0, 1)
        _log(database, "acme", ["succeeded", "cached", "cached", "failed"])
        _log(database, "globex", ["cached"])
        body = (await open_.client.get("/v1/cache/stats")).json()
    assert (body["hits"], body["misses"], body["hit_rate"]) == (2, 1, 0.6667)
    assert body["saved_usd"] == 0.0008


async def test_a_chat_is_answered_and_personal_data_comes_back(door: Opens) -> None:
    async with door(Step(body=chat_reply("Done: [EMAIL_1]")), chosen=with_chat()) as open_:
        params = {"temperature": 0.5, "max_tokens": 50}
        answer = await open_.client.post("/api/chat", json={"messages": MESSAGES, "params": params})
        body = answer.json()
        assert faults("chat_response", body) == []
        assert body["message"] == {"role": "assistant", "content": "Done: kim@example.org"}
        assert (open_.told[0]["temperature"], open_.told[0]["max_tokens"]) == (0.5, 50)
        assert "kim@example.org" not in str(open_.told[0])


async def test_chat_is_off_unless_the_policy_names_its_task(door: Opens) -> None:
    async with door() as open_:
        answer = await open_.client.post("/api/chat", json={"messages": MESSAGES})
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize("body", [{}, {"messages": []}, {"messages": [{"role": "tool", "content": "x"}]},
                                  {"messages": MESSAGES, "params": {"top_p": 1}},
                                  {"messages": MESSAGES, "params": {"temperature": 2.1}}])  # fmt: skip
async def test_a_chat_beyond_its_limits_is_refused(door: Opens, body: Any) -> None:
    async with door(chosen=with_chat()) as open_:
        assert (await open_.client.post("/api/chat", json=body)).status_code == 422


async def test_a_model_that_declines_is_a_502_that_says_so(door: Opens) -> None:
    async with door(Step(body=chat_reply("", refusal="I cannot help with that"))) as open_:
        answer = await open_.ask(prompt=PROMPT)
    assert (answer.status_code, answer.json()["error"]["details"]["kind"]) == (502, "refusal")


async def test_openais_addresses_keep_their_shape_and_ours_have_ours(acme: httpx.AsyncClient) -> None:
    assert "type" in (await acme.get("/v1/models/none")).json()["error"]
    assert "request_id" in (await acme.get("/v1/schemas/sch_0")).json()["error"]


def _log(database: Database, org_id: str, outcomes: list[str]) -> None:
    from uuid import uuid4

    from sqlalchemy import insert

    from sgd_resources.postgres.rows import orgs
    from sgd_resources.postgres.tables.models import inference_calls

    with database.org_transaction(org_id) as connection:
        orgs.ensure_org(connection, org_id)
        for outcome in outcomes:
            row = {"call_id": str(uuid4()), "task": "analyze", "outcome": outcome, "trace_id": str(uuid4())}
            saved = {"saved_usd_micros": 400} if outcome == "cached" else {"cost_usd_micros": 400}
            connection.execute(insert(inference_calls).values(org_id=org_id, **row, **saved))
