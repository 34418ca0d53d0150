"""The one door to models: policy, redaction, cache, single flight, models in their order, tries, validation, answer.

Async; `sync_gateway.py` is its thin sync face, `build.py` puts one together from settings. What must not live here: any
of those steps (a file each), or what a stage does with an answer.
"""

import asyncio
import hashlib
import time
import uuid
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import orjson

from sgd_resources.errors import (
    BudgetExceeded,
    InvalidInput,
    PayloadTooLarge,
    RateLimited,
    Unavailable,
)
from sgd_resources.llm import openrouter
from sgd_resources.llm.answers import completion_of, generation_of, local_completion
from sgd_resources.llm.ask import Answer, Ask, StreamEvent, chat_ask, image_ask, texts_of, up_to_open_bracket
from sgd_resources.llm.attempt import Call, Desk, Order
from sgd_resources.llm.budget import RedisBudget
from sgd_resources.llm.cache import ResponseCache, cache_key, is_same_model, pack, unpack
from sgd_resources.llm.catalog import Concern, Model, upper_bound_usd_micros
from sgd_resources.llm.catalog_watch import read_catalog
from sgd_resources.llm.chain import Chain, given_up
from sgd_resources.llm.local import LocalRoute, no_model
from sgd_resources.llm.policy import Policy, TaskPolicy
from sgd_resources.llm.redaction import Redaction
from sgd_resources.llm.replies import CacheState, CallFailed, Completion, Reply
from sgd_resources.llm.retry import Deadline
from sgd_resources.llm.routing import ordered_models
from sgd_resources.llm.single_flight import LocalFlights, SharedFlights
from sgd_resources.llm.structured import Verdict, judge, reask
from sgd_resources.tracing import NullTracer, Tracer

BYTES_PER_TOKEN = 3
"""Safe side of the usual 4 for English; one token a character for scripts of three bytes."""
TOKENS_PER_PICTURE = 1_500
CACHEABLE_ENDINGS = frozenset({"stop", "end_turn", "eos"})


