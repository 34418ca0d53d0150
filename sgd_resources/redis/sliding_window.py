"""How much may be spent in any window of time, counted over all processes in Redis, or by one process for itself.

A sliding window: what is spent counts for the whole length of the window after it, so that no window of that length,
wherever it begins, holds more than its limit. Moments are kept in cells of a thirtieth of the window, each with its
weight and the moment of its last spending; a cell leaves the window when that moment does, which holds the earlier ones
of the cell back by at most a thirtieth, and never lets one go early. A key takes at most 1.5 kB (31 cells, and the last
that left) and lives a second longer than its window. What must not live here: whose limits these are, and how a refusal
is told.
"""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

_CELLS = 30
_MICROS = 1_000_000
_MOST_KEYS = 50_000
"""So many keys a process counts by itself; the one that spent longest ago is forgotten first. A key of one request
takes 0.5 kB, one with all its cells 4 kB: so many busy ones no process serves, and it stays at tens of MB."""

# KEYS: one per limit. ARGV: the moment in microseconds, or nothing for Redis' own clock; then cost, limit and window in
# microseconds of each key. Returns {allowed, then per key: used, microseconds to empty, microseconds until it fits}.
# A value is a list of 'moment total': of each cell, oldest first, the moment it was last spent in and all that was
# spent up to there. The head is the last cell to have left: what lies in the window is the last total less the head's.
SCRIPT = f"""
local function read(entry)
  local moment, total = string.match(entry, '(%d+) (%d+)')
  return tonumber(moment), tonumber(total)
end
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * {_MICROS} + tonumber(time[2])
end
local allowed, found = 1, {{}}
for i, key in ipairs(KEYS) do
  local cost, limit, window = tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i]), tonumber(ARGV[3 * i + 1])
  local f = {{at = now, last = 0, total = 0, base = 0, wait = 0}}
  local tail = redis.call('LINDEX', key, -1)
  if tail then
    f.last, f.total = read(tail)
    -- A clock that was set back must not let anything in.
    f.at = math.max(now, f.last)
    local ends = redis.call('LRANGE', key, 0, 1)
    while ends[2] and read(ends[2]) + window <= f.at do
      redis.call('LPOP', key)
      ends = redis.call('LRANGE', key, 0, 1)
    end
    local _, base = read(ends[1])
    f.base = base
    if f.total > base and f.total - base + cost > limit then
      for _, entry in ipairs(redis.call('LRANGE', key, 1, -1)) do
        local moment, total = read(entry)
        f.wait = moment + window - f.at
        if f.total - total + cost <= limit then break end
      end
      allowed = 0
    end
  end
  found[i] = f
end
local answer = {{allowed}}
for i, key in ipairs(KEYS) do
  local f, cost, window = found[i], tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i + 1])
  if allowed == 1 then
    local size = math.ceil(window / {_CELLS})
    local is_same = f.total > f.base and math.floor(f.last / size) == math.floor(f.at / size)
    f.last, f.total = f.at, f.total + cost
    local entry = string.format('%d %d', f.last, f.total)
    if is_same then
      redis.call('LSET', key, -1, entry)
    elseif f.total == cost then
      redis.call('RPUSH', key, '0 0', entry)
    else
      redis.call('RPUSH', key, entry)
    end
    redis.call('PEXPIRE', key, math.ceil(window / 1000) + 1000)
  end
  answer[#answer + 1] = f.total - f.base
  answer[#answer + 1] = math.max(0, f.last + window - f.at)
  answer[#answer + 1] = f.wait
end
return answer
"""


@dataclass(frozen=True)
class Spending:
    """What is to be spent of one limit: `cost` of the `limit` units that any `window_s` seconds may hold."""

    key: str
    cost: int
    limit: int
    window_s: int = 60


@dataclass(frozen=True)
class Standing:
    """Of one limit, after the decision: units in the window, seconds until it is empty and until the cost fits."""

    used: int
    empty_in_s: float
    fits_in_s: float


@dataclass(frozen=True)
class Verdict:
    """Whether all was spent, or nothing; the standings are in the order of the spendings.

    A cost above its limit is let through alone, when the window is empty: else it would wait for ever.
    """

    is_allowed: bool
    standings: tuple[Standing, ...]


def script_arguments(spendings: Sequence[Spending], *, now_s: float | None = None) -> tuple[list[str], list[str | int]]:
    """Keys and arguments of `SCRIPT`, which decides in one round trip, in one step.

    Args:
        spendings: of keys that one node of a cluster holds.
        now_s: by another clock than Redis' own.
    """
    moment: str | int = "" if now_s is None else _micros(now_s)
    numbers = (part for s in spendings for part in (s.cost, s.limit, s.window_s * _MICROS))
    return [s.key for s in spendings], [moment, *numbers]


