"""The classic surface, clause by clause, over a mocked client: what is sent, tried again, refused, logged."""

import inspect
import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

import httpx
import pytest

from sgd_api.http.errors import http_error
from sgd_resources.errors import InvalidInput, ProviderFailed, ProviderRefused
from sgd_resources.llm.answers.structured import response_format
from sgd_resources.llm.service import OpenRouterBusy, OpenRouterSchemaError, OpenRouterService
from tests.fakes.openrouter import chat_reply, error_body

KEY = "sk-or-v1-0123456789abcdef"
ASK = [{"role": "user", "content": "hi"}]


class Server:
    """Answers by turns: a status, or a body; then well."""

    def __init__(self, *turns: int | Mapping[str, Any], headers: Mapping[str, str] | None = None) -> None:
        self.turns = list(turns)
        self.headers = dict(headers or {})
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        turn = self.turns.pop(0) if self.turns else 200
        if isinstance(turn, Mapping):
            return httpx.Response(200, json=turn)
        body = chat_reply("well") if turn == 200 else error_body(turn, f"no, {KEY}")
        return httpx.Response(turn, json=body, headers=self.headers)

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """What was asked."""
        return [json.loads(request.content) for request in self.requests]


def _service(server: Callable[[httpx.Request], httpx.Response], **options: Any) -> OpenRouterService:
    client = httpx.Client(transport=httpx.MockTransport(server))
    return OpenRouterService(KEY, "acme/good-1", **{"http_client": client, "backoff_factor": 0.001, **options})


def test_its_defaults_are_thirty_seconds_three_retries_and_a_back_off_of_two() -> None:
    known = inspect.signature(OpenRouterService).parameters
    assert [known[name].default for name in ("timeout", "max_retries", "backoff_factor")] == [30.0, 3, 2.0]


def test_each_wait_is_at_most_the_back_off_doubled_for_every_try(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr("sgd_resources.llm.service.asyncio.sleep", sleep)
    monkeypatch.setattr("sgd_resources.llm.wire.retry.pause_s.__kwdefaults__", {"draw": lambda: 1.0})
    with pytest.raises(ProviderFailed):
        _service(Server(*[500] * 9), backoff_factor=2.0).generate_completion("hello")
    assert waits == [2.0, 4.0, 8.0]


def test_it_shows_its_base_url_without_a_slash_at_the_end() -> None:
    assert _service(Server(), base_url="https://models.example/v1/").base_url == "https://models.example/v1"


def test_the_base_url_may_be_changed_and_is_asked_then() -> None:
    server = Server()
    service = _service(server)
    service.base_url = "https://models.example/v1"
    service.generate_completion("hello")
    assert str(server.requests[0].url) == "https://models.example/v1/chat/completions"


def test_the_model_may_be_changed_for_good_or_named_for_one_request() -> None:
    server = Server()
    service = _service(server)
    service.chat_completion(ASK, model_params={"model": "acme/once", "temperature": 0})
    service.generate_completion("hello", model="acme/again")
    service.chat_completion(ASK)
    service.model_name = "acme/other"
    service.chat_completion(ASK)
    assert [body["model"] for body in server.bodies] == ["acme/once", "acme/again", "acme/good-1", "acme/other"]
    assert server.bodies[0]["temperature"] == 0


def test_it_sends_the_key_the_referer_and_the_title_through_a_callers_client() -> None:
    server = Server()
    _service(server, app_referrer="https://brand.example").generate_completion("hello")
    sent = server.requests[0].headers
    assert sent["authorization"] == f"Bearer {KEY}"
    assert (sent["http-referer"], sent["x-title"]) == ("https://brand.example", "Smart Graphic Designer")


def test_the_third_429_is_told_over_http_as_503_with_the_time_to_wait() -> None:
    server = Server(*[429] * 9, headers={"retry-after": "0.002"})
    with pytest.raises(OpenRouterBusy) as raised:
        _service(server, max_retries=6).generate_completion("hello")
    assert len(server.requests) == 3
    told = http_error(raised.value)
    assert (told.status, told.headers["Retry-After"]) == (503, "1")


def test_a_429_that_asks_for_more_than_there_is_time_is_told_at_once() -> None:
    server = Server(429, headers={"retry-after": "3000"})
    with pytest.raises(OpenRouterBusy) as raised:
        _service(server).generate_completion("hello")
    assert (len(server.requests), raised.value.retry_after_s) == (1, 3000)


def test_a_quota_that_is_used_up_is_refused_at_the_first_try() -> None:
    used_up = {"error": {"message": "no", "type": "insufficient_quota", "code": "insufficient_quota"}}
    server = Server(used_up)
    with pytest.raises(ProviderRefused):
        _service(server).generate_completion("hello")
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "xml"},
        {},
        {"type": "json_schema"},
        {"type": "json_schema", "json_schema": {"name": "a"}},
        {"type": "json_schema", "json_schema": {"name": "a", "schema": {"type": "nothing"}}},
        {"type": "json_schema", "json_schema": {"name": "a", "schema": {"properties": {"x": {"$ref": "#/$defs/y"}}}}},
    ],
    ids=str,
)
def test_a_wrong_response_format_is_refused_before_it_costs(wrong: Mapping[str, Any]) -> None:
    server = Server()
    service = _service(server)
    if wrong:
        with pytest.raises(InvalidInput):
            service.chat_completion(ASK, response_format=wrong)
        with pytest.raises(InvalidInput):
            service.generate_completion("hello", response_format=wrong)
    with pytest.raises(InvalidInput):
        _service(server, default_response_format=wrong)
    assert server.requests == []


