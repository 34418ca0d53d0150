"""A request to analyse -> what is asked of the gateway, and what came of it -> the body of the answer.

What must not live here: routes, or any step of an analysis.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sgd_api.http.bodies.prompts import (
    AnalyzeBatchRequest,
    AnalyzeBatchResponse,
    AnalyzeRequest,
    AnalyzeResponse,
    BatchResult,
    BatchSummary,
    ItemError,
)
from sgd_api.http.errors import http_error
from sgd_api.http.services import Services
from sgd_api.http.stored.content_check import check_prompt_content, tell_personal_data, texts_in
from sgd_api.http.stored.prompt_store import find_schema, find_template
from sgd_assets.prompts.analyze import Ready, get_ready
from sgd_assets.prompts.answer import failed_error, told_answer
from sgd_assets.prompts.batch import Outcome
from sgd_assets.prompts.model import Analysis, Ask, Example, Failed, Options
from sgd_assets.prompts.parse import judge_of
from sgd_assets.prompts.prepare import Prepared, prepare
from sgd_assets.prompts.schema_guard.guard import CheckedSchema, read_schema
from sgd_assets.prompts.templates import render
from sgd_assets.renders.content.texts import Text
from sgd_resources.errors import SgdError, ValidationFailed
from sgd_resources.identity.principal import Principal
from sgd_resources.llm.policy.policy_file import MICROS_PER_USD


@dataclass(frozen=True)
class Prompted:
    """One prompt of a request, ready to be asked."""

    ready: Ready
    prepared: Prepared


def read_prompt(services: Services, caller: Principal, body: AnalyzeRequest) -> Prompted:
    """What the request asks, with its schema and template found.

    Raises:
        ValidationFailed: there is nothing to analyse, or two schemas. NotFound: no such schema or template.
        ContentBlocked: the org's content policy holds prompts to its words, and this breaks one.
    """
    if body.prompt is None and body.template_id is None:
        raise _fault("$.prompt", "say what to analyse: a prompt, or a template that makes it")
    shared = shared_of(services, caller, body)
    if body.prompt is None:
        # The template's text is the prompt itself, and no guidance beside it.
        path, text, shared = "$.template_id", shared.guidance or "", replace(shared, guidance=None)
    else:
        path, text = "$.prompt", body.prompt
    _check(services, caller, [(path, text)], shared)
    return _prompted(body, text, shared, path)


def read_prompts(services: Services, caller: Principal, body: AnalyzeBatchRequest) -> list[Prompted]:
    """The same of each prompt of a batch."""
    shared = shared_of(services, caller, body)
    sent = [item if isinstance(item, str) else item.prompt for item in body.prompts]
    texts = [(f"$.prompts[{index}]", text) for index, text in enumerate(sent)]
    _check(services, caller, texts, shared)
    return [_prompted(body, text, shared, path) for path, text in texts]


def batch_body(
    body: AnalyzeBatchRequest,
    asked: Sequence[Prompted],
    ends: Sequence[Outcome],
    review_ids: Mapping[int, str],
    *,
    request_id: str,
    took_ms: int,
) -> AnalyzeBatchResponse:
    """The answer of a batch, in the order of its prompts; what a duplicate cost is counted once."""
    results = []
    for index, (item, one, end) in enumerate(zip(body.prompts, asked, ends, strict=True)):
        name = None if isinstance(item, str) else item.id
        told: dict[str, Any] = {"index": index, "id": name, "duplicate_of": end.duplicate_of}
        if isinstance(end.found, Analysis):
            result = answer_body(one, end.found, request_id=request_id, took_ms=end.took_ms)
            results.append(BatchResult(**told, status="succeeded", result=result))
            continue
        failed = end.found
        if isinstance(failed, Failed):
            at = index if end.duplicate_of is None else end.duplicate_of
            failed = failed_error(failed, review_id=review_ids[at])
        shown = http_error(failed)
        error = ItemError(code=shown.code, message=shown.message, details=dict(shown.details) or None)
        results.append(BatchResult(**told, status="failed", error=error))
    n_good = sum(result.status == "succeeded" for result in results)
    asked_once = [end.found for end in ends if end.duplicate_of is None and not isinstance(end.found, SgdError)]
    summary = BatchSummary(
        total=len(results),
        successful=n_good,
        failed=len(results) - n_good,
        cached=sum(result.result.cached for result in results if result.result is not None),
        cost_usd=sum(found.cost_usd_micros for found in asked_once) / MICROS_PER_USD,
    )
    return AnalyzeBatchResponse(
        request_id=request_id, results=tuple(results), summary=summary, processing_time_ms=took_ms
    )


@dataclass(frozen=True)
class Shared:
    """What all prompts of a request have in common."""

    schema: CheckedSchema | None = None
    guidance: str | None = None
    examples: tuple[Example, ...] = ()
    template_id: str | None = None
    template_version: int | None = None


def shared_of(services: Services, caller: Principal, body: AnalyzeRequest | AnalyzeBatchRequest) -> Shared:
    """The schema and the template that a request brings or names; its own schema goes before the template's."""
    if body.schema_ is not None and body.schema_id is not None:
        raise _fault("$.schema_id", "a schema, or the id of one")
    schema = None if body.schema_ is None else read_schema(body.schema_)
    if body.schema_id is not None:
        schema = find_schema(services, caller, body.schema_id)
    if body.template_id is None:
        if body.parameters is not None:
            raise _fault("$.parameters", "these belong to a template, and none is named")
        return Shared(schema)
    found = find_template(services, caller, body.template_id)
    text = render(found.template, body.parameters or {})
    chosen = schema if schema is not None else found.schema
    judge = judge_of(Ask(text, schema=chosen))
    examples = tuple(example for example in found.examples if judge.accepts(example.answer))
    return Shared(chosen, text, examples, found.row.id, found.row.version)


