"""The books of a call's attempts: money held before, settled or looked up after, one row of the call log each.

What must not live here: sending, how money is counted over processes (`money/budget.py`), or asking what an attempt of
unknown outcome cost (`reconcile.py`).
"""

import asyncio
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, repeat

from sgd_resources.errors import BudgetExceeded, Unavailable
from sgd_resources.llm.call.beside import BesideLater, beside
from sgd_resources.llm.call.call import Attempt, Call
from sgd_resources.llm.call.reconcile import LOOKUP_DELAYS_S, Reconciler, Waiting
from sgd_resources.llm.call.rows import PROCESS_DIED, as_row, attempt_row, row_of
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.money.alerts import Post, post_webhook, tell
from sgd_resources.llm.money.budget import Asked, Budget, BudgetAlert, Left, RedisBudget
from sgd_resources.llm.money.ledger import CallRow, DatabaseLedger, Ledger
from sgd_resources.llm.money.mended_row import plain
from sgd_resources.llm.money.scopes import Reservation, scopes_of, today
from sgd_resources.llm.policy.policy_file import Policy
from sgd_resources.llm.wire.transport import Transport

SETTLE_RETRY_DELAYS_S = (0.2, 1.0, 5.0, 15.0)


@dataclass(frozen=True)
class Entry:
    """One attempt in the books: an id and a day, and the money held for it if it may cost any."""

    entry_id: str
    day: str
    held: Reservation | None


