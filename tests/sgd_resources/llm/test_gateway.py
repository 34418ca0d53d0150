"""The order of things: cache, one flight, schema, redaction, pictures, routing, and what happens without a model."""

import asyncio
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sgd_resources.errors import BudgetExceeded, InvalidInput, PayloadTooLarge, ProviderFailed, RateLimited, Unavailable
from sgd_resources.llm.answers.cache import ResponseCache
from sgd_resources.llm.call.parts import GatewayParts
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.gateway import LlmGateway
from sgd_resources.llm.policy.policy_file import BudgetLimits, ModelFacts, RateLimits
from sgd_resources.llm.status import NOTHING, describe
from tests.fakes.llm import CAP, FixedPolicy, bench, policy
from tests.fakes.openrouter import DONE, Step, chat_reply, delta, error_body, png, usage
from tests.fakes.transport import FakeTransport

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = {"type": "object", "properties": {"ok": {"type": "boolean"}, "mail": {"type": "string"}}, "required": ["ok"]}
ASK = [{"role": "system", "content": "You plan."}, {"role": "user", "content": "Plan a poster"}]
COST = 1_100


async def test_the_body_is_what_the_provider_expects(redis_url: str) -> None:
    wire = FakeTransport()
    async with bench(redis_url, transport=wire) as made:
        await made.gateway.complete(
            "planner", ASK, schema=SCHEMA, images=[png()], params={"temperature": 0.2}, caller=Caller("acme")
        )
    (body,) = wire.bodies
    assert body["model"] == "acme/good-1"
    assert body["response_format"]["type"] == "json_schema"
    assert body["response_format"]["json_schema"]["strict"] is True
    assert body["provider"] == {"require_parameters": True}
    assert body["messages"][1]["content"][1]["image_url"]["url"].startswith("data:image/png;base64,")
    assert body["max_tokens"] == 1_000
    assert "models" not in body


async def test_a_second_identical_call_comes_from_the_cache_of_the_same_org_only(redis_url: str) -> None:
    wire = FakeTransport()
    async with bench(redis_url, transport=wire) as made:
        first = await made.gateway.complete("draft", ASK, caller=Caller("acme"))
        second = await made.gateway.complete("draft", ASK, caller=Caller("acme"))
        other = await made.gateway.complete("draft", ASK, caller=Caller("globex"))
        assert (first.cache_state, second.cache_state, other.cache_state) == ("miss", "memory", "miss")
        assert (first.cost_usd_micros, second.cost_usd_micros, other.cost_usd_micros) == (COST, 0, COST)
        assert [row.saved_usd_micros for row in made.ledger.rows] == [0, COST, 0]
    async with bench(redis_url, transport=wire) as made:  # another process
        assert (await made.gateway.complete("draft", ASK, caller=Caller("acme"))).cache_state == "redis"
        assert await made.gateway.parts.cache.invalidate(org_id="acme") == 1
        assert (await made.gateway.complete("draft", ASK, caller=Caller("acme"))).cache_state == "miss"
    assert len(wire.bodies) == 3


async def test_an_answer_is_kept_under_the_model_that_gave_it(redis_url: str, caplog: pytest.LogCaptureFixture) -> None:
    wire = FakeTransport(lambda body: Step(503, error_body(503)) if body["model"] == "acme/good-1" else None)
    async with bench(redis_url, transport=wire) as made:
        await made.gateway.complete("draft", ASK, caller=Caller("acme"))
        told = [json.loads(record.getMessage()) for record in caplog.records]
        assert [(line["event"], line["model"], line["status"], line["follows"]) for line in told] == [
            ("model.try_failed", "acme/good-1", 503, "another try"),
            ("model.try_failed", "acme/good-1", 503, "the next model"),
        ]
        wire.answer = lambda body: None
        assert (await made.gateway.complete("draft", ASK, caller=Caller("acme"))).requested_model == "acme/good-1"
        wire.answer = lambda body: Step(503, error_body(503))
    served_other = FakeTransport(lambda body: Step(body=chat_reply(model="other/model")))
    async with bench(redis_url, transport=served_other) as made:
        ask = [{"role": "user", "content": "wrong model"}]
        answer = await made.gateway.complete("draft", ask, caller=Caller("acme"))
        assert (answer.requested_model, answer.served_model) == ("acme/good-1", "other/model")
        assert (await made.gateway.complete("draft", ask, caller=Caller("acme"))).cache_state == "miss"


