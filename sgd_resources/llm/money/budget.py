"""Money: reserved before a call, settled to the reported cost after, in one atomic step over all its pots.

Amounts are integer micro-USD. The truth while it lasts is in Redis (`scripts.py`); the durable truth is the ledger
(`inference_calls`), from which a pot that Redis does not know is filled before anything is drawn from it. A Redis that
was lost begins a new epoch (`epochs.py`). When Redis or the ledger cannot be asked, nothing is reserved (fail closed).

The order in which an attempt ends matters: its row is given to the ledger, then `recorded`, then settled. So a new
epoch in between counts it once, by its row.

What must not live here: what a call may cost (`policy/catalog.py`), which pots it draws from (`scopes.py`), who hears
of an alert (`alerts.py`), or what is done about a cost that nobody knows yet (`call/reconcile.py`).
"""

import asyncio
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

import orjson

from sgd_resources.errors import BudgetExceeded, Unavailable
from sgd_resources.llm.money import scripts
from sgd_resources.llm.money.epochs import Epochs, Registry
from sgd_resources.llm.money.scopes import Reservation, Scope, exceeded, from_plain, plain, request_pot
from sgd_resources.llm.policy.policy_file import BudgetLimits
from sgd_resources.redis.in_turn import Step
from sgd_resources.redis.shared_state import SharedState

NO_LIMIT = -1
JOB_TTL_S = 3 * 86_400
MOST_ADOPTED = 200
SEEDED_AT_ONCE = 1_000
"""Pots of requests a script fills in one step, some milliseconds of Redis."""
State = Literal["flying", "unknown", "final", "settled"]


@dataclass(frozen=True)
class BudgetAlert:
    """A pot passed one of its marks for the first time in its period. Of money spent, not of money held."""

    scope: str
    kind: str
    period: str
    percent: int
    spent_usd_micros: int
    limit_usd_micros: int
    is_refusal: bool = False
    """No call fits into what is left."""


@dataclass(frozen=True)
class Left:
    """What a dead process left held: this process settles it."""

    reservation: Reservation
    state: State
    generation_id: str | None


class SpendSource(Protocol):
    """The durable ledger's word."""

    def spent(self, org_id: str, scopes: Sequence[Scope]) -> Sequence[int]:
        """Micro-USD of each pot. Blocks; raises Unavailable."""
        ...

    def of_requests(self, org_id: str, day: str) -> Mapping[str, int]:
        """Micro-USD of each request of the org that has spent any on the day, by its id. Blocks; raises Unavailable."""
        ...


class Budget(Protocol):
    """What the gateway asks of a budget."""

    async def reserve(
        self, reservation: Reservation, *, job_id: str | None = None, max_calls: int | None = None
    ) -> Reservation:
        """Hold the money in every pot, or in none. Idempotent by id. Raises BudgetExceeded, Unavailable."""
        ...

    def recorded(self, reservation: Reservation) -> None:
        """The attempt's row was given to the ledger."""
        ...

    async def unknown(self, reservation: Reservation, generation_id: str, row: Mapping[str, Any]) -> None:
        """Nobody knows yet what it cost: hold it, also beyond the end of this process. Raises Unavailable."""
        ...

    async def settle(
        self, reservation: Reservation, cost_usd_micros: int, *, row: Mapping[str, Any] | None = None
    ) -> Sequence[BudgetAlert]:
        """Book the cost (0 releases). Idempotent by id. Raises Unavailable."""
        ...


@dataclass
class Asked:
    """A reservation on its way, to be asked for in a step of Redis with others."""

    reservation: Reservation
    step: Step
    max_calls: int | None
    answer: list[Any] | None = None
    """What the step said, once it was taken."""


@dataclass
class _Held:
    reservation: Reservation
    state: State = "flying"
    generation_id: str = ""
    is_recorded: bool = False


