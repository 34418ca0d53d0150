"""The one door to models: policy, redaction, cache, single flight, models in their order, tries, validation, answer.

Async; `sync_gateway.py` is its thin sync face, `build.py` puts one together from settings. What must not live here: any
of those steps (a file each), or what a stage does with an answer.
"""

import asyncio
import hashlib
import logging
import time
import uuid
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Protocol

import orjson

from sgd_resources.errors import (
    BudgetExceeded,
    InvalidInput,
    PayloadTooLarge,
    ProviderFailed,
    ProviderRefused,
    RateLimited,
    Unavailable,
)
from sgd_resources.llm import openrouter
from sgd_resources.llm.attempt import Call, Desk, Order
from sgd_resources.llm.cache import ResponseCache, cache_key, is_same_model, pack, unpack
from sgd_resources.llm.catalog import Concern, Model, concerns, parse_models, upper_bound_usd_micros
from sgd_resources.llm.local import LocalRoute, no_model
from sgd_resources.llm.policy import Policy, Surface, TaskPolicy
from sgd_resources.llm.redaction import Redaction
from sgd_resources.llm.replies import CacheState, CallFailed, Completion, Reply
from sgd_resources.llm.retry import Deadline, pause_s
from sgd_resources.llm.routing import ordered_models
from sgd_resources.llm.single_flight import LocalFlights, SharedFlights
from sgd_resources.llm.structured import Verdict, judge, reask, response_format
from sgd_resources.llm.transport import HttpReply, TransportFailed
from sgd_resources.tracing import Generation, NullTracer, Tracer

BYTES_PER_TOKEN = 3
"""Safe side of the usual 4 for English; one token a character for scripts of three bytes."""
TOKENS_PER_PICTURE = 1_500
CATALOG_MAX_BYTES = 32_000_000
CACHEABLE_ENDINGS = frozenset({"stop", "end_turn", "eos"})
_log = logging.getLogger(__name__)


class Policies(Protocol):
    """Where the policy in force comes from."""

    def current(self) -> Policy:
        """Read afresh for each call."""
        ...


@dataclass(frozen=True)
class Answer:
    """What one flight brings home, before personal data is put back."""

    reply: Reply
    requested_model: str
    cost_usd_micros: int
    attempts: int
    cache_state: CacheState
    verdict: Verdict | None


@dataclass(frozen=True)
class StreamEvent:
    """A piece of text, and with the last event the completion."""

    text: str = ""
    completion: Completion | None = None


@dataclass(frozen=True)
class Ask:
    """A request in the form every model of the chain can be asked in."""

    messages: Sequence[Mapping[str, Any]]
    build: Callable[[str, Sequence[Mapping[str, Any]]], tuple[str, dict[str, Any]]]
    """(model, messages) -> (path, body)."""
    read: Callable[[str, HttpReply], Reply]
    schema: Mapping[str, Any] | None = None
    salt: str = ""
    n_images: int = 0


@dataclass
class GatewayParts:
    """What a gateway is made of; tests and `build.py` choose."""

    policies: Policies
    desk: Desk | None
    """None without a key: then only local routes work."""
    cache: ResponseCache
    shared_flights: SharedFlights | None = None
    local_routes: Mapping[str, LocalRoute] = field(default_factory=dict)
    tracer: Tracer = field(default_factory=NullTracer)
    closers: Sequence[Callable[[], Any]] = ()