async def test_a_hundred_identical_calls_in_flight_are_one(redis_url: str) -> None:
    wire = FakeTransport()
    wire.delay_s = 0.05
    async with bench(redis_url, transport=wire) as made:
        answers = await asyncio.gather(
            *(made.gateway.complete("planner", ASK, caller=Caller("acme")) for _ in range(100))
        )
        assert len(wire.bodies) == 1
        assert sum(answer.cost_usd_micros for answer in answers) == COST
        assert await made.books() == (0, COST)
        # No cache for this task: the next call is a new one.
        assert (await made.gateway.complete("planner", ASK, caller=Caller("acme"))).cache_state == "miss"


async def test_a_cancelled_leader_does_not_kill_its_followers(redis_url: str) -> None:
    wire = FakeTransport()
    wire.delay_s = 0.1
    async with bench(redis_url, transport=wire) as made:
        leader = asyncio.ensure_future(made.gateway.complete("planner", ASK, caller=Caller("acme")))
        await asyncio.sleep(0.03)
        follower = asyncio.ensure_future(made.gateway.complete("planner", ASK, caller=Caller("acme")))
        await asyncio.sleep(0.01)
        leader.cancel()
        assert (await follower).text == '{"ok":true}'
        assert len(wire.bodies) == 1


FLYER = """
import asyncio, sys
from sgd_resources.llm.caller import Caller
from tests.fakes.llm import bench
from tests.fakes.transport import FakeTransport

async def main(url):
    wire = FakeTransport()
    wire.delay_s = 0.4
    async with bench(url, transport=wire) as made:
        await made.state.command("INCR", "ready")
        while await made.state.command("GET", "ready") != b"4":
            await asyncio.sleep(0.005)
        ask = [{"role": "user", "content": "same for all"}]
        await asyncio.gather(*(made.gateway.complete("planner", ask, caller=Caller("acme")) for _ in range(25)))
    print(len(wire.bodies))

asyncio.run(main(*sys.argv[1:]))
"""


def test_a_hundred_identical_calls_of_four_processes_are_one(redis_url: str) -> None:
    command = [sys.executable, "-c", FLYER, redis_url]
    started = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    try:
        billed = [int(process.communicate(timeout=180)[0]) for process in started]
    finally:
        for process in started:
            process.kill()
            process.wait()
    assert sum(billed) == 1


async def test_an_answer_that_breaks_its_schema_is_asked_for_once_more_with_the_paths_only(redis_url: str) -> None:
    texts = iter(['{"ok": "SECRET-ANSWER"}', '{"ok": true}'])
    wire = FakeTransport(lambda body: Step(body=chat_reply(next(texts))))
    async with bench(redis_url, transport=wire) as made:
        answer = await made.gateway.complete("planner", ASK, schema=SCHEMA, caller=Caller("acme"))
        assert (answer.validation, answer.data, answer.cost_usd_micros) == ("passed", {"ok": True}, 2 * COST)
        assert "$.ok" in wire.bodies[1]["messages"][-1]["content"]
        assert "SECRET-ANSWER" not in json.dumps(wire.bodies[1])
        assert [row.attempt for row in made.ledger.rows] == [1, 2]


async def test_an_answer_that_stays_broken_says_where_and_is_not_kept(redis_url: str) -> None:
    wire = FakeTransport(lambda body: Step(body=chat_reply('{"mail": 1}')))
    async with bench(redis_url, transport=wire) as made:
        for _ in range(2):
            answer = await made.gateway.complete("draft", ASK, schema=SCHEMA, caller=Caller("acme"))
            assert answer.validation == "failed"
            assert {error["path"] for error in answer.errors} == {"$", "$.mail"}
        assert len(wire.bodies) == 4


async def test_personal_data_never_leaves_and_comes_back_in_the_answer(redis_url: str) -> None:
    def answer(body: Any) -> Step:
        text = body["messages"][0]["content"]
        return Step(body=chat_reply(json.dumps({"ok": True, "mail": text.split()[-1]})))

    wire = FakeTransport(answer)
    ask = [{"role": "user", "content": "write to jane@example.com"}]
    async with bench(redis_url, transport=wire) as made:
        found = await made.gateway.complete("planner", ask, schema=SCHEMA, caller=Caller("acme"))
    assert "jane@example.com" not in json.dumps(wire.bodies)
    assert found.data == {"ok": True, "mail": "jane@example.com"}
    assert found.guardrails == {"redacted": {"EMAIL": 1}}


async def test_a_placeholder_cut_in_two_by_a_stream_comes_back_whole(redis_url: str) -> None:
    events = (delta("to [EMA"), delta("IL_1] now", finish="stop", usage=usage()), DONE)
    wire = FakeTransport(lambda body: Step(events=events))
    async with bench(redis_url, transport=wire) as made:
        ask = [{"role": "user", "content": "jane@example.com"}]
        said = [event.text async for event in made.gateway.stream("planner", ask, caller=Caller("acme"))]
    assert "".join(said) == "to jane@example.com now"