class Books:
    """Money and rows of one gateway's attempts. One per gateway and event loop.

    Args:
        transport_of: to the provider that served the attempt of a row, for look-ups.
        budget: holds and settles.
        ledger: takes the rows.
        metrics: counted in.
        post: takes the alerts' webhook calls.
        lookup_delays_s: see `Reconciler`.
        write_alert: writes a passed mark down for the org; called in a thread.
    """

    def __init__(
        self,
        transport_of: Callable[[CallRow], Transport],
        *,
        budget: Budget,
        ledger: Ledger,
        metrics: LlmMetrics,
        post: Post = post_webhook,
        lookup_delays_s: Sequence[float] = LOOKUP_DELAYS_S,
        write_alert: Callable[[BudgetAlert], None] | None = None,
    ) -> None:
        self.budget = budget
        self.ledger = ledger
        self._metrics = metrics
        self._post = post
        self._write_alert = write_alert
        self._later = BesideLater(metrics)
        self._policy: Policy | None = None
        self.reconciler = Reconciler(transport_of, self._reconciled, delays_s=lookup_delays_s)

    def asked(self, call: Call, attempt: Attempt) -> Asked | None:
        """What `open` would ask of Redis, for a step with others; None where it has nothing to ask, or not so."""
        if attempt.is_free and call.caller.job_id is None:
            return None
        if not isinstance(self.budget, RedisBudget) or self.budget.epochs.joined is None:
            return None
        if attempt.amount_usd_micros > call.left_usd_micros:
            return None
        wanted = self._wanted(call, attempt, str(uuid.uuid4()), today())
        return self.budget.asked(wanted, job_id=call.caller.job_id, max_calls=call.policy.budgets.max_calls_per_job)

    async def open(self, call: Call, attempt: Attempt, asked: Asked | None = None) -> Entry:
        """Hold the money of one attempt; `asked` may have the answer already.

        Raises BudgetExceeded, Unavailable, NotFound (no such org).
        """
        self._policy = call.policy
        if asked is not None:
            entry_id, day = asked.reservation.reservation_id, asked.reservation.day
        else:
            entry_id, day = str(uuid.uuid4()), today()
        job_id = call.caller.job_id
        if attempt.is_free and job_id is None:
            return Entry(entry_id, day, None)
        try:
            if attempt.amount_usd_micros > call.left_usd_micros:
                raise _over_the_task(call, attempt)
            if asked is not None and isinstance(self.budget, RedisBudget):
                held = await self.budget.granted(asked)
            else:
                held = await self.budget.reserve(
                    self._wanted(call, attempt, entry_id, day),
                    job_id=job_id,
                    max_calls=call.policy.budgets.max_calls_per_job,
                )
        except BudgetExceeded:
            self.record(
                row_of(call, "refused", requested_model=attempt.model, attempt=attempt.number, error_kind="budget")
            )
            if isinstance(self.budget, RedisBudget) and self.budget.refusal_alerts:
                found, self.budget.refusal_alerts = self.budget.refusal_alerts, []
                self.alert(found)
            raise
        return Entry(entry_id, day, held)

    def doubt(self, asked: Asked) -> None:
        """What was asked for may be held, and no attempt uses it: it is given back."""
        if isinstance(self.budget, RedisBudget):
            self.budget.doubt(asked)

    async def close_entry(self, call: Call, entry: Entry, row: CallRow) -> None:
        """The attempt's cost is known: its row is written, its money booked, now or when Redis is back."""
        call.spent_usd_micros.append(row.cost_usd_micros)
        with beside("statistics", self._metrics):
            self._metrics.cost.labels(row.task).inc(row.cost_usd_micros)
            self._metrics.tokens.labels(row.task, "input").inc(row.tokens_in)
            self._metrics.tokens.labels(row.task, "output").inc(row.tokens_out)
        await self._book(entry.held, row)

    async def hold_unknown(self, call: Call, entry: Entry, row: CallRow, generation_id: str | None) -> None:
        """Nobody knows what the attempt cost: hold it until the provider tells, or book its estimate.

        Args:
            call: what it belongs to.
            entry: the attempt's.
            row: as it would be written now, but for its cost.
            generation_id: what to look up; None when there is nothing to ask by.
        """
        if entry.held is None:
            self.record(replace(row, cost_source="none"))
            return
        self._metrics.unknown_outcomes.inc()
        estimate = call.estimate_usd_micros(entry.held.amount_usd_micros)
        call.unknown_usd_micros.append(estimate)
        row = replace(row, cost_usd_micros=estimate, cost_source="estimate")
        if generation_id is None:
            await self._book(entry.held, row)
            return
        with suppress(Unavailable):
            # Without Redis this process still knows, and announces it again.
            await self.budget.unknown(entry.held, generation_id, plain(row))
        self.reconciler.add(entry.held, row, generation_id)

    def abandon(self, call: Call, entry: Entry, row: CallRow, generation_id: str | None) -> None:
        """As `hold_unknown`, for a task that is being cancelled."""
        self._later.soon(self.hold_unknown(call, entry, row, generation_id))

    def adopt(self, found: Sequence[Left]) -> None:
        """Settle what dead processes held: look it up where there is something to ask by, else at its estimate."""
        for left in found:
            facts = left.reservation.row
            if facts is None:
                self._later.soon(self._release(left.reservation, left.reservation.amount_usd_micros))
                continue
            row = as_row(facts)
            if left.state == "settled":
                self.record(row)
            elif left.generation_id and left.state == "unknown":
                self.reconciler.add(left.reservation, row, left.generation_id)
            else:
                self._later.soon(self._book(left.reservation, row))

    def record(self, row: CallRow) -> None:
        """One row of the call log."""
        with beside("call log", self._metrics):
            self.ledger.record(row)

    def alert(self, found: Sequence[BudgetAlert]) -> None:
        """Tell of passed marks, in the background."""
        for alert in found:
            url = self._policy.budgets.alert_webhook_url if self._policy else None
            self._later.soon(tell(alert, metrics=self._metrics, webhook_url=url, post=self._post))
            if self._write_alert is not None:
                self._later.soon(asyncio.to_thread(self._write_alert, alert))

    async def settled(self, timeout_s: float) -> None:
        """Wait until nothing is being looked up or booked any more, or for so long."""
        await self._later.wait(timeout_s)
        await self.reconciler.idle(timeout_s)
        await self._later.wait(timeout_s)

    async def close(self, timeout_s: float) -> None:
        """Let what is under way end for a moment; what is not known by then stays held, for another process."""
        await self.reconciler.idle(timeout_s)
        await self._later.close(timeout_s)
        await self.reconciler.close()

    def _wanted(self, call: Call, attempt: Attempt, entry_id: str, day: str) -> Reservation:
        row = attempt_row(
            call, attempt, "unknown", call_id=entry_id, day=day, cost_usd_micros=attempt.amount_usd_micros,
            cost_source="estimate" if attempt.amount_usd_micros else "none", error_kind=PROCESS_DIED,
        )  # fmt: skip
        scopes = () if attempt.is_free else scopes_of(call.policy.budgets, call.caller, day)
        return Reservation(entry_id, call.caller.org_id, day, attempt.amount_usd_micros, scopes, plain(row))

    async def _book(self, held: Reservation | None, row: CallRow) -> None:
        self.record(row)
        if held is None:
            return
        self.budget.recorded(held)
        # Until such a ledger says that the row is written, Redis keeps it for whoever comes after this process.
        kept = plain(row) if isinstance(self.ledger, DatabaseLedger) else None
        with beside("booking", self._metrics):
            try:
                self.alert(await self.budget.settle(held, row.cost_usd_micros, row=kept))
            except Unavailable:
                # The answer is paid for and is given out; the booking follows when Redis is back.
                self._later.soon(self._book_later(held, row))

    async def _book_later(self, held: Reservation, row: CallRow) -> None:
        for delay_s in chain(SETTLE_RETRY_DELAYS_S, repeat(SETTLE_RETRY_DELAYS_S[-1])):
            await asyncio.sleep(delay_s)
            with suppress(Unavailable):
                self.alert(await self.budget.settle(held, row.cost_usd_micros))
                return

    async def _release(self, held: Reservation, cost_usd_micros: int) -> None:
        with suppress(Unavailable):
            await self.budget.settle(held, cost_usd_micros)

    async def _reconciled(self, waited: Waiting, cost_usd_micros: int | None) -> None:
        row = waited.row
        if cost_usd_micros is not None:
            row = replace(row, cost_usd_micros=cost_usd_micros, cost_source="generation")
        with beside("statistics", self._metrics):
            self._metrics.cost.labels(row.task).inc(row.cost_usd_micros)
        await self._book(waited.reservation, row)


def _over_the_task(call: Call, attempt: Attempt) -> BudgetExceeded:
    return BudgetExceeded(
        "the cap of this task is spent",
        retry_after_s=60.0,
        details={
            "scope": "task",
            "limit_usd_micros": call.task.max_cost_usd_micros,
            "spent_usd_micros": sum(call.spent_usd_micros),
            "asked_usd_micros": attempt.amount_usd_micros,
        },
    )