class RedisBudget:
    """The budget over Redis; safe across processes.

    Args:
        state: the shared Redis.
        limits: the policy's, for the marks of alerts.
        ledger: what lost pots are filled from; None begins every pot at nothing spent (tests, no database).
        drain: writes out the rows that this process has queued; see `Epochs`.
        registry: which processes live; see `Epochs`.
    """

    def __init__(
        self,
        state: SharedState,
        limits: BudgetLimits,
        *,
        ledger: SpendSource | None = None,
        drain: Callable[[float], bool] | None = None,
        registry: Registry | None = None,
    ) -> None:
        self._state = state
        self._limits = limits
        self._ledger = ledger
        self._held: dict[str, _Held] = {}
        self._doubtful: list[Reservation] = []
        self.process_id = f"{secrets.randbits(31):08x}"
        self.epochs = Epochs(state, self.process_id, self._announced, drain=drain, registry=registry)
        self.refusal_alerts: list[BudgetAlert] = []

    def asked(self, reservation: Reservation, *, job_id: str | None = None, max_calls: int | None = None) -> Asked:
        """The step that reserves, for `granted`; a process that has joined no epoch asks in vain."""
        scopes = reservation.scopes
        counts_calls = job_id is not None and max_calls is not None
        keys = [*self._keys(reservation, f"{scripts.JOB}{reservation.org_id}:{job_id}"), *map(_pots_key, scopes)]
        args: list[str | int | bytes] = [
            reservation.amount_usd_micros, reservation.reservation_id, self.process_id, _json(reservation.row),
            _json(plain(scopes)), max_calls if counts_calls and max_calls is not None else NO_LIMIT, JOB_TTL_S,
            len(scopes), *_pot_args(scopes),
        ]  # fmt: skip
        return Asked(reservation, Step(scripts.RESERVE, keys, args), max_calls)

    async def reserve(
        self, reservation: Reservation, *, job_id: str | None = None, max_calls: int | None = None
    ) -> Reservation:
        """See `Budget.reserve`."""
        if self.epochs.joined is None:
            await self.epochs.ready()
        return await self.granted(self.asked(reservation, job_id=job_id, max_calls=max_calls))

    async def granted(self, asked: Asked) -> Reservation:
        """The reservation that was asked for, by the answer that is there or by asking now. Raises as `reserve`."""
        reservation, step, first = asked.reservation, asked.step, asked.answer
        try:
            answer = await self._run(step.script, step.keys, step.args, reservation, first)
        except BaseException:
            self.doubt(asked)
            raise
        if answer[0] == 1:
            # Only what was granted is announced again, should Redis get lost: an announcement asks for no room.
            self._held[reservation.reservation_id] = _Held(reservation)
            return replace(reservation, epoch=answer[1].decode())
        raise self._refused(answer, reservation, asked.max_calls)

    def doubt(self, asked: Asked) -> None:
        """Nobody knows whether it was granted, or nobody wants it any more: it is released, sooner or later."""
        self._doubtful.append(asked.reservation)

    def recorded(self, reservation: Reservation) -> None:
        """See `Budget.recorded`."""
        self.epochs.n_recorded += 1
        held = self._held.get(reservation.reservation_id)
        if held is not None:
            held.is_recorded = True

    async def unknown(self, reservation: Reservation, generation_id: str, row: Mapping[str, Any]) -> None:
        """See `Budget.unknown`."""
        held = self._held.setdefault(reservation.reservation_id, _Held(reservation))
        held.state, held.generation_id = "unknown", generation_id
        held.reservation = replace(held.reservation, row=row)
        keys = [scripts.EPOCH, scripts.OPEN, scripts.HELD + reservation.reservation_id]
        await self._state.run(scripts.MARK, keys, [generation_id, _json(row)])

    async def settle(
        self, reservation: Reservation, cost_usd_micros: int, *, row: Mapping[str, Any] | None = None
    ) -> Sequence[BudgetAlert]:
        """See `Budget.settle`."""
        scopes, percents = reservation.scopes, self._limits.alert_percents
        keys = [*self._keys(reservation), *map(_pots_key, scopes)]
        args: list[str | int | bytes] = [
            reservation.reservation_id, max(0, cost_usd_micros), reservation.amount_usd_micros, _json(row),
            int(row is not None), len(scopes), len(percents), *percents, *_pot_args(scopes),
        ]  # fmt: skip
        answer = await self._run(scripts.SETTLE, keys, args, reservation)
        self._held.pop(reservation.reservation_id, None)
        if answer[0] != 1:
            return ()
        return [
            BudgetAlert(
                scopes[at - 1].name, scopes[at - 1].kind, scopes[at - 1].period, percent, spent,
                scopes[at - 1].limit_usd_micros or 0,
            )
            for at, percent, spent in answer[1]
        ]  # fmt: skip

    def written(self, reservation_ids: Sequence[str]) -> None:
        """The ledger has their rows: nobody needs to write them for this process. For the loop's own thread."""
        script, ids = scripts.WRITTEN, list(reservation_ids)
        self._state.post("EVAL", script, "1", scripts.OPEN, scripts.HELD, *ids)

    async def adopt(self, *, youngest_epoch_s: float) -> list[Left]:
        """Take over what dead processes held, some of it at a time. Raises Unavailable."""
        found = await self._state.run(
            scripts.ADOPT,
            [scripts.EPOCH, scripts.OPEN],
            [self.process_id, scripts.HELD, scripts.ALIVE, MOST_ADOPTED, f"{youngest_epoch_s:.0f}"],
        )
        left = []
        for raw in found:
            name, amount, scopes, row, state, generation = (part.decode() for part in raw)
            facts = orjson.loads(row) if row else None
            pots = from_plain(orjson.loads(scopes))
            day = next((pot.period for pot in pots if len(pot.period) == len("2026-11-30")), "")
            org_id = str(facts["org_id"]) if facts else ""
            reservation = Reservation(name, org_id, day, int(amount), pots, facts)
            if state != "settled":
                self._held[name] = _Held(reservation, state, generation)
            left.append(Left(reservation, state, generation or None))
        return left

    async def settle_doubtful(self) -> None:
        """Release what was reserved, or was not, when Redis went away in the middle. Raises Unavailable."""
        while self._doubtful:
            doubtful = self._doubtful[-1]
            if doubtful.reservation_id not in self._held:
                await self.settle(doubtful, 0)
            self._doubtful.remove(doubtful)

    async def spent(self, scope: Scope) -> tuple[int, int]:
        """(reserved, spent) micro-USD of a pot now. Raises Unavailable."""
        reserved, spent = await self._state.command("HMGET", _pots_key(scope), f"{scope.name}|r", f"{scope.name}|s")
        return int(reserved or 0), int(spent or 0)

    def _announced(self) -> list[str | int]:
        """All that is held and not in the ledger yet, as the script ANNOUNCE takes it."""
        found: list[str | int] = []
        for name, held in self._held.items():
            if not held.is_recorded:
                kept = held.reservation
                found += [
                    name, kept.amount_usd_micros, _json(plain(kept.scopes)), _json(kept.row), held.state,
                    held.generation_id,
                ]  # fmt: skip
        return found

    async def _run(
        self,
        script: str,
        keys: Sequence[str],
        args: Sequence[str | int | bytes],
        reservation: Reservation,
        first: list[Any] | None = None,
    ) -> list[Any]:
        for _ in range(6):
            answer: list[Any] = first if first is not None else await self._state.run(script, keys, args)
            first = None
            if answer[0] in {scripts.NO_EPOCH, scripts.GATHERING}:
                await self.epochs.ready()
            elif answer[0] == scripts.LOST_POTS:
                await self.epochs.ready(replaces=answer[1].decode())
            elif answer[0] == scripts.NO_POT:
                await self._seed(reservation, answer[1].decode())
            else:
                return answer
        raise Unavailable("the budget of the day cannot be rebuilt", retry_after_s=2.0)

    async def _seed(self, reservation: Reservation, epoch: str) -> None:
        """Fill the pots Redis does not know from the ledger; those it knows stay as they are.

        With an org's first request of a day come all its requests that have spent any: every later one is new, and its
        pot begins at nothing without asking the ledger.
        """
        pots = reservation.scopes
        found: Sequence[int] = [0] * len(pots)
        if self._ledger is not None:
            found = await asyncio.to_thread(self._ledger.spent, reservation.org_id, pots)
        for period in {pot.period for pot in pots}:
            own = [(pot, spent) for pot, spent in zip(pots, found, strict=True) if pot.period == period]
            await self._fill(epoch, period, {f"{pot.name}|s": spent for pot, spent in own})
        for pot in pots:
            if pot.kind == "request":
                await self._seed_requests(reservation.org_id, epoch, pot)

    async def _seed_requests(self, org_id: str, epoch: str, pot: Scope) -> None:
        spent: Mapping[str, int] = {}
        if self._ledger is not None:
            spent = await asyncio.to_thread(self._ledger.of_requests, org_id, pot.period)
        fields = {f"{request_pot(org_id, request)}|s": cost for request, cost in spent.items()}
        names = list(fields)
        for at in range(0, len(names), SEEDED_AT_ONCE):
            await self._fill(epoch, pot.period, {name: fields[name] for name in names[at : at + SEEDED_AT_ONCE]})
        # The last of all: it says that what is missing has spent nothing.
        await self._fill(epoch, pot.period, {pot.all_known_field: 1})

    async def _fill(self, epoch: str, period: str, fields: Mapping[str, int]) -> None:
        pairs = [part for pair in fields.items() for part in pair]
        keys = [scripts.EPOCH, scripts.POTS + period]
        await self._state.run(scripts.SEED, keys, [epoch, period, scripts.POTS_TTL_S, *pairs])

    def _refused(self, answer: list[Any], reservation: Reservation, max_calls: int | None) -> BudgetExceeded:
        if answer[0] == scripts.JOB_FULL:
            return BudgetExceeded(
                "the job has made all the model calls it may",
                retry_after_s=3_600,
                details={"scope": "job_calls", "limit": max_calls},
            )
        _, at, spent, reserved, is_first = answer
        scope = reservation.scopes[at - 1]
        if is_first:
            limit = scope.limit_usd_micros or 0
            self.refusal_alerts.append(
                BudgetAlert(scope.name, scope.kind, scope.period, 100, spent, limit, is_refusal=True)
            )
        return exceeded(scope, spent=spent, reserved=reserved, asked=reservation.amount_usd_micros)

    @staticmethod
    def _keys(reservation: Reservation, *more: str) -> list[str]:
        return [scripts.EPOCH, scripts.OPEN, scripts.HELD + reservation.reservation_id, *more]


def _pots_key(scope: Scope) -> str:
    return scripts.POTS + scope.period


def _pot_args(scopes: Sequence[Scope]) -> list[str | int]:
    return [
        *(scope.name for scope in scopes),
        *(NO_LIMIT if scope.limit_usd_micros is None else scope.limit_usd_micros for scope in scopes),
        *(int(scope.is_alerted) for scope in scopes),
        *(scope.period for scope in scopes),
        *(scope.all_known_field for scope in scopes),
    ]


def _json(value: Any) -> str:
    return "" if value is None else orjson.dumps(value).decode()
