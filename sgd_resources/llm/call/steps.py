"""The steps of a call in their order: memory, one flight, the cache on the way, models, tries, one reask, keeping.

What must not live here: what callers ask for (`gateway.py`, `request.py`), or any single step's own rules.
"""

import hashlib
import logging
import time
import uuid
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

import orjson

from sgd_resources.errors import BudgetExceeded, PayloadTooLarge, RateLimited, Unavailable
from sgd_resources.llm.answers.cache import pack, unpack
from sgd_resources.llm.answers.single_flight import LocalFlights
from sgd_resources.llm.answers.structured import Verdict
from sgd_resources.llm.call.admission import Admission
from sgd_resources.llm.call.attempts import Attempts
from sgd_resources.llm.call.beside import beside
from sgd_resources.llm.call.call import Attempt, Call
from sgd_resources.llm.call.chain import Chain, given_up
from sgd_resources.llm.call.kept_answers import KeptAnswers
from sgd_resources.llm.call.parts import GatewayParts
from sgd_resources.llm.call.request import Answer, CallRequest, texts_of
from sgd_resources.llm.call.rows import row_of
from sgd_resources.llm.call.told import completion_of, generation_of
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.local import no_model
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.policy.capabilities import Capabilities
from sgd_resources.llm.policy.catalog import Model, stated_cost_usd_micros, upper_bound_usd_micros
from sgd_resources.llm.policy.policy_file import Policy, TaskPolicy
from sgd_resources.llm.policy.routing import ordered_models
from sgd_resources.llm.policy.tokens import TOKENS_PER_MESSAGE, family_of, most_tokens, scripts_of
from sgd_resources.llm.providers import Reach
from sgd_resources.llm.safety.redaction import Redaction
from sgd_resources.llm.wire.replies import CallFailed, Completion, Reply
from sgd_resources.llm.wire.retry import Deadline

_log = logging.getLogger(__name__)


