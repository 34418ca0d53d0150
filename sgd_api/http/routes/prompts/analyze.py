"""POST /v1/analyze and /v1/analyze/batch: words in, validated structured data out.

What must not live here: any step of an analysis (`sgd_assets/prompts`), or how bodies are put together
(`stored/analysis.py`).
"""

import time
from collections.abc import Iterator
from typing import Any

import anyio.to_thread
import orjson
from fastapi import Request, Response
from starlette.responses import JSONResponse, StreamingResponse

from sgd_api.http.bodies.json_body import read_body
from sgd_api.http.bodies.prompts import (
    AnalyzeBatchRequest,
    AnalyzeBatchResponse,
    AnalyzeRequest,
    AnalyzeResponse,
)
from sgd_api.http.dependencies import ERRORS, WithServices, Worker, payer
from sgd_api.http.errors import http_error
from sgd_api.http.metrics import Metrics
from sgd_api.http.routes.prompts.documented import documented
from sgd_api.http.routing.router import Router
from sgd_api.http.services import Services
from sgd_api.http.stored.analysis import (
    Prompted,
    answer_body,
    batch_body,
    elapsed_ms,
    read_prompt,
    read_prompts,
)
from sgd_assets.on_demand.plain.failed_answer import keep_for_review
from sgd_assets.prompts.analyze import analyze, watch
from sgd_assets.prompts.answer import failed_error
from sgd_assets.prompts.batch import Outcome, analyze_all
from sgd_assets.prompts.model import Analysis, Failed
from sgd_assets.prompts.xml import to_xml
from sgd_resources.errors import SgdError, ValidationFailed
from sgd_resources.ports import Caller

router = Router(prefix="/v1/analyze", tags=["prompts"])
MAX_BODY_BYTES = 200_000
"""A prompt of 10,000 characters, a schema of 50 KB, and parameters."""
MAX_BATCH_BYTES = 4_500_000
"""A hundred prompts of 10,000 characters, the longest of four bytes each, beside a schema."""
_NO_STORE = {"Cache-Control": "no-store"}
_AS_XML: dict[str, Any] = {"application/xml": {"schema": {"type": "string", "description": "with `format: xml`"}}}
_KINDS: dict[str, Any] = {
    "application/json": {"schema": {"$ref": "#/components/schemas/AnalyzeResponse"}},
    **_AS_XML,
    "text/event-stream": {"schema": {"type": "string", "description": "with `Accept: text/event-stream`"}},
}
_SAID: dict[int | str, dict[str, Any]] = {
    200: {"description": "validated", "content": _KINDS},
    502: {**ERRORS[503], "description": "no model answered"},
    **ERRORS,
}
_SAID_OF_BATCH: dict[int | str, dict[str, Any]] = {
    **_SAID,
    200: {"description": "each prompt with its end", "content": _AS_XML},
}


@router.post(
    "",
    summary="Analyse one prompt",
    response_model=AnalyzeResponse,
    responses=_SAID,
    openapi_extra=documented(AnalyzeRequest),
)
async def analyze_prompt(request: Request, caller: Worker, services: WithServices) -> Response:
    """Intent, subject and entities of a prompt, and `data` that keeps the caller's schema.

    An answer that breaks the schema is asked for once more; then it is a 422 with the errors, and the raw answer waits
    at `GET /v1/reviews`. `Accept: text/event-stream` gives the answer as it comes, and validated at its end.
    """
    began = time.perf_counter()
    body = await read_body(
        request, "analyze_request", AnalyzeRequest, max_bytes=MAX_BODY_BYTES, takes_nul_at="$.prompt"
    )
    asked = await anyio.to_thread.run_sync(read_prompt, services, caller, body)
    who = payer(request, caller)
    if "text/event-stream" in request.headers.get("accept", ""):
        return await anyio.to_thread.run_sync(_streamed, services, asked, who, began)
    try:
        found = await services.llm.client().ask(lambda gateway: analyze(gateway, asked.ready, who))
    except SgdError as error:
        count(services.metrics, error)
        raise
    count(services.metrics, found)
    if isinstance(found, Failed):
        raise await anyio.to_thread.run_sync(_kept_failure, services, who, asked, found)
    answer = answer_body(asked, found, request_id=str(who.request_id), took_ms=elapsed_ms(began))
    return shown(answer.wire(), body.format)


