"""Chains over several providers: who is asked with what, who comes next after which error, and what it cost."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from sgd_resources.errors import PayloadTooLarge, ProviderRefused, Unavailable
from sgd_resources.llm.answers.cache_control import CacheControl
from sgd_resources.llm.build import served_by
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.money.ledger import CallRow
from sgd_resources.llm.policy.policy_file import ModelFacts, Policy, ProviderPolicy
from sgd_resources.llm.providers import Providers, has_models
from sgd_resources.llm.tracing import Generation
from sgd_resources.llm.wire.transport import TransportFailed
from tests.fakes.llm import bench, policy
from tests.fakes.openrouter import Step, chat_reply, error_body
from tests.fakes.transport import FakeTransport

pytestmark = pytest.mark.embedded
ASK = [{"role": "user", "content": "Plan a poster"}]
ACME = Caller("acme")
LOCAL = ProviderPolicy("laptop", "http://127.0.0.1:1/v1", None, "llamacpp", "free")
PAID = ProviderPolicy("paid", "https://paid.example/v1", "PAID_API_KEY", "openai", "policy")
CHAIN = ("acme/good-1", "paid/good", "local/small")
KEYS = {"OPENROUTER_API_KEY": "sk-one", "PAID_API_KEY": "sk-two"}
FACTS = {
    "paid/good": ModelFacts(provider="paid", name="good", prompt_usd_per_million=1, completion_usd_per_million=10),
    "local/small": ModelFacts(provider="laptop", name="small.gguf"),
}


def _rules(**changes: Any) -> Policy:
    found = policy(providers={"laptop": LOCAL, "paid": PAID}, models=FACTS, levels={"light": "local/small"})
    tasks = {name: replace(task, models=CHAIN, **changes) for name, task in found.tasks.items()}
    return replace(found, tasks=tasks)


class Servers:
    """A transport in memory for each provider, made when it is first asked."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.made: dict[str, FakeTransport] = {}
        self.keys: dict[str, str | None] = {}

    def __call__(self, provider: ProviderPolicy, key: str | None) -> FakeTransport:
        answer = self.answers.get(provider.name)
        steps = list(answer) if isinstance(answer, list) else None

        def turn(_: Mapping[str, Any]) -> Any:
            return (steps.pop(0) if steps else None) if isinstance(answer, list) else answer

        self.keys[provider.name] = key
        return self.made.setdefault(provider.name, FakeTransport(turn))

    def asked(self, name: str) -> list[dict[str, Any]]:
        """What a provider was asked."""
        return self.made[name].bodies if name in self.made else []


def _providers(servers: Servers, keys: Mapping[str, str] = KEYS) -> Providers:
    return Providers(keys.get, default_base_url="https://one.example/v1", connect=servers)


DOWN = TransportFailed("connect", "no connection", was_sent=False)


async def test_the_next_provider_answers_when_the_first_is_down_with_its_own_key_and_words(redis_url: str) -> None:
    reply = chat_reply("from there", model="good", cost=None)
    servers = Servers(openrouter=DOWN, paid=Step(body=reply))
    async with bench(redis_url, rules=_rules(), providers=_providers(servers)) as made:
        answer = await made.gateway.complete("planner", ASK, params={"seed": 1}, caller=ACME)
        # 42 tokens at $1 and 12 at $10 a million: the server names no cost, the policy names its prices
        assert (answer.text, answer.cost_usd_micros) == ("from there", 42 + 120)
        assert await made.books() == (0, 162)
    assert servers.keys == {"openrouter": "sk-one", "paid": "sk-two", "laptop": None}
    (asked,) = servers.asked("paid")
    assert (asked["model"], asked["max_completion_tokens"], "max_tokens" in asked) == ("good", 1_000, False)


async def test_a_local_model_is_the_last_resort_and_costs_nothing(redis_url: str) -> None:
    servers = Servers(openrouter=Step(503, error_body(503)), paid=DOWN, laptop=Step(body=chat_reply("here", cost=None)))
    async with bench(redis_url, rules=_rules(), providers=_providers(servers)) as made:
        answer = await made.gateway.complete("planner", ASK, caller=ACME)
        assert (answer.text, answer.requested_model, answer.cost_usd_micros) == ("here", "local/small", 0)
        assert await made.books() == (0, 0)
    assert servers.asked("laptop")[0]["model"] == "small.gguf"


