"""The books of a call's attempts: money held before, settled or looked up after, one row of the call log each.

What must not live here: sending, or how money is counted over processes (`money/budget.py`).
"""

import asyncio
import uuid
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import quote

from sgd_resources.errors import BudgetExceeded, Unavailable
from sgd_resources.llm.call.beside import BesideLater, beside
from sgd_resources.llm.call.call import Attempt, Call
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.money.alerts import Post, post_webhook, tell
from sgd_resources.llm.money.budget import Budget, BudgetAlert, RedisBudget, Reservation, scopes_of, today
from sgd_resources.llm.money.ledger import CallRow, Ledger, Outcome
from sgd_resources.llm.policy.policy_file import Policy
from sgd_resources.llm.wire import openrouter
from sgd_resources.llm.wire.replies import Reply, Usage
from sgd_resources.llm.wire.transport import Transport, TransportFailed

LOOKUP_DELAYS_S = (1.0, 3.0, 8.0, 20.0)
SETTLE_RETRY_DELAYS_S = (0.2, 1.0, 5.0, 15.0)


class Books:
    """Money and rows of one gateway's attempts. One per gateway and event loop."""

    def __init__(
        self,
        transport: Transport,
        *,
        budget: Budget,
        ledger: Ledger,
        metrics: LlmMetrics,
        post: Post = post_webhook,
        lookup_delays_s: Sequence[float] = LOOKUP_DELAYS_S,
    ) -> None:
        self._transport = transport
        self.budget = budget
        self.ledger = ledger
        self._metrics = metrics
        self._post = post
        self._lookup_delays_s = lookup_delays_s
        self._later = BesideLater(metrics)

    async def hold(self, call: Call, attempt: Attempt) -> Reservation | None:
        """The money of one attempt; None for one that is free. Raises BudgetExceeded, Unavailable."""
        if attempt.is_free:
            return None
        day = today()
        wanted = Reservation(
            reservation_id=uuid.uuid4().hex,
            org_id=call.caller.org_id,
            day=day,
            amount_usd_micros=attempt.amount_usd_micros,
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
            self.record(call, "refused", requested_model=attempt.model, attempt=attempt.number, error_kind="budget")
            if isinstance(self.budget, RedisBudget) and self.budget.refusal_alerts:
                found, self.budget.refusal_alerts = self.budget.refusal_alerts, []
                self.alert(found, call.policy)
            raise

    async def settle(self, call: Call, held: Reservation | None, cost: int) -> None:
        """Book what it cost, now or when Redis is back."""
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

    def look_up(
        self,
        call: Call,
        attempt: Attempt,
        held: Reservation,
        generation_id: str | None,
        latency_ms: float,
        kind: str,
        served_model: str | None,
    ) -> None:
        """Hold the money of an attempt whose outcome nobody knows until the provider tells."""
        call.unknown_usd_micros.append(held.amount_usd_micros)
        self._later.soon(self._look_up(call, attempt, held, generation_id, latency_ms, kind, served_model))

    def write(
        self,
        call: Call,
        attempt: Attempt,
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
        """The attempt's row, and its cost in the metrics."""
        used = usage or Usage()
        with beside("statistics", self._metrics):
            self._metrics.cost.labels(call.task.name).inc(cost)
        with beside("call log", self._metrics):
            self.record(
                call,
                outcome,
                requested_model=attempt.model,
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
                attempt=attempt.number,
                error_kind=error_kind,
                day=held.day if held else "",
            )

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
                tell(alert, metrics=self._metrics, webhook_url=policy.budgets.alert_webhook_url, post=self._post)
            )

    async def _look_up(
        self,
        call: Call,
        attempt: Attempt,
        held: Reservation,
        generation_id: str | None,
        latency_ms: float,
        kind: str,
        served_model: str | None,
    ) -> None:
        self._metrics.unknown_outcomes.inc()
        found: int | None = None
        try:
            for delay_s in self._lookup_delays_s if generation_id else ():
                await asyncio.sleep(delay_s)
                found = await self._generation_cost(generation_id or "")
                if found is not None:
                    break
        finally:
            cost = held.amount_usd_micros if found is None else found
            with beside("booking", self._metrics), suppress(Unavailable):
                self.alert(await asyncio.shield(self.budget.settle(held, cost)), call.policy)
            source = "estimate" if found is None else "generation"
            self.write(
                call, attempt, held, "unknown", latency_ms, cost, source, None, None, error_kind=kind,
                served_model=served_model,
            )  # fmt: skip

    async def _generation_cost(self, generation_id: str) -> int | None:
        try:
            answer = await self._transport.send(
                "GET",
                f"{openrouter.GENERATION_PATH}?id={quote(generation_id, safe='')}",
                timeout_s=5.0,
                max_bytes=1_000_000,
            )
        except TransportFailed:
            return None
        return openrouter.parse_generation(answer.status, answer.body)
