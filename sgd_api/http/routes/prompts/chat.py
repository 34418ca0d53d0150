"""POST /api/chat: plain turns in, one turn out, by the policy's task `api_chat`, through budgets, cache and ledger.

What must not live here: OpenAI's own form of it (`routes/openai.py`), or asking.
"""

import time
from functools import partial
from typing import Any

import anyio.to_thread
from fastapi import Request, Response
from starlette.responses import JSONResponse

from sgd_api.http.bodies.json_body import read_body
from sgd_api.http.bodies.prompt_service import ChatMessage, ChatRequest, ChatResponse
from sgd_api.http.dependencies import ERRORS, WithServices, Worker, payer
from sgd_api.http.routes.prompts.documented import documented
from sgd_api.http.routing.router import Router
from sgd_api.http.stored.analysis import elapsed_ms
from sgd_api.http.stored.content_check import check_prompt_content
from sgd_resources.errors import NotFound, ProviderRefused
from sgd_resources.llm.answers.cache_control import CacheControl
from sgd_resources.llm.gateway import LlmGateway
from sgd_resources.llm.policy.narrowing import Narrowing
from sgd_resources.llm.policy.policy_file import MICROS_PER_USD
from sgd_resources.llm.wire.replies import Completion

router = Router(prefix="/api", tags=["prompts"])
TASK = "api_chat"
MAX_BODY_BYTES = 4_000_000
_SAID: dict[int | str, dict[str, Any]] = {502: {**ERRORS[503], "description": "no model answered"}, **ERRORS}


@router.post(
    "/chat",
    summary="Answer a chat",
    response_model=ChatResponse,
    responses=_SAID,
    openapi_extra=documented(ChatRequest),
)
async def chat(request: Request, caller: Worker, services: WithServices) -> Response:
    """The next turn; personal data reaches no model and comes back in the answer."""
    began = time.perf_counter()
    body = await read_body(request, "chat_request", ChatRequest, max_bytes=MAX_BODY_BYTES)
    who = payer(request, caller)
    said = [(f"$.messages[{index}].content", message.content) for index, message in enumerate(body.messages)]
    await anyio.to_thread.run_sync(partial(check_prompt_content, services, caller, said, subject="chat"))
    asked = body.params
    params = {} if asked.temperature is None else {"temperature": asked.temperature}

    async def ask(gateway: LlmGateway) -> Completion:
        if TASK not in gateway.parts.policies.current().tasks:
            raise NotFound(f"this address is off: the policy names no task `{TASK}`")
        return await gateway.complete(
            TASK,
            [message.wire() for message in body.messages],
            caller=who,
            params=params,
            model=asked.model,
            level=asked.level,
            cache=CacheControl(no_cache=asked.bypass_cache, single_flight=not asked.bypass_cache),
            narrowing=Narrowing(max_output_tokens=asked.max_tokens),
        )

    found = await services.llm.client().ask(ask)
    if found.refusal or not found.text.strip():
        details = {"kind": "refusal", "model": found.served_model}
        raise ProviderRefused("the model declines to answer this chat", details=details)
    answer = ChatResponse(
        request_id=str(who.request_id),
        message=ChatMessage(role="assistant", content=found.text),
        finish_reason=found.finish_reason,
        model_used=found.served_model,
        provider_used=found.provider or found.requested_model.partition("/")[0],
        cached=found.cache_state in {"memory", "redis", "disk", "shared"},
        cost_usd=found.cost_usd_micros / MICROS_PER_USD,
        processing_time_ms=elapsed_ms(began),
        warnings=tuple(f"{name} was left out: the model does not take it" for name in found.dropped_params),
    )
    return JSONResponse(answer.wire(), headers={"Cache-Control": "no-store"})
