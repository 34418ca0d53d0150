"""`OpenRouterService`: one model behind the classic surface, for scripts and small tools.

It rides on the gateway's own parts (wire, retries, validation), without orgs, budgets or cache; stages use those.
Inside a running event loop its completions give awaitables; elsewhere they wait and give the result itself.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import orjson

from sgd_resources.errors import (
    BrokenContract,
    InvalidInput,
    ProviderFailed,
    ProviderRefused,
    SgdError,
    Unavailable,
)
from sgd_resources.llm.answers.structured import Verdict, judge, reask, response_format
from sgd_resources.llm.answers.tool_calls import Tools, checked_tools, judge_calls, reask_calls
from sgd_resources.llm.call.attempts import MAX_CHAT_BYTES
from sgd_resources.llm.own_loop import OwnLoop
from sgd_resources.llm.policy.policy_file import RetryPolicy
from sgd_resources.llm.providers import APP_TITLE, APP_URL
from sgd_resources.llm.safety.redaction import masked
from sgd_resources.llm.wire import openrouter
from sgd_resources.llm.wire.aiohttp_transport import AiohttpTransport
from sgd_resources.llm.wire.httpx_transport import HttpxTransport, is_httpx, keeps_to_its_loop
from sgd_resources.llm.wire.replies import CallFailed, Reply
from sgd_resources.llm.wire.retry import Deadline, of_transport, pause_s
from sgd_resources.llm.wire.sse import read_whole
from sgd_resources.llm.wire.transport import Transport, TransportFailed

DEFAULT_BASE_URL = "https://openrouter.ai/api/v1"
DEFAULT_MODEL = "openai/gpt-5.6-luna"
MOST_429 = 3
MAX_LOGGED_CHARACTERS = 512
_FORMATS = ("text", "json_object", "json_schema")
_log = logging.getLogger(__name__)


class OpenRouterConfigError(InvalidInput):
    """The service cannot be made: no key, or a base URL that is none."""


class OpenRouterSchemaError(BrokenContract):
    """The reply breaks its schema, also after one more ask; `details["errors"]` names the paths."""


class OpenRouterBusy(Unavailable):
    """The provider answered 429 three times; the HTTP layer makes it 503 with `Retry-After`."""


class OpenRouterService:
    """Chat completions with one model.

    Args:
        api_key: required.
        model_name: may be changed at any time: `service.model_name = "vendor/model"`; a call may name another one.
        base_url: any OpenAI-compatible server's.
        timeout: seconds for one try.
        max_retries: further tries after the first, also after a read timeout.
        backoff_factor: seconds before the second try, doubled for each one after; jittered.
        default_system_prompt: put before messages that have no system message.
        default_response_format: used when a call names none.
        http_client: an httpx client, or anything with the surface of `transport.Transport`. It stays its owner's.
        app_referrer, app_title: sent as `HTTP-Referer` and `X-Title`.

    Attributes:
        model_name: the model that is asked.
        base_url: where it is asked, without a slash at the end.

    Raises:
        OpenRouterConfigError: there is no key, or the URL is none.
        InvalidInput: `default_response_format` is none.
    """

    def __init__(
        self,
        api_key: str | None = None,
        model_name: str = DEFAULT_MODEL,
        *,
        base_url: str = DEFAULT_BASE_URL,
        timeout: float = 30.0,
        max_retries: int = 3,
        backoff_factor: float = 2.0,
        default_system_prompt: str | None = None,
        default_response_format: Mapping[str, Any] | None = None,
        http_client: Any = None,
        app_referrer: str = APP_URL,
        app_title: str = APP_TITLE,
    ) -> None:
        if not api_key or not api_key.strip():
            raise OpenRouterConfigError("an OpenRouter API key is required")
        if not model_name:
            raise OpenRouterConfigError("a model name is required")
        self.model_name = model_name
        self._api_key = api_key.strip()
        self.base_url = base_url.rstrip("/")
        self._referrer = app_referrer
        self._title = app_title
        self._timeout_s = float(timeout)
        self._retry = RetryPolicy(
            max_attempts=max(1, max_retries + 1),
            backoff_ms=round(backoff_factor * 1000),
            cap_ms=10_000,
            total_deadline_s=self._timeout_s * (max_retries + 1) + 30,
        )
        self._system_prompt = default_system_prompt
        _schema_of(default_response_format)
        self._response_format = default_response_format
        self._client = http_client
        self._loop = OwnLoop()
        if http_client is None:
            try:
                self._own_transport()
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
            model_params: `temperature`, `max_tokens`, `tools` ... and `model`, to ask another model this once.
            response_format: `{"type": "json_schema", ...}`; the reply is then validated here and put in `parsed`.

        Raises:
            InvalidInput: the messages, the parameters or the format make no sense; nothing was sent.
            OpenRouterSchemaError: the reply breaks its schema, or its calls the schemas of their tools.
            OpenRouterBusy: three times 429. A later retry may help.
            ProviderRefused: the request, the key or the credit was refused. A retry does not help.
            ProviderFailed: no answer after the retries. A later retry may help.
        """
        format_ = response_format or self._response_format
        schema = _schema_of(format_)
        return self._run(lambda: self._complete(messages, model_params, format_, schema))

    def generate_completion(self, prompt: str, **kw: Any) -> Any:
        """The text answered to one prompt; `kw` are `system_prompt`, `response_format` and model parameters.

        Raises as `chat_completion`.
        """
        system = kw.pop("system_prompt", None)
        format_ = kw.pop("response_format", None) or self._response_format
        schema = _schema_of(format_)
        messages = [{"role": "system", "content": system}] if system else []
        messages.append({"role": "user", "content": prompt})

        async def text() -> str:
            return str((await self._complete(messages, kw, format_, schema))["choices"][0]["message"]["content"])

        return self._run(text)

    def health_check(self) -> bool:
        """True when the server answers this key (GET /key, which is free); False when it is down. Never an awaitable.

        Inside a running event loop it blocks that loop for the time of the answer.
        """
        return self._loop.run(self._is_healthy(_has_running_loop()))

    def close(self) -> None:
        """End the thread that calls from sync code used; a client that was brought along is left open."""
        self._loop.close()

    def _run(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
        # One loop for all calls of sync code: a client's open connections do not outlive theirs.
        return work() if _has_running_loop() else self._loop.run(work())

    @asynccontextmanager
    async def _transport(self, client: Any) -> AsyncIterator[Transport]:
        if client is not None:
            yield HttpxTransport(client, self.base_url, self._headers()) if is_httpx(client) else client
            return
        # One client per call: the service outlives event loops, a client does not.
        transport = self._own_transport()
        try:
            yield transport
        finally:
            await transport.close()

    def _own_transport(self) -> AiohttpTransport:
        return AiohttpTransport(self.base_url, self._api_key, referer=self._referrer, title=self._title)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._api_key}", "HTTP-Referer": self._referrer, "X-Title": self._title}

    async def _is_healthy(self, is_client_elsewhere: bool) -> bool:
        # The caller's loop waits for this answer, so that a client which belongs to it cannot be used now.
        client = None if is_client_elsewhere and keeps_to_its_loop(self._client) else self._client
        try:
            async with self._transport(client) as transport:
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
        schema: Mapping[str, Any] | None,
    ) -> dict[str, Any]:
        asked, params = list(messages), dict(model_params or {})
        tools = checked_tools(params.get("tools") or (), params.get("tool_choice"))
        model = params.pop("model", None) or self.model_name
        if self._system_prompt and not any(message.get("role") == "system" for message in asked):
            asked.insert(0, {"role": "system", "content": self._system_prompt})

        async def ask(transport: Transport, these: Sequence[Mapping[str, Any]]) -> Reply:
            body = openrouter.chat_body(model, these, params=params, response_format=format_)
            return await self._ask(transport, orjson.dumps(body))

        async with self._transport(self._client) as transport:
            reply = await ask(transport, asked)
            verdict = _judged(reply, schema, tools)
            if verdict is not None and verdict.status == "failed":
                ask_again = reask_calls if reply.tool_calls or tools.must_call else reask
                reply = await ask(transport, ask_again(asked, verdict.errors))
                verdict = _judged(reply, schema, tools)
        if verdict is not None and verdict.status == "failed":
            raise OpenRouterSchemaError(
                "the model's reply breaks its schema or its tools",
                details={"errors": [dict(error) for error in verdict.errors]},
            )
        return _classic(reply, verdict, model)

    async def _ask(self, transport: Transport, raw: bytes) -> Reply:
        deadline, tries, busy = Deadline(self._retry.total_deadline_s), 0, 0
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
                # There is no other model to ask here, so that a slow one is asked again.
                failed.is_retryable = failed.is_retryable or error.kind == "timeout"
            except CallFailed as error:
                failed = error
            took_s = time.perf_counter() - started
            _log.info("try %d failed after %.1f s: %s", tries, took_s, self._mask_secrets(failed.message))
            busy += failed.kind == "rate_limited"
            wait = pause_s(self._retry, failed, tries, deadline.left_s()) if busy < MOST_429 else None
            if wait is None:
                raise _given_up(failed, tries)
            await asyncio.sleep(wait)

    def _mask_secrets(self, text: str) -> str:
        """The text as a log may show it: this key, other secrets and personal data masked, cut short."""
        return masked(text.replace(self._api_key, "***"), MAX_LOGGED_CHARACTERS)