def read_answer(answer: Sequence[Any]) -> Verdict:
    """The verdict that `SCRIPT` returned."""
    parts = [int(part) for part in answer[1:]]
    standings = (Standing(parts[i], parts[i + 1] / _MICROS, parts[i + 2] / _MICROS) for i in range(0, len(parts), 3))
    return Verdict(bool(answer[0]), tuple(standings))


class LocalWindows:
    """The same rule within one process, over what it decided and what it saw Redis decide. Threads may share it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._windows: OrderedDict[str, _Window] = OrderedDict()

    def decide(self, spendings: Sequence[Spending]) -> Verdict:
        """Spend all, or nothing when one does not fit."""
        now = _micros(self._clock())
        with self._lock:
            windows = [self._windows.get(s.key) or _Window(s.window_s * _MICROS) for s in spendings]
            waits = [w.wait(s.cost, s.limit, now) for w, s in zip(windows, spendings, strict=True)]
            is_allowed = not any(waits)
            if is_allowed:
                self._spend(windows, spendings, now)
            standings = [w.standing(wait, now) for w, wait in zip(windows, waits, strict=True)]
        return Verdict(is_allowed, tuple(standings))

    def note(self, spendings: Sequence[Spending]) -> None:
        """Keep what was spent elsewhere, whether it fits here or not."""
        now = _micros(self._clock())
        with self._lock:
            windows = [self._windows.get(s.key) or _Window(s.window_s * _MICROS) for s in spendings]
            self._spend(windows, spendings, now)

    def give_back(self, spendings: Sequence[Spending]) -> None:
        """What was decided on here and then refused elsewhere was not spent."""
        with self._lock:
            for spending in spendings:
                if (window := self._windows.get(spending.key)) is not None:
                    window.give_back(spending.cost)

    def surely_used(self, spendings: Sequence[Spending]) -> list[int]:
        """Units of each window that no other count of the same spending can have let go yet."""
        now = _micros(self._clock())
        with self._lock:
            found = [self._windows.get(spending.key) for spending in spendings]
            return [0 if window is None else window.young(now) for window in found]

    def _spend(self, windows: "Sequence[_Window]", spendings: Sequence[Spending], now: int) -> None:
        for window, spending in zip(windows, spendings, strict=True):
            window.spend(spending.cost, now)
            self._windows[spending.key] = window
            self._windows.move_to_end(spending.key)
        while len(self._windows) > _MOST_KEYS:
            self._windows.popitem(last=False)


class _Window:
    """The cells of one key: what `SCRIPT` does, in Python. Microseconds."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._cells: deque[tuple[int, int]] = deque()
        self._used = 0

    def wait(self, cost: int, limit: int, now: int) -> int:
        """Until `cost` fits; 0 when it does."""
        at = self._let_go(now)
        wait, left = 0, self._used
        for moment, weight in self._cells:
            if left + cost <= limit:
                break
            wait, left = moment + self._length - at, left - weight
        return wait

    def spend(self, cost: int, now: int) -> None:
        at = self._let_go(now)
        self._used += cost
        size = -(-self._length // _CELLS)
        if self._cells and self._cells[-1][0] // size == at // size:
            cost += self._cells.pop()[1]
        self._cells.append((at, cost))

    def give_back(self, cost: int) -> None:
        """From the newest cells: which of them held it does not matter to the sum, and the older ones leave first."""
        while cost > 0 and self._cells:
            moment, weight = self._cells.pop()
            taken = min(cost, weight)
            cost, self._used = cost - taken, self._used - taken
            if weight > taken:
                self._cells.append((moment, weight - taken))

    def standing(self, wait: int, now: int) -> Standing:
        empty_in = self._cells[-1][0] + self._length - self._at(now) if self._cells else 0
        return Standing(self._used, empty_in / _MICROS, wait / _MICROS)

    def young(self, now: int) -> int:
        """Of cells whose first spending is younger than the window by a second: Redis had it on its way for less."""
        oldest = now - self._length + self._length // _CELLS + _MICROS
        return sum(weight for moment, weight in self._cells if moment > oldest)

    def _let_go(self, now: int) -> int:
        at = self._at(now)
        while self._cells and self._cells[0][0] + self._length <= at:
            self._used -= self._cells.popleft()[1]
        return at

    def _at(self, now: int) -> int:
        return max(now, self._cells[-1][0]) if self._cells else now


def _micros(seconds: float) -> int:
    return int(seconds * _MICROS)