class Policies(Protocol):
    """Where the policy in force comes from."""

    def current(self) -> Policy:
        """Read afresh for each call."""
        ...


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
        self.last_probe: tuple[float, dict[str, Any]] | None = None
        """(until when it holds, what GET /key said); see `status.py`."""

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
        ask = chat_ask(rules, cleaned, schema=schema, params=params)
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

        async def variant(index: int) -> Completion:
            ask = image_ask(
                policy, rules, text, urls, aspect_ratio=aspect_ratio, size=size, params=params, variant=index
            )
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

        ask = chat_ask(rules, cleaned, params=params, is_stream=True)
        call = self._call(policy, rules, ask, 0, org_id, project_id, request_id, job_id, trace_id)
        started = time.perf_counter()
        attempts, said = 0, False
        chain = Chain(self._order(call, ask), desk, call)
        async for model in chain:
            attempts += 1
            order = self._make_order(call, ask, model, cleaned, attempts)
            held_back = ""
            try:
                async for piece in desk.stream(call, order):
                    if isinstance(piece, str):
                        # A placeholder may be cut in two by the stream.
                        ready, held_back = up_to_open_bracket(held_back + piece)
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
                    raise given_up(call, failed, attempts) from failed
                chain.note(failed)
            except (RateLimited, BudgetExceeded) as refused:
                chain.refuse(refused)
        raise given_up(call, chain.last, attempts)

    async def refresh_catalog(self) -> list[Concern]:
        """Read GET /models and say what an operator should know of the slugs in use. Raises ProviderFailed."""
        if self.parts.desk is None:
            return []
        slugs = self.parts.policies.current().slugs()
        self.models, self.concerns = await read_catalog(self.parts.desk, slugs, before=self.models)
        return self.concerns

    async def sweep(self, older_than_s: float) -> int:
        """Settle at their estimate the reservations of processes that died; how many."""
        desk = self.parts.desk
        if desk is None or not isinstance(desk.budget, RedisBudget):
            return 0
        try:
            return await desk.budget.sweep(older_than_s)
        except Unavailable:
            return 0

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
        texts = [text for message in ask.messages for text in texts_of(message)]
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
            found = self._in_memory(call, ask, models[0], key)
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
        shared, cache, is_cached = self.parts.shared_flights, self.parts.cache, call.task.cache_ttl_s > 0
        if shared is None:
            return await self._cached(call, ask, models[0], key) or await self._ask(call, ask, models)

        async def lead() -> tuple[Answer, bytes | None]:
            kept = cache.on_disk(key) if is_cached else None
            if kept is not None:
                return self._kept(ask, models[0], kept, "disk"), None
            answer = await self._ask(call, ask, models)
            is_good = answer.verdict is None or answer.verdict.status != "failed"
            packed = orjson.dumps([answer.requested_model, pack(answer.reply).decode()]) if is_good else None
            return answer, packed

        def read_cached(packed: bytes) -> Answer:
            cache.found_in_redis(key, packed)
            return self._kept(ask, models[0], packed, "redis")

        def read(packed: bytes) -> Answer:
            model, inner = orjson.loads(packed)
            reply = unpack(inner.encode())
            return Answer(reply, model, 0, 0, "shared", self._judged(reply, ask))

        answer, _ = await shared.join(
            key,
            lead,
            read,
            wait_s=call.deadline.left_s(),
            cached_name=cache.redis_name(key) if is_cached else None,
            read_cached=read_cached,
        )
        return answer

    async def _ask(self, call: Call, ask: Ask, models: Sequence[str]) -> Answer:
        """Models in their order, tries of each, one reask."""
        desk = self.parts.desk
        assert desk is not None
        attempts = 0
        chain = Chain(models, desk, call)
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
            self._keep(call, ask, answer)
            return answer
        raise given_up(call, chain.last, attempts)

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
        return None if found is None else self._kept(ask, model, *found)

    def _in_memory(self, call: Call, ask: Ask, model: str, key: str) -> Answer | None:
        packed = self.parts.cache.in_memory(key) if call.task.cache_ttl_s > 0 else None
        return None if packed is None else self._kept(ask, model, packed, "memory")

    def _kept(self, ask: Ask, model: str, packed: bytes, layer: CacheState) -> Answer:
        reply = unpack(packed)
        return Answer(reply, model, 0, 0, layer, self._judged(reply, ask))

    def _keep(self, call: Call, ask: Ask, answer: Answer) -> None:
        reply, verdict = answer.reply, answer.verdict
        is_whole = reply.finish_reason in CACHEABLE_ENDINGS and not reply.refusal and not reply.tool_calls
        if call.task.cache_ttl_s == 0 or not is_whole or (verdict is not None and verdict.status == "failed"):
            return
        model = answer.requested_model
        if not is_same_model(model, reply.served_model):
            assert self.parts.desk is not None
            self.parts.desk.metrics.wrong_model.inc()
            model = reply.served_model or model
        self.parts.cache.put(self._key(call, ask, model), pack(reply), ttl_s=call.task.cache_ttl_s)

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
        desk.metrics.calls.labels(call.task.name, "succeeded").inc()
        answer = completion_of(call, found, redaction, round((time.perf_counter() - started) * 1000))
        if call.policy.is_telemetry_enabled:
            self.parts.tracer.record(generation_of(call, answer.requested_model, answer.latency_ms, answer))
        return answer

    def _trace_failure(self, call: Call, model: str, error: Exception, started: float) -> None:
        desk = self.parts.desk
        assert desk is not None
        kind = str(getattr(error, "details", {}).get("kind") or type(error).__name__)
        self.last_error = kind
        desk.metrics.calls.labels(call.task.name, type(error).__name__).inc()
        if call.policy.is_telemetry_enabled:
            latency_ms = round((time.perf_counter() - started) * 1000)
            self.parts.tracer.record(generation_of(call, model, latency_ms, None, kind))

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
        return local_completion(rules.name, found, schema, trace_id, round((time.perf_counter() - started) * 1000))
