"""One process tells Redis what it saw: what failed or answered at once, what it counted once a second and at its end.

A killed process loses the counts of its last second and nothing else; its breakers leave the view ten seconds later. A
batch of counts carries a number of its own, so that one sent twice counts once. What must not live here: reading
(`view.py`).
"""

import asyncio
import time
import uuid
from collections.abc import Callable, Mapping

import orjson
from prometheus_client import CollectorRegistry

from sgd_resources.errors import Unavailable
from sgd_resources.llm.shown.view import (
    ALIVE_KEY,
    COUNTS_KEY,
    HEALTH_KEY,
    KEYS,
    PROCESS_KEY,
    READ,
    SharedView,
    read_answer,
)
from sgd_resources.observed.samples import samples_of
from sgd_resources.redis.shared_state import SharedState

EVERY_S = 1.0
ALIVE_MS = 10_000
KEPT_S = 30 * 86_400
"""Counts that nobody adds to for so long are forgotten, which Prometheus takes for a restart."""

_TELL = f"""
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
if redis.call('HGET', KEYS[3], 'batch') ~= ARGV[2] then
  for i = 4, #ARGV, 2 do redis.call('HINCRBYFLOAT', KEYS[1], ARGV[i], ARGV[i + 1]) end
end
redis.call('EXPIRE', KEYS[1], {KEPT_S})
redis.call('HSET', KEYS[3], 'batch', ARGV[2], 'body', ARGV[3])
redis.call('PEXPIRE', KEYS[3], {6 * ALIVE_MS})
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
redis.call('ZADD', KEYS[2], now + {ALIVE_MS}, ARGV[1])
return 1
"""
_SAW = f"""
local time = redis.call('TIME')
local now = string.format('%.0f', tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000))
local model, kind = ARGV[1], ARGV[2]
if kind == '' then
  redis.call('HSET', KEYS[1], 'answered|' .. model, now)
  redis.call('HDEL', KEYS[1], 'since|' .. model, 'failures|' .. model)
else
  redis.call('HSETNX', KEYS[1], 'since|' .. model, now)
  redis.call('HINCRBY', KEYS[1], 'failures|' .. model, 1)
  redis.call('HSET', KEYS[1], 'failed|' .. model, now, 'kind|' .. model, kind)
end
redis.call('EXPIRE', KEYS[1], {KEPT_S})
return 1
"""


class Shown:
    """What this process adds to the view of all, and the way to read it. Belongs to the gateway's event loop.

    Args:
        state: the shared Redis.
        registry: of this process' counters.
        breakers: their states in this process.
        clock: seconds of any origin; tests put their own here.
    """

    def __init__(
        self,
        state: SharedState,
        registry: CollectorRegistry | None = None,
        breakers: Callable[[], Mapping[str, str]] = dict,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._state = state
        self._registry = registry or CollectorRegistry()
        self._breakers = breakers
        self._clock = clock
        self._process = uuid.uuid4().hex
        self._told: dict[str, float] = {}
        self._batch: tuple[int, dict[str, float]] | None = None
        self._batches = 0
        self._answered: dict[str, float] = {}
        self._task: asyncio.Task[None] | None = None

    async def read(self) -> SharedView:
        """All processes now. Raises Unavailable (retry) when Redis cannot be used."""
        return read_answer(await self._state.run(READ, KEYS, []))

    def answered(self, model: str) -> None:
        """A model answered; told once a second, and at once after a failure."""
        now = self._clock()
        if now - self._answered.get(model, -EVERY_S) >= EVERY_S:
            self._answered[model] = now
            self._state.post("EVAL", _SAW, 1, HEALTH_KEY, model, "")

    def failed(self, model: str, kind: str) -> None:
        """A try failed, for whatever reason."""
        self._answered.pop(model, None)
        self._state.post("EVAL", _SAW, 1, HEALTH_KEY, model, kind)

    def start(self) -> None:
        """Tell once a second from now on; needs a running loop."""
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def tell(self) -> None:
        """Send what was counted since the last time. Raises Unavailable: nothing is lost, the next time sends it."""
        gauges, counts = samples_of(self._registry)
        if self._batch is None:
            self._batches += 1
            added = {name: value - self._told.get(name, 0.0) for name, value in counts.items()}
            self._batch = (self._batches, {name: value for name, value in added.items() if value})
        number, added = self._batch
        body = orjson.dumps({"gauges": gauges, "breakers": dict(self._breakers())})
        parts = [part for name, value in added.items() for part in (name, repr(value))]
        keys = [COUNTS_KEY, ALIVE_KEY, f"{PROCESS_KEY}{self._process}"]
        await self._state.run(_TELL, keys, [self._process, number, body, *parts])
        self._batch = None
        for name, value in added.items():
            self._told[name] = self._told.get(name, 0.0) + value

    async def close(self) -> None:
        """Tell the rest and leave the view. Raises Unavailable: then the rest is lost."""
        if self._task is None:
            return
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        if self._batch is not None:
            await self.tell()
        await self.tell()
        await self._state.command("ZREM", ALIVE_KEY, self._process)

    async def _run(self) -> None:
        while True:
            try:
                await self.tell()
            except Unavailable:
                # Redis is away, and calls are refused meanwhile: what was counted waits for the next second.
                await asyncio.sleep(0)
            await asyncio.sleep(EVERY_S)