async def test_variants_are_calls_of_their_own_on_the_surface_of_the_model(redis_url: str) -> None:
    wire = FakeTransport()
    async with bench(redis_url, transport=wire) as made:
        answers = await made.gateway.generate_image("image", "a fox", n=3, aspect_ratio="16:9", caller=Caller("acme"))
        assert [len(answer.pictures) for answer in answers] == [1, 1, 1]
        assert wire.paths == ["/chat/completions"] * 3
        assert wire.bodies[0]["modalities"] == ["image", "text"]
        assert wire.bodies[0]["image_config"] == {"aspect_ratio": "16:9"}
        assert "n" not in wire.bodies[0]
    rules = policy(models={"acme/painter": ModelFacts(surface="images", image_usd=0.04)})
    async with bench(redis_url, transport=wire, rules=rules) as made:
        (answer,) = await made.gateway.generate_image("image", "a fox", [png()], size="2K", caller=Caller("acme"))
        assert wire.paths[-1] == "/images"
        assert wire.bodies[-1]["resolution"] == "2K"
        assert len(wire.bodies[-1]["input_references"]) == 1
        assert answer.cost_usd_micros == 40_000
        assert answer.pictures[0].media_type == "image/png"


async def test_a_reply_without_a_picture_is_a_failure(redis_url: str) -> None:
    wire = FakeTransport(lambda body: Step(body=chat_reply("I cannot draw")))
    async with bench(redis_url, transport=wire) as made:
        with pytest.raises(ProviderFailed) as raised:
            await made.gateway.generate_image("image", "a fox", caller=Caller("acme"))
        assert raised.value.details["kind"] == "no_picture"
        assert await made.books() == (0, 2 * COST)


async def test_a_spent_budget_stops_the_call_before_it_is_sent(redis_url: str) -> None:
    wire = FakeTransport()
    rules = policy(budgets=BudgetLimits(org_day_usd_micros=CAP, global_day_usd_micros=10**9))
    async with bench(redis_url, transport=wire, rules=rules) as made:
        await made.gateway.complete("planner", ASK, caller=Caller("acme"))
        with pytest.raises(BudgetExceeded):
            await made.gateway.complete("planner", [{"role": "user", "content": "more"}], caller=Caller("acme"))
        assert len(wire.bodies) == 1
        assert made.ledger.rows[-1].outcome == "refused"


async def test_without_redis_cloud_calls_fail_closed(tmp_path: Path) -> None:
    wire = FakeTransport()
    async with bench(f"unix://{tmp_path}/none.sock", transport=wire) as made:
        with pytest.raises(Unavailable):
            await made.gateway.complete("planner", ASK, caller=Caller("acme"))
        assert wire.bodies == []


async def test_a_full_bucket_moves_to_the_next_model_and_then_says_when(redis_url: str) -> None:
    wire = FakeTransport()
    rules = policy(rate_limits=RateLimits(calls_per_min_per_model=1))
    async with bench(redis_url, transport=wire, rules=rules) as made:
        asks = [[{"role": "user", "content": str(number)}] for number in range(3)]
        assert (await made.gateway.complete("planner", asks[0], caller=Caller("acme"))).requested_model == "acme/good-1"
        assert (await made.gateway.complete("planner", asks[1], caller=Caller("acme"))).requested_model == "acme/good-2"
        with pytest.raises(RateLimited) as raised:
            await made.gateway.complete("planner", asks[2], caller=Caller("acme"))
        assert 50 < raised.value.retry_after_s <= 60
        assert await made.books() == (0, 2 * COST)


async def test_too_much_input_is_refused_before_anything(redis_url: str) -> None:
    async with bench(redis_url, transport=FakeTransport()) as made:
        with pytest.raises(PayloadTooLarge):
            await made.gateway.complete("planner", [{"role": "user", "content": "x" * 30_000}], caller=Caller("acme"))
        with pytest.raises(InvalidInput):
            await made.gateway.complete("planner", ASK, params={"model": "x/y"}, caller=Caller("acme"))
        with pytest.raises(InvalidInput):
            await made.gateway.complete("nonsense", ASK, caller=Caller("acme"))