@pytest.mark.parametrize(
    "refused",
    [
        Step(401, error_body(401)),
        Step(402, error_body(402)),
        Step(429, {"error": {"message": "no", "type": "insufficient_quota", "code": "insufficient_quota"}}),
    ],
)
async def test_a_key_or_a_quota_that_is_refused_is_not_tried_again_but_another_provider_is(
    redis_url: str, refused: Step
) -> None:
    servers = Servers(openrouter=refused)
    rules = _rules()
    tasks = {"planner": replace(rules.tasks["planner"], models=("acme/good-1", "acme/good-2", "local/small"))}
    async with bench(redis_url, rules=replace(rules, tasks=tasks), providers=_providers(servers)) as made:
        answer = await made.gateway.complete("planner", ASK, caller=ACME)
    assert answer.requested_model == "local/small"
    assert [body["model"] for body in servers.asked("openrouter")] == ["acme/good-1"]


async def test_a_provider_without_its_key_is_left_out_and_without_any_the_task_says_so(redis_url: str) -> None:
    servers = Servers()
    rules = _rules()
    async with bench(redis_url, rules=rules, providers=_providers(servers, {})) as made:
        assert (await made.gateway.complete("planner", ASK, caller=ACME)).requested_model == "local/small"
    bare = replace(rules, tasks={"planner": replace(rules.tasks["planner"], models=("acme/good-1", "paid/good"))})
    async with bench(redis_url, rules=bare, providers=_providers(servers, {})) as made:
        with pytest.raises(Unavailable, match="no key is set for openrouter, paid"):
            await made.gateway.complete("planner", ASK, caller=ACME)
    assert not has_models(lambda _: None, bare)
    assert has_models(lambda _: None, rules)


CONTEXT = Step(400, error_body(400, error_type="context_length_exceeded"))


async def test_too_long_for_one_model_goes_to_the_next_with_room(redis_url: str) -> None:
    rules = _rules()
    sizes = {"acme/good-1": 8_000, "paid/good": 4_000, "local/small": 32_000}
    models = {slug: replace(FACTS.get(slug, ModelFacts()), context_tokens=size) for slug, size in sizes.items()}
    servers = Servers(openrouter=CONTEXT)
    async with bench(redis_url, rules=replace(rules, models=models), providers=_providers(servers)) as made:
        assert (await made.gateway.complete("planner", ASK, caller=ACME)).requested_model == "local/small"
    assert servers.asked("paid") == []


async def test_a_call_no_model_has_room_for_is_too_large_and_not_a_failure_to_wait_for(redis_url: str) -> None:
    servers = Servers(openrouter=CONTEXT, paid=CONTEXT, laptop=CONTEXT)
    async with bench(redis_url, rules=_rules(), providers=_providers(servers)) as made:
        with pytest.raises(PayloadTooLarge):
            await made.gateway.complete("planner", ASK, caller=ACME)


FILTERED = Step(403, error_body(403, reasons=["violence"]))


async def test_moderation_follows_the_policy_of_the_task(redis_url: str) -> None:
    servers = Servers(openrouter=FILTERED)
    async with bench(redis_url, rules=_rules(), providers=_providers(servers)) as made:
        with pytest.raises(ProviderRefused) as refused:
            await made.gateway.complete("planner", ASK, caller=ACME)
    assert refused.value.details["kind"] == "content_filtered"
    async with bench(redis_url, rules=_rules(on_moderation="fallback"), providers=_providers(servers)) as made:
        assert (await made.gateway.complete("planner", ASK, caller=ACME)).requested_model == "paid/good"


def _no(parameter: str) -> Step:
    error = {"message": "no", "type": "invalid_request_error", "param": parameter, "code": "unsupported_parameter"}
    return Step(400, {"error": error})


async def test_a_parameter_the_model_does_not_take_is_left_out_and_said(redis_url: str) -> None:
    servers = Servers(openrouter=[_no("temperature")])
    async with bench(redis_url, rules=_rules(), providers=_providers(servers)) as made:
        answer = await made.gateway.complete("planner", ASK, params={"temperature": 0.2}, caller=ACME)
        assert (answer.requested_model, answer.dropped_params) == ("acme/good-1", ("temperature",))
        await made.gateway.complete("planner", ASK, params={"temperature": 0.3}, caller=ACME)
    assert ["temperature" in body for body in servers.asked("openrouter")] == [True, False, False]


async def test_what_the_model_cannot_do_at_all_is_for_the_next_one(redis_url: str) -> None:
    servers = Servers(openrouter=_no("tools"))
    tool = {"type": "function", "function": {"name": "draw"}}
    async with bench(redis_url, rules=_rules(), providers=_providers(servers)) as made:
        answer = await made.gateway.complete("planner", ASK, tools=[tool], caller=ACME)
    assert answer.requested_model == "paid/good"
    assert len(servers.asked("openrouter")) == 1


