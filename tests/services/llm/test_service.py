"""The classic surface: sync and async, its errors, and the clients it takes."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from sgd_resources.errors import ProviderFailed, ProviderRefused
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
        assert service.health_check() is True


def test_sync_code_may_call_again_and_again_through_an_async_client_of_its_own(fake: FakeOpenRouter) -> None:
    client = httpx.AsyncClient()
    service = _service(fake, http_client=client)
    answers = [service.generate_completion("hello") for _ in range(3)]
    assert answers == ['{"ok":true}'] * 3
    assert service.health_check() is True
    service._run(client.aclose)
    service.close()


def test_a_server_that_is_down_is_not_healthy() -> None:
    service = OpenRouterService("sk-test", "acme/good-1", base_url="http://127.0.0.1:9/api/v1")
    assert service.health_check() is False
    service.close()


async def test_a_server_that_is_down_is_not_healthy_inside_a_running_loop_either() -> None:
    address = "http://127.0.0.1:9/api/v1"
    assert OpenRouterService("sk-test", "acme/good-1", base_url=address).health_check() is False
    async with httpx.AsyncClient() as client:
        assert OpenRouterService("sk-test", base_url=address, http_client=client).health_check() is False


def test_a_read_timeout_is_tried_again(fake: FakeOpenRouter) -> None:
    fake.script = [Step(delay_s=1.0), Step(delay_s=1.0)]
    assert _service(fake, timeout=0.15, max_retries=2).generate_completion("hello") == '{"ok":true}'
    assert len(fake.calls) == 3


def test_a_server_that_stays_silent_is_given_up_after_max_retries(fake: FakeOpenRouter) -> None:
    fake.always = Step(delay_s=1.0)
    with pytest.raises(ProviderFailed) as failed:
        _service(fake, timeout=0.1, max_retries=1).generate_completion("hello")
    assert (failed.value.details["kind"], failed.value.details["attempts"]) == ("timeout", 2)


def test_its_own_client_says_where_the_app_is_at_home(fake: FakeOpenRouter) -> None:
    _service(fake, app_referrer="https://brand.example", app_title="Brand").generate_completion("hello")
    sent = fake.calls[0].headers
    assert (sent["http-referer"], sent["x-title"]) == ("https://brand.example", "Brand")


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

    from sgd_resources.llm.doctor import credit_left, slug_concerns
    from sgd_resources.settings import Settings

    settings = Settings(_env_file=None, openrouter_api_key=SecretStr("sk-test"), openrouter_base_url=fake.url)
    assert {concern.kind for concern in slug_concerns(settings)} == {"unknown"}
    assert credit_left(settings) == {"openrouter": 74.5}
