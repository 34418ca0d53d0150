"""Bytes by key in Redis, with a time to live, and a count of hits and misses.

What must not live here: what the bytes mean, or how keys are made.
"""

import math
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

import redis

from sgd_resources.errors import Unavailable
from sgd_resources.observed.counts import process_counts
from sgd_resources.observed.spans import span_inside

_TIMEOUT_S = 2.0
REST_S = 5.0
"""So long nobody waits for a Redis that said nothing in time: a cache is not worth half a second of each request."""


@dataclass(frozen=True)
class CacheCounts:
    """How often this process asked and was answered."""

    hits: int = 0
    misses: int = 0


class RedisCache:
    """Cache on Redis. Connects on first use; safe in threads.

    Args:
        url: `redis://`, `rediss://` or `unix://` with the socket's path; or a client that is the caller's to close.
        name: of the cache, for its metrics.
    """

    def __init__(self, url: "str | redis.Redis", *, name: str = "embeddings") -> None:
        self._name = name
        self._lock = threading.Lock()
        self._counts = CacheCounts()
        self._rests_until = -math.inf
        self._client: redis.Redis = (
            redis.Redis.from_url(url, socket_timeout=_TIMEOUT_S, socket_connect_timeout=_TIMEOUT_S)
            if isinstance(url, str)
            else url
        )

    @property
    def counts(self) -> CacheCounts:
        """Hits and misses since the cache was built."""
        return self._counts

    def get_many(self, keys: Sequence[str]) -> list[bytes | None]:
        """One MGET; None for each miss, order kept. Raises Unavailable when Redis is down (retry later)."""
        if not keys:
            return []
        with self._translated(), span_inside("redis MGET", db__system__name="redis", sgd__keys=len(keys)):
            answers = cast("list[bytes | None]", list(self._client.mget(keys)))
        self._count(answers)
        return answers

    def set_many(self, items: Mapping[str, bytes], *, ttl_s: int | None = None) -> None:
        """One pipelined round trip. Raises Unavailable when Redis is down (retry later)."""
        if not items:
            return
        found = span_inside("redis SET", db__system__name="redis", sgd__keys=len(items))
        with self._translated(), found, self._client.pipeline(transaction=False) as pipeline:
            for key, value in items.items():
                pipeline.set(key, value, ex=ttl_s)
            pipeline.execute()
        process_counts().cache_operations.labels(self._name, "set", "stored").inc(len(items))

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def _count(self, answers: Sequence[bytes | None]) -> None:
        hits = sum(answer is not None for answer in answers)
        operations = process_counts().cache_operations
        operations.labels(self._name, "get", "hit").inc(hits)
        operations.labels(self._name, "get", "miss").inc(len(answers) - hits)
        with self._lock:
            self._counts = CacheCounts(self._counts.hits + hits, self._counts.misses + len(answers) - hits)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        if time.monotonic() < self._rests_until:
            raise Unavailable("the cache rests: Redis said nothing in time", retry_after_s=REST_S)
        try:
            yield
        except redis.RedisError as error:
            if isinstance(error, redis.TimeoutError):
                self._rests_until = time.monotonic() + REST_S
            # The message of a connection error can hold the URL with its password: only the kind is told.
            raise Unavailable(f"the cache cannot be used ({type(error).__name__})", retry_after_s=2) from error
