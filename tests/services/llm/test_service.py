"""The classic surface: sync and async, its errors, and the clients it takes."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from sgd_resources.errors import ProviderRefused
from sgd_resources.llm.answers.structured import response_format
from sgd_resources.llm.service import OpenRouterConfigError, OpenRouterSchemaError, OpenRouterService
from tests.fakes.openrouter import FakeOpenRouter, Step, chat_reply, error_body, running

ASK = [{"role": "user", "content": "hi"}]
FORMAT = response_format({"type": "object", "properties": {"ok": {"type": "boolean"}}, "required": ["ok"]})


@pytest.fixture
def fake() -> Iterator[FakeOpenRouter]:
    with running() as server:
        yield server


def _service(fake: FakeOpenRouter, **options: Any) -> OpenRouterService:
    arguments = {"base_url": fake.url, "backoff_factor": 0.001, "default_system_prompt": "Be kind.", **options}
    return OpenRouterService("sk-test", "acme/good-1", **arguments)


def test_outside_a_loop_it_gives_results(fake: FakeOpenRouter) -> None:
    service = _service(fake)
    fake.script = [Step(503, error_body(503))]
    answer = service.chat_completion(ASK, model_params={"temperature": 0.3}, response_format=FORMAT)
    assert answer["parsed"] == {"ok": True}
    assert fake.calls[-1].body["temperature"] == 0.3
    assert fake.calls[-1].body["messages"][0] == {"role": "system", "content": "Be kind."}
    service.model_name = "acme/good-2"
    assert service.generate_completion("hello") == '{"ok":true}'
    assert fake.calls[-1].body["model"] == "acme/good-2"
    assert service.health_check() is True


async def test_inside_a_loop_it_gives_awaitables(fake: FakeOpenRouter) -> None:
    async with httpx.AsyncClient() as client:
        service = _service(fake, http_client=client)
        assert (await service.chat_completion(ASK))["choices"][0]["message"]["content"] == '{"ok":true}'
        assert await service.health_check() is True


def test_a_mocked_client_will_do() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"] == "Bearer sk-test"
        return httpx.Response(200, json=chat_reply("mocked"))

    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        service = OpenRouterService("sk-test", "acme/good-1", http_client=client)
        assert service.generate_completion("hello") == "mocked"


def test_its_errors_say_what_is_wrong(fake: FakeOpenRouter) -> None:
    for key in (None, "", "  "):
        with pytest.raises(OpenRouterConfigError):
            OpenRouterService(key, "acme/good-1")
    with pytest.raises(OpenRouterConfigError):
        OpenRouterService("k", "acme/good-1", base_url="http://example.com/api")
    fake.always = Step(body=chat_reply('{"ok": 1}'))
    with pytest.raises(OpenRouterSchemaError) as broken:
        _service(fake).chat_completion(ASK, response_format=FORMAT)
    assert broken.value.details["errors"][0]["path"] == "$.ok"
    assert len(fake.calls) == 2
    fake.always = Step(401, error_body(401, "key sk-test is wrong"))
    with pytest.raises(ProviderRefused) as refused:
        _service(fake).chat_completion(ASK)
    assert "sk-test" not in json.dumps([str(refused.value), refused.value.details])
    assert "sk-test" not in repr(_service(fake))


def test_the_doctor_names_the_slugs_that_are_not_listed(fake: FakeOpenRouter) -> None:
    from pydantic import SecretStr

    from sgd_resources.llm.doctor import slug_concerns
    from sgd_resources.settings import Settings

    settings = Settings(_env_file=None, openrouter_api_key=SecretStr("sk-test"), openrouter_base_url=fake.url)
    assert {concern.kind for concern in slug_concerns(settings)} == {"unknown"}
