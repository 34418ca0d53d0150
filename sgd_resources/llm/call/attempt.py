"""One try at one model, with its money: admitted, reserved, sent, read, settled and written down, however it ends.

A try whose outcome nobody knows (read timeout, broken stream, cancelled) stays reserved until GET /generation names its
cost, else it is settled at its estimate. What must not live here: which model, or whether to try again (`gateway.py`).
"""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sgd_resources.errors import BudgetExceeded, Unavailable
from sgd_resources.llm.call.beside import BesideLater, beside
from sgd_resources.llm.call.breaker import Breakers
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.money.alerts import Post, post_webhook, tell
from sgd_resources.llm.money.budget import Budget, BudgetAlert, RedisBudget, Reservation, scopes_of, today
from sgd_resources.llm.money.ledger import CallRow, Ledger, Outcome
from sgd_resources.llm.policy.policy_file import Policy, TaskPolicy
from sgd_resources.llm.policy.rate_limit import Limiter
from sgd_resources.llm.policy.routing import Observations
from sgd_resources.llm.wire import openrouter
from sgd_resources.llm.wire.replies import CallFailed, Reply, Usage
from sgd_resources.llm.wire.retry import Deadline, of_transport
from sgd_resources.llm.wire.sse import StreamReader, data_lines, read_whole
from sgd_resources.llm.wire.transport import HttpReply, Transport, TransportFailed

MAX_CHAT_BYTES = 16_000_000
MAX_IMAGE_BYTES = 64_000_000
LOOKUP_DELAYS_S = (1.0, 3.0, 8.0, 20.0)
SETTLE_RETRY_DELAYS_S = (0.2, 1.0, 5.0, 15.0)


@dataclass(frozen=True)
class Call:
    """What a caller asked for, as every try needs it."""

    call_id: str
    trace_id: str
    """The caller's, or the call's own id."""
    caller: Caller
    task: TaskPolicy
    policy: Policy
    deadline: Deadline
    input_sha256: str
    tokens_in: int
    """Estimate, for reservations and rate limits."""
    is_image: bool = False
    spent_usd_micros: list[int] = field(default_factory=list)
    """Booked by the tries so far."""
    unknown_usd_micros: list[int] = field(default_factory=list)
    """Held by tries whose outcome nobody knows. They count for the request and the days, not against the task's cap:
    else one read timeout would leave no room for the fallback."""


@dataclass(frozen=True)
class Order:
    """What one try sends."""

    model: str
    path: str
    body: bytes
    amount_usd_micros: int
    is_free: bool
    attempt: int
    read: Callable[[HttpReply], Reply]