@router.post(
    "/batch",
    summary="Analyse up to 100 prompts",
    response_model=AnalyzeBatchResponse,
    responses=_SAID_OF_BATCH,
    openapi_extra=documented(AnalyzeBatchRequest),
)
async def analyze_prompts(request: Request, caller: Worker, services: WithServices) -> Response:
    """Each prompt with a status of its own, in their order; equal prompts are asked once. All share one budget."""
    began = time.perf_counter()
    body = await read_body(
        request, "analyze_batch_request", AnalyzeBatchRequest, max_bytes=MAX_BATCH_BYTES, takes_nul_at="$.prompts"
    )
    asked = await anyio.to_thread.run_sync(read_prompts, services, caller, body)
    who = payer(request, caller)
    ready = [one.ready for one in asked]
    ends = await services.llm.client().ask(lambda gateway: analyze_all(gateway, ready, who))
    for end in ends:
        count(services.metrics, end.found)
    reviews = await anyio.to_thread.run_sync(_kept_failures, services, who, asked, ends)
    answer = batch_body(body, asked, ends, reviews, request_id=str(who.request_id), took_ms=elapsed_ms(began))
    return shown(answer.wire(), body.format, root="batch")


def count(metrics: Metrics, found: Analysis | Failed | SgdError) -> None:
    """One more end of a prompt."""
    outcome = found.status if isinstance(found, Analysis) else "failed" if isinstance(found, Failed) else "error"
    metrics.prompts.labels(outcome).inc()
    if isinstance(found, Analysis) and found.is_cached:
        metrics.cached_prompts.inc()


def shown(document: dict[str, Any], kind: str, *, root: str = "analysis") -> Response:
    """The document in the format that was asked for."""
    if kind == "xml":
        return Response(to_xml(document, root=root, ordered=list(document)), 200, _NO_STORE, "application/xml")
    return JSONResponse(document, 200, _NO_STORE)


def _kept_failure(services: Services, who: Caller, asked: Prompted, found: Failed) -> ValidationFailed:
    """The error of an answer that failed, which waits for a person from now on."""
    review_id = keep_for_review(
        services.database, who.org_id, str(who.request_id), asked.ready.ask, found,
        text=services.settings.sgd_request_text,
    )  # fmt: skip
    return failed_error(found, review_id=review_id)


def _kept_failures(services: Services, who: Caller, asked: list[Prompted], ends: list[Outcome]) -> dict[int, str]:
    """The ids of the reviews, by the place of the prompt; equal prompts share one."""
    return {
        index: keep_for_review(
            services.database,
            who.org_id,
            str(who.request_id),
            asked[index].ready.ask,
            end.found,
            text=services.settings.sgd_request_text,
        )
        for index, end in enumerate(ends)
        if isinstance(end.found, Failed) and end.duplicate_of is None
    }


def _streamed(services: Services, asked: Prompted, who: Caller, began: float) -> Response:
    events = services.llm.client().events(lambda gateway: watch(gateway, asked.ready, who))
    # The first event is waited for here: what goes wrong before it is still an answer with a status.
    first = next(events)
    return StreamingResponse(
        _sent(services, first, events, asked, who, began), headers=_NO_STORE, media_type="text/event-stream"
    )


def _sent(
    services: Services, first: Any, events: Iterator[Any], asked: Prompted, who: Caller, began: float
) -> Iterator[bytes]:
    """`partial` events with the object so far, then one `result` or `error`."""
    found: Any = first
    try:
        while found is not None:
            if isinstance(found, Analysis | Failed):
                count(services.metrics, found)
            if isinstance(found, Failed):
                raise _kept_failure(services, who, asked, found)
            if isinstance(found, Analysis):
                body = answer_body(asked, found, request_id=str(who.request_id), took_ms=elapsed_ms(began)).wire()
                yield _event("result", to_xml(body, ordered=list(body)) if asked.ready.ask.format == "xml" else body)
                return
            yield _event("partial", found)
            found = next(events, None)
    except SgdError as error:
        # The status is out already: the stream says what happened and ends.
        failure = http_error(error)
        yield _event("error", {"code": failure.code, "message": failure.message, "details": dict(failure.details)})


def _event(name: str, body: Any) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + orjson.dumps(body) + b"\n\n"