def test_a_reply_is_checked_against_the_default_format() -> None:
    format_ = response_format({"type": "object", "required": ["ok"], "properties": {"ok": {"type": "boolean"}}})
    server = Server(chat_reply('{"ok": true}'))
    answer = _service(server, default_response_format=format_).chat_completion(ASK)
    assert (answer["parsed"], answer["validation"]) == ({"ok": True}, "passed")


def test_no_log_line_shows_the_key_and_none_is_long(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "sgd_resources.llm")
    service = _service(Server(500, 500))
    service.generate_completion("hello")
    assert len(caplog.records) == 2
    assert not any(KEY in record.getMessage() for record in caplog.records)
    shown = service._mask_secrets(f"key {KEY} and sk-other-secret-0000 " + "x" * 5_000)
    assert (KEY in shown, "sk-other" in shown, len(shown)) == (False, False, 512)


def test_it_works_in_sync_code_with_an_async_client() -> None:
    client = httpx.AsyncClient(transport=httpx.MockTransport(Server(500)))
    service = _service(Server(), http_client=client)
    assert service.generate_completion("hello") == "well"
    assert service.health_check() is True
    service.close()


async def test_it_works_in_async_code_with_an_async_client_and_a_sync_one() -> None:
    async with httpx.AsyncClient(transport=httpx.MockTransport(Server())) as client:
        service = _service(Server(), http_client=client)
        assert await service.generate_completion("hello") == "well"
        assert service.health_check() is True
    assert await _service(Server()).generate_completion("hello") == "well"


def test_a_key_that_is_refused_is_not_healthy() -> None:
    assert _service(Server(401)).health_check() is False


DRAW = {"type": "function", "function": {"name": "draw", "parameters": {"type": "object", "required": ["a"]}}}


def _calling(arguments: str) -> Mapping[str, Any]:
    call = {"id": "c1", "type": "function", "function": {"name": "draw", "arguments": arguments}}
    return chat_reply(None, finish="tool_calls", tool_calls=[call])


def test_calls_of_tools_are_checked_and_asked_for_once_more() -> None:
    server = Server(_calling('{"a": '), _calling('{"a": 1}'))
    answer = _service(server).chat_completion(ASK, model_params={"tools": [DRAW]})
    assert answer["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"] == '{"a": 1}'
    assert len(server.requests) == 2


def test_calls_that_stay_wrong_or_that_nobody_asked_for_are_no_answer() -> None:
    with pytest.raises(OpenRouterSchemaError):
        _service(Server(*[_calling("{nope")] * 2)).chat_completion(ASK, model_params={"tools": [DRAW]})
    with pytest.raises(OpenRouterSchemaError):
        _service(Server(*[_calling('{"a": 1}')] * 2)).chat_completion(ASK)