def _has_running_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _schema_of(format_: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """The schema a format asks for. Raises InvalidInput for a format that is none, before it costs anything."""
    if format_ is None:
        return None
    kind = format_.get("type") if isinstance(format_, Mapping) else None
    if kind not in _FORMATS:
        raise InvalidInput(f"response_format has a type of {', '.join(_FORMATS)}")
    if kind == "json_schema":
        inner = format_.get("json_schema")
        schema = inner.get("schema") if isinstance(inner, Mapping) else None
        if not isinstance(schema, Mapping):
            raise InvalidInput("response_format of type json_schema needs json_schema.schema")
        response_format(schema)
        return schema
    return {"type": "object"} if kind == "json_object" else None


def _judged(reply: Reply, schema: Mapping[str, Any] | None, tools: Tools) -> Verdict | None:
    if reply.tool_calls and not tools.offered and not reply.text.strip():
        return Verdict("failed", errors=({"path": "$.tool_calls", "message": "no tool was offered"},))
    if tools.offered and (reply.tool_calls or tools.must_call):
        return judge_calls(reply.tool_calls, tools)
    return judge(reply.text, schema) if schema is not None else None


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


def _given_up(failed: CallFailed, tries: int) -> SgdError:
    details = {"kind": failed.kind, "status": failed.status, "attempts": tries}
    wait = 5.0 if failed.retry_after_s is None else failed.retry_after_s
    if failed.kind == "rate_limited":
        return OpenRouterBusy(f"too busy: {failed.message}", retry_after_s=max(1.0, wait), details=details)
    if failed.is_retryable or failed.tries_next:
        return ProviderFailed(f"no answer: {failed.message}", retry_after_s=wait, details=details)
    return ProviderRefused(f"the provider refused: {failed.message}", details=details)
