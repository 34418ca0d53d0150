"""What Redis keeps for an org: cached answers and vectors, windows of limits, money in pots.

Found by name: each key, and each field of a hash, that is an org's has the org's id in it. Money held for a call in
flight stays until that call ends, or everybody's pot would never be given it back. What must not live here: what the
keys mean.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import redis

from sgd_resources.erasure.mentions import mention
from sgd_resources.errors import Unavailable

_PREFIX = "sgd:"
_AT_ONCE = 500


class RedisKeys:
    """The Redis of all processes.

    Args:
        client: sync.
    """

    name = "redis"

    def __init__(self, client: "redis.Redis") -> None:
        self._client = client

    def count(self, org_id: str) -> Mapping[str, int]:
        """Keys and fields of shared keys, by the beginning of the key."""
        found: Counter[str] = Counter()
        with _told():
            for key, fields in self._found(org_id):
                # What a tombstone keeps: never the id itself.
                kind = ":".join(mention(org_id).sub("*", key.decode(errors="replace")).split(":")[:3])
                found[kind if not fields else f"{kind} fields"] += max(1, len(fields))
        return found

    def erase(self, org_id: str) -> None:
        """See `Place.erase`."""
        with _told():
            for key, fields in self._found(org_id):
                if fields:
                    self._client.hdel(key, *fields)
                else:
                    self._client.delete(key)

    def _found(self, org_id: str) -> Iterator[tuple[bytes, list[bytes]]]:
        """Keys of the org, and of shared hashes the fields that are."""
        is_named = mention(org_id)
        for key in self._client.scan_iter(match=f"{_PREFIX}*", count=_AT_ONCE):
            if is_named.search(key.decode(errors="replace")):
                yield key, []
            elif self._client.type(key) == b"hash":
                entries: Any = self._client.hscan_iter(key, count=_AT_ONCE)
                if fields := [field for field, _ in entries if is_named.search(field.decode(errors="replace"))]:
                    yield key, fields


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except redis.RedisError as error:
        raise Unavailable("Redis cannot be reached") from error