class CallSteps:
    """Takes a call through its steps. One per gateway and event loop.

    Args:
        parts: what the gateway is made of.
    """

    def __init__(self, parts: GatewayParts) -> None:
        self.parts = parts
        self.models: dict[str, Model] = {}
        self._flights: LocalFlights[Answer] = LocalFlights()
        self._kept = KeptAnswers(parts.cache, self._identity)
        self._capabilities = Capabilities()

    def call(
        self,
        policy: Policy,
        rules: TaskPolicy,
        request: CallRequest,
        n_pictures: int,
        caller: Caller,
    ) -> Call:
        """What the caller asked for, measured. Raises PayloadTooLarge when it is more than the task may send."""
        texts = [text for message in request.messages for text in texts_of(message)]
        measured = request.most_tokens(texts, n_pictures)
        # Refused is what none of the chain could take: counted by the thriftiest of their tokenizers.
        tokens_in = min(measured[family_of(model)] for model in rules.models)
        if tokens_in > rules.max_input_tokens:
            raise PayloadTooLarge(
                f"about {tokens_in} tokens are more than the task {rules.name} may send",
                details={"tokens": tokens_in, "max_input_tokens": rules.max_input_tokens},
            )
        call_id = uuid.uuid4().hex
        return Call(
            call_id=call_id,
            trace_id=caller.trace_id or call_id,
            caller=caller,
            task=rules,
            policy=policy,
            deadline=Deadline(policy.retry.total_deadline_s),
            input_sha256=hashlib.sha256("\0".join(texts).encode()).hexdigest(),
            tokens_in=tokens_in,
            tokens_by_family=measured,
            is_image=request.n_images > 0,
        )

    async def fly(self, call: Call, request: CallRequest, redaction: Redaction) -> Completion:
        """The answer: from memory, from a flight that is on, or of a flight of its own."""
        started = time.perf_counter()
        models = await self.ordered(call, request)
        key = self._kept.key(call, request, models[0])
        try:
            found = self._kept.in_memory(call, request, models[0], key)
            is_follower = False
            if found is None and request.cache.single_flight:
                found, is_follower = await self._flights.join(key, lambda: self._lead(call, request, models, key))
            elif found is None:
                found = await self._lead(call, request, models, key)
        except Exception as error:
            self._trace_failure(call, models[0], error, started)
            raise
        if is_follower and found.cache_state == "miss":
            found = replace(found, cache_state="shared", cost_usd_micros=0)
        if is_follower and request.judge is not None:
            # Judged with this call's own personal data: the leader's is another, though both sent the same.
            found = replace(found, verdict=request.judged(found.reply))
        if found.cache_state != "miss":
            with self._beside("call log"):
                self._count_saved(call, found, started)
        return self.completion(call, found, redaction, started)

    async def _lead(self, call: Call, request: CallRequest, models: Sequence[str], key: str) -> Answer:
        shared, cache = self.parts.shared_flights, self.parts.cache
        is_cached, may_share = request.cache.is_read(call.task.cache_ttl_s), request.cache.single_flight
        # A flight leaves its answer in Redis for those who follow: not one that must not be stored.
        if shared is None or not may_share or request.cache.no_store:
            kept = await self._kept.found(call, request, models[0], key)
            return kept or await self._try_models(call, request, models)

        admission = self._admission(call, request, models[0]) if not (is_cached and cache.may_be_on_disk(key)) else None

        async def lead() -> tuple[Answer, bytes | None]:
            kept = cache.on_disk(key) if is_cached else None
            found = self._kept.unpacked(request, models[0], key, kept, "disk") if kept is not None else None
            if found is not None:
                return found, None
            answer = await self._try_models(call, request, models, admission)
            is_good = answer.verdict is None or answer.verdict.status != "failed"
            packed: bytes | None = None
            with self._beside("cache"):
                packed = orjson.dumps([answer.requested_model, pack(answer.reply).decode()]) if is_good else None
            return answer, packed

        def read_cached(packed: bytes) -> Answer | None:
            cache.found_in_redis(key, packed)
            return self._kept.unpacked(request, models[0], key, packed, "redis")

        def read(packed: bytes) -> Answer | None:
            try:
                model, inner = orjson.loads(packed)
                reply = unpack(inner.encode())
            except (ValueError, TypeError, AttributeError):
                _log.warning("the answer that another process left is damaged and is asked for anew")
                return None
            return Answer(reply, model, 0, 0, "shared", request.judged(reply))

        is_over = False
        try:
            answer, _ = await shared.join(
                key,
                lead,
                read,
                wait_s=call.deadline.left_s(),
                cached_name=cache.redis_name(key) if is_cached else None,
                read_cached=read_cached,
                if_leading=admission.steps if admission is not None else (),
                answered=admission.take if admission is not None else None,
            )
            is_over = True
            return answer
        finally:
            if admission is not None and (admission.may_hold or not is_over):
                self._attempts.give_up(admission)

    def _admission(self, call: Call, request: CallRequest, model: str) -> Admission | None:
        """The first try of the model that would be asked first, ready to be admitted; None where it is not to be."""
        if not self.chain(call, [model]).would_ask(model):
            return None
        return self._attempts.admission(call, self.attempt_of(call, request, model, request.messages, 1))

    async def _try_models(
        self, call: Call, request: CallRequest, models: Sequence[str], admission: Admission | None = None
    ) -> Answer:
        """Models in their order, tries of each, one reask; the first try goes by the admission, if it has one."""
        attempts = self._attempts
        n_attempts = 0
        chain = self.chain(call, models)
        async for model in chain:
            if model != models[0] and chain.is_first_try:
                cached = await self._kept.found(call, request, model, self._kept.key(call, request, model))
                if cached is not None:
                    return cached
            n_attempts += 1
            try:
                admitted = admission if n_attempts == 1 and model == models[0] else None
                attempt = (
                    admitted.attempt
                    if admitted
                    else self.attempt_of(call, request, model, request.messages, n_attempts)
                )
                reply = await attempts.send(call, attempt, admitted)
            except CallFailed as failed:
                chain.note(failed, again=self.learns(model, failed))
                continue
            except (RateLimited, BudgetExceeded) as refused:
                chain.refuse(refused)
                continue
            verdict = request.judged(reply)
            if verdict is not None and verdict.status == "failed" and not reply.refusal:
                n_attempts += 1
                reply, verdict = await self._reask(call, request, model, reply, verdict, n_attempts)
            answer = Answer(reply, model, sum(call.spent_usd_micros), n_attempts, "miss", verdict, attempt.dropped)
            with self._beside("cache"):
                self._kept.keep(call, request, answer, self._metrics)
            return answer
        raise given_up(call, chain.last, n_attempts)

    async def _reask(
        self, call: Call, request: CallRequest, model: str, reply: Reply, verdict: Verdict, number: int
    ) -> tuple[Reply, Verdict]:
        """Once more with the broken paths named; the first answer stays when that brings nothing better."""
        attempts = self._attempts
        try:
            attempt = self.attempt_of(call, request, model, request.asked_again(reply, verdict), number)
            again = await attempts.send(call, attempt)
        except (CallFailed, RateLimited, BudgetExceeded, Unavailable):
            return reply, verdict
        judged = request.judged(again)
        assert judged is not None
        return again, judged

    def attempt_of(
        self, call: Call, request: CallRequest, model: str, messages: Sequence[Mapping[str, Any]], number: int
    ) -> Attempt:
        """What one try sends, with what it reserves."""
        facts = call.policy.models.get(model)
        path, built = request.build(model, messages)
        body, dropped = self._capabilities.fit(model, built, listed=self._listed(call, model), facts=facts)
        reach = self._reach(call, model)
        if reach is not None:
            path, body = reach.dialect.fitted(path, {**body, "model": reach.model_name})
        added = [text for message in messages[len(request.messages) :] for text in texts_of(message)]
        added_tokens = most_tokens(scripts_of(added), family_of(model)) + TOKENS_PER_MESSAGE if added else 0
        bound = self._bound(call, request, model, added_tokens)
        is_priced = reach is not None and reach.provider.prices == "policy"
        return Attempt(
            model=model,
            path=path,
            body=orjson.dumps(body),
            amount_usd_micros=bound,
            # Only prices of 0, listed or stated in the policy, bound a call at nothing: an unknown price never does.
            is_free=bound == 0,
            number=number,
            read=lambda answer: request.read(model, answer),
            accepts=request.accepts,
            transport=reach.transport if reach is not None else None,
            has_generations=reach is None or reach.dialect.has_generations,
            price_of=(lambda usage: stated_cost_usd_micros(usage.tokens_in, usage.tokens_out, facts))
            if is_priced
            else None,
            dropped=dropped,
        )

    async def ordered(self, call: Call, request: CallRequest) -> list[str]:
        """The task's models that can be asked, best first. Raises Unavailable when there is none."""
        attempts = self._attempts
        await attempts.seen.refresh(call.task.models)
        reachable = [
            model for model in call.task.models if self.parts.providers is None or self._reach(call, model) is not None
        ]
        if not reachable:
            names = sorted({call.policy.provider_of(model).name for model in call.task.models})
            raise no_model(call.task.name, f"no key is set for {', '.join(names)}")
        return ordered_models(
            replace(call.task, models=tuple(reachable)),
            seen=attempts.seen,
            price=lambda model: self._bound(call, request, model),
            facts=call.policy.models,
        )

    def _bound(self, call: Call, request: CallRequest, model: str, added_tokens: int = 0) -> int:
        """What a try reserves; where a price is not known, all that is left of the task's cap."""
        if call.policy.provider_of(model).prices == "free":
            return 0
        bound = upper_bound_usd_micros(
            call.tokens_by_family[family_of(model)] + added_tokens,
            call.task.max_output_tokens,
            images=request.n_images,
            model=self._listed(call, model),
            facts=call.policy.models.get(model),
        )
        return bound if bound is not None else max(1, call.left_usd_micros)

    def chain(self, call: Call, models: Sequence[str]) -> Chain:
        """The models in their order, as this call may ask them."""
        return Chain(models, self._attempts, call, context_of=lambda model: self._context_of(call, model))

    def learns(self, model: str, failed: CallFailed) -> bool:
        """Whether the model may be asked again, without what it refused."""
        return failed.kind == "unsupported_parameter" and self._capabilities.learn(model, failed.parameter)

    def _reach(self, call: Call, model: str) -> Reach | None:
        return self.parts.providers.reach(call.policy, model) if self.parts.providers is not None else None

    def _identity(self, call: Call, model: str) -> str:
        reach = self._reach(call, model)
        return reach.identity if reach is not None else ""

    def _listed(self, call: Call, model: str) -> Model | None:
        """The provider's entry, where its list holds prices and abilities."""
        return self.models.get(model) if call.policy.provider_of(model).prices == "catalog" else None

    def _context_of(self, call: Call, model: str) -> int | None:
        facts, listed = call.policy.models.get(model), self.models.get(model)
        if facts is not None and facts.context_tokens is not None:
            return facts.context_tokens
        return listed.context_tokens if listed is not None else None

    def _count_saved(self, call: Call, found: Answer, started: float) -> None:
        attempts = self._attempts
        saved = found.reply.usage.cost_usd_micros or 0
        self.parts.cache.saved_usd_micros += saved
        attempts.metrics.cache_hits.labels(found.cache_state).inc()
        attempts.metrics.saved.inc(saved)
        row = row_of(
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
        attempts.books.record(row)

    def completion(self, call: Call, found: Answer, redaction: Redaction, started: float) -> Completion:
        """The caller's own completion; counted and traced."""
        answer = completion_of(call, found, redaction, round((time.perf_counter() - started) * 1000))
        with self._beside("statistics"):
            self._metrics.calls.labels(call.task.name, "succeeded").inc()
        if _is_traced(call):
            with self._beside("trace"):
                self.parts.tracer.record(generation_of(call, answer.requested_model, answer.latency_ms, answer))
        return answer

    def _trace_failure(self, call: Call, model: str, error: Exception, started: float) -> None:
        kind = str(getattr(error, "details", {}).get("kind") or type(error).__name__)
        with self._beside("statistics"):
            self._metrics.calls.labels(call.task.name, type(error).__name__).inc()
        if _is_traced(call):
            latency_ms = round((time.perf_counter() - started) * 1000)
            with self._beside("trace"):
                self.parts.tracer.record(generation_of(call, model, latency_ms, None, kind))

    @property
    def _attempts(self) -> Attempts:
        assert self.parts.attempts is not None
        return self.parts.attempts

    def _beside(self, what: str) -> AbstractContextManager[None]:
        return beside(what, self._metrics)

    @property
    def _metrics(self) -> LlmMetrics:
        return self._attempts.metrics


def _is_traced(call: Call) -> bool:
    """Whether its trace is of the share that is sent: decided by the trace's id, so that its calls stay together."""
    drawn = int(hashlib.sha256(call.trace_id.encode()).hexdigest()[:8], 16) / 2**32
    return call.policy.is_telemetry_enabled and drawn < call.policy.trace_sample_ratio
