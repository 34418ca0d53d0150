"""Money: reserved before a call, settled to the reported cost after, in one atomic step over all its scopes.

Scopes of one call: the call itself (the task's cap over all its tries), the request it serves, the org's day and
everybody's day. Amounts are integer micro-USD. The truth while it lasts is in Redis, one Lua script per step, so that
no two processes can race; the durable truth is the ledger (`inference_calls`). A day's pot that Redis does not know
(a new day, an evicted key, a Redis that came up empty) is filled from the ledger before anything is drawn from it; when
Redis or the ledger cannot be asked, nothing is reserved (fail closed). Calls in flight at the moment of such a loss
count again when they settle.

What must not live here: what a call may cost (`policy/policy_file.py`), or who hears of an alert (`alerts.py`).
"""

import asyncio
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Protocol

from sgd_resources.errors import BudgetExceeded, Unavailable
from sgd_resources.llm.policy.policy_file import BudgetLimits
from sgd_resources.redis.shared_state import PREFIX, SharedState

NO_LIMIT = -1
_NO_EPOCH, _NO_POT = -1, -3
DAY_TTL_S = 3 * 86_400
CALL_TTL_S = 1_800
SETTLED_TTL_S = 120
REBUILD_GRACE_S = 0.5
"""Time the other processes' ledgers get to write what they had queued when Redis was lost."""
_BASE = f"{PREFIX}:{{budget}}"
_OPEN = f"{_BASE}:open"

_RESERVE = """
local epoch = redis.call('GET', KEYS[1])
if not epoch then return {-1} end
if redis.call('EXISTS', KEYS[2]) == 1 then return {1, epoch} end
local amount = tonumber(ARGV[1])
local n = tonumber(ARGV[6])
for i = 1, n do
  if ARGV[6 + n + i] == '1' and redis.call('EXISTS', KEYS[4 + i]) == 0 then return {-3} end
end
for i = 1, n do
  local limit = tonumber(ARGV[6 + i])
  if limit >= 0 then
    local held = redis.call('HMGET', KEYS[4 + i], 'reserved', 'spent')
    local used = tonumber(held[1] or 0) + tonumber(held[2] or 0)
    if used + amount > limit then
      local is_first = 0
      if ARGV[6 + n + i] == '1' then is_first = redis.call('HSETNX', KEYS[4 + i], 'alerted:100', 1) end
      return {0, i, used, is_first}
    end
  end
end
local job_limit = tonumber(ARGV[5])
if job_limit >= 0 then
  if tonumber(redis.call('GET', KEYS[4]) or 0) >= job_limit then return {-2} end
  redis.call('INCR', KEYS[4])
  redis.call('EXPIRE', KEYS[4], ARGV[3])
end
local scopes = {}
for i = 1, n do
  redis.call('HINCRBY', KEYS[4 + i], 'reserved', amount)
  redis.call('EXPIRE', KEYS[4 + i], ARGV[6 + 2 * n + i])
  scopes[i] = KEYS[4 + i]
end
redis.call('HSET', KEYS[2], 'amount', amount, 'scopes', cjson.encode(scopes))
redis.call('EXPIRE', KEYS[2], ARGV[3])
redis.call('ZADD', KEYS[3], ARGV[2], ARGV[4])
return {1, epoch}
"""

_SETTLE = """
local epoch = redis.call('GET', KEYS[1])
if not epoch then return {-1} end
local state = redis.call('HMGET', KEYS[2], 'amount', 'settled')
if state[2] then return {0} end
if not state[1] then
  -- Evicted, lost with the whole Redis, or settled long ago: only the last one needs nothing.
  if redis.call('ZSCORE', KEYS[3], ARGV[1]) then state[1] = ARGV[5]
  elseif epoch == ARGV[3] then return {0} end
end
local cost = tonumber(ARGV[2])
local n = tonumber(ARGV[6])
local percents = tonumber(ARGV[7])
for i = 1, n do
  if ARGV[7 + percents + n + i] == '1' and redis.call('EXISTS', KEYS[3 + i]) == 0 then return {-3} end
end
local alerts = {}
for i = 1, n do
  local key = KEYS[3 + i]
  if state[1] then
    local left = redis.call('HINCRBY', key, 'reserved', 0 - tonumber(state[1]))
    if left < 0 then redis.call('HSET', key, 'reserved', 0) end
  end
  local spent = redis.call('HINCRBY', key, 'spent', cost)
  redis.call('EXPIRE', key, ARGV[7 + percents + 2 * n + i])
  local limit = tonumber(ARGV[7 + percents + i])
  if limit > 0 and ARGV[7 + percents + n + i] == '1' then
    for p = 1, percents do
      local percent = tonumber(ARGV[7 + p])
      if spent * 100 >= limit * percent and redis.call('HSETNX', key, 'alerted:' .. percent, 1) == 1 then
        alerts[#alerts + 1] = {i, percent, spent}
      end
    end
  end
end
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('DEL', KEYS[2])
redis.call('HSET', KEYS[2], 'settled', cost)
redis.call('EXPIRE', KEYS[2], ARGV[4])
return {1, alerts}
"""