async def test_a_reply_without_a_cost_is_free_only_where_the_policy_states_a_price_of_nothing(redis_url: str) -> None:
    reply = {key: value for key, value in chat_reply("hello").items() if key != "usage"}
    stated = ModelFacts(prompt_usd_per_million=0, completion_usd_per_million=0)
    for facts, cost in (({}, CAP), ({"acme/good-1": stated}, 0)):
        wire = FakeTransport(lambda _: Step(200, reply))
        async with bench(redis_url, transport=wire, rules=policy(models=facts)) as made:
            answer = await made.gateway.complete("planner", ASK, caller=Caller(f"free-{cost}"))
            assert answer.cost_usd_micros == cost
            assert await made.books(f"free-{cost}") == (0, cost)


async def test_the_listed_prices_bound_the_reservation_and_free_models_need_none(redis_url: str) -> None:
    wire = FakeTransport()
    async with bench(redis_url, transport=wire) as made:
        await made.gateway.refresh_catalog()
        wire.answer = lambda body: Step(body=chat_reply(cost=None))
        answer = await made.gateway.complete("planner", ASK, caller=Caller("acme"))
        assert 4_000 < answer.cost_usd_micros < 4_100  # 1,000 tokens out at 4 USD a million, and a little in
        wire.models = [{**entry, "pricing": {"prompt": "0", "completion": "0"}} for entry in wire.models]
        await made.gateway.refresh_catalog()
        answer = await made.gateway.complete("planner", [{"role": "user", "content": "free"}], caller=Caller("acme"))
        assert answer.cost_usd_micros == 0


async def test_unknown_ending_and_aliased_slugs_and_changed_prices_are_noticed(redis_url: str) -> None:
    wire = FakeTransport()
    async with bench(redis_url, transport=wire) as made:
        await made.gateway.refresh_catalog()
        wire.models[0] |= {"expiration_date": "2020-01-01", "pricing": {"prompt": "0.1", "completion": "-1"}}
        wire.models[1] |= {"alias_target": "acme/good-3"}
        found = {(concern.slug, concern.kind) for concern in await made.gateway.refresh_catalog()}
    assert found == {
        ("acme/painter", "unknown"),
        ("acme/painter", "unpriced"),
        ("acme/good-1", "expired"),
        ("acme/good-1", "price_changed"),
        ("acme/good-2", "alias"),
    }


async def test_without_a_key_local_routes_work_and_the_status_says_degraded(redis_url: str) -> None:
    async def route(messages: Any, schema: Any) -> Any:
        return {"ok": True}

    gateway = LlmGateway(GatewayParts(FixedPolicy(policy()), None, ResponseCache(), local_routes={"planner": route}))
    answer = await gateway.complete("planner", ASK, schema=SCHEMA, caller=Caller("acme"))
    assert (answer.route, answer.data, answer.cost_usd_micros) == ("local", {"ok": True}, 0)
    with pytest.raises(Unavailable) as raised:
        await gateway.complete("analyze", ASK, caller=Caller("acme"))
    assert raised.value.details["local_route"] is None
    assert (await describe(gateway, "acme", NOTHING))["state"] == "degraded"


async def test_the_status_shows_limits_breakers_and_models(redis_url: str) -> None:
    wire = FakeTransport()
    async with bench(redis_url, transport=wire) as made:
        await made.gateway.complete("planner", ASK, caller=Caller("acme"))
        found = await describe(made.gateway, "acme", NOTHING)
        assert found["state"] == "ok"
        assert found["connectivity"] == {"is_reachable": True, "kind": None}
        assert found["budgets"]["org_day"]["spent_usd_micros"] == COST
        assert found["breakers"] == dict.fromkeys(["*", *policy().slugs()], "closed")
        wire.is_down = True
        made.gateway.last_probe = None
        assert (await describe(made.gateway, "acme", NOTHING))["state"] == "degraded"


async def test_the_order_of_models_follows_the_strategy(redis_url: str) -> None:
    facts = {
        "acme/good-1": ModelFacts(quality=0.2, prompt_usd_per_million=9, completion_usd_per_million=9),
        "acme/good-2": ModelFacts(quality=0.9, prompt_usd_per_million=1, completion_usd_per_million=1),
    }
    for strategy, first in (("priority", 1), ("quality", 2), ("cost", 2), ("least_busy", 1), ("latency", 1)):
        rules = policy(models=facts)
        task = replace(rules.tasks["planner"], strategy=strategy)  # type: ignore[arg-type]  # one of the strategies
        async with bench(redis_url, transport=FakeTransport(), rules=replace(rules, tasks={"planner": task})) as made:
            answer = await made.gateway.complete("planner", ASK, caller=Caller("acme"))
            assert answer.requested_model == f"acme/good-{first}", strategy
