"""A cache that hears what other processes change, and keeps nothing while it cannot hear."""

from collections.abc import Iterator
from itertools import count

import pytest
import redis

from sgd_resources.redis.heard_cache import HeardCache

pytestmark = pytest.mark.embedded


@pytest.fixture
def client(redis_url: str) -> Iterator["redis.Redis"]:
    found = redis.Redis.from_url(redis_url, socket_timeout=2)
    yield found
    found.close()


@pytest.fixture
def cache(client: "redis.Redis") -> Iterator[HeardCache]:
    found = HeardCache(client)
    assert found.wait_until_heard(5)
    yield found
    found.close()


def test_an_entry_is_loaded_once_and_again_after_its_name_was_dropped(cache: HeardCache) -> None:
    numbers = count()
    assert [cache.get("a", 1, lambda: next(numbers)) for _ in range(3)] == [0, 0, 0]
    assert cache.get("a", 2, lambda: next(numbers)) == 1
    assert cache.get("b", 1, lambda: next(numbers)) == 2
    cache.drop("a")
    assert cache.get("b", 1, lambda: next(numbers)) == 2
    assert cache.get("a", 1, lambda: next(numbers)) == 3


def test_what_cannot_be_loaded_is_kept_by_nobody(cache: HeardCache) -> None:
    def fails() -> int:
        raise LookupError

    with pytest.raises(LookupError):
        cache.get("a", 1, fails)
    assert cache.get("a", 1, lambda: 7) == 7


def test_what_was_dropped_while_it_was_loaded_is_not_kept(cache: HeardCache) -> None:
    def load() -> str:
        cache.drop("a")
        return "old"

    assert cache.get("a", 1, load) == "old"
    assert cache.get("a", 1, lambda: "new") == "new"


def test_an_entry_ends_by_itself(client: "redis.Redis") -> None:
    cache = HeardCache(client, lives_s=0.0)
    assert cache.wait_until_heard(5)
    numbers = count()
    assert [cache.get("a", 1, lambda: next(numbers)) for _ in range(2)] == [0, 1]
    cache.close()


def test_without_redis_nothing_is_kept_and_nothing_fails() -> None:
    nowhere = redis.Redis.from_url("unix:///nowhere/redis.sock")
    cache = HeardCache(nowhere)
    assert not cache.wait_until_heard(0.1)
    numbers = count()
    assert [cache.get("a", 1, lambda: next(numbers)) for _ in range(2)] == [0, 1]
    cache.drop("a")
    cache.close()
    nowhere.close()
