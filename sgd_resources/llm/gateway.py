"""The one way to models: completions, pictures and streams, each taken through the same steps (`call/steps.py`).

Async; `sync_gateway.py` is the same for callers that do not await, `build.py` makes one from settings. What must
not live here: any of the steps (a file each), or what a stage does with an answer.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sgd_resources.errors import (
    BudgetExceeded,
    InvalidInput,
    ProviderFailed,
    RateLimited,
)
from sgd_resources.events import tell
from sgd_resources.llm.answers.cache_control import CacheControl
from sgd_resources.llm.call.beside import beside
from sgd_resources.llm.call.chain import given_up
from sgd_resources.llm.call.parts import GatewayParts
from sgd_resources.llm.call.request import (
    AS_THE_POLICY_SAYS,
    Answer,
    Judge,
    StreamEvent,
    chat_request,
    image_request,
    up_to_open_bracket,
)
from sgd_resources.llm.call.steps import CallSteps
from sgd_resources.llm.call.told import local_completion
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.catalog_watch import read_catalog, tell_concerns
from sgd_resources.llm.local import NO_KEY, no_model
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.policy.catalog import Concern, Model
from sgd_resources.llm.policy.narrowing import AS_ROUTED, Narrowing, narrowed
from sgd_resources.llm.policy.policy_file import Policy, TaskPolicy
from sgd_resources.llm.policy.reachability import cap_concerns
from sgd_resources.llm.safety.redaction import Redaction
from sgd_resources.llm.wire import openrouter
from sgd_resources.llm.wire.replies import CallFailed, Completion
from sgd_resources.llm.wire.transport import Transport


class LlmGateway:
    """Every model call of the system. Belongs to one event loop.

    Args:
        parts: what it is made of.
    """

    def __init__(self, parts: GatewayParts) -> None:
        self.parts = parts
        self._steps = CallSteps(parts)
        self.concerns: list[Concern] = []
        self.last_probe: tuple[float, dict[str, Any]] | None = None
        """(until when it holds, what GET /key said); see `status.py`."""
        self.probes: dict[str, tuple[float, dict[str, Any]]] = {}
        """The same of each further provider."""

    @property
    def is_cloud(self) -> bool:
        """Whether there is a key; without one only local routes work."""
        return self.parts.attempts is not None

    @property
    def models(self) -> Mapping[str, Model]:
        """The provider's list by slug, as last read."""
        return self._steps.models

    async def complete(
        self,
        task: str,
        messages: Sequence[Mapping[str, Any]],
        *,
        caller: Caller,
        schema: Mapping[str, Any] | None = None,
        images: Sequence[bytes] = (),
        tools: Sequence[Mapping[str, Any]] = (),
        tool_choice: str | Mapping[str, Any] | None = None,
        params: Mapping[str, Any] | None = None,
        cache: CacheControl = AS_THE_POLICY_SAYS,
        level: str | None = None,
        model: str | None = None,
        narrowing: Narrowing = AS_ROUTED,
        judge: Judge | None = None,
    ) -> Completion:
        """The answer of the task's first model that gives one.

        Args:
            task: as the policy names it.
            messages: chat messages; personal data in their texts is replaced before they leave.
            caller: who asks, and who pays.
            schema: JSON Schema 2020-12 the answer must satisfy; see `Completion.validation`.
            images: PNG, JPEG, WebP or GIF bytes that go with the last user message.
            tools: functions the model may call, as chat completions have them; the calls come checked against their
                schemas in `Completion.tool_calls`. Nothing is run here.
            tool_choice: `none`, `auto`, `required` or the one to call.
            params: further request parameters (`temperature`, `seed` ...).
            cache: in place of the task's own rule.
            level: `light` or `capable`, or the scope of the work (`turn`, `task`; `project`, `objective`): that level's
                model is asked first, in place of the task's primary.
            model: one of the task's models, to be asked alone.
            narrowing: a provider, an order or a length of answer in place of the policy's.
            judge: judges each answer, personal data put back in it, in place of the check against `schema`, which only
                the model is shown then.

        Raises:
            InvalidInput: the task, the schema, the tools, the parameters or the pictures make no sense.
            PayloadTooLarge: more input than the task may send.
            BudgetExceeded, RateLimited: not now; `retry_after_s` says when.
            ProviderRefused: the provider refused the request, the key or the credit. A retry does not help.
            ProviderFailed: no model of the chain answered. A retry may help later.
            Unavailable: no model for this task, or no Redis to account with.
        """
        policy = await self.parts.policy_for(caller.org_id)
        rules = narrowed(policy, policy.task(task, level, model), narrowing)
        if self.parts.attempts is None:
            if tools:
                raise no_model(task, f"{NO_KEY}, and its local route calls no tools")
            return await self._locally(rules, messages, schema, caller.trace_id)
        redaction = Redaction()
        cleaned = _cleaned(messages, redaction, policy, narrowing)
        cleaned = openrouter.with_images(cleaned, [openrouter.data_url(data) for data in images])
        request = chat_request(
            rules,
            cleaned,
            schema=schema,
            tools=tools,
            tool_choice=tool_choice,
            params=params,
            cache=cache,
            judge=_over(redaction, judge),
        )
        call = self._steps.call(policy, rules, request, len(images), caller)
        return await self._steps.fly(call, request, redaction)

    async def generate_image(
        self,
        task: str,
        prompt: str,
        references: Sequence[bytes] = (),
        *,
        caller: Caller,
        aspect_ratio: str | None = None,
        size: str | None = None,
        n: int = 1,
        params: Mapping[str, Any] | None = None,
        cache: CacheControl = AS_THE_POLICY_SAYS,
        skip_models: Collection[str] = (),
    ) -> list[Completion]:
        """`n` answers with a picture each; variants are calls of their own, since providers may refuse `n`.

        Args:
            task: as the policy names it.
            prompt: what to draw.
            references: pictures to go by.
            aspect_ratio: such as `16:9`.
            size: `512`, `1K`, `2K` or `4K`.
            n: how many variants, 1 to 10.
            skip_models: models that are not asked: what they sent for this picture was no picture.
            caller, params, cache: as for `complete`.

        Raises:
            as `complete`; with several variants, only when none of them came.
        """
        if not 1 <= n <= 10:
            raise InvalidInput("ask for 1 to 10 variants")
        policy = await self.parts.policy_for(caller.org_id)
        rules = _without(policy.task(task), skip_models)
        if self.parts.attempts is None:
            raise no_model(task, "no OPENROUTER_API_KEY is set")
        redaction = Redaction()
        text = redaction.redact(prompt) if policy.redacts_pii else prompt
        urls = [openrouter.data_url(data) for data in references]

        async def variant(index: int) -> Completion:
            request = image_request(
                policy,
                rules,
                text,
                urls,
                aspect_ratio=aspect_ratio,
                size=size,
                params=params,
                variant=index,
                cache=cache,
            )
            call = self._steps.call(policy, rules, request, len(urls), caller)
            return await self._steps.fly(call, request, redaction)

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
        caller: Caller,
        tools: Sequence[Mapping[str, Any]] = (),
        tool_choice: str | Mapping[str, Any] | None = None,
        params: Mapping[str, Any] | None = None,
        level: str | None = None,
        model: str | None = None,
        schema: Mapping[str, Any] | None = None,
        narrowing: Narrowing = AS_ROUTED,
        judge: Judge | None = None,
    ) -> AsyncIterator[StreamEvent]:
        """Texts as they come, then one event with the completion; another try or model only before the first text.

        An answer with a schema is judged at its end and never asked for again: its text is out by then. Tool calls come
        whole with the last event, checked; they are not asked for again when they are not valid. Never cached. A stream
        that breaks off raises, whatever came before. Raises as `complete`.
        """
        policy = await self.parts.policy_for(caller.org_id)
        rules = narrowed(policy, policy.task(task, level, model), narrowing)
        attempts = self.parts.attempts
        if attempts is None:
            raise no_model(task, "no OPENROUTER_API_KEY is set")
        redaction = Redaction()
        cleaned = _cleaned(messages, redaction, policy, narrowing)

        request = chat_request(
            rules,
            cleaned,
            schema=schema,
            tools=tools,
            tool_choice=tool_choice,
            params=params,
            is_stream=True,
            judge=_over(redaction, judge),
        )
        call = self._steps.call(policy, rules, request, 0, caller)
        started = time.perf_counter()
        n_attempts, said = 0, False
        chain = self._steps.chain(call, await self._steps.ordered(call, request))
        async for slug in chain:
            n_attempts += 1
            attempt = self._steps.attempt_of(call, request, slug, cleaned, n_attempts)
            held_back = ""
            try:
                async for piece in attempts.stream(call, attempt):
                    if isinstance(piece, str):
                        # A placeholder may be cut in two by the stream.
                        ready, held_back = up_to_open_bracket(held_back + piece)
                        if not said and not ready.strip():
                            # Blanks are no answer yet: after them another try says nothing twice.
                            held_back = ready + held_back
                        elif ready:
                            said = True
                            yield StreamEvent(redaction.restore(ready))
                        continue
                    if held_back:
                        yield StreamEvent(redaction.restore(held_back))
                    answer = Answer(
                        piece,
                        slug,
                        sum(call.spent_usd_micros),
                        n_attempts,
                        "off",
                        request.judged(piece),
                        attempt.dropped,
                    )
                    yield StreamEvent(completion=self._steps.completion(call, answer, redaction, started))
                    return
            except CallFailed as failed:
                if said:
                    raise given_up(call, failed, n_attempts) from failed
                chain.note(failed, again=self._steps.learns(slug, failed))
            except (RateLimited, BudgetExceeded) as refused:
                chain.refuse(refused)
        raise given_up(call, chain.last, n_attempts)

    async def refresh_catalog(self) -> list[Concern]:
        """Read GET /models of each provider and say what an operator should know of the slugs in use.

        Raises:
            ProviderFailed: a list could not be had; what was known of its models stays, and the others are read.
        """
        if self.parts.attempts is None:
            return []
        policy, failed = self.parts.policies.current(), None
        models, found = dict(self.models), []
        for transport, names in self._lists(policy):
            try:
                listed, concerns = await read_catalog(transport, names, before=self.models)
            except ProviderFailed as error:
                failed = error
                continue
            models |= listed
            found += concerns
        found += cap_concerns(policy, models)
        self._steps.models, self.concerns = models, found
        tell_concerns(found, self.parts.attempts.metrics)
        if failed is not None:
            raise failed
        return self.concerns

    def _lists(self, policy: Policy) -> list[tuple[Transport, dict[str, str]]]:
        """The servers to ask for their lists, and what each calls the slugs in use."""
        assert self.parts.attempts is not None
        if self.parts.providers is None:
            return [(self.parts.attempts.transport, {slug: slug for slug in policy.slugs()})]
        return self.parts.providers.lists(policy)

    def keep_books(self) -> None:
        """Settle for dead processes and join new epochs from now on, also before the first call; needs a loop."""
        if self.parts.attempts is not None:
            self.parts.attempts.start()

    async def close(self) -> None:
        """Settle what is open, write what is queued, give connections back."""
        attempts, flights = self.parts.attempts, self.parts.shared_flights
        own = [*([attempts.close, attempts.transport.close] if attempts else []), *([flights.close] if flights else [])]
        own += [self.parts.providers.close] if self.parts.providers else []
        metrics = attempts.metrics if attempts else LlmMetrics()
        # each by itself: what cannot be closed must not keep rows from being written
        for close in (*own, *self.parts.closers, self.parts.tracer.close):
            with beside("closing", metrics):
                found = close()
                if asyncio.iscoroutine(found):
                    await found

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
        tell("model.local_route", task=rules.name, reason="no model key")
        started = time.perf_counter()
        found = await route(messages, schema)
        return local_completion(rules.name, found, schema, trace_id, round((time.perf_counter() - started) * 1000))


def _cleaned(
    messages: Sequence[Mapping[str, Any]], redaction: Redaction, policy: Policy, narrowing: Narrowing
) -> list[Any]:
    """The messages as they leave: without personal data, unless neither the policy nor the caller asks for that."""
    is_redacted = policy.redacts_pii or bool(narrowing.redacts_pii)
    return redaction.redact_messages(messages) if is_redacted else list(messages)


def _over(redaction: Redaction, judge: Judge | None) -> Judge | None:
    """The judge of the text with personal data put back: a format may ask for what a placeholder is not."""
    return None if judge is None else lambda text: judge(redaction.restore(text))


def _without(rules: TaskPolicy, skipped: Collection[str]) -> TaskPolicy:
    left = tuple(slug for slug in rules.models if slug not in skipped)
    if not left:
        raise ProviderFailed(f"no further model of the task {rules.name} is left to ask", details={"task": rules.name})
    return replace(rules, models=left)
