"""What is read from Redis of all processes: the script that fetches it, and the values it becomes.

Counts add up over all processes there ever were; gauges are those of living ones. What must not live here: writing
them (`told.py`), or the text that Prometheus reads (`exposition.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from sgd_resources.observed.samples import Sample, sample_of

BASE = "sgd:{metrics}"
COUNTS_KEY = f"{BASE}:counts"
ALIVE_KEY = f"{BASE}:alive"
PROCESS_KEY = f"{BASE}:process:"
SUMMED = frozenset({"sgd_http_requests_in_flight"})
"""Gauges of which each process holds a part; any other is the same for all, and the highest is shown."""

KEYS = (COUNTS_KEY, ALIVE_KEY)
READ = f"""
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local bodies = {{}}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], now, '+inf')) do
  local body = redis.call('HGET', '{PROCESS_KEY}' .. id, 'body')
  if body then bodies[#bodies + 1] = body end
end
return {{redis.call('HGETALL', KEYS[1]), bodies}}
"""
"""Run with `KEYS`; its answer is for `read_answer`. Each key lies in one slot of a cluster."""


@dataclass(frozen=True)
class ProcessesView:
    """All processes at one moment."""

    counts: tuple[Sample, ...] = ()
    gauges: tuple[Sample, ...] = ()
    processes: Mapping[str, int] = field(default_factory=dict)
    """Living processes, by role."""


def read_answer(answer: Sequence[Any]) -> ProcessesView:
    """The view that `READ` returned."""
    counts, bodies = answer
    texts = [part.decode() if isinstance(part, bytes) else part for part in counts]
    processes = [orjson.loads(body) for body in bodies]
    roles = [str(process["role"]) for process in processes]
    return ProcessesView(
        tuple(sample_of(name, float(value)) for name, value in zip(texts[::2], texts[1::2], strict=True)),
        tuple(_gauges([process["gauges"] for process in processes])),
        {role: roles.count(role) for role in sorted(set(roles))},
    )


def _gauges(processes: Sequence[Mapping[str, float]]) -> list[Sample]:
    found: dict[str, float] = {}
    for process in processes:
        for name, value in process.items():
            is_summed = sample_of(name, value).family in SUMMED
            known = found.get(name)
            found[name] = value if known is None else known + value if is_summed else max(known, value)
    return [sample_of(name, value) for name, value in found.items()]