async def test_a_call_that_names_a_level_is_answered_by_its_model(redis_url: str) -> None:
    servers = Servers()
    async with bench(redis_url, rules=_rules(), providers=_providers(servers)) as made:
        answer = await made.gateway.complete("planner", ASK, level="turn", caller=ACME)
    assert answer.requested_model == "local/small"


async def test_each_providers_list_is_read_under_the_slugs_of_the_policy(redis_url: str) -> None:
    servers = Servers()
    providers = _providers(servers)
    async with bench(redis_url, rules=_rules(), providers=providers) as made:
        for provider, names in (("laptop", ["small.gguf"]), ("paid", [])):
            transport = servers(next(p for p in (LOCAL, PAID) if p.name == provider), None)
            transport.models = [{"id": name, "max_model_len": 2_048} for name in names]
        found = await made.gateway.refresh_catalog()
        # the made policy has its painter ask the same models, which state no price of a picture
        assert [(one.slug, one.kind) for one in found if one.kind != "unpriced"] == [("paid/good", "unknown")]
        assert made.gateway.models["local/small"].context_tokens == 2_048


async def test_two_servers_never_share_an_answer(redis_url: str) -> None:
    keys = dict(KEYS)
    servers = Servers()
    async with bench(redis_url, rules=_rules(), providers=_providers(servers, keys)) as made:
        await made.gateway.complete("draft", ASK, cache=CacheControl(ttl_s=60), caller=ACME)
        kept = await made.gateway.complete("draft", ASK, cache=CacheControl(ttl_s=60), caller=ACME)
        assert kept.cache_state == "memory"
        before = len(servers.asked("openrouter"))
        keys["OPENROUTER_API_KEY"] = "sk-another"
        anew = await made.gateway.complete("draft", ASK, cache=CacheControl(ttl_s=60), caller=ACME)
        assert (anew.cache_state, len(servers.asked("openrouter"))) == ("miss", before + 1)
    assert json.dumps(servers.asked("openrouter")).count("sk-") == 0


async def test_a_cost_by_the_prices_of_the_policy_says_so(redis_url: str) -> None:
    servers = Servers(paid=Step(body={**chat_reply(), "usage": {"prompt_tokens": 100, "completion_tokens": 10}}))
    providers = Providers(KEYS.get, default_base_url="https://one.example", connect=servers)
    rules = _rules()
    tasks = {name: replace(task, models=("paid/good",)) for name, task in rules.tasks.items()}
    async with bench(redis_url, rules=replace(rules, tasks=tasks), providers=providers) as made:
        await made.gateway.complete("planner", ASK, caller=ACME)
    assert [(row.cost_usd_micros, row.cost_source) for row in made.ledger.rows] == [(200, "policy")]


def test_a_cost_is_looked_up_at_the_provider_that_served() -> None:
    second = ProviderPolicy("second", "https://two.example", "PAID_API_KEY", "openrouter", "catalog")
    facts = {"two/good": ModelFacts(provider="second")}
    rules = replace(_rules(), providers={"second": second}, models=facts)
    servers = Servers()
    providers = Providers(KEYS.get, default_base_url="https://one.example", connect=servers)
    row = CallRow("acme", "c", "image", "unknown", requested_model="two/good")
    assert served_by(row, providers, rules) is servers.made["second"]
    assert served_by(replace(row, requested_model="acme/good-1"), providers, rules) is servers.made["openrouter"]
    without = Providers({"OPENROUTER_API_KEY": "sk-one"}.get, default_base_url="https://one.example", connect=servers)
    assert served_by(row, without, rules) is servers.made["openrouter"]


async def test_only_the_asked_share_of_traces_is_sent_and_a_trace_is_whole(redis_url: str) -> None:
    class Traces:
        def __init__(self) -> None:
            self.sent: list[str] = []

        def record(self, generation: Generation) -> None:
            self.sent.append(generation.trace_id)

        def close(self) -> None:
            """Nothing is open."""

    traces = Traces()
    async with bench(redis_url, transport=FakeTransport(), rules=policy(trace_sample_ratio=0.5)) as made:
        made.gateway.parts.tracer = traces
        for number in range(40):
            for _ in range(2):
                await made.gateway.complete("planner", ASK, caller=Caller("acme", trace_id=f"trace-{number}"))
    assert 10 < len(set(traces.sent)) < 30
    assert len(traces.sent) == 2 * len(set(traces.sent))
