"""One attempt at one model: admitted, sent, read, and closed in the books, however it ends.

What must not live here: which model, or whether to try again (`steps.py`, `chain.py`), or its money (`books.py`).
"""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence

from sgd_resources.llm.call.beside import beside
from sgd_resources.llm.call.books import LOOKUP_DELAYS_S, Books
from sgd_resources.llm.call.breaker import FAULTS_OF_MODEL, FAULTS_OF_PROVIDER, Breakers
from sgd_resources.llm.call.call import Attempt, Call
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.money.alerts import Post, post_webhook
from sgd_resources.llm.money.budget import Budget, Reservation
from sgd_resources.llm.money.ledger import Ledger
from sgd_resources.llm.policy.rate_limit import Limiter
from sgd_resources.llm.policy.routing import Observations
from sgd_resources.llm.wire.replies import CallFailed, Reply
from sgd_resources.llm.wire.retry import of_transport
from sgd_resources.llm.wire.sse import StreamReader, data_lines, read_whole
from sgd_resources.llm.wire.transport import Transport, TransportFailed

MAX_CHAT_BYTES = 16_000_000
MAX_IMAGE_BYTES = 64_000_000


class Attempts:
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
        self._limiter = limiter
        self.breakers = breakers
        self.seen = seen
        self.metrics = metrics
        self.books = Books(
            transport, budget=budget, ledger=ledger, metrics=metrics, post=post, lookup_delays_s=lookup_delays_s
        )

    async def send(self, call: Call, attempt: Attempt) -> tuple[Reply, int]:
        """The reply and what it cost.

        Raises:
            CallFailed: the try failed; its money is settled or being looked up.
            RateLimited, BudgetExceeded: the try was not made.
            Unavailable: Redis cannot be used: no cloud call without a budget.
        """
        held = await self._admit(call, attempt)
        started = time.perf_counter()
        self._enter(call, attempt)
        try:
            answer = await (attempt.transport or self.transport).send(
                "POST",
                attempt.path,
                body=attempt.body,
                timeout_s=self._timeout_s(call),
                max_bytes=MAX_IMAGE_BYTES if call.is_image else MAX_CHAT_BYTES,
            )
            reply = attempt.read(answer)
        except TransportFailed as error:
            failed = of_transport(error)
            await self._failed(call, attempt, held, failed, started)
            raise failed from error
        except CallFailed as failed:
            await self._failed(call, attempt, held, failed, started)
            raise
        except asyncio.CancelledError:
            self._abandoned(call, attempt, held, started)
            raise
        finally:
            self._leave(call, attempt)
        return reply, await self._succeeded(call, attempt, held, reply, started)

    async def stream(self, call: Call, attempt: Attempt) -> AsyncIterator[str | tuple[Reply, int]]:
        """The texts as they come, and at the end the whole reply with its cost. Raises as `send` does."""
        held = await self._admit(call, attempt)
        started = time.perf_counter()
        self._enter(call, attempt)
        is_over = False
        try:
            async with (attempt.transport or self.transport).stream(
                "POST", attempt.path, body=attempt.body, timeout_s=self._timeout_s(call), max_bytes=MAX_CHAT_BYTES
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
                reply = attempt.accepts(reply)
            is_over = True
        except TransportFailed as error:
            is_over = True
            failed = of_transport(error)
            failed.generation_id = failed.generation_id or reader_id(locals().get("reader"))
            await self._failed(call, attempt, held, failed, started)
            raise failed from error
        except CallFailed as failed:
            is_over = True
            await self._failed(call, attempt, held, failed, started)
            raise
        finally:
            self._leave(call, attempt)
            if not is_over:
                # Cancelled, or the consumer stopped reading: what was made so far is billed all the same.
                self._abandoned(call, attempt, held, started)
        yield reply, await self._succeeded(call, attempt, held, reply, started)

    async def close(self, timeout_s: float = 2.0) -> None:
        """Let look-ups end for a moment, then settle what is left at its estimate."""
        await self.books.close(timeout_s)

    async def _admit(self, call: Call, attempt: Attempt) -> Reservation | None:
        limits = call.policy.rate_limits
        await self._limiter.admit(limits, model=attempt.model, tokens=call.tokens_in + call.task.max_output_tokens)
        return await self.books.hold(call, attempt)

    def _enter(self, call: Call, attempt: Attempt) -> None:
        self.breakers.enter(attempt.model, call.policy.breaker)
        self.seen.entered(attempt.model, _id_of(call, attempt), self._timeout_s(call))
        self.metrics.in_flight.inc()

    def _leave(self, call: Call, attempt: Attempt) -> None:
        with beside("statistics", self.metrics):
            self.seen.left(attempt.model, _id_of(call, attempt))
            self.metrics.in_flight.dec()

    def _timeout_s(self, call: Call) -> float:
        return max(0.001, min(call.task.timeout_s, call.deadline.left_s()))

    async def _succeeded(
        self, call: Call, attempt: Attempt, held: Reservation | None, reply: Reply, started: float
    ) -> int:
        latency_ms = (time.perf_counter() - started) * 1000
        with beside("statistics", self.metrics):
            self.breakers.succeeded(attempt.model)
            self.seen.succeeded(attempt.model, latency_ms)
            self.metrics.seconds.labels(call.task.name).observe(latency_ms / 1000)
        reported = reply.usage.cost_usd_micros
        # A reply that does not say what it cost is charged what was reserved for it.
        # Where the policy names the prices of a server that names no cost, its tokens are counted by them.
        priced = attempt.price_of(reply.usage) if reported is None and attempt.price_of else None
        stated = priced if reported is None else reported
        cost = stated if stated is not None else (held.amount_usd_micros if held else 0)
        with beside("booking", self.metrics):
            await self.books.settle(call, held, cost)
        source = "provider" if reported is not None else "estimate" if held else "none"
        self.books.write(call, attempt, held, "succeeded", latency_ms, cost, source, reply.usage, reply)
        return cost

    async def _failed(
        self, call: Call, attempt: Attempt, held: Reservation | None, failed: CallFailed, started: float
    ) -> None:
        latency_ms = (time.perf_counter() - started) * 1000
        with beside("statistics", self.metrics):
            self.breakers.failed(attempt.model, failed.kind, call.policy.breaker)
            if failed.kind in FAULTS_OF_MODEL | FAULTS_OF_PROVIDER:
                self.seen.failed(attempt.model)
            self.metrics.failed_tries.labels(attempt.model, failed.kind).inc()
        reported = failed.usage.cost_usd_micros if failed.usage else None
        if failed.charge == "unknown" and held is not None:
            generation_id = failed.generation_id if attempt.has_generations else None
            self.books.look_up(call, attempt, held, generation_id, latency_ms, failed.kind, failed.served_model)
            return
        cost = reported or 0 if failed.charge == "known" else 0
        with beside("booking", self.metrics):
            await self.books.settle(call, held, cost)
        self.books.write(
            call, attempt, held, "failed", latency_ms, cost, "provider" if cost else "none", failed.usage, None,
            error_kind=failed.kind, served_model=failed.served_model,
        )  # fmt: skip

    def _abandoned(self, call: Call, attempt: Attempt, held: Reservation | None, started: float) -> None:
        self.breakers.left(attempt.model)
        latency_ms = (time.perf_counter() - started) * 1000
        if held is not None:
            self.books.look_up(call, attempt, held, None, latency_ms, "cancelled", None)


def _id_of(call: Call, attempt: Attempt) -> str:
    return f"{call.call_id}:{attempt.number}"


def reader_id(reader: StreamReader | None) -> str | None:
    """The generation a broken stream belonged to."""
    return reader.generation_id if reader is not None else None


def _is_event_stream(status: int, headers: Mapping[str, str]) -> bool:
    return 200 <= status < 300 and "json" not in headers.get("content-type", "text/event-stream")
