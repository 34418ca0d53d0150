"""One attempt at one model: admitted, sent, read, and closed in the books, however it ends.

What must not live here: which model, or whether to try again (`steps.py`, `chain.py`), or its money (`books.py`).
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence

from sgd_resources.llm.call.admission import Admission
from sgd_resources.llm.call.beside import beside
from sgd_resources.llm.call.books import Books, Entry
from sgd_resources.llm.call.breaker import FAULTS_OF_MODEL, FAULTS_OF_PROVIDER, Breakers
from sgd_resources.llm.call.call import Attempt, Call
from sgd_resources.llm.call.keeper import Keeper
from sgd_resources.llm.call.lanes import Lanes
from sgd_resources.llm.call.reconcile import LOOKUP_DELAYS_S
from sgd_resources.llm.call.rows import attempt_row
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.money.alerts import Post, post_webhook
from sgd_resources.llm.money.budget import Budget, BudgetAlert
from sgd_resources.llm.money.ledger import CallRow, Ledger
from sgd_resources.llm.policy.rate_limit import Limiter, RedisLimiter
from sgd_resources.llm.policy.routing import Observations
from sgd_resources.llm.shown.told import Shown
from sgd_resources.llm.wire.replies import CallFailed, Reply
from sgd_resources.llm.wire.retry import of_transport
from sgd_resources.llm.wire.sse import StreamReader, begun, data_lines, read_whole
from sgd_resources.llm.wire.transport import HttpStream, Transport, TransportFailed
from sgd_resources.observed.spans import span_inside

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
        shown: Shown | None = None,
        post: Post = post_webhook,
        transport_of: Callable[[CallRow], Transport] | None = None,
        lookup_delays_s: Sequence[float] = LOOKUP_DELAYS_S,
        write_alert: Callable[[BudgetAlert], None] | None = None,
    ) -> None:
        self.transport = transport
        self.limiter = limiter
        self.breakers = breakers
        self.seen = seen
        self.metrics = metrics
        self.shown = shown
        self.books = Books(
            transport_of or (lambda _: transport),
            budget=budget,
            ledger=ledger,
            metrics=metrics,
            post=post,
            lookup_delays_s=lookup_delays_s,
            write_alert=write_alert,
        )
        self.keeper = Keeper(self.books, metrics)
        self.lanes = Lanes(lambda model, is_throttled: metrics.throttled.labels(model).set(is_throttled))

    def admission(self, call: Call, attempt: Attempt) -> Admission | None:
        """What `send` would ask of Redis before it sends, to be asked in one step with others."""
        if not isinstance(self.limiter, RedisLimiter):
            return None
        charge = self.limiter.charge(call.policy.rate_limits, model=attempt.model, tokens=_tokens_of(call))
        return Admission(attempt, charge, self.books.asked(call, attempt))

    def give_up(self, admission: Admission) -> None:
        """No try came of it: what may be held for it is given back."""
        if admission.asked is not None and not admission.is_used:
            self.books.doubt(admission.asked)

    async def send(self, call: Call, attempt: Attempt, admission: Admission | None = None) -> Reply:
        """The reply; what it cost is in `call.spent_usd_micros`.

        Args:
            call: what the attempt belongs to.
            attempt: to be made.
            admission: of this very attempt, with the answers that there are.

        Raises:
            CallFailed: the attempt failed; its money is settled or being looked up.
            RateLimited, BudgetExceeded, NotFound: the attempt was not made.
            Unavailable: Redis cannot be used: no cloud call without a budget.
        """
        entry = await self._admit(call, attempt, admission)
        started = time.perf_counter()
        self._enter(call, attempt)
        try:
            with span_inside(
                "model POST", sgd__task=call.task.name, gen_ai__request__model=attempt.model, sgd__try=attempt.number
            ):
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
            await self._failed(call, attempt, entry, failed, started)
            raise failed from error
        except CallFailed as failed:
            await self._failed(call, attempt, entry, failed, started)
            raise
        except asyncio.CancelledError:
            self._abandoned(call, attempt, entry, started, None)
            raise
        finally:
            self._leave(call, attempt)
        await self._succeeded(call, attempt, entry, reply, started)
        return reply

    async def stream(self, call: Call, attempt: Attempt) -> AsyncIterator[str | Reply]:
        """The texts as they come, and at the end the whole reply. Raises as `send` does."""
        entry = await self._admit(call, attempt)
        started = time.perf_counter()
        self._enter(call, attempt)
        is_over = False
        reader = StreamReader(has_begun=False)
        try:
            async with (attempt.transport or self.transport).stream(
                "POST", attempt.path, body=attempt.body, timeout_s=self._timeout_s(call), max_bytes=MAX_CHAT_BYTES
            ) as answer:
                reader.headers = answer.headers
                chunks, head, is_events = _counted(answer, reader), b"", False
                if _may_be_events(answer.status, answer.headers):
                    head, is_events = await begun(chunks)
                if not is_events:
                    body = head + b"".join([chunk async for chunk in chunks])
                    reply = read_whole(answer.status, answer.headers, body)
                    yield reply.text
                else:
                    async for payload in data_lines(_joined(head, chunks)):
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
            failed.generation_id = failed.generation_id or generation_of(reader)
            await self._failed(call, attempt, entry, failed, started)
            raise failed from error
        except CallFailed as failed:
            is_over = True
            await self._failed(call, attempt, entry, failed, started)
            raise
        finally:
            self._leave(call, attempt)
            if not is_over:
                # Cancelled, or the consumer stopped reading: what was made so far is billed all the same.
                self._abandoned(call, attempt, entry, started, generation_of(reader))
        await self._succeeded(call, attempt, entry, reply, started)
        yield reply

    def start(self) -> None:
        """Keep the books, and tell the other processes what is seen here, from now on; needs a running loop."""
        self.keeper.start()
        if self.shown is not None:
            self.shown.start()

    async def close(self, timeout_s: float = 2.0) -> None:
        """Let look-ups end for a moment; what is left stays held, and another process goes on with it."""
        await self.books.close(timeout_s)
        self.seen.flush()
        await self.keeper.close()
        if self.shown is not None:
            with beside("telling the others", self.metrics):
                await self.shown.close()

    async def _admit(self, call: Call, attempt: Attempt, admission: Admission | None = None) -> Entry:
        self.start()
        await self._take_place(call, attempt)
        try:
            return await self._opened(call, attempt, admission)
        except BaseException:
            self.lanes.leave(attempt.model)
            raise

    async def _take_place(self, call: Call, attempt: Attempt) -> None:
        """Wait for a turn where the model is asked less; half of the call's time is left for asking another one."""
        is_slow = call.is_image and self.seen.is_slow(attempt.model, call.task.timeout_s)
        await self.lanes.enter(
            attempt.model,
            is_strained=is_slow or self.seen.is_strained(attempt.model),
            patience_s=max(0.0, call.deadline.left_s() / 2),
        )

    async def _opened(self, call: Call, attempt: Attempt, admission: Admission | None) -> Entry:
        charge, asked = (admission.charge, admission.asked) if admission is not None else (None, None)
        if admission is not None:
            admission.is_used = True
        limits = call.policy.rate_limits
        await self.limiter.admit(limits, model=attempt.model, tokens=_tokens_of(call), charge=charge)
        return await self.books.open(call, attempt, asked)

    def _enter(self, call: Call, attempt: Attempt) -> None:
        self.breakers.enter(attempt.model, call.policy.breaker)
        self.seen.entered(attempt.model, _id_of(call, attempt), self._timeout_s(call))
        self.metrics.in_flight.inc()

    def _leave(self, call: Call, attempt: Attempt) -> None:
        self.lanes.leave(attempt.model)
        with beside("statistics", self.metrics):
            self.seen.left(attempt.model, _id_of(call, attempt))
            self.metrics.in_flight.dec()

    def _timeout_s(self, call: Call) -> float:
        return max(0.001, min(call.task.timeout_s, call.deadline.left_s()))

    async def _succeeded(self, call: Call, attempt: Attempt, entry: Entry, reply: Reply, started: float) -> None:
        latency_ms = (time.perf_counter() - started) * 1000
        with beside("statistics", self.metrics):
            self.breakers.succeeded(attempt.model)
            self.seen.succeeded(attempt.model, latency_ms)
            if self.shown is not None:
                self.shown.answered(attempt.model)
            self.metrics.seconds.labels(call.task.name).observe(latency_ms / 1000)
            self.metrics.tries.labels(_provider_of(call, attempt), "ok").inc()
        reported, held = reply.usage.cost_usd_micros, entry.held
        # Where the policy names the prices of a server that names no cost, its tokens are counted by them.
        priced = attempt.price_of(reply.usage) if reported is None and attempt.price_of else None
        stated = priced if reported is None else reported
        # A reply that does not say what it cost is charged what was reserved for it.
        cost = stated if stated is not None else held.amount_usd_micros if held else 0
        is_estimated = held is not None and held.amount_usd_micros > 0
        source = "provider" if reported is not None else "policy" if priced is not None else "estimate"
        source = source if source != "estimate" or is_estimated else "none"
        row = attempt_row(
            call, attempt, "succeeded", call_id=entry.entry_id, day=entry.day, latency_ms=latency_ms,
            cost_usd_micros=cost,
            cost_source=source,
            usage=reply.usage, reply=reply,
        )  # fmt: skip
        await self.books.close_entry(call, entry, row)

    async def _failed(self, call: Call, attempt: Attempt, entry: Entry, failed: CallFailed, started: float) -> None:
        with beside("statistics", self.metrics):
            is_costly = failed.charge != "none"
            self.breakers.failed(attempt.model, failed.kind, call.policy.breaker, is_costly=is_costly)
            if failed.kind in FAULTS_OF_MODEL | FAULTS_OF_PROVIDER:
                self.seen.failed(attempt.model)
            self.metrics.failed_tries.labels(attempt.model, failed.kind).inc()
            self.metrics.tries.labels(_provider_of(call, attempt), _class_of(failed.status)).inc()
            if self.shown is not None:
                self.shown.failed(attempt.model, failed.kind)
        reported = failed.usage.cost_usd_micros if failed.usage else None
        cost = (reported or 0) if failed.charge == "known" else 0
        is_unknown = failed.charge == "unknown"
        row = attempt_row(
            call, attempt, "unknown" if is_unknown and entry.held else "failed", call_id=entry.entry_id,
            day=entry.day, latency_ms=(time.perf_counter() - started) * 1000, cost_usd_micros=cost,
            cost_source="provider" if cost else "none", usage=failed.usage, error_kind=failed.kind,
            served_model=failed.served_model,
        )  # fmt: skip
        if is_unknown:
            generation_id = failed.generation_id if attempt.has_generations else None
            await self.books.hold_unknown(call, entry, row, generation_id)
        else:
            await self.books.close_entry(call, entry, row)

    def _abandoned(self, call: Call, attempt: Attempt, entry: Entry, started: float, generation_id: str | None) -> None:
        self.breakers.left(attempt.model)
        row = attempt_row(
            call, attempt, "unknown", call_id=entry.entry_id, day=entry.day, error_kind="cancelled",
            latency_ms=(time.perf_counter() - started) * 1000, cost_usd_micros=0, cost_source="none",
        )  # fmt: skip
        self.books.abandon(call, entry, row, generation_id if attempt.has_generations else None)


