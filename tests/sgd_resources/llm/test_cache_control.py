"""What a call may ask of the cache and of flights, and under which name an answer lies."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from sgd_resources.errors import InvalidInput
from sgd_resources.llm.answers.cache import cache_key, is_same_model
from sgd_resources.llm.answers.cache_control import CacheControl, parse_cache_control
from sgd_resources.llm.caller import Caller
from tests.fakes.llm import bench
from tests.fakes.openrouter import Step, chat_reply, error_body
from tests.fakes.transport import FakeTransport

ASK = [{"role": "user", "content": "Name a colour"}]
ACME = Caller("acme")


@pytest.mark.embedded
async def test_an_answer_that_must_not_be_stored_is_asked_for_each_time(redis_url: str) -> None:
    transport = FakeTransport()
    async with bench(redis_url, transport=transport) as made:
        for _ in range(2):
            await made.gateway.complete("draft", ASK, cache=CacheControl(no_store=True), caller=ACME)
        assert len(transport.bodies) == 2
        assert [key async for key in made.state.client.scan_iter(match="*cache*draft*")] == []
        assert [key async for key in made.state.client.scan_iter(match="*answer*")] == []
        answer = await made.gateway.complete("draft", ASK, caller=ACME)
        assert answer.cache_state == "miss"


@pytest.mark.embedded
async def test_an_answer_that_is_asked_for_anew_takes_the_kept_ones_place(redis_url: str) -> None:
    texts = iter(("first", "second"))
    transport = FakeTransport(lambda _: Step(body=chat_reply(next(texts))))
    async with bench(redis_url, transport=transport) as made:
        await made.gateway.complete("draft", ASK, caller=ACME)
        again = await made.gateway.complete("draft", ASK, cache=CacheControl(no_cache=True), caller=ACME)
        kept = await made.gateway.complete("draft", ASK, caller=ACME)
    assert (again.text, kept.text, kept.cache_state) == ("second", "second", "memory")


@pytest.mark.embedded
async def test_a_calls_own_time_to_live_replaces_the_tasks(redis_url: str) -> None:
    transport = FakeTransport()
    async with bench(redis_url, transport=transport) as made:
        await made.gateway.complete("planner", ASK, cache=CacheControl(ttl_s=60), caller=ACME)
        kept = await made.gateway.complete("planner", ASK, cache=CacheControl(ttl_s=60), caller=ACME)
        assert kept.cache_state == "memory"
        (name,) = [key async for key in made.state.client.scan_iter(match="*cache*planner*")]
        assert 50 <= await made.state.client.ttl(name) <= 70
        await made.gateway.complete("draft", ASK, cache=CacheControl(ttl_s=0), caller=ACME)
        await made.gateway.complete("draft", ASK, cache=CacheControl(ttl_s=0), caller=ACME)
    assert len(transport.bodies) == 3


@pytest.mark.embedded
@pytest.mark.parametrize(("is_single", "calls"), [(True, 1), (False, 3)])
async def test_equal_calls_at_once_are_one_unless_a_call_says_otherwise(
    redis_url: str, is_single: bool, calls: int
) -> None:
    transport = FakeTransport()
    transport.delay_s = 0.05
    async with bench(redis_url, transport=transport) as made:
        control = CacheControl(single_flight=is_single)
        asked = (made.gateway.complete("planner", ASK, cache=control, caller=ACME) for _ in range(3))
        await asyncio.gather(*asked)
    assert len(transport.bodies) == calls


@pytest.mark.embedded
async def test_the_answer_of_a_fallback_is_found_again_and_never_given_as_the_primarys(redis_url: str) -> None:
    is_primary_down = True

    def answer(body: Mapping[str, Any]) -> Step:
        if body["model"] == "acme/good-1" and is_primary_down:
            return Step(404, error_body(404))
        return Step(body=chat_reply(f"of {body['model']}", model=body["model"]))

    transport = FakeTransport(answer)
    async with bench(redis_url, transport=transport) as made:
        first = await made.gateway.complete("draft", ASK, caller=ACME)
        again = await made.gateway.complete("draft", ASK, caller=ACME)
        assert [body["model"] for body in transport.bodies] == ["acme/good-1", "acme/good-2", "acme/good-1"]
        assert (first.text, again.text, again.cost_usd_micros) == ("of acme/good-2", "of acme/good-2", 0)
        is_primary_down = False
        assert (await made.gateway.complete("draft", ASK, caller=ACME)).text == "of acme/good-1"


def test_servers_and_keys_have_answers_of_their_own() -> None:
    def key(asked_at: str) -> str:
        return cache_key({"model": "a/b"}, org_id="o", task="t", policy_version=1, schema=None, asked_at=asked_at)

    assert (
        len({key(""), key("https://a.example/v1#1"), key("https://b.example/v1#1"), key("https://a.example/v1#2")}) == 4
    )


@pytest.mark.parametrize(
    ("requested", "served", "is_same"),
    [
        ("local/smollm2", "smollm2", True),
        ("local/smollm2", "/models/smollm2.gguf", True),
        ("local/smollm2", "smollm3", False),
        ("acme/good-1", "other/good-1", False),
        ("acme/good-1", "acme/good-1-2026", True),
    ],
)
def test_a_server_on_this_machine_may_call_a_model_by_its_file(requested: str, served: str, is_same: bool) -> None:
    assert is_same_model(requested, served) == is_same


def test_the_header_of_http_says_the_same() -> None:
    assert parse_cache_control("no-store") == CacheControl(no_store=True)
    assert parse_cache_control("No-Cache, max-age=60, private") == CacheControl(no_cache=True, ttl_s=60)
    assert parse_cache_control(None) == CacheControl()
    for wrong in ("max-age=soon", "max-age=-1", "max-age"):
        with pytest.raises(InvalidInput):
            parse_cache_control(wrong)
    with pytest.raises(InvalidInput):
        CacheControl(ttl_s=-1)