class LlmGateway:
    """Every model call of the system. Belongs to one event loop.

    Args:
        parts: what it is made of.
    """

    def __init__(self, parts: GatewayParts) -> None:
        self.parts = parts
        self._flights: LocalFlights[Answer] = LocalFlights()
        self.models: dict[str, Model] = {}
        self.concerns: list[Concern] = []
        self.last_error: str | None = None

    @property
    def is_cloud(self) -> bool:
        """Whether there is a key; without one only local routes work."""
        return self.parts.desk is not None

    async def complete(
        self,
        task: str,
        messages: Sequence[Mapping[str, Any]],
        *,
        schema: Mapping[str, Any] | None = None,
        images: Sequence[bytes] = (),
        params: Mapping[str, Any] | None = None,
        org_id: str,
        project_id: str | None = None,
        request_id: str | None = None,
        job_id: str | None = None,
        trace_id: str | None = None,
    ) -> Completion:
        """The answer of the task's first model that gives one.

        Args:
            task: as the policy names it.
            messages: chat messages; personal data in their texts is replaced before they leave.
            schema: JSON Schema 2020-12 the answer must satisfy; see `Completion.validation`.
            images: PNG, JPEG, WebP or GIF bytes that go with the last user message.
            params: further request parameters (`temperature`, `seed` ...).
            org_id: who pays; answers are never shared between orgs.
            project_id, request_id, job_id, trace_id: for the call log; `request_id` and `job_id` have budgets too.

        Raises:
            InvalidInput: the task, the schema, the parameters or the pictures make no sense.
            PayloadTooLarge: more input than the task may send.
            BudgetExceeded, RateLimited: not now; `retry_after_s` says when.
            ProviderRefused: the provider refused the request, the key or the credit. A retry does not help.
            ProviderFailed: no model of the chain answered. A retry may help later.
            Unavailable: no model for this task, or no Redis to account with.
        """
        policy = self.parts.policies.current()
        rules = policy.task(task)
        if self.parts.desk is None:
            return await self._locally(rules, messages, schema, trace_id)
        redaction = Redaction()
        cleaned = redaction.redact_messages(messages) if policy.redacts_pii else list(messages)
        cleaned = openrouter.with_images(cleaned, [openrouter.data_url(data) for data in images])
        format_ = response_format(schema) if schema is not None else None

        def build(model: str, asked: Sequence[Mapping[str, Any]]) -> tuple[str, dict[str, Any]]:
            return openrouter.CHAT_PATH, openrouter.chat_body(
                model,
                asked,
                max_tokens=rules.max_output_tokens,
                temperature=rules.temperature,
                response_format=format_,
                params=params,
            )

        ask = Ask(cleaned, build, _read_chat, schema)
        call = self._call(policy, rules, ask, len(images), org_id, project_id, request_id, job_id, trace_id)
        return await self._fly(call, ask, redaction)

    async def generate_image(
        self,
        task: str,
        prompt: str,
        references: Sequence[bytes] = (),
        *,
        aspect_ratio: str | None = None,
        size: str | None = None,
        n: int = 1,
        params: Mapping[str, Any] | None = None,
        org_id: str,
        project_id: str | None = None,
        request_id: str | None = None,
        job_id: str | None = None,
        trace_id: str | None = None,
    ) -> list[Completion]:
        """`n` answers with a picture each; variants are calls of their own, since providers may refuse `n`.

        Args:
            task: as the policy names it.
            prompt: what to draw.
            references: pictures to go by.
            aspect_ratio: such as `16:9`.
            size: `512`, `1K`, `2K` or `4K`.
            n: how many variants, 1 to 10.
            params, org_id, project_id, request_id, job_id, trace_id: as for `complete`.

        Raises:
            as `complete`; with several variants, only when none of them came.
        """
        if not 1 <= n <= 10:
            raise InvalidInput("ask for 1 to 10 variants")
        policy = self.parts.policies.current()
        rules = policy.task(task)
        if self.parts.desk is None:
            raise no_model(task, "no OPENROUTER_API_KEY is set")
        redaction = Redaction()
        text = redaction.redact(prompt) if policy.redacts_pii else prompt
        urls = [openrouter.data_url(data) for data in references]
        messages = openrouter.with_images([{"role": "user", "content": text}], urls)
        config = {name: value for name, value in (("aspect_ratio", aspect_ratio), ("image_size", size)) if value}

        def build(model: str, asked: Sequence[Mapping[str, Any]]) -> tuple[str, dict[str, Any]]:
            if self._surface(policy, rules, model) == "images":
                return openrouter.IMAGES_PATH, openrouter.images_body(
                    model, text, references=urls, aspect_ratio=aspect_ratio, resolution=size, params=params
                )
            return openrouter.CHAT_PATH, openrouter.chat_body(
                model, asked, params=params, modalities=("image", "text"), image_config=config
            )

        def read(model: str, answer: HttpReply) -> Reply:
            if self._surface(policy, rules, model) == "images":
                return openrouter.parse_images(answer.status, answer.headers, answer.body, model=model)
            return _with_picture(_read_chat(model, answer))

        async def variant(index: int) -> Completion:
            ask = Ask(messages, build, read, None, f"variant {index}", 1)
            call = self._call(policy, rules, ask, len(urls), org_id, project_id, request_id, job_id, trace_id)
            return await self._fly(call, ask, redaction)

        found = await asyncio.gather(*(variant(index) for index in range(n)), return_exceptions=True)
        made = [answer for answer in found if isinstance(answer, Completion)]
        failures = [error for error in found if isinstance(error, BaseException)]
        if failures and (not made or not isinstance(failures[0], Exception)):
            raise failures[0]
        return made

    async def stream(
        self,
        task: str,
        messages: Sequence[Mapping[str, Any]],
        *,
        params: Mapping[str, Any] | None = None,
        org_id: str,
        project_id: str | None = None,
        request_id: str | None = None,
        job_id: str | None = None,
        trace_id: str | None = None,
    ) -> AsyncIterator[StreamEvent]:
        """Texts as they come, then one event with the completion; another try or model only before the first text.

        Never cached. A stream that breaks off raises, whatever came before. Raises as `complete`.
        """
        policy = self.parts.policies.current()
        rules = policy.task(task)
        desk = self.parts.desk
        if desk is None:
            raise no_model(task, "no OPENROUTER_API_KEY is set")
        redaction = Redaction()
        cleaned = redaction.redact_messages(messages) if policy.redacts_pii else list(messages)

        def build(model: str, asked: Sequence[Mapping[str, Any]]) -> tuple[str, dict[str, Any]]:
            return openrouter.CHAT_PATH, openrouter.chat_body(
                model,
                asked,
                max_tokens=rules.max_output_tokens,
                temperature=rules.temperature,
                params=params,
                is_stream=True,
            )

        ask = Ask(cleaned, build, _read_chat)
        call = self._call(policy, rules, ask, 0, org_id, project_id, request_id, job_id, trace_id)
        started = time.perf_counter()
        attempts, said = 0, False
        chain = _Chain(self._order(call, ask), desk, call)
        async for model in chain:
            attempts += 1
            order = self._make_order(call, ask, model, cleaned, attempts)
            held_back = ""
            try:
                async for piece in desk.stream(call, order):
                    if isinstance(piece, str):
                        # A placeholder may be cut in two by the stream.
                        ready, held_back = _up_to_open_bracket(held_back + piece)
                        if ready:
                            said = True
                            yield StreamEvent(redaction.restore(ready))
                        continue
                    reply, cost = piece
                    if held_back:
                        yield StreamEvent(redaction.restore(held_back))
                    answer = Answer(reply, model, cost, attempts, "off", None)
                    yield StreamEvent(completion=self._completion(call, answer, redaction, started))
                    return
            except CallFailed as failed:
                if said:
                    raise self._given_up(call, failed, attempts) from failed
                chain.note(failed)
            except (RateLimited, BudgetExceeded) as refused:
                chain.refuse(refused)
        raise self._given_up(call, chain.last, attempts)

    async def refresh_catalog(self) -> list[Concern]:
        """Read GET /models and say what an operator should know of the slugs in use.

        Raises:
            ProviderFailed: the list could not be had; the last one stays.
        """
        desk = self.parts.desk
        if desk is None:
            return []
        try:
            answer = await desk.transport.send("GET", openrouter.MODELS_PATH, timeout_s=20, max_bytes=CATALOG_MAX_BYTES)
            if answer.status != 200:
                raise ValueError(f"status {answer.status}")
            models = parse_models(answer.body)
        except (TransportFailed, ValueError) as error:
            self.last_error = f"the list of models: {type(error).__name__}"
            raise ProviderFailed("the list of models cannot be read") from error
        policy = self.parts.policies.current()
        self.concerns = concerns(policy.slugs(), models, datetime.now(UTC).date(), before=self.models)
        self.models = models
        for kind in ("unknown", "expired", "expiring", "alias", "price_changed"):
            count = sum(concern.kind == kind for concern in self.concerns)
            desk.metrics.model_concerns.labels(kind).set(count)
        for concern in self.concerns:
            _log.warning("model %s: %s", concern.slug, concern.message)
        return self.concerns

    async def close(self) -> None:
        """Settle what is open, write what is queued, give connections back."""
        if self.parts.desk is not None:
            await self.parts.desk.close()
            await self.parts.desk.transport.close()
        for close in self.parts.closers:
            found = close()
            if asyncio.iscoroutine(found):
                await found
        self.parts.tracer.close()

    # ------------------------------------------------------------------ steps, in their order

    def _call(
        self,
        policy: Policy,
        rules: TaskPolicy,
        ask: Ask,
        n_pictures: int,
        org_id: str,
        project_id: str | None,
        request_id: str | None,
        job_id: str | None,
        trace_id: str | None,
    ) -> Call:
        texts = [text for message in ask.messages for text in _texts(message)]
        size = sum(len(text.encode()) for text in texts)
        tokens_in = size // BYTES_PER_TOKEN + 8 * len(ask.messages) + TOKENS_PER_PICTURE * n_pictures + 8
        if ask.schema is not None:
            tokens_in += len(orjson.dumps(ask.schema)) // BYTES_PER_TOKEN
        if tokens_in > rules.max_input_tokens:
            raise PayloadTooLarge(
                f"about {tokens_in} tokens are more than the task {rules.name} may send",
                details={"tokens": tokens_in, "max_input_tokens": rules.max_input_tokens},
            )
        call_id = uuid.uuid4().hex
        return Call(
            call_id=call_id,
            trace_id=trace_id or call_id,
            org_id=org_id,
            project_id=project_id,
            request_id=request_id,
            job_id=job_id,
            task=rules,
            policy=policy,
            deadline=Deadline(policy.retry.total_deadline_s),
            input_sha256=hashlib.sha256("\0".join(texts).encode()).hexdigest(),
            tokens_in=tokens_in,
            is_image=ask.n_images > 0,
        )

    async def _fly(self, call: Call, ask: Ask, redaction: Redaction) -> Completion:
        started = time.perf_counter()
        models = self._order(call, ask)
        key = self._key(call, ask, models[0])
        try:
            found = await self._cached(call, ask, models[0], key)
            is_follower = False
            if found is None:
                found, is_follower = await self._flights.join(key, lambda: self._lead(call, ask, models, key))
        except Exception as error:
            self._trace_failure(call, models[0], error, started)
            raise
        if is_follower and found.cache_state == "miss":
            found = replace(found, cache_state="shared", cost_usd_micros=0)
        if found.cache_state != "miss":
            self._count_saved(call, found, started)
        return self._completion(call, found, redaction, started)

    async def _lead(self, call: Call, ask: Ask, models: Sequence[str], key: str) -> Answer:
        shared = self.parts.shared_flights
        if shared is None:
            return await self._ask(call, ask, models)

        async def lead() -> tuple[Answer, bytes | None]:
            answer = await self._ask(call, ask, models)
            is_good = answer.verdict is None or answer.verdict.status != "failed"
            packed = orjson.dumps([answer.requested_model, pack(answer.reply).decode()]) if is_good else None
            return answer, packed

        def read(packed: bytes) -> Answer:
            model, inner = orjson.loads(packed)
            reply = unpack(inner.encode())
            return Answer(reply, model, 0, 0, "shared", self._judged(reply, ask))

        answer, _ = await shared.join(
            key, lead, read, wait_s=call.deadline.left_s(), may_be_landed=call.task.cache_ttl_s > 0
        )
        return answer

    async def _ask(self, call: Call, ask: Ask, models: Sequence[str]) -> Answer:
        """Models in their order, tries of each, one reask."""
        desk = self.parts.desk
        assert desk is not None
        attempts = 0
        chain = _Chain(models, desk, call)
        async for model in chain:
            if model != models[0] and chain.is_first_try:
                cached = await self._cached(call, ask, model, self._key(call, ask, model))
                if cached is not None:
                    return cached
            attempts += 1
            try:
                order = self._make_order(call, ask, model, ask.messages, attempts)
                reply, cost = await desk.send(call, order)
            except CallFailed as failed:
                chain.note(failed)
                continue
            except (RateLimited, BudgetExceeded) as refused:
                chain.refuse(refused)
                continue
            verdict = self._judged(reply, ask)
            if verdict is not None and verdict.status == "failed" and not reply.refusal:
                attempts += 1
                reply, verdict, extra = await self._reask(call, ask, model, reply, verdict, attempts)
                cost += extra
            answer = Answer(reply, model, cost, attempts, "miss", verdict)
            await self._keep(call, ask, answer)
            return answer
        raise self._given_up(call, chain.last, attempts)

    async def _reask(
        self, call: Call, ask: Ask, model: str, reply: Reply, verdict: Verdict, attempt: int
    ) -> tuple[Reply, Verdict, int]:
        """Once more with the broken paths named; the first answer stays when that brings nothing better."""
        desk = self.parts.desk
        assert desk is not None
        try:
            order = self._make_order(call, ask, model, reask(ask.messages, verdict.errors), attempt)
            again, cost = await desk.send(call, order)
        except (CallFailed, RateLimited, BudgetExceeded, Unavailable):
            return reply, verdict, 0
        judged = self._judged(again, ask)
        assert judged is not None
        return again, judged, cost

    def _make_order(
        self, call: Call, ask: Ask, model: str, messages: Sequence[Mapping[str, Any]], attempt: int
    ) -> Order:
        path, body = ask.build(model, messages)
        listed = self.models.get(model)
        return Order(
            model=model,
            path=path,
            body=orjson.dumps(body),
            amount_usd_micros=self._bound(call, ask, model),
            is_free=listed is not None and listed.is_free and ask.n_images == 0,
            attempt=attempt,
            read=lambda answer: ask.read(model, answer),
        )

    async def _cached(self, call: Call, ask: Ask, model: str, key: str) -> Answer | None:
        if call.task.cache_ttl_s == 0:
            return None
        found = await self.parts.cache.get(key)
        if found is None:
            return None
        reply = unpack(found[0])
        return Answer(reply, model, 0, 0, found[1], self._judged(reply, ask))

    async def _keep(self, call: Call, ask: Ask, answer: Answer) -> None:
        reply, verdict = answer.reply, answer.verdict
        is_whole = reply.finish_reason in CACHEABLE_ENDINGS and not reply.refusal and not reply.tool_calls
        if call.task.cache_ttl_s == 0 or not is_whole or (verdict is not None and verdict.status == "failed"):
            return
        model = answer.requested_model
        if not is_same_model(model, reply.served_model):
            assert self.parts.desk is not None
            self.parts.desk.metrics.wrong_model.inc()
            model = reply.served_model or model
        await self.parts.cache.put(self._key(call, ask, model), pack(reply), ttl_s=call.task.cache_ttl_s)

    def _key(self, call: Call, ask: Ask, model: str) -> str:
        path, body = ask.build(model, ask.messages)
        return cache_key(
            {"path": path, **body},
            org_id=call.org_id,
            task=call.task.name,
            policy_version=call.policy.version,
            schema=ask.schema,
            salt=ask.salt,
        )

    def _order(self, call: Call, ask: Ask) -> list[str]:
        desk = self.parts.desk
        assert desk is not None
        return ordered_models(
            call.task,
            seen=desk.seen,
            price=lambda model: self._bound(call, ask, model),
            facts=call.policy.models,
        )

    def _bound(self, call: Call, ask: Ask, model: str) -> int:
        """What a try reserves; where a price is not known, all that is left of the task's cap."""
        bound = upper_bound_usd_micros(
            call.tokens_in,
            call.task.max_output_tokens,
            images=ask.n_images,
            model=self.models.get(model),
            facts=call.policy.models.get(model),
        )
        left = call.task.max_cost_usd_micros - sum(call.spent_usd_micros)
        return bound if bound is not None else max(1, left)

    def _surface(self, policy: Policy, rules: TaskPolicy, model: str) -> Surface:
        facts = policy.models.get(model)
        return rules.surface or (facts.surface if facts else None) or "chat"

    @staticmethod
    def _judged(reply: Reply, ask: Ask) -> Verdict | None:
        return judge(reply.text, ask.schema) if ask.schema is not None else None

    def _count_saved(self, call: Call, found: Answer, started: float) -> None:
        desk = self.parts.desk
        assert desk is not None
        saved = found.reply.usage.cost_usd_micros or 0
        self.parts.cache.saved_usd_micros += saved
        desk.metrics.cache_hits.labels(found.cache_state).inc()
        desk.record(
            call,
            "cached",
            requested_model=found.requested_model,
            served_model=found.reply.served_model,
            provider=found.reply.provider,
            saved_usd_micros=saved,
            latency_ms=round((time.perf_counter() - started) * 1000),
            cache_state=found.cache_state,
            attempt=0,
        )

    def _completion(self, call: Call, found: Answer, redaction: Redaction, started: float) -> Completion:
        desk = self.parts.desk
        assert desk is not None
        reply, verdict = found.reply, found.verdict
        latency_ms = round((time.perf_counter() - started) * 1000)
        desk.metrics.calls.labels(call.task.name, "succeeded").inc()
        is_paid = found.cache_state in {"miss", "off"}
        answer = Completion(
            text=redaction.restore(reply.text),
            data=redaction.restore_data(verdict.data) if verdict else None,
            validation=verdict.status if verdict else "none",
            errors=verdict.errors if verdict else (),
            pictures=reply.pictures,
            task=call.task.name,
            requested_model=found.requested_model,
            served_model=reply.served_model or found.requested_model,
            provider=reply.provider,
            cost_usd_micros=found.cost_usd_micros,
            tokens_in=reply.usage.tokens_in if is_paid else 0,
            tokens_out=reply.usage.tokens_out if is_paid else 0,
            latency_ms=latency_ms,
            attempts=found.attempts,
            cache_state=found.cache_state,
            trace_id=call.trace_id,
            finish_reason=reply.finish_reason,
            refusal=reply.refusal,
            guardrails={"redacted": redaction.counts},
        )
        if call.policy.is_telemetry_enabled:
            status = answer.validation if answer.validation != "none" else "passed"
            self.parts.tracer.record(
                self._generation(call, answer.requested_model, latency_ms, "succeeded", status, answer)
            )
        return answer

    def _trace_failure(self, call: Call, model: str, error: Exception, started: float) -> None:
        desk = self.parts.desk
        assert desk is not None
        desk.metrics.calls.labels(call.task.name, type(error).__name__).inc()
        if call.policy.is_telemetry_enabled:
            latency_ms = round((time.perf_counter() - started) * 1000)
            kind = str(getattr(error, "details", {}).get("kind") or type(error).__name__)
            self.parts.tracer.record(self._generation(call, model, latency_ms, "failed", "none", None, kind))

    @staticmethod
    def _generation(
        call: Call,
        model: str,
        latency_ms: int,
        outcome: str,
        status: str,
        answer: Completion | None,
        kind: str | None = None,
    ) -> Generation:
        return Generation(
            trace_id=call.trace_id,
            task=call.task.name,
            org_id=call.org_id,
            model=model,
            prompt_sha256=call.input_sha256,
            latency_ms=latency_ms,
            cost_usd_micros=answer.cost_usd_micros if answer else 0,
            tokens_in=answer.tokens_in if answer else 0,
            tokens_out=answer.tokens_out if answer else 0,
            outcome=outcome,
            guardrails_status=status,
            project_id=call.project_id,
            served_model=answer.served_model if answer else None,
            dagster_run_id=call.job_id,
            error_kind=kind,
        )

    async def _locally(
        self,
        rules: TaskPolicy,
        messages: Sequence[Mapping[str, Any]],
        schema: Mapping[str, Any] | None,
        trace_id: str | None,
    ) -> Completion:
        """The task's local route: no network, no money, no budget asked."""
        route = self.parts.local_routes.get(rules.name)
        if route is None:
            raise no_model(rules.name, "no OPENROUTER_API_KEY is set")
        started = time.perf_counter()
        found = await route(messages, schema)
        text = found if isinstance(found, str) else orjson.dumps(found).decode()
        verdict = judge(text, schema) if schema is not None else None
        return Completion(
            text=text,
            data=verdict.data if verdict else None,
            validation=verdict.status if verdict else "none",
            errors=verdict.errors if verdict else (),
            pictures=(),
            task=rules.name,
            requested_model="local",
            served_model="local",
            provider=None,
            cost_usd_micros=0,
            tokens_in=0,
            tokens_out=0,
            latency_ms=round((time.perf_counter() - started) * 1000),
            attempts=0,
            cache_state="off",
            trace_id=trace_id or uuid.uuid4().hex,
            route="local",
        )

    def _given_up(self, call: Call, last: Exception | None, attempts: int) -> Exception:
        """The error a caller sees when no model answered."""
        if not isinstance(last, CallFailed):
            return last or Unavailable("every model of the task is resting after failures", retry_after_s=30)
        self.last_error = last.kind
        details = {
            "kind": last.kind,
            "status": last.status,
            "task": call.task.name,
            "attempts": attempts,
            "charge": last.charge,
        }
        if last.is_retryable or last.tries_next:
            return ProviderFailed(
                f"no model answered the task {call.task.name}: {last.message}",
                retry_after_s=last.retry_after_s if last.retry_after_s is not None else 5.0,
                details=details,
            )
        return ProviderRefused(f"the model provider refused: {last.message}", details=details)


