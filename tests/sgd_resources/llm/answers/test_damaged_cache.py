"""A damaged cache is a miss: the answer is asked for anew and kept again; nothing fails and nothing is stuck."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from sgd_resources.llm.answers.cache import ResponseCache, pack, unpack
from sgd_resources.llm.answers.disk_cache import DiskCache
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.wire.replies import Reply, Usage
from tests.fakes.llm import Bench, bench, forget_memory
from tests.fakes.transport import FakeTransport

ASK = [{"role": "user", "content": "Plan a poster"}]
PACKED = pack(Reply("hi", (), "stop", "m", None, None, Usage(1, 2, 0, 0, 5)))
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda packed: b"",
    "truncated": lambda packed: packed[: len(packed) // 2],
    "other bytes": lambda packed: b"\x80\x04x",
    "a list": lambda packed: b"[]",
    "another version": lambda packed: orjson.dumps({"v": 2, "text": "hi"}),
    "another type": lambda packed: packed.replace(b'"hi"', b"7"),
    "usage of words": lambda packed: packed.replace(b"[1,2,0,0,5]", b'["1",2,0,0,5]'),
    "too much usage": lambda packed: packed.replace(b"[1,2,0,0,5]", b"[1,2,0,0,5,6]"),
}


def test_a_packed_reply_comes_back_as_it_was() -> None:
    assert pack(unpack(PACKED)) == PACKED


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_no_packed_reply_is_told_as_such(damage: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - pydantic, orjson and our own
        unpack(DAMAGES[damage](PACKED))


async def _hurt_memory(made: Bench, damage: Callable[[bytes], bytes]) -> None:
    kept = made.gateway.parts.cache._memory
    for key, (ends_at, packed) in kept.items():
        kept[key] = (ends_at, damage(packed))


async def _hurt_redis(made: Bench, damage: Callable[[bytes], bytes]) -> None:
    forget_memory(made.gateway.parts.cache)
    async for name in made.state.client.scan_iter(match="*:cache:*"):
        packed = await made.state.client.get(name)
        assert isinstance(packed, bytes)
        await made.state.client.set(name, damage(packed))


@pytest.mark.embedded
@pytest.mark.parametrize("damage", ["empty", "truncated", "another version"])
@pytest.mark.parametrize("hurt", [_hurt_memory, _hurt_redis])
async def test_a_damaged_entry_is_asked_for_anew_once(
    redis_url: str, hurt: Callable[..., object], damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    wire = FakeTransport()
    async with bench(redis_url, transport=wire) as made:
        first = await made.gateway.complete("draft", ASK, caller=Caller("acme"))
        await hurt(made, DAMAGES[damage])  # type: ignore[misc]  # both are coroutines
        again = await made.gateway.complete("draft", ASK, caller=Caller("acme"))
        assert again.text == first.text
        # what lay in memory is found whole in Redis; what lay in Redis is asked for
        assert again.cache_state == ("redis" if hurt is _hurt_memory else "miss")
        assert (await made.gateway.complete("draft", ASK, caller=Caller("acme"))).cache_state == "memory"
        forget_memory(made.gateway.parts.cache)
        assert (await made.gateway.complete("draft", ASK, caller=Caller("acme"))).cache_state == "redis"
    assert "asked for anew" in caplog.text


def _hurt_file(file: Path, damage: str) -> None:
    if damage == "table":
        with closing(sqlite3.connect(file)) as database, database:
            database.execute("DROP TABLE entries")
            database.execute("CREATE TABLE entries (name TEXT)")
    elif damage == "types":
        with closing(sqlite3.connect(file)) as database, database:
            database.execute("UPDATE entries SET ends_at = 'never', packed = 7")
    elif damage == "empty":
        file.write_bytes(b"")
    elif damage == "truncated":
        file.write_bytes(file.read_bytes()[:5000])
    else:
        file.write_bytes(b"\x89PNG" * 3000)
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["empty", "truncated", "other bytes", "table", "types"])
def test_a_damaged_file_is_begun_anew(tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture) -> None:
    disk = DiskCache(tmp_path)
    disk.put("acme:draft:1", b"one", ends_at=4e9)
    disk.close()
    _hurt_file(tmp_path / "answers.sqlite", damage)
    again = DiskCache(tmp_path)
    assert again.get("acme:draft:1") is None
    again.put("acme:draft:1", b"two", ends_at=4e9)
    again.close()
    last = DiskCache(tmp_path)
    assert (last.get("acme:draft:1"), last.count()) == (b"two", 1)
    assert last.drop("acme", None) == 1
    last.close()
    if damage not in ("empty", "types"):  # an empty file is a new one to SQLite
        assert "begun anew" in caplog.text


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["truncated", "other bytes", "table"])
def test_a_damaged_file_is_counted_emptied_and_written_without_a_failure(tmp_path: Path, damage: str) -> None:
    for use in (DiskCache.count, lambda disk: disk.drop(None, None), lambda disk: disk.put("a:b:1", b"x", ends_at=4e9)):
        disk = DiskCache(tmp_path)
        disk.put("acme:draft:1", b"one", ends_at=4e9)
        disk.close()
        _hurt_file(tmp_path / "answers.sqlite", damage)
        hurt = DiskCache(tmp_path)
        use(hurt)
        hurt.close()
        whole = DiskCache(tmp_path)
        whole.put("acme:draft:2", b"two", ends_at=4e9)
        whole.close()
        last = DiskCache(tmp_path)
        assert last.get("acme:draft:2") == b"two"
        last.close()


async def test_a_damaged_entry_on_disk_is_overwritten(tmp_path: Path) -> None:
    cache = ResponseCache(disk=DiskCache(tmp_path))
    cache.put("a:b:1", b"damaged", ttl_s=60)
    cache.drop("a:b:1", "memory")
    assert await cache.get("a:b:1") is None
    cache.put("a:b:1", PACKED, ttl_s=60)
    forget_memory(cache)
    assert cache._disk is not None
    cache._disk.close()
    assert await cache.get("a:b:1") == (PACKED, "disk")
    cache._disk.close()
