"""The response cache: keys that no parameter escapes, and layers from memory over Redis to disk.

Only complete, schema-valid answers come here, stored under the model that answered, per org. What must not live here:
deciding what is complete (`gateway.py`), or calls in flight (`single_flight.py`).
"""

import asyncio
import base64
import contextlib
import hashlib
import logging
import random
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Literal

import orjson

from sgd_resources.errors import Unavailable
from sgd_resources.llm.answers.disk_cache import DiskCache
from sgd_resources.llm.wire.replies import Picture, Reply, Usage
from sgd_resources.redis.shared_state import PREFIX, SharedState, translated

Layer = Literal["memory", "redis", "disk"]

MEMORY_MAX_BYTES = 64_000_000
MEMORY_ENTRY_MAX_BYTES = 4_000_000
MEMORY_TTL_S = 30.0
"""How long a process trusts its own copy: an invalidation elsewhere is seen after that at the latest."""
JITTER_RATIO = 0.1
_BASE = f"{PREFIX}:cache"
_log = logging.getLogger(__name__)


def cache_key(
    body: Mapping[str, Any],
    *,
    org_id: str,
    task: str,
    policy_version: int,
    schema: Mapping[str, Any] | None,
    salt: str = "",
    asked_at: str = "",
) -> str:
    """`{org}:{task}:{sha256}` of everything that can change the answer; the order of keys changes nothing.

    Args:
        body: the whole outbound body, the model included.
        org_id: answers are never shared between orgs.
        task: for invalidation by task.
        policy_version: a changed policy starts afresh.
        schema: what the answer was checked against.
        salt: tells variants of one request apart.
        asked_at: tells servers and keys apart: the same name may be another model elsewhere.
    """
    everything = [body, schema, policy_version, org_id, task, salt, asked_at]
    digest = hashlib.sha256(orjson.dumps(everything, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return f"{org_id}:{task}:{digest}"


def is_same_model(requested: str, served: str | None) -> bool:
    """Whether the served name is the requested model's own.

    Equal, a dated snapshot of it, an alias' target, or its file as a server on this machine names it.
    """
    if served is None or served == requested or requested.startswith("~"):
        return True
    base = requested.partition(":")[0]
    served_base = served.partition(":")[0]
    rest = served_base.removeprefix(base)
    is_snapshot = served_base.startswith(base) and (rest == "" or (rest[0] == "-" and rest[1:2].isdigit()))
    is_bare = "/" not in served_base or served_base.endswith(".gguf")
    return is_snapshot or (is_bare and served_base.rpartition("/")[2].removesuffix(".gguf") == base.rpartition("/")[2])


def pack(reply: Reply) -> bytes:
    """A reply as bytes."""
    return orjson.dumps({
        "text": reply.text, "finish_reason": reply.finish_reason, "served_model": reply.served_model,
        "provider": reply.provider, "generation_id": reply.generation_id, "tool_calls": list(reply.tool_calls),
        "usage": [
            reply.usage.tokens_in, reply.usage.tokens_out, reply.usage.tokens_cached, reply.usage.tokens_reasoning,
            reply.usage.cost_usd_micros,
        ],
        "pictures": [[p.media_type, base64.b64encode(p.data).decode("ascii")] for p in reply.pictures],
    })  # fmt: skip


def unpack(packed: bytes) -> Reply:
    """The reply that was packed.

    Raises:
        ValueError: the bytes are none: damaged, or of another release.
    """
    try:
        found = orjson.loads(packed)
        reply = Reply(
            text=_typed(found["text"], str),
            pictures=tuple(
                Picture(base64.b64decode(data, validate=True), _typed(media_type, str))
                for media_type, data in found["pictures"]
            ),
            finish_reason=_typed(found["finish_reason"], str, type(None)),
            served_model=_typed(found["served_model"], str, type(None)),
            provider=_typed(found["provider"], str, type(None)),
            generation_id=_typed(found["generation_id"], str, type(None)),
            usage=Usage(*(_typed(number, int, type(None)) for number in found["usage"])),
            tool_calls=tuple(_typed(call, dict) for call in found["tool_calls"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("no packed reply") from error
    return reply


def _typed(value: Any, *types: type) -> Any:
    if not isinstance(value, types):
        raise TypeError(type(value).__name__)
    return value


@dataclass(frozen=True)
class CacheStats:
    """What the cache did in this process, and how much lies in each layer."""

    hits: Mapping[str, int]
    misses: int
    saved_usd_micros: int
    memory_entries: int
    memory_bytes: int
    redis_entries: int
    disk_entries: int


class ResponseCache:
    """All layers. Any of Redis and disk may be left out; a failing layer is a miss, never an error.

    Args:
        state: the shared Redis.
        disk: for one machine, whose Redis forgets.
        memory_max_bytes: of this process.
    """

    def __init__(
        self,
        state: SharedState | None = None,
        *,
        disk: DiskCache | None = None,
        memory_max_bytes: int = MEMORY_MAX_BYTES,
    ) -> None:
        self._state = state
        self._disk = disk
        self._max_bytes = memory_max_bytes
        self._memory: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._bytes = 0
        self._hits: dict[str, int] = {"memory": 0, "redis": 0, "disk": 0}
        self._misses = 0
        self.saved_usd_micros = 0

    async def get(self, key: str) -> tuple[bytes, Layer] | None:
        """The packed reply and the layer it was in, looked for in all of them."""
        packed = self.in_memory(key)
        if packed is not None:
            return packed, "memory"
        if self._state is not None:
            with contextlib.suppress(Unavailable):
                packed = await self._state.command("GET", self.redis_name(key))
                if isinstance(packed, bytes):
                    self.found_in_redis(key, packed)
                    return packed, "redis"
        packed = self.on_disk(key)
        return None if packed is None else (packed, "disk")

    def in_memory(self, key: str) -> bytes | None:
        """What this process' own layer has; a miss here is no miss yet."""
        kept = self._memory.get(key)
        if kept is None or kept[0] <= time.monotonic():
            self._forget(key)
            return None
        self._memory.move_to_end(key)
        self._hits["memory"] += 1
        return kept[1]

    def redis_name(self, key: str) -> str:
        """Where the entry is in Redis, for those who ask for it on their way (`single_flight.py`)."""
        return f"{_BASE}:{key}"

    def found_in_redis(self, key: str, packed: bytes) -> None:
        """An entry was found there."""
        self._hits["redis"] += 1
        self._remember(key, packed, MEMORY_TTL_S)

    def may_be_on_disk(self, key: str) -> bool:
        """Whether it is worth asking the last layer."""
        return self._disk is not None and self._disk.may_hold(key)

    def on_disk(self, key: str) -> bytes | None:
        """What the last layer has; None here is a miss."""
        packed = self._disk.get(key) if self._disk is not None else None
        if packed is None:
            self._misses += 1
            return None
        self._hits["disk"] += 1
        self._remember(key, packed, MEMORY_TTL_S)
        return packed

    def drop(self, key: str, layer: str) -> None:
        """Forget an entry of a layer that cannot be read; another layer's, or the next answer, takes its place."""
        _log.warning("an answer in the cache (%s) is damaged and is asked for anew", layer)
        self._forget(key)
        if self._state is not None and layer == "redis":
            self._state.post("DEL", self.redis_name(key))
        if self._disk is not None and layer == "disk":
            self._disk.put(key, b"", ends_at=0.0)

    def put(self, key: str, packed: bytes, *, ttl_s: int) -> None:
        """Keep it in every layer for about `ttl_s`; the jitter keeps many from ending at once."""
        lives_s = max(1, int(ttl_s * (1 + JITTER_RATIO * (2 * random.random() - 1))))  # noqa: S311 - spreads expiry, guards nothing
        self._remember(key, packed, min(MEMORY_TTL_S, lives_s))
        if self._state is not None:
            # Not waited for: it is on the same connection before anything this call sends later.
            self._state.post("SET", self.redis_name(key), packed, "EX", lives_s)
        if self._disk is not None:
            self._disk.put(key, packed, ends_at=time.time() + lives_s)

    async def invalidate(self, *, org_id: str | None = None, task: str | None = None) -> int:
        """Drop the entries of an org, of a task, of both, or all; how many were in Redis and on disk."""
        pattern = f"{org_id or '*'}:{task or '*'}:*"
        for key in [key for key in self._memory if _matches(key, org_id, task)]:
            self._forget(key)
        dropped = 0
        if self._state is not None:
            with translated():
                async for name in self._state.client.scan_iter(match=f"{_BASE}:{pattern}", count=500):
                    dropped += int(await self._state.client.unlink(name))
        if self._disk is not None:
            dropped += await asyncio.to_thread(self._disk.drop, org_id, task)
        return dropped

    async def invalidate_matching(self, org_id: str, pattern: str) -> int:
        """Drop an org's entries whose `task:sha256` a pattern with `*` matches; how many were in Redis and on disk."""
        whole = f"{org_id}:{pattern}"
        for key in [key for key in self._memory if fnmatchcase(key, whole)]:
            self._forget(key)
        dropped = 0
        if self._state is not None:
            with translated():
                async for name in self._state.client.scan_iter(match=f"{_BASE}:{whole}", count=500):
                    dropped += int(await self._state.client.unlink(name))
        if self._disk is not None:
            dropped += await asyncio.to_thread(self._disk.drop_matching, whole)
        return dropped

    async def count_of(self, org_id: str) -> int:
        """How many of an org's answers are in Redis. Raises Unavailable when it cannot be asked."""
        found = 0
        if self._state is not None:
            with translated():
                async for _ in self._state.client.scan_iter(match=f"{_BASE}:{org_id}:*", count=500):
                    found += 1
        return found

    async def stats(self) -> CacheStats:
        """Counts. Raises Unavailable when Redis cannot be asked."""
        in_redis = 0
        if self._state is not None:
            with translated():
                async for _ in self._state.client.scan_iter(match=f"{_BASE}:*", count=500):
                    in_redis += 1
        on_disk = await asyncio.to_thread(self._disk.count) if self._disk is not None else 0
        return CacheStats(
            hits=dict(self._hits),
            misses=self._misses,
            saved_usd_micros=self.saved_usd_micros,
            memory_entries=len(self._memory),
            memory_bytes=self._bytes,
            redis_entries=in_redis,
            disk_entries=on_disk,
        )

    def _remember(self, key: str, packed: bytes, lives_s: float) -> None:
        self._forget(key)
        if len(packed) > MEMORY_ENTRY_MAX_BYTES:
            return
        self._memory[key] = (time.monotonic() + lives_s, packed)
        self._bytes += len(packed) + len(key)
        now = time.monotonic()
        while self._memory:
            oldest, (ends_at, _) = next(iter(self._memory.items()))
            if self._bytes <= self._max_bytes and ends_at > now:
                return
            self._forget(oldest)

    def _forget(self, key: str) -> None:
        kept = self._memory.pop(key, None)
        if kept is not None:
            self._bytes -= len(kept[1]) + len(key)


def _matches(key: str, org_id: str | None, task: str | None) -> bool:
    org, name, _ = key.split(":", 2)
    return (org_id is None or org == org_id) and (task is None or name == task)
