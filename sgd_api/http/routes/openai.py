"""POST /v1/chat/completions and GET /v1/models: OpenAI's clients of an org, through policy, budgets, cache and ledger.

Off unless the policy names a task `chat`; the description of these addresses is OpenAI's, so that ours leaves them out.
Errors come in OpenAI's shape (`openai_errors.py`). What must not live here: bodies, or asking.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import orjson
from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, StreamingResponse

from sgd_api.http.bodies.given.openai_chat import ChatAsk, completion_body, last_chunks, read_ask, text_chunk, texts_of
from sgd_api.http.bodies.json_body import parse_json, read_bytes
from sgd_api.http.dependencies import Reader, WithServices, Worker, payer
from sgd_api.http.errors import HttpError, http_error
from sgd_api.http.openai_errors import openai_body, shaped
from sgd_api.http.routing.router import Router
from sgd_api.http.services import Services
from sgd_api.http.stored.content_check import check_prompt_content
from sgd_resources.errors import NotFound, SgdError
from sgd_resources.identity.principal import Principal
from sgd_resources.ports import Caller

if TYPE_CHECKING:
    from sgd_resources.llm.policy.policy_file import Policy
    from sgd_resources.llm.sync_gateway import SyncLlmGateway
    from sgd_resources.llm.wire.replies import Completion

router = Router(include_in_schema=False)
TASK = "chat"
MAX_BODY_BYTES = 4_000_000
_DONE = b"data: [DONE]\n\n"


@router.get("/v1/models")
def models(caller: Reader, services: WithServices) -> Response:
    """What `model` may be: the task, its levels, and its models."""
    policy = _policy(services.llm.client())
    names = [TASK, *policy.levels, *dict.fromkeys([*policy.task(TASK).models, *policy.levels.values()])]
    data = [{"id": name, "object": "model", "created": 0, "owned_by": "sgd"} for name in names]
    return JSONResponse({"object": "list", "data": data})


@router.post("/v1/chat/completions")
async def chat_completions(request: Request, caller: Worker, services: WithServices) -> Response:
    """An answer, in one piece or as a stream; `Cache-Control` (no-store, no-cache, max-age) is obeyed."""
    ask = read_ask(parse_json(await read_bytes(request, max_bytes=MAX_BODY_BYTES)))
    who = payer(request, caller)
    cache_header = request.headers.get("cache-control")
    return await run_in_threadpool(_answer, services, caller, ask, who, cache_header)


def _answer(services: Services, caller: Principal, ask: ChatAsk, who: Caller, cache_header: str | None) -> Response:
    from sgd_resources.llm.answers.cache_control import parse_cache_control

    gateway = services.llm.client()
    chosen = _chosen(_policy(gateway), ask.model)
    check_prompt_content(services, caller, texts_of(ask), subject="chat")
    told: dict[str, Any] = {"tools": ask.tools, "tool_choice": ask.tool_choice, "params": ask.params, **chosen}
    completion_id = f"chatcmpl-{who.request_id}"
    # An answer with a schema is checked whole before any of it is given out.
    if ask.is_stream and ask.schema is None:
        events = gateway.stream(TASK, ask.messages, caller=who, **told)
        # The first event is waited for here: what goes wrong before it is still an answer with a status.
        first = next(events)
        return StreamingResponse(
            _streamed(first, events, ask, completion_id),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store"},
        )
    cache = parse_cache_control(cache_header)
    answer = gateway.complete(TASK, ask.messages, schema=ask.schema, cache=cache, caller=who, **told)
    if answer.validation == "failed":
        return shaped("/v1/chat/completions", _not_valid(answer), str(who.request_id))
    if not ask.is_stream:
        return JSONResponse(completion_body(answer, completion_id), headers={"Cache-Control": "no-store"})
    chunks = [text_chunk(answer.text, answer.served_model, completion_id, is_first=True)]
    chunks += last_chunks(answer, completion_id, has_usage=ask.has_usage)
    return Response(b"".join([*map(_event, chunks), _DONE]), media_type="text/event-stream")


def _streamed(first: Any, events: Iterator[Any], ask: ChatAsk, completion_id: str) -> Iterator[bytes]:
    event, is_first = first, True
    try:
        while event is not None:
            if event.text:
                yield _event(text_chunk(event.text, ask.model, completion_id, is_first=is_first))
                is_first = False
            if event.completion is not None:
                if event.completion.validation == "failed":
                    yield _event(openai_body(_not_valid(event.completion)))
                    return
                yield from map(_event, last_chunks(event.completion, completion_id, has_usage=ask.has_usage))
                yield _DONE
            event = next(events, None)
    except SgdError as error:
        # The status is out already: the stream says what happened and ends without its mark.
        yield _event(openai_body(http_error(error)))


def _event(body: Any) -> bytes:
    return b"data: " + orjson.dumps(body) + b"\n\n"


def _not_valid(answer: "Completion") -> HttpError:
    faults = {"errors": [dict(error) for error in answer.errors]}
    return HttpError(502, "LLM_PROVIDER_ERROR", "the model's answer breaks its schema, also when asked again", faults)


def _policy(gateway: "SyncLlmGateway") -> "Policy":
    """The policy in force. Raises NotFound while it has no task for this endpoint."""

    async def current(inner: Any) -> Any:
        return inner.parts.policies.current()

    policy: Policy = gateway.run(current)
    if TASK not in policy.tasks:
        raise NotFound("this address is off: the policy names no task `chat`")
    return policy


def _chosen(policy: "Policy", model: str) -> dict[str, str]:
    """What the gateway is told of the request's `model`. Raises NotFound for one that is none of ours."""
    name = model.removeprefix("sgd/")
    if name == TASK:
        return {}
    if name in policy.levels:
        return {"level": name}
    if model in {*policy.task(TASK).models, *policy.levels.values()}:
        return {"model": model}
    raise NotFound(
        f"no model {model[:100]!r}: ask for `chat`, a level, or a model of the task", details={"model": model}
    )
