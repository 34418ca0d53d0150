"""POST /v1/chat/completions: OpenAI's clients of an org, through policy, budgets, cache and ledger; off by default."""

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
from sgd_resources.llm.policy.policy_file import BudgetLimits, Policy
from sgd_resources.llm.policy.rate_limit import RedisLimiter
from sgd_resources.llm.policy.routing import Observations
from sgd_resources.llm.sync_gateway import SyncLlmGateway
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import content, orgs
from sgd_resources.redis.shared_state import SharedState
from tests.fakes.audit import list_entries
from tests.fakes.llm import FixedPolicy, ListLedger, policy
from tests.fakes.openrouter import DONE, Step, chat_reply, delta, error_body, usage
from tests.fakes.transport import FakeTransport
from tests.sgd_api.conftest import make_key, serving

pytestmark = pytest.mark.embedded
ASK = {"model": "chat", "messages": [{"role": "user", "content": "Name a colour"}]}
PATH = "/v1/chat/completions"
DRAW = {
    "type": "function",
    "function": {"name": "draw", "parameters": {"type": "object", "required": ["a"], "properties": {"a": {}}}},
}


def _rules(**changes: Any) -> Policy:
    found = policy(levels={"light": "acme/small", "capable": "acme/good-1"})
    chat = replace(found.tasks["draft"], name="chat")
    return replace(found, tasks={**found.tasks, "chat": chat}, **changes)


class Door:
    """A client of the address, and what lies behind it."""

    def __init__(self, client: httpx.AsyncClient, transport: FakeTransport, ledger: ListLedger) -> None:
        self.client, self.transport, self.ledger = client, transport, ledger

    async def ask(self, **changes: Any) -> httpx.Response:
        return await self.client.post(PATH, json={**ASK, **changes})


Opens = Callable[..., Any]


@pytest.fixture
def door(app_services: Services, database: Database, redis_url: str) -> Opens:
    """Opens the address with a policy and a provider in memory."""

    @asynccontextmanager
    async def opened(answer: Any = None, rules: Policy | None = None) -> AsyncIterator[Door]:
        transport, ledger = FakeTransport(answer if callable(answer) else lambda _: answer), ListLedger()
        chosen = rules or _rules()

        def make() -> LlmGateway:
            state = SharedState(redis_url)
            attempts = Attempts(
                transport, budget=RedisBudget(state, chosen.budgets), limiter=RedisLimiter(state, None), ledger=ledger,
                breakers=Breakers(), seen=Observations(), metrics=LlmMetrics(),
            )  # fmt: skip
            return LlmGateway(GatewayParts(FixedPolicy(chosen), attempts, ResponseCache(state), closers=(state.close,)))

        gateway = SyncLlmGateway(make, watches=False)
        async with serving(replace(app_services, llm=Lazy(lambda: gateway))) as client:
            client.headers["Authorization"] = f"Bearer {make_key(database, 'acme')}"
            yield Door(client, transport, ledger)
        gateway.close()

    return opened


async def test_it_is_off_unless_the_policy_names_a_task_chat(door: Opens) -> None:
    async with door(rules=policy()) as off:
        answer = await off.ask()
        assert (answer.status_code, answer.json()["error"]["type"]) == (404, "invalid_request_error")
        assert "task `chat`" in answer.json()["error"]["message"]
        assert (await off.client.get("/v1/models")).status_code == 404


async def test_an_answer_has_openais_shape_and_is_booked_on_the_org(door: Opens) -> None:
    async with door(Step(body=chat_reply("Teal"))) as made:
        body = (await made.ask(temperature=0, max_completion_tokens=50, user="kim@example.org")).json()
        assert body["object"] == "chat.completion"
        assert body["choices"][0] == {
            "index": 0,
            "message": {"role": "assistant", "content": "Teal", "refusal": None},
            "logprobs": None,
            "finish_reason": "stop",
        }
        assert body["usage"] == {"prompt_tokens": 42, "completion_tokens": 12, "total_tokens": 54}
        (row,) = made.ledger.rows
        assert (row.org_id, row.task, row.cost_usd_micros) == ("acme", "chat", body["sgd"]["cost_usd_micros"])
        (sent,) = made.transport.bodies
        assert (sent["max_tokens"], sent["temperature"]) == (50, 0)
        assert "kim@example.org" not in json.dumps(sent)