def _check(services: Services, caller: Principal, texts: Sequence[Text], shared: Shared) -> None:
    """The same of what a template adds: whoever sends its parameters writes in it too. Raises ContentBlocked."""
    guidance = [] if shared.guidance is None else [("$.template_id", shared.guidance)]
    check_prompt_content(services, caller, [*texts, *guidance], subject="analyze")
    beside = [shared.schema.document if shared.schema else None, [(one.prompt, one.answer) for one in shared.examples]]
    tell_personal_data(services, caller, texts_in(beside), subject="analyze")


def _prompted(body: AnalyzeRequest | AnalyzeBatchRequest, sent: str, shared: Shared, path: str) -> Prompted:
    prepared = prepare(sent)
    if not prepared.text:
        raise _fault(path, "there is nothing in it")
    asked = body.options
    options = Options(
        include_confidence=asked.include_confidence,
        language_detection=asked.language_detection,
        cache_ttl_s=asked.cache_ttl,
        bypass_cache=asked.bypass_cache,
        provider=asked.provider,
        model=asked.model,
        strategy=asked.strategy,
        temperature=asked.temperature,
        max_tokens=asked.max_tokens,
        redact_pii=asked.redact_pii,
        retry_relaxed=asked.retry_relaxed,
        spans=asked.spans,
    )
    ask = Ask(
        prepared.text,
        format=body.format,
        schema=shared.schema,
        options=options,
        examples=shared.examples,
        guidance=shared.guidance,
        template_id=shared.template_id,
        template_version=shared.template_version,
    )
    return Prompted(get_ready(ask), prepared)


def answer_body(asked: Prompted, found: Analysis, *, request_id: str, took_ms: int) -> AnalyzeResponse:
    """The answer as its body; see `told_answer`."""
    told = told_answer(asked.ready, asked.prepared, found, request_id=request_id, took_ms=took_ms)
    return AnalyzeResponse.model_validate(told, strict=False)


def elapsed_ms(began: float) -> int:
    """Whole milliseconds since `time.perf_counter()` said `began`."""
    return round((time.perf_counter() - began) * 1_000)


def _fault(path: str, message: str) -> ValidationFailed:
    return ValidationFailed(f"{path}: {message}", details={"errors": [{"path": path, "message": message}]})