class _Chain:
    """Which model to ask next: the same after a pause, the next one, or none; skips those whose breaker is open."""

    def __init__(self, models: Sequence[str], desk: Desk, call: Call) -> None:
        self._models = list(models)
        self._desk = desk
        self._call = call
        self._at = 0
        self._tries = 0
        self._pause_s: float | None = None
        self.last: Exception | None = None

    @property
    def is_first_try(self) -> bool:
        """Whether the model just given has not been asked before."""
        return self._tries == 1

    def note(self, failed: CallFailed) -> None:
        """The try failed. Decides whether there is another one."""
        self.last = failed
        left_s = self._call.deadline.left_s()
        self._pause_s = pause_s(self._call.policy.retry, failed, self._tries, left_s)
        if self._pause_s is None:
            self._at, self._tries = (self._at + 1, 0) if failed.tries_next else (len(self._models), 0)

    def refuse(self, refused: RateLimited | BudgetExceeded) -> None:
        """The try was not made. Raises when no other model can help; after a failed try that one is the reason told."""
        scope = refused.details.get("scope")
        can_help = (isinstance(refused, RateLimited) and scope == "model") or scope == "task"
        if not can_help:
            raise refused
        if self.last is None or isinstance(self.last, RateLimited | BudgetExceeded):
            self.last = refused
        self._pause_s = None
        self._at, self._tries = self._at + 1, 0

    def __aiter__(self) -> "_Chain":
        return self

    async def __anext__(self) -> str:
        if self._pause_s is not None:
            await asyncio.sleep(self._pause_s)
            self._pause_s = None
        if self._call.deadline.left_s() <= 0:
            raise StopAsyncIteration
        while self._at < len(self._models):
            model = self._models[self._at]
            wait_s = self._desk.breakers.wait_s(model, self._call.policy.breaker)
            if wait_s == 0:
                self._tries += 1
                return model
            if self.last is None:
                self.last = ProviderFailed(
                    "the models of this task are resting after failures",
                    retry_after_s=max(1.0, wait_s),
                    details={"kind": "breaker_open", "task": self._call.task.name},
                )
            self._at, self._tries = self._at + 1, 0
        raise StopAsyncIteration


def _read_chat(model: str, answer: HttpReply) -> Reply:
    return openrouter.parse_chat(answer.status, answer.headers, answer.body)


def _with_picture(reply: Reply) -> Reply:
    if reply.pictures:
        return reply
    is_known = reply.usage.cost_usd_micros is not None
    raise CallFailed(
        "no_picture",
        "the reply has text but no picture",
        is_retryable=reply.refusal is None,
        charge="known" if is_known else "unknown",
        usage=reply.usage,
        generation_id=reply.generation_id,
        served_model=reply.served_model,
    )


def _texts(message: Mapping[str, Any]) -> list[str]:
    content = message.get("content")
    if isinstance(content, str):
        return [content]
    parts = content if isinstance(content, list) else []
    return [part["text"] for part in parts if isinstance(part, Mapping) and isinstance(part.get("text"), str)]


def _up_to_open_bracket(text: str) -> tuple[str, str]:
    """What may be shown now, and a tail that may be the start of a placeholder."""
    at = text.rfind("[")
    if at < 0 or "]" in text[at:] or len(text) - at > 24:
        return text, ""
    return text[:at], text[at:]