async def test_the_same_request_is_answered_from_the_cache_unless_it_says_otherwise(door: Opens) -> None:
    async with door() as made:
        for headers, state in (({}, "miss"), ({}, "memory"), ({"Cache-Control": "no-store"}, "miss")):
            answer = await made.client.post(PATH, json=ASK, headers=headers)
            assert answer.json()["sgd"]["cache_state"] == state


@pytest.mark.parametrize(
    ("model", "asked"),
    [("chat", "acme/good-1"), ("sgd/chat", "acme/good-1"), ("light", "acme/small"), ("acme/good-2", "acme/good-2")],
)
async def test_the_model_is_the_task_a_level_or_one_of_its_models(door: Opens, model: str, asked: str) -> None:
    async with door() as made:
        assert (await made.ask(model=model)).status_code == 200
        assert [body["model"] for body in made.transport.bodies] == [asked]
        listed = (await made.client.get("/v1/models")).json()["data"]
        assert {entry["id"] for entry in listed} == {
            "chat", "light", "capable", "acme/good-1", "acme/good-2", "acme/small",
        }  # fmt: skip


async def test_a_stream_comes_in_chunks_with_its_usage_and_its_mark(door: Opens) -> None:
    events = (delta("Te"), delta("al", finish="stop", usage=usage()), DONE)
    async with door(Step(events=events)) as made:
        answer = await made.ask(stream=True, stream_options={"include_usage": True})
    assert answer.headers["content-type"].startswith("text/event-stream")
    lines = [line.removeprefix("data: ") for line in answer.text.split("\n\n") if line]
    assert lines[-1] == "[DONE]"
    chunks = [json.loads(line) for line in lines[:-1]]
    said = "".join(c["choices"][0]["delta"].get("content", "") for c in chunks if c["choices"])
    assert (said, chunks[-1]["usage"]["total_tokens"], chunks[-2]["choices"][0]["finish_reason"]) == (
        "Teal",
        54,
        "stop",
    )


async def test_a_stream_that_breaks_says_so_and_has_no_mark(door: Opens) -> None:
    async with door(Step(events=(delta("Te"),))) as made:
        answer = await made.ask(stream=True)
    *_, last = [line for line in answer.text.split("\n\n") if line]
    assert json.loads(last.removeprefix("data: "))["error"]["type"] == "server_error"
    assert "data: [DONE]" not in answer.text


async def test_tools_come_back_as_calls_in_one_piece_and_in_a_stream(door: Opens) -> None:
    call = {"id": "c1", "type": "function", "function": {"name": "draw", "arguments": '{"a":1}'}}

    def answer(body: Mapping[str, Any]) -> Step:
        if not body.get("stream"):
            return Step(body=chat_reply(None, finish="tool_calls", tool_calls=[call]))
        choice = [{"index": 0, "delta": {"tool_calls": [{"index": 0, **call}]}, "finish_reason": None}]
        return Step(events=(delta("", choices=choice), delta("", finish="tool_calls", usage=usage()), DONE))

    async with door(answer) as made:
        body = (await made.ask(tools=[DRAW], tool_choice="auto")).json()
        assert body["choices"][0]["message"]["tool_calls"] == [call]
        assert body["choices"][0]["finish_reason"] == "tool_calls"
        streamed = (await made.ask(tools=[DRAW], stream=True)).text
        first = json.loads(streamed.split("\n\n")[0].removeprefix("data: "))
        assert first["choices"][0]["delta"]["tool_calls"] == [{"index": 0, **call}]


async def test_an_answer_with_a_schema_is_checked_whole_also_as_a_stream(door: Opens) -> None:
    schema = {"type": "object", "required": ["colour"], "properties": {"colour": {"type": "string"}}}
    wanted = {"type": "json_schema", "json_schema": {"name": "c", "schema": schema}}
    async with door(Step(body=chat_reply('{"colour": "teal"}'))) as made:
        assert (await made.ask(response_format=wanted)).status_code == 200
        assert "teal" in (await made.ask(response_format=wanted, stream=True)).text
    async with door(Step(body=chat_reply('{"color": 1}'))) as made:
        answer = await made.ask(response_format=wanted, messages=[{"role": "user", "content": "again"}])
        assert (answer.status_code, answer.json()["error"]["type"]) == (502, "server_error")