_SEED = """
for i, key in ipairs(KEYS) do
  redis.call('HSETNX', key, 'spent', ARGV[i + 1])
  redis.call('EXPIRE', key, ARGV[1])
end
return 1
"""

_SWEEP = """
local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, 500)
for _, id in ipairs(ids) do
  local key = ARGV[2] .. id
  local held = redis.call('HMGET', key, 'amount', 'scopes', 'settled')
  if held[1] and not held[3] then
    for _, scope in ipairs(cjson.decode(held[2])) do
      redis.call('HINCRBY', scope, 'reserved', 0 - tonumber(held[1]))
      redis.call('HINCRBY', scope, 'spent', tonumber(held[1]))
    end
    redis.call('DEL', key)
    redis.call('HSET', key, 'settled', held[1])
    redis.call('EXPIRE', key, ARGV[3])
  end
  redis.call('ZREM', KEYS[1], id)
end
return #ids
"""


@dataclass(frozen=True)
class Scope:
    """One pot that a call draws from."""

    kind: str
    """`task`, `request`, `org_day` or `global_day`."""
    name: str
    limit_usd_micros: int | None
    lives_s: int = DAY_TTL_S

    @property
    def is_alerted(self) -> bool:
        """Whether somebody hears of its filling up."""
        return self.kind in {"org_day", "global_day"}


@dataclass(frozen=True)
class Reservation:
    """Money held for one try. Settle it exactly as it was reserved; its day never changes."""

    reservation_id: str
    org_id: str
    day: str
    amount_usd_micros: int
    scopes: tuple[Scope, ...]
    epoch: str = ""


@dataclass(frozen=True)
class BudgetAlert:
    """A pot passed one of its marks for the first time on that day."""

    scope: str
    kind: str
    day: str
    percent: int
    spent_usd_micros: int
    limit_usd_micros: int


class SpendSource(Protocol):
    """The durable ledger's word on a day."""

    def spent(self, day: str, org_id: str) -> tuple[int, int]:
        """Micro-USD of the org and of everybody on a UTC day. Raises Unavailable."""
        ...


class Budget(Protocol):
    """What the gateway asks of a budget."""

    async def reserve(
        self, reservation: Reservation, *, job_id: str | None = None, max_calls: int | None = None
    ) -> Reservation:
        """Hold the money in every scope, or in none. Idempotent by id. Raises BudgetExceeded, Unavailable."""
        ...

    async def settle(self, reservation: Reservation, cost_usd_micros: int) -> Sequence[BudgetAlert]:
        """Book the cost (0 releases). Idempotent by id. Raises Unavailable."""
        ...


def scopes_of(
    limits: BudgetLimits, *, org_id: str, call_id: str, task_cap_usd_micros: int, request_id: str | None, day: str
) -> tuple[Scope, ...]:
    """The pots of one call."""
    found = [Scope("task", f"call:{call_id}", task_cap_usd_micros, CALL_TTL_S)]
    if request_id is not None and limits.request_usd_micros is not None:
        found.append(Scope("request", f"request:{org_id}:{request_id}", limits.request_usd_micros, 86_400))
    found.append(Scope("org_day", f"org:{day}:{org_id}", limits.org_day_usd_micros))
    found.append(Scope("global_day", f"global:{day}", limits.global_day_usd_micros))
    return tuple(found)


def today(now: datetime | None = None) -> str:
    """The UTC day money is booked on."""
    return (now or datetime.now(UTC)).strftime("%Y-%m-%d")


