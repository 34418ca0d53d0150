"""One analysis from ask to answer: told, judged, relaxed where the caller allows it, placed, weighed.

Asks models through a port and knows neither HTTP nor storage. What must not live here: any step's own rules.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Protocol

from sgd_assets.prompts.confidence import confidence_of
from sgd_assets.prompts.language import detect_language
from sgd_assets.prompts.meta_prompt import answer_schema, messages
from sgd_assets.prompts.model import TASK, Analysis, Ask, Failed, ValidationStatus
from sgd_assets.prompts.parse import Judge, judge_of
from sgd_assets.prompts.partial import PartialJson
from sgd_assets.prompts.schema_guard.guard import read_schema
from sgd_assets.prompts.schema_guard.wire import relaxed
from sgd_assets.prompts.spans import Span, ground, share_found
from sgd_resources.errors import ProviderRefused
from sgd_resources.llm.answers.cache_control import CacheControl
from sgd_resources.llm.answers.structured import Verdict, reask
from sgd_resources.llm.call.request import StreamEvent
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.policy.narrowing import Narrowing
from sgd_resources.llm.prompts import load_prompt
from sgd_resources.llm.safety.injection import Screening, screen
from sgd_resources.llm.wire.replies import Completion
from sgd_resources.observed.spans import span as traced


class Completes(Protocol):
    """The part of the gateway that an analysis needs (`sgd_resources/llm/gateway.py`)."""

    async def complete(
        self,
        task: str,
        messages: Sequence[Mapping[str, Any]],
        *,
        caller: Caller,
        schema: Mapping[str, Any] | None = ...,
        params: Mapping[str, Any] | None = ...,
        model: str | None = ...,
        narrowing: Narrowing = ...,
        judge: Callable[[str], Verdict] | None = ...,
        cache: CacheControl = ...,
    ) -> Completion:
        """One answer."""
        ...


class AsksModels(Completes, Protocol):
    """The gateway, as an analysis that is watched uses it."""

    def stream(
        self,
        task: str,
        messages: Sequence[Mapping[str, Any]],
        *,
        caller: Caller,
        schema: Mapping[str, Any] | None = ...,
        params: Mapping[str, Any] | None = ...,
        model: str | None = ...,
        narrowing: Narrowing = ...,
        judge: Callable[[str], Verdict] | None = ...,
    ) -> AsyncIterator[StreamEvent]:
        """Texts as they come, then one event with the completion."""
        ...


@dataclass(frozen=True)
class Ready:
    """An ask with everything that is worked out before a model is asked; made in any thread."""

    ask: Ask
    judge: Judge
    language: str | None
    screening: Screening
    messages: list[dict[str, Any]]
    schema: Mapping[str, Any]


def get_ready(ask: Ask) -> Ready:
    """The ask, worked out. Raises ValidationFailed when its schema cannot be judged by."""
    with traced("detect_language"):
        language = _language_of(ask.prompt) if ask.options.language_detection else None
    return Ready(
        ask=ask,
        judge=judge_of(ask),
        language=language,
        screening=_screened(ask.prompt),
        messages=messages(ask, load_prompt(TASK)),
        schema=answer_schema(ask),
    )


# A prompt that comes again is answered from the cache: what is worked out beside it costs more than the answer then.
_language_of = lru_cache(maxsize=256)(detect_language)
_screened = lru_cache(maxsize=256)(screen)


async def analyze(gateway: Completes, ready: Ready, caller: Caller) -> Analysis | Failed:
    """The validated answer, or what there is of one that never met its schema.

    Raises:
        as `LlmGateway.complete`; ProviderRefused when the model declines to answer.
    """
    with traced("process_prompt"):
        answer = await gateway.complete(
            TASK, ready.messages, caller=caller, judge=ready.judge, schema=ready.schema, **_options(ready.ask)
        )
        return await _ended(gateway, ready, caller, answer)


async def watch(gateway: AsksModels, ready: Ready, caller: Caller) -> AsyncIterator[Any]:
    """The same as it comes: dicts so far, then an Analysis or Failed. Never from the cache."""
    options = _options(ready.ask)
    del options["cache"]
    so_far = PartialJson()
    events = gateway.stream(TASK, ready.messages, caller=caller, judge=ready.judge, schema=ready.schema, **options)
    async for event in events:
        if event.text and (found := so_far.add(event.text)) is not None:
            yield found
        if event.completion is None:
            continue
        answer: Completion = event.completion
        if answer.validation == "failed" and not answer.refusal:
            spent, again = answer.cost_usd_micros, reask(ready.messages, answer.errors)
            answer = await gateway.complete(
                TASK, again, caller=caller, judge=ready.judge, schema=ready.schema, **_options(ready.ask)
            )
            answer = replace(answer, cost_usd_micros=answer.cost_usd_micros + spent)
        yield await _ended(gateway, ready, caller, answer)


def _options(ask: Ask) -> dict[str, Any]:
    asked = ask.options
    params = {} if asked.temperature is None else {"temperature": asked.temperature}
    return {
        "params": params,
        "model": asked.model,
        "cache": CacheControl(
            no_cache=asked.bypass_cache, ttl_s=asked.cache_ttl_s, single_flight=not asked.bypass_cache
        ),
        "narrowing": Narrowing(asked.provider, asked.strategy, asked.max_tokens, asked.redact_pii),
    }


async def _ended(gateway: Completes, ready: Ready, caller: Caller, answer: Completion) -> Analysis | Failed:
    if answer.refusal:
        raise ProviderRefused(
            "the model declines to answer this prompt", details={"kind": "refusal", "model": answer.served_model}
        )
    if answer.validation != "failed":
        status: ValidationStatus = "repaired" if answer.validation == "repaired" else "passed"
        return _analysis(ready, answer, answer.data, status)
    if ready.ask.options.retry_relaxed and ready.ask.schema is not None:
        return await _relaxed(gateway, ready, caller, answer)
    return _failed(answer)


async def _relaxed(gateway: Completes, ready: Ready, caller: Caller, answer: Completion) -> Analysis | Failed:
    """The answer that was given, by a schema that requires half as much; a new one only when that is not enough."""
    assert ready.ask.schema is not None
    document, dropped = relaxed(ready.ask.schema.document)
    if not dropped:
        return _failed(answer)
    softer = read_schema(document)
    judge = ready.judge.relaxed_to(softer)
    verdict: Verdict = judge(answer.text)
    spent = answer.cost_usd_micros
    if verdict.status == "failed":
        ask = replace(ready.ask, schema=softer)
        answer = await gateway.complete(
            TASK,
            messages(ask, load_prompt(TASK)),
            caller=caller,
            judge=judge,
            schema=answer_schema(ask),
            **_options(ask),
        )
        answer = replace(answer, cost_usd_micros=answer.cost_usd_micros + spent)
        if answer.validation == "failed":
            return _failed(answer)
        verdict = Verdict("passed", answer.data)
    found = _analysis(ready, answer, verdict.data, "relaxed")
    told = f"the answer met the schema only with {len(dropped)} names of required let go: {', '.join(dropped[:10])}"
    return replace(found, errors=ready.judge(answer.text).errors, warnings=(told, *found.warnings))


def _failed(answer: Completion) -> Failed:
    return Failed(
        raw_answer=answer.text,
        errors=answer.errors,
        model_used=answer.served_model,
        provider_used=_provider(answer),
        cost_usd_micros=answer.cost_usd_micros,
        warnings=_warnings_of(answer),
    )


def _analysis(ready: Ready, answer: Completion, data: Any, status: ValidationStatus) -> Analysis:
    ask = ready.ask
    extracted = {name: data[name] for name in ("subject", "entities", "data") if name in data}
    spans: tuple[Span, ...] = ()
    ungrounded: tuple[str, ...] = ()
    if ask.options.spans:
        spans, ungrounded = ground(ask.prompt, extracted, data.get("quotes", ()))
    confidence = None
    if ask.options.include_confidence:
        confidence = confidence_of(
            status,
            grounded_share=share_found(ask.prompt, extracted),
            is_injection_flagged=ready.screening.is_flagged,
        )
    return Analysis(
        intent=data["intent"],
        subject=data["subject"],
        entities={name: value for name, value in data["entities"].items() if value is not None},
        data=data.get("data"),
        status=status,
        errors=(),
        warnings=(*_warnings_of(answer), *_warnings(ready, ungrounded)),
        language=ready.language,
        confidence=confidence,
        spans=spans,
        ungrounded=ungrounded,
        injection_score=ready.screening.score,
        injection_reasons=ready.screening.reasons if ready.screening.is_flagged else (),
        redacted=answer.guardrails.get("redacted", {}),
        model_used=answer.served_model,
        provider_used=_provider(answer),
        is_cached=answer.cache_state in {"memory", "redis", "disk", "shared"},
        cost_usd_micros=answer.cost_usd_micros,
    )


def _warnings_of(answer: Completion) -> tuple[str, ...]:
    return tuple(f"{name} was left out: the model does not take it" for name in answer.dropped_params)


def _warnings(ready: Ready, ungrounded: tuple[str, ...]) -> tuple[str, ...]:
    found = list(ready.ask.schema.warnings) if ready.ask.schema is not None else []
    if ready.screening.is_flagged:
        found.append(f"the prompt looks like instructions to a model: {', '.join(ready.screening.reasons)}")
    if ungrounded:
        found.append(f"{len(ungrounded)} values stand nowhere in the prompt; see ungrounded")
    return tuple(found)


def _provider(answer: Completion) -> str:
    return answer.provider or answer.requested_model.partition("/")[0]
