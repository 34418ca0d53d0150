"""One process tells Redis what it counted: once a second from a thread of its own, and at its end.

A killed process loses the counts of its last second and nothing else; its gauges leave the view ten seconds later. A
batch carries a number of its own, so that one sent twice counts once. What must not live here: reading (`view.py`).
"""

import atexit
import threading
import uuid
from collections.abc import Sequence

import orjson
import redis
from prometheus_client import CollectorRegistry

from sgd_resources import events
from sgd_resources.observed.counts import process_counts
from sgd_resources.observed.from_events import count
from sgd_resources.observed.samples import samples_of
from sgd_resources.observed.view import ALIVE_KEY, COUNTS_KEY, KEYS, PROCESS_KEY, READ, ProcessesView, read_answer

EVERY_S = 1.0
ALIVE_MS = 10_000
KEPT_S = 30 * 86_400
"""Counts that nobody adds to for so long are forgotten, which Prometheus takes for a restart."""
_TIMEOUT_S = 0.5

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

_tellers: list["Teller"] = []
"""Of this process; what it counted last is told at its end."""


class Teller:
    """What this process adds to the view of all, and the way to read it. Safe in threads.

    Args:
        client: of the shared Redis.
        role: of this process: `api`, `worker`, `workers` (their parent) or `graph` (Dagster's own).
        registries: what is told; this process' own counts are always among them.
    """

    def __init__(self, client: "redis.Redis", role: str, registries: Sequence[CollectorRegistry] = ()) -> None:
        self._client = client
        self._role = role
        self._registries = (process_counts().registry, *registries)
        self._process = uuid.uuid4().hex
        self._told: dict[str, float] = {}
        self._batch: tuple[int, dict[str, float]] | None = None
        self._batches = 0
        self._lock = threading.Lock()
        self._end = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Count the events of this process, and tell once a second from now on."""
        events.hear(count)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="metrics", daemon=True)
            self._thread.start()

    def tell(self) -> None:
        """Send what was counted since the last time. Raises RedisError: nothing is lost, the next time sends it."""
        with self._lock:
            gauges, counts = self._samples()
            if self._batch is None:
                self._batches += 1
                added = {name: value - self._told.get(name, 0.0) for name, value in counts.items()}
                self._batch = (self._batches, {name: value for name, value in added.items() if value})
            number, added = self._batch
            body = orjson.dumps({"role": self._role, "gauges": gauges})
            parts = [part for name, value in added.items() for part in (name, repr(value))]
            keys = (COUNTS_KEY, ALIVE_KEY, f"{PROCESS_KEY}{self._process}")
            self._client.eval(_TELL, len(keys), *keys, self._process, str(number), body, *parts)
            self._batch = None
            for name, value in added.items():
                self._told[name] = self._told.get(name, 0.0) + value

    def read(self) -> ProcessesView:
        """All processes now, this one to the moment. Raises RedisError."""
        self.tell()
        return read_answer(self._client.eval(READ, len(KEYS), *KEYS))

    def close(self) -> None:
        """Tell the rest and leave the view; without Redis the rest is lost."""
        self._end.set()
        if self._thread is None:
            return
        self._thread.join(2 * _TIMEOUT_S)
        self._thread = None
        try:
            if self._batch is not None:
                self.tell()
            self.tell()
            self._client.zrem(ALIVE_KEY, self._process)
        except redis.RedisError:
            # The process ends; what others counted stands.
            return

    def _run(self) -> None:
        while not self._end.wait(EVERY_S):
            try:
                self.tell()
            except redis.RedisError:
                # Redis is away, which readiness and `sgd_metrics_view_up` tell: what was counted waits.
                self._end.wait(EVERY_S)

    def _samples(self) -> tuple[dict[str, float], dict[str, float]]:
        gauges: dict[str, float] = {}
        counts: dict[str, float] = {}
        for registry in self._registries:
            more_gauges, more_counts = samples_of(registry)
            gauges |= more_gauges
            counts |= more_counts
        return gauges, counts


def start_telling(redis_url: str, role: str) -> Teller:
    """The teller of a process that serves no requests, started; it tells the rest when the process ends."""
    client = redis.Redis.from_url(redis_url, socket_timeout=_TIMEOUT_S, socket_connect_timeout=_TIMEOUT_S)
    teller = Teller(client, role)
    teller.start()
    _tellers.append(teller)
    # Registered again for each: what is registered last runs first, and so before the services of this process stop.
    atexit.register(stop_telling)
    return teller


def stop_telling() -> None:
    """Tell the rest of what was counted; called by itself when the interpreter ends, by hand before `os._exit`."""
    while _tellers:
        _tellers.pop().close()
