"""`OpenRouterService`: one model behind the classic surface, for scripts and small tools.

It rides on the gateway's own parts (wire, retries, validation), without orgs, budgets or cache; stages use those.
Inside a running event loop its methods give awaitables; elsewhere they wait and give the result itself.
"""

import asyncio
import inspect
import logging
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import orjson

from sgd_resources.errors import BrokenContract, InvalidInput, ProviderFailed, ProviderRefused
from sgd_resources.llm.answers.structured import Verdict, judge, reask
from sgd_resources.llm.call.attempt import MAX_CHAT_BYTES
from sgd_resources.llm.policy.policy_file import RetryPolicy
from sgd_resources.llm.safety.redaction import masked
from sgd_resources.llm.wire import openrouter
from sgd_resources.llm.wire.aiohttp_transport import AiohttpTransport
from sgd_resources.llm.wire.replies import CallFailed, Reply
from sgd_resources.llm.wire.retry import Deadline, of_transport, pause_s
from sgd_resources.llm.wire.sse import read_whole
from sgd_resources.llm.wire.transport import HttpReply, HttpStream, Transport, TransportFailed

DEFAULT_BASE_URL = "https://openrouter.ai/api/v1"
DEFAULT_MODEL = "openai/gpt-5.6-luna"
_log = logging.getLogger(__name__)


class OpenRouterConfigError(InvalidInput):
    """The service cannot be made: no key, or a base URL that is none."""


class OpenRouterSchemaError(BrokenContract):
    """The reply breaks its schema, also after one more ask; `details["errors"]` names the paths."""