def _tokens_of(call: Call) -> int:
    return call.tokens_in + call.task.max_output_tokens


def _id_of(call: Call, attempt: Attempt) -> str:
    return f"{call.call_id}:{attempt.number}"


def generation_of(reader: StreamReader) -> str | None:
    """The generation a broken stream belonged to."""
    return reader.generation_id or reader.headers.get("x-generation-id")


async def _counted(answer: HttpStream, reader: StreamReader) -> AsyncIterator[bytes]:
    try:
        async for chunk in answer.chunks:
            reader.has_begun = True
            yield chunk
    except TransportFailed:
        # A server that closes without saying so has said all there is.
        if not reader.is_whole:
            raise


async def _joined(head: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield head
    async for chunk in rest:
        yield chunk


def _may_be_events(status: int, headers: Mapping[str, str]) -> bool:
    return 200 <= status < 300 and "json" not in headers.get("content-type", "text/event-stream")


def _provider_of(call: Call, attempt: Attempt) -> str:
    return call.policy.provider_of(attempt.model).name


def _class_of(status: int | None) -> str:
    """`4xx` or `5xx`; `failed` for a try that no error status answered: no connection, no time, an unusable reply."""
    return f"{status // 100}xx" if status is not None and 400 <= status < 600 else "failed"