class Desk:
    """Makes tries. One per gateway and event loop; holds what they share."""

    def __init__(
        self,
        transport: Transport,
        *,
        budget: Budget,
        limiter: Limiter,
        ledger: Ledger,
        breakers: Breakers,
        seen: Observations,
        metrics: LlmMetrics,
        post: Post = post_webhook,
        lookup_delays_s: Sequence[float] = LOOKUP_DELAYS_S,
    ) -> None:
        self.transport = transport
        self.budget = budget
        self._limiter = limiter
        self.ledger = ledger
        self.breakers = breakers
        self.seen = seen
        self.metrics = metrics
        self._post = post
        self._lookup_delays_s = lookup_delays_s
        self._later = BesideLater(self.metrics)

    async def send(self, call: Call, order: Order) -> tuple[Reply, int]:
        """The reply and what it cost.

        Raises:
            CallFailed: the try failed; its money is settled or being looked up.
            RateLimited, BudgetExceeded: the try was not made.
            Unavailable: Redis cannot be used: no cloud call without a budget.
        """
        held = await self._admit(call, order)
        started = time.perf_counter()
        self._enter(call, order)
        try:
            answer = await self.transport.send(
                "POST",
                order.path,
                body=order.body,
                timeout_s=self._timeout_s(call),
                max_bytes=MAX_IMAGE_BYTES if call.is_image else MAX_CHAT_BYTES,
            )
            reply = order.read(answer)
        except TransportFailed as error:
            failed = of_transport(error)
            await self._failed(call, order, held, failed, started)
            raise failed from error
        except CallFailed as failed:
            await self._failed(call, order, held, failed, started)
            raise
        except asyncio.CancelledError:
            self._abandoned(call, order, held, started)
            raise
        finally:
            self._leave(order)
        return reply, await self._succeeded(call, order, held, reply, started)

    async def stream(self, call: Call, order: Order) -> AsyncIterator[str | tuple[Reply, int]]:
        """The texts as they come, and at the end the whole reply with its cost. Raises as `send` does."""
        held = await self._admit(call, order)
        started = time.perf_counter()
        self._enter(call, order)
        is_over = False
        try:
            async with self.transport.stream(
                "POST", order.path, body=order.body, timeout_s=self._timeout_s(call), max_bytes=MAX_CHAT_BYTES
            ) as answer:
                reader = StreamReader(answer.headers)
                if not _is_event_stream(answer.status, answer.headers):
                    body = b"".join([chunk async for chunk in answer.chunks])
                    reply = read_whole(answer.status, answer.headers, body)
                    yield reply.text
                else:
                    async for payload in data_lines(answer.chunks):
                        if text := reader.feed(payload):
                            yield text
                        if reader.is_done:
                            break
                    reply = reader.finish()
            is_over = True
        except TransportFailed as error:
            is_over = True
            failed = of_transport(error)
            failed.generation_id = failed.generation_id or reader_id(locals().get("reader"))
            await self._failed(call, order, held, failed, started)
            raise failed from error
        except CallFailed as failed:
            is_over = True
            await self._failed(call, order, held, failed, started)
            raise
        finally:
            self._leave(order)
            if not is_over:
                # Cancelled, or the consumer stopped reading: what was made so far is billed all the same.
                self._abandoned(call, order, held, started)
        yield reply, await self._succeeded(call, order, held, reply, started)

    def record(self, call: Call, outcome: Outcome, **facts: Any) -> None:
        """One row of the call log."""
        self.ledger.record(
            CallRow(
                org_id=call.caller.org_id,
                call_id=str(uuid.uuid4()),
                task=call.task.name,
                level=call.task.level,
                outcome=outcome,
                project_id=call.caller.project_id,
                input_sha256=call.input_sha256,
                trace_id=call.trace_id,
                request_id=call.caller.request_id,
                **facts,
            )
        )

    async def close(self, timeout_s: float = 2.0) -> None:
        """Let look-ups end for a moment, then settle what is left at its estimate."""
        await self._later.close(timeout_s)

    def alert(self, found: Sequence[BudgetAlert], policy: Policy) -> None:
        """Tell of passed marks, in the background."""
        for alert in found:
            self._later.soon(
                tell(alert, metrics=self.metrics, webhook_url=policy.budgets.alert_webhook_url, post=self._post)
            )

    async def _admit(self, call: Call, order: Order) -> Reservation | None:
        limits = call.policy.rate_limits
        await self._limiter.admit(limits, model=order.model, tokens=call.tokens_in + call.task.max_output_tokens)
        if order.is_free:
            return None
        day = today()
        wanted = Reservation(
            reservation_id=uuid.uuid4().hex,
            org_id=call.caller.org_id,
            day=day,
            amount_usd_micros=order.amount_usd_micros,
            scopes=scopes_of(
                call.policy.budgets,
                org_id=call.caller.org_id,
                call_id=call.call_id,
                task_cap_usd_micros=call.task.max_cost_usd_micros + sum(call.unknown_usd_micros),
                request_id=call.caller.request_id,
                day=day,
            ),
        )
        try:
            return await self.budget.reserve(
                wanted, job_id=call.caller.job_id, max_calls=call.policy.budgets.max_calls_per_job
            )
        except BudgetExceeded:
            self.record(call, "refused", requested_model=order.model, attempt=order.attempt, error_kind="budget")
            if isinstance(self.budget, RedisBudget) and self.budget.refusal_alerts:
                found, self.budget.refusal_alerts = self.budget.refusal_alerts, []
                self.alert(found, call.policy)
            raise

    def _enter(self, call: Call, order: Order) -> None:
        self.breakers.enter(order.model, call.policy.breaker)
        self.seen.in_flight[order.model] += 1
        self.metrics.in_flight.inc()

    def _leave(self, order: Order) -> None:
        with beside("statistics", self.metrics):
            self.seen.in_flight[order.model] -= 1
            self.metrics.in_flight.dec()

    def _timeout_s(self, call: Call) -> float:
        return max(0.001, min(call.task.timeout_s, call.deadline.left_s()))

    async def _succeeded(self, call: Call, order: Order, held: Reservation | None, reply: Reply, started: float) -> int:
        latency_ms = (time.perf_counter() - started) * 1000
        with beside("statistics", self.metrics):
            self.breakers.succeeded(order.model)
            self.seen.succeeded(order.model, latency_ms)
            self.metrics.seconds.labels(call.task.name).observe(latency_ms / 1000)
        reported = reply.usage.cost_usd_micros
        # A reply that does not say what it cost is charged what was reserved for it.
        cost = reported if reported is not None else (held.amount_usd_micros if held else 0)
        with beside("booking", self.metrics):
            await self._settle(call, held, cost)
        source = "provider" if reported is not None else "estimate" if held else "none"
        self._write(call, order, held, "succeeded", latency_ms, cost, source, reply.usage, reply)
        return cost

    async def _failed(
        self, call: Call, order: Order, held: Reservation | None, failed: CallFailed, started: float
    ) -> None:
        latency_ms = (time.perf_counter() - started) * 1000
        with beside("statistics", self.metrics):
            self.breakers.failed(order.model, failed.kind, call.policy.breaker)
            self.metrics.failed_tries.labels(order.model, failed.kind).inc()
        reported = failed.usage.cost_usd_micros if failed.usage else None
        if failed.charge == "unknown" and held is not None:
            call.unknown_usd_micros.append(held.amount_usd_micros)
            self._later.soon(
                self._look_up(call, order, held, failed.generation_id, latency_ms, failed.kind, failed.served_model)
            )
            return
        cost = reported or 0 if failed.charge == "known" else 0
        with beside("booking", self.metrics):
            await self._settle(call, held, cost)
        self._write(
            call, order, held, "failed", latency_ms, cost, "provider" if cost else "none", failed.usage, None,
            error_kind=failed.kind, served_model=failed.served_model,
        )  # fmt: skip

    def _abandoned(self, call: Call, order: Order, held: Reservation | None, started: float) -> None:
        self.breakers.left(order.model)
        latency_ms = (time.perf_counter() - started) * 1000
        if held is not None:
            self._later.soon(self._look_up(call, order, held, None, latency_ms, "cancelled", None))

    async def _look_up(
        self,
        call: Call,
        order: Order,
        held: Reservation,
        generation_id: str | None,
        latency_ms: float,
        kind: str,
        served_model: str | None,
    ) -> None:
        self.metrics.unknown_outcomes.inc()
        found: int | None = None
        try:
            for delay_s in self._lookup_delays_s if generation_id else ():
                await asyncio.sleep(delay_s)
                found = await self._generation_cost(generation_id or "")
                if found is not None:
                    break
        finally:
            cost = held.amount_usd_micros if found is None else found
            with beside("booking", self.metrics), suppress(Unavailable):
                self.alert(await asyncio.shield(self.budget.settle(held, cost)), call.policy)
            source = "estimate" if found is None else "generation"
            self._write(
                call, order, held, "unknown", latency_ms, cost, source, None, None, error_kind=kind,
                served_model=served_model,
            )  # fmt: skip

    async def _generation_cost(self, generation_id: str) -> int | None:
        from urllib.parse import quote

        try:
            answer = await self.transport.send(
                "GET",
                f"{openrouter.GENERATION_PATH}?id={quote(generation_id, safe='')}",
                timeout_s=5.0,
                max_bytes=1_000_000,
            )
        except TransportFailed:
            return None
        return openrouter.parse_generation(answer.status, answer.body)

    async def _settle(self, call: Call, held: Reservation | None, cost: int) -> None:
        call.spent_usd_micros.append(cost)
        if held is None:
            return
        try:
            found = await self.budget.settle(held, cost)
        except Unavailable:
            # The answer is paid for and is given out; the booking follows when Redis is back.
            self._later.soon(self._settle_later(call, held, cost))
            return
        if found:
            self.alert(found, call.policy)

    async def _settle_later(self, call: Call, held: Reservation, cost: int) -> None:
        for delay_s in SETTLE_RETRY_DELAYS_S:
            await asyncio.sleep(delay_s)
            try:
                self.alert(await self.budget.settle(held, cost), call.policy)
            except Unavailable:
                continue
            return

    def _write(
        self,
        call: Call,
        order: Order,
        held: Reservation | None,
        outcome: Outcome,
        latency_ms: float,
        cost: int,
        source: str,
        usage: Usage | None,
        reply: Reply | None,
        *,
        error_kind: str | None = None,
        served_model: str | None = None,
    ) -> None:
        used = usage or Usage()
        with beside("statistics", self.metrics):
            self.metrics.cost.labels(call.task.name).inc(cost)
        with beside("call log", self.metrics):
            self.record(
                call,
                outcome,
                requested_model=order.model,
                served_model=reply.served_model if reply else served_model,
                provider=reply.provider if reply else None,
                tokens_in=used.tokens_in,
                tokens_out=used.tokens_out,
                tokens_cached=used.tokens_cached,
                tokens_reasoning=used.tokens_reasoning,
                cost_usd_micros=cost,
                cost_source=source,
                latency_ms=round(latency_ms),
                cache_state="miss",
                attempt=order.attempt,
                error_kind=error_kind,
                day=held.day if held else "",
            )


def reader_id(reader: StreamReader | None) -> str | None:
    """The generation a broken stream belonged to."""
    return reader.generation_id if reader is not None else None


def _is_event_stream(status: int, headers: Mapping[str, str]) -> bool:
    return 200 <= status < 300 and "json" not in headers.get("content-type", "text/event-stream")