class OpenRouterService:
    """Chat completions with one model.

    Args:
        api_key: required.
        model_name: may be changed at any time: `service.model_name = "vendor/model"`.
        base_url: any OpenAI-compatible server's.
        timeout: seconds for one try.
        max_retries: further tries after the first.
        backoff_factor: seconds before the second try, doubled for each one after; jittered.
        default_system_prompt: put before messages that have no system message.
        default_response_format: used when a call names none.
        http_client: an httpx client, or anything with the surface of `transport.Transport`.

    Raises:
        OpenRouterConfigError: there is no key, or the URL is none.
    """

    def __init__(
        self,
        api_key: str | None = None,
        model_name: str = DEFAULT_MODEL,
        *,
        base_url: str = DEFAULT_BASE_URL,
        timeout: float = 20.0,
        max_retries: int = 2,
        backoff_factor: float = 0.4,
        default_system_prompt: str | None = None,
        default_response_format: Mapping[str, Any] | None = None,
        http_client: Any = None,
    ) -> None:
        if not api_key or not api_key.strip():
            raise OpenRouterConfigError("an OpenRouter API key is required")
        if not model_name:
            raise OpenRouterConfigError("a model name is required")
        self.model_name = model_name
        self._api_key = api_key.strip()
        self._base_url = base_url.rstrip("/")
        self._timeout_s = float(timeout)
        self._retry = RetryPolicy(
            max_attempts=max(1, max_retries + 1),
            backoff_ms=round(backoff_factor * 1000),
            cap_ms=10_000,
            total_deadline_s=self._timeout_s * (max_retries + 1) + 30,
        )
        self._system_prompt = default_system_prompt
        self._response_format = default_response_format
        self._client = http_client
        if http_client is None:
            try:
                AiohttpTransport(base_url, self._api_key)
            except InvalidInput as error:
                raise OpenRouterConfigError(error.message) from error

    def __repr__(self) -> str:
        return f"OpenRouterService(model_name={self.model_name!r})"

    def chat_completion(
        self,
        messages: Sequence[Mapping[str, Any]],
        *,
        model_params: Mapping[str, Any] | None = None,
        response_format: Mapping[str, Any] | None = None,
    ) -> Any:
        """The reply as a dict of the usual shape (`choices[0].message.content`, `usage`), with `parsed` beside it.

        Args:
            messages: chat messages.
            model_params: `temperature`, `max_tokens` ...
            response_format: `{"type": "json_schema", ...}`; the reply is then validated here and put in `parsed`.

        Raises:
            OpenRouterSchemaError: the reply breaks its schema.
            ProviderRefused: the request, the key or the credit was refused. A retry does not help.
            ProviderFailed: no answer after the retries. A later retry may help.
        """
        return self._run(lambda: self._complete(messages, model_params, response_format or self._response_format))

    def generate_completion(self, prompt: str, **kw: Any) -> Any:
        """The text answered to one prompt; `kw` are `system_prompt`, `response_format` and model parameters.

        Raises as `chat_completion`.
        """
        system = kw.pop("system_prompt", None)
        format_ = kw.pop("response_format", None) or self._response_format
        messages = [{"role": "system", "content": system}] if system else []
        messages.append({"role": "user", "content": prompt})

        async def text() -> str:
            return str((await self._complete(messages, kw, format_))["choices"][0]["message"]["content"])

        return self._run(text)

    def health_check(self) -> Any:
        """True when the server answers this key (GET /key, which is free); never raises for a server that is down."""
        return self._run(self._is_healthy)

    def _run(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return asyncio.run(work())
        return work()

    @asynccontextmanager
    async def _transport(self) -> AsyncIterator[Transport]:
        # One client per call: the service outlives event loops, a client does not.
        if self._client is not None:
            yield (
                _HttpxTransport(self._client, self._base_url, self._api_key)
                if hasattr(self._client, "build_request")
                else self._client
            )
            return
        transport = AiohttpTransport(self._base_url, self._api_key)
        try:
            yield transport
        finally:
            await transport.close()

    async def _is_healthy(self) -> bool:
        try:
            async with self._transport() as transport:
                for path in (openrouter.KEY_PATH, openrouter.MODELS_PATH):
                    answer = await transport.send("GET", path, timeout_s=self._timeout_s, max_bytes=MAX_CHAT_BYTES)
                    if answer.status != 404:
                        return answer.status == 200
        except TransportFailed as error:
            _log.info("the health check failed: %s", error.kind)
        return False

    async def _complete(
        self,
        messages: Sequence[Mapping[str, Any]],
        model_params: Mapping[str, Any] | None,
        format_: Mapping[str, Any] | None,
    ) -> dict[str, Any]:
        asked = list(messages)
        if self._system_prompt and not any(message.get("role") == "system" for message in asked):
            asked.insert(0, {"role": "system", "content": self._system_prompt})
        schema = _schema_of(format_)
        async with self._transport() as transport:
            reply = await self._ask(transport, asked, model_params, format_)
            verdict = judge(reply.text, schema) if schema is not None else None
            if verdict is not None and verdict.status == "failed":
                reply = await self._ask(transport, reask(asked, verdict.errors), model_params, format_)
                verdict = judge(reply.text, schema or {})
        if verdict is not None and verdict.status == "failed":
            raise OpenRouterSchemaError(
                "the model's reply breaks its schema", details={"errors": [dict(error) for error in verdict.errors]}
            )
        return _classic(reply, verdict, self.model_name)

    async def _ask(
        self,
        transport: Transport,
        messages: Sequence[Mapping[str, Any]],
        model_params: Mapping[str, Any] | None,
        format_: Mapping[str, Any] | None,
    ) -> Reply:
        body = openrouter.chat_body(self.model_name, messages, params=model_params, response_format=format_)
        raw, deadline, tries = orjson.dumps(body), Deadline(self._retry.total_deadline_s), 0
        while True:
            tries += 1
            started = time.perf_counter()
            try:
                answer = await transport.send(
                    "POST", openrouter.CHAT_PATH, body=raw, timeout_s=self._timeout_s, max_bytes=MAX_CHAT_BYTES
                )
                return read_whole(answer.status, answer.headers, answer.body)
            except TransportFailed as error:
                failed = of_transport(error)
            except CallFailed as error:
                failed = error
            _log.info("try %d failed after %.1f s: %s", tries, time.perf_counter() - started, masked(failed.message))
            wait = pause_s(self._retry, failed, tries, deadline.left_s())
            if wait is None:
                raise _given_up(failed, tries)
            await asyncio.sleep(wait)


class _HttpxTransport:
    """An httpx client, sync or async, as a transport: what a caller brings along keeps its own settings."""

    def __init__(self, client: Any, base_url: str, api_key: str) -> None:
        self._client = client
        self._base_url = base_url
        self._headers = {"Authorization": f"Bearer {api_key}", "Content-Type": "application/json"}

    async def send(
        self, method: str, path: str, *, body: bytes | None = None, timeout_s: float, max_bytes: int
    ) -> HttpReply:
        import httpx

        request: Callable[..., Any] = self._client.request
        arguments = {"content": body, "headers": self._headers, "timeout": timeout_s}
        url = self._base_url + path
        try:
            async with asyncio.timeout(timeout_s):
                if inspect.iscoroutinefunction(request):
                    answer = await request(method, url, **arguments)
                else:
                    answer = await asyncio.to_thread(request, method, url, **arguments)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise TransportFailed("connect", "no connection", was_sent=False) from error
        except (httpx.TimeoutException, TimeoutError) as error:
            raise TransportFailed("timeout", "no whole reply in time", was_sent=True) from error
        except httpx.HTTPError as error:
            raise TransportFailed("reset", f"the connection broke ({type(error).__name__})", was_sent=True) from error
        if len(answer.content) > max_bytes:
            raise TransportFailed("too_large", "the reply is too large", was_sent=True)
        headers = {str(name).lower(): str(value) for name, value in answer.headers.items()}
        return HttpReply(int(answer.status_code), headers, answer.content)

    def stream(
        self, method: str, path: str, *, body: bytes, timeout_s: float, max_bytes: int
    ) -> AbstractAsyncContextManager[HttpStream]:
        """The service does not stream."""
        raise InvalidInput("the service does not stream")

    async def close(self) -> None:
        """The client is its owner's to close."""


def _schema_of(format_: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    if format_ is None:
        return None
    if format_.get("type") == "json_schema":
        inner = format_.get("json_schema")
        schema = inner.get("schema") if isinstance(inner, Mapping) else None
        if not isinstance(schema, Mapping):
            raise InvalidInput("response_format of type json_schema needs json_schema.schema")
        return schema
    return {"type": "object"} if format_.get("type") == "json_object" else None


def _classic(reply: Reply, verdict: Verdict | None, model: str) -> dict[str, Any]:
    usage, cost = reply.usage, reply.usage.cost_usd_micros
    message = {"role": "assistant", "content": reply.text, "refusal": reply.refusal}
    if reply.tool_calls:
        message["tool_calls"] = [dict(call) for call in reply.tool_calls]  # type: ignore[assignment]  # JSON
    return {
        "id": reply.generation_id,
        "model": reply.served_model or model,
        "provider": reply.provider,
        "choices": [{"index": 0, "finish_reason": reply.finish_reason, "message": message}],
        "usage": {
            "prompt_tokens": usage.tokens_in,
            "completion_tokens": usage.tokens_out,
            "total_tokens": usage.tokens_in + usage.tokens_out,
            "cost": None if cost is None else cost / 1_000_000,
        },
        "parsed": verdict.data if verdict else None,
        "validation": verdict.status if verdict else "none",
    }


def _given_up(failed: CallFailed, tries: int) -> ProviderFailed | ProviderRefused:
    details = {"kind": failed.kind, "status": failed.status, "attempts": tries}
    if failed.is_retryable or failed.tries_next:
        wait = 5.0 if failed.retry_after_s is None else failed.retry_after_s
        return ProviderFailed(f"no answer: {failed.message}", retry_after_s=wait, details=details)
    return ProviderRefused(f"the provider refused: {failed.message}", details=details)