@pytest.mark.parametrize(
    ("changes", "param"),
    [
        ({"n": 2}, "n"),
        ({"functions": []}, "functions"),
        ({"messages": []}, "messages"),
        ({"messages": [{"role": "robot", "content": "x"}]}, "messages[0].role"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, "messages[0].content"),
        ({"response_format": {"type": "xml"}}, "response_format"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"stream": "yes"}, "stream"),
        ({"model": 3}, "model"),
    ],
)
async def test_what_is_not_obeyed_is_refused_by_its_name(door: Opens, changes: dict[str, Any], param: str) -> None:
    async with door() as made:
        answer = await made.ask(**changes)
        assert answer.status_code == 422
        assert answer.json()["error"]["param"] == param
        assert made.transport.bodies == []


async def test_errors_have_openais_shape(door: Opens) -> None:
    async with door(Step(503, error_body(503))) as made:
        down = await made.ask()
        assert (down.status_code, down.json()["error"]["type"]) == (502, "server_error")
        other = await made.ask(model="gpt-4")
        assert (other.status_code, other.json()["error"]["code"]) == (404, "model_not_found")
        made.client.headers["Authorization"] = "Bearer sgd_none"
        wrong = await made.ask()
        assert (wrong.status_code, wrong.json()["error"]["code"]) == (401, "invalid_api_key")
    poor = _rules(budgets=BudgetLimits(org_day_usd_micros=1))
    async with door(rules=poor) as made:
        spent = await made.ask(messages=[{"role": "user", "content": "anything"}])
        assert (spent.status_code, spent.json()["error"]["code"]) == (429, "insufficient_quota")
        assert spent.headers["x-should-retry"] == "false"
    async with door(Step(403, error_body(403, reasons=["violence"]))) as made:
        filtered = await made.ask(messages=[{"role": "user", "content": "else"}])
        assert filtered.json()["error"]["code"] == "content_filter"


async def test_words_for_a_model_are_held_to_the_orgs_policy_and_told_when_they_hold_personal_data(
    door: Opens, database: Database
) -> None:
    with database.org_transaction("acme") as connection:
        orgs.ensure_org(connection, "acme")
        content.set_override(connection, "acme", {"prompts": "block"}, actor="operator")
    tool = {"type": "function", "function": {"name": "draw", "description": "asks +49 30 1234567"}}
    parts = [{"type": "text", "text": "Mail jo.doe@example.com"}]
    async with door(Step(body=chat_reply("Red"))) as open_:
        assert (await open_.ask(messages=[{"role": "user", "content": parts}], tools=[tool])).status_code == 200
        refused = await open_.ask(messages=[{"role": "user", "content": "Write a flyer: kill all immigrants"}])
        assert (refused.status_code, len(open_.transport.bodies)) == (422, 1)
    with database.org_transaction("acme") as connection:
        found = {entry.action: entry.details for entry in list_entries(connection, "acme")}
    assert (found["PII_DETECTED"]["where"], found["PII_DETECTED"]["kinds"]) == ("chat", {"EMAIL": 1, "PHONE": 1})
    assert found["content.blocked"]["path"] == "$.messages[0].content"


@pytest.mark.parametrize(("arguments", "name"), [('{"a": ', "draw"), ('{"a": 1}', "erase_all")])
async def test_a_tool_call_that_stays_wrong_is_told_once_and_not_asked_for_again_by_the_client(
    door: Opens, arguments: str, name: str
) -> None:
    call = {"id": "c1", "type": "function", "function": {"name": name, "arguments": arguments}}
    async with door(lambda _: Step(body=chat_reply(None, finish="tool_calls", tool_calls=[call]))) as made:
        answer = await made.ask(tools=[DRAW])
    assert answer.status_code == 502
    assert "breaks its schema" in answer.json()["error"]["message"]
    assert answer.headers["x-should-retry"] == "false"
