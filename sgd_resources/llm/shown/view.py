"""What is read from Redis of all processes: the values, the script that fetches them, and what they say.

What must not live here: writing them (`told.py`), or any client of Redis: the status reads in the gateway's loop, the
API's /metrics with a client of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from sgd_resources.observed.samples import Sample, sample_of
from sgd_resources.redis.shared_state import PREFIX

BASE = f"{PREFIX}:shown"
COUNTS_KEY = f"{BASE}:counts"
HEALTH_KEY = f"{BASE}:health"
ALIVE_KEY = f"{BASE}:alive"
PROCESS_KEY = f"{BASE}:process:"
FAILING_MS = 15 * 60 * 1000
"""A failure that nobody tried again for so long says nothing of now."""
OWN_FAULT_FAILURES = 3
"""Refusals of the request itself may be one caller's mistake: so many in a row, from all processes, are the model's."""
FAULTS_OF_REQUEST = frozenset({
    "context_too_long", "content_filtered", "unsupported_parameter", "payload_too_large", "unprocessable",
    "invalid_request",
})  # fmt: skip
_WORST = ("closed", "half_open", "open")

KEYS = (COUNTS_KEY, HEALTH_KEY, ALIVE_KEY)
READ = f"""
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local bodies = {{}}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], now, '+inf')) do
  local body = redis.call('HGET', '{PROCESS_KEY}' .. id, 'body')
  if body then bodies[#bodies + 1] = body end
end
return {{now, redis.call('HGETALL', KEYS[1]), redis.call('HGETALL', KEYS[2]), bodies}}
"""
"""Run with `KEYS`; its answer is for `read_answer`. Each key lies in one slot of a cluster."""


@dataclass(frozen=True)
class Health:
    """Of one model, what its tries in all processes came to. Moments in milliseconds since 1970, 0 for never."""

    answered_at: int = 0
    failing_since: int = 0
    """The first failure after the last answer."""
    failed_at: int = 0
    failures: int = 0
    """Since the last answer."""
    kind: str = ""
    """Of the last failure."""


@dataclass(frozen=True)
class SharedView:
    """All processes at one moment."""

    now_ms: int = 0
    counts: tuple[Sample, ...] = ()
    gauges: tuple[Sample, ...] = ()
    health: Mapping[str, Health] = field(default_factory=dict)
    breakers: Mapping[str, str] = field(default_factory=dict)
    """The worst state that any living process sees."""
    processes: int = 0

    def failing(self) -> dict[str, Health]:
        """The models whose last tries failed, and that are not known to answer again."""
        return {model: found for model, found in sorted(self.health.items()) if self._is_failing(model, found)}

    def answering(self) -> list[str]:
        """The models that answered lately, and not before a failure."""
        recent = self.now_ms - FAILING_MS
        return [
            model
            for model, found in sorted(self.health.items())
            if found.answered_at >= recent and not self._is_failing(model, found)
        ]

    def total(self, name: str, **labels: str) -> float:
        """All counted under a sample's name, of those labels."""
        wanted = labels.items()
        return sum(one.value for one in self.counts if one.name == name and wanted <= dict(one.labels).items())

    def _is_failing(self, model: str, found: Health) -> bool:
        if not found.failures or (found.kind in FAULTS_OF_REQUEST and found.failures < OWN_FAULT_FAILURES):
            return False
        # While a breaker is open nobody tries: the silence is no sign of health.
        return found.failed_at >= self.now_ms - FAILING_MS or self.breakers.get(model, "closed") != "closed"


def read_answer(answer: Sequence[Any]) -> SharedView:
    """The view that `READ` returned."""
    now, counts, health, bodies = answer
    processes = [orjson.loads(body) for body in bodies]
    return SharedView(
        int(now),
        tuple(sample_of(name, float(value)) for name, value in _pairs(counts)),
        tuple(_gauges(processes)),
        _health(dict(_pairs(health))),
        _breakers(processes),
        len(processes),
    )


def _gauges(processes: Sequence[Mapping[str, Any]]) -> list[Sample]:
    """Tries in flight add up; concerns are the same list seen by each, and count once."""
    found: dict[str, float] = {}
    for process in processes:
        for name, value in process["gauges"].items():
            is_shared = "model_concerns" in name
            found[name] = max(found.get(name, 0.0), value) if is_shared else found.get(name, 0.0) + value
    return [sample_of(name, value) for name, value in found.items()]


def _health(facts: Mapping[str, str]) -> dict[str, Health]:
    models = {name.partition("|")[2] for name in facts}

    def number(model: str, name: str) -> int:
        return int(facts.get(f"{name}|{model}", 0))

    return {
        model: Health(
            number(model, "answered"),
            number(model, "since"),
            number(model, "failed"),
            number(model, "failures"),
            facts.get(f"kind|{model}", ""),
        )
        for model in models
    }


def _breakers(processes: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for process in processes:
        for name, state in process["breakers"].items():
            found[name] = max(found.get(name, "closed"), state, key=_WORST.index)
    return found


def _pairs(flat: Sequence[bytes | str]) -> list[tuple[str, str]]:
    texts = [part.decode() if isinstance(part, bytes) else part for part in flat]
    return list(zip(texts[::2], texts[1::2], strict=True))