class RedisBudget:
    """The budget over Redis; safe across processes.

    Args:
        state: the shared Redis.
        limits: the policy's, for the marks of alerts.
        ledger: what a lost day is rebuilt from; None starts a lost day at nothing spent (tests, no database).
    """

    def __init__(self, state: SharedState, limits: BudgetLimits, *, ledger: SpendSource | None = None) -> None:
        self._state = state
        self._limits = limits
        self._ledger = ledger
        self._began: set[str] = set()
        self.refusal_alerts: list[BudgetAlert] = []

    async def reserve(
        self, reservation: Reservation, *, job_id: str | None = None, max_calls: int | None = None
    ) -> Reservation:
        """See `Budget.reserve`."""
        scopes = reservation.scopes
        keys = [
            _epoch_key(reservation.day), _held_key(reservation.reservation_id), _OPEN,
            f"{_BASE}:job:{reservation.org_id}:{job_id}", *map(_scope_key, scopes),
        ]  # fmt: skip
        counts_calls = job_id is not None and max_calls is not None
        args: list[str | int | bytes] = [
            reservation.amount_usd_micros, f"{time.time():.3f}", DAY_TTL_S, reservation.reservation_id,
            max_calls if counts_calls and max_calls is not None else NO_LIMIT,
            len(scopes), *map(_limit, scopes), *(int(s.is_alerted) for s in scopes), *(s.lives_s for s in scopes),
        ]  # fmt: skip
        answer = await self._run(_RESERVE, keys, args, reservation)
        if answer[0] == 1:
            return replace(reservation, epoch=answer[1].decode())
        if answer[0] == -2:
            raise BudgetExceeded(
                "the job has made all the model calls it may",
                retry_after_s=3_600,
                details={"scope": "job_calls", "limit": max_calls},
            )
        scope = scopes[answer[1] - 1]
        limit = scope.limit_usd_micros or 0
        if answer[3]:
            self.refusal_alerts.append(BudgetAlert(scope.name, scope.kind, reservation.day, 100, answer[2], limit))
        raise _exceeded(scope, answer[2], reservation.amount_usd_micros)

    async def settle(self, reservation: Reservation, cost_usd_micros: int) -> Sequence[BudgetAlert]:
        """See `Budget.settle`."""
        scopes, percents = reservation.scopes, self._limits.alert_percents
        keys = [
            _epoch_key(reservation.day), _held_key(reservation.reservation_id), _OPEN, *map(_scope_key, scopes)
        ]  # fmt: skip
        args: list[str | int | bytes] = [
            reservation.reservation_id, max(0, cost_usd_micros), reservation.epoch, SETTLED_TTL_S,
            reservation.amount_usd_micros, len(scopes),
            len(percents), *percents, *map(_limit, scopes), *(int(s.is_alerted) for s in scopes),
            *(s.lives_s for s in scopes),
        ]  # fmt: skip
        answer = await self._run(_SETTLE, keys, args, reservation)
        if answer[0] != 1:
            return ()
        return [
            BudgetAlert(
                scopes[at - 1].name, scopes[at - 1].kind, reservation.day, percent, spent,
                scopes[at - 1].limit_usd_micros or 0,
            )
            for at, percent, spent in answer[1]
        ]  # fmt: skip

    async def sweep(self, older_than_s: float) -> int:
        """Settle at their estimate what dead processes left reserved; how many."""
        cutoff = f"{time.time() - older_than_s:.3f}"
        return int(await self._state.run(_SWEEP, [_OPEN], [cutoff, f"{_BASE}:held:", SETTLED_TTL_S]))

    async def spent(self, scope: Scope) -> tuple[int, int]:
        """(reserved, spent) micro-USD of a pot now."""
        reserved, spent = await self._state.command("HMGET", _scope_key(scope), "reserved", "spent")
        return int(reserved or 0), int(spent or 0)

    async def _run(
        self, script: str, keys: Sequence[str], args: Sequence[str | int | bytes], reservation: Reservation
    ) -> list[Any]:
        for _ in range(4):
            answer: list[Any] = await self._state.run(script, keys, args)
            if answer[0] == _NO_EPOCH:
                await self._begin_day(reservation.day)
            elif answer[0] == _NO_POT:
                await self._seed(reservation)
            else:
                return answer
        raise Unavailable("the budget of the day cannot be rebuilt", retry_after_s=2.0)

    async def _begin_day(self, day: str) -> None:
        if day in self._began and self._ledger is not None:
            await asyncio.sleep(REBUILD_GRACE_S)
        await self._state.command("SET", _epoch_key(day), uuid.uuid4().hex, "EX", DAY_TTL_S, "NX")
        self._began.add(day)

    async def _seed(self, reservation: Reservation) -> None:
        """Fill the pots Redis does not know from the ledger; those it knows stay as they are."""
        by_org = everybody = 0
        if self._ledger is not None:
            by_org, everybody = await asyncio.to_thread(self._ledger.spent, reservation.day, reservation.org_id)
        spent = {"org_day": by_org, "global_day": everybody}
        pots = [scope for scope in reservation.scopes if scope.is_alerted]
        await self._state.run(_SEED, [_scope_key(pot) for pot in pots], [DAY_TTL_S, *(spent[pot.kind] for pot in pots)])


class NoBudget:
    """No limits and no memory: for the plain service class, which knows no orgs."""

    async def reserve(
        self, reservation: Reservation, *, job_id: str | None = None, max_calls: int | None = None
    ) -> Reservation:
        """As given."""
        return reservation

    async def settle(self, reservation: Reservation, cost_usd_micros: int) -> Sequence[BudgetAlert]:
        """Nothing to tell."""
        return ()


def _exceeded(scope: Scope, used: int, amount: int) -> BudgetExceeded:
    now = datetime.now(UTC)
    to_midnight = 86_400 - (now.hour * 3_600 + now.minute * 60 + now.second)
    is_daily = scope.kind in {"org_day", "global_day"}
    return BudgetExceeded(
        f"the budget of this {scope.kind.replace('_', ' ')} is spent",
        retry_after_s=float(to_midnight) if is_daily else 60.0,
        details={
            "scope": scope.kind,
            "limit_usd_micros": scope.limit_usd_micros,
            "used_usd_micros": used,
            "asked_usd_micros": amount,
        },
    )


def _scope_key(scope: Scope) -> str:
    return f"{_BASE}:scope:{scope.name}"


def _held_key(reservation_id: str) -> str:
    return f"{_BASE}:held:{reservation_id}"


def _epoch_key(day: str) -> str:
    return f"{_BASE}:epoch:{day}"


def _limit(scope: Scope) -> int:
    return NO_LIMIT if scope.limit_usd_micros is None else scope.limit_usd_micros
