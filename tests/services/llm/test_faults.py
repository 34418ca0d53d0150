"""The fault matrix: every way a provider can fail ends in the right error, in bounded time, with the right books."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from sgd_resources.errors import ProviderFailed, ProviderRefused, SgdError
from sgd_resources.llm.caller import Caller
from tests.fakes.llm import CAP, bench, policy
from tests.fakes.openrouter import (
    COST_USD,
    DONE,
    PROCESSING,
    FakeOpenRouter,
    Step,
    chat_reply,
    delta,
    error_body,
    gzip_bomb,
    running,
    usage,
)

ASK = [{"role": "user", "content": "Plan a poster"}]
COST = round(COST_USD * 1_000_000)
ONE = replace(
    policy(), tasks={**policy().tasks, "planner": replace(policy().tasks["planner"], models=("acme/good-1",))}
)


@pytest.fixture
def fake() -> Iterator[FakeOpenRouter]:
    with running() as server:
        yield server


@dataclass(frozen=True)
class Case:
    """A fault, and how a chain of one model with two tries must end."""

    step: Step
    kind: str
    tries: int
    spent: int = 0
    error: type[SgdError] = ProviderFailed


NO_CHOICES = {**chat_reply(), "choices": None}
NO_USAGE = {key: value for key, value in chat_reply().items() if key != "usage"}
CASES = {
    "400": Case(Step(400, error_body(400)), "invalid_request", 1, error=ProviderRefused),
    "401": Case(Step(401, error_body(401)), "unauthorized", 1, error=ProviderRefused),
    "402": Case(Step(402, error_body(402)), "payment_required", 1, error=ProviderRefused),
    "403": Case(Step(403, error_body(403)), "forbidden", 1, error=ProviderRefused),
    "404": Case(Step(404, error_body(404)), "model_not_found", 1),
    "408": Case(Step(408, error_body(408)), "timeout", 2),
    "413": Case(Step(413, error_body(413)), "payload_too_large", 1, error=ProviderRefused),
    "422": Case(Step(422, error_body(422)), "unprocessable", 1, error=ProviderRefused),
    "429": Case(Step(429, error_body(429)), "rate_limited", 2),
    "500": Case(Step(500, error_body(500)), "provider_error", 2),
    "502": Case(Step(502, error_body(502)), "provider_error", 2),
    "503": Case(Step(503, raw=b"<html>busy</html>"), "provider_unavailable", 2),
    "504": Case(Step(504, error_body(504)), "timeout", 2),
    "524": Case(Step(524, error_body(524)), "timeout", 2),
    "529": Case(Step(529, error_body(529)), "provider_overloaded", 2),
    "metadata decides: no": Case(
        Step(500, error_body(500, error_type="invalid_request")), "invalid_request", 1, error=ProviderRefused
    ),
    "metadata decides: yes": Case(
        Step(400, error_body(400, error_type="provider_overloaded")), "provider_overloaded", 2
    ),
    "availability decides": Case(
        Step(429, {"error": {"code": 429, "message": "", "availability": {"retryable": False}}}), "rate_limited", 1
    ),
    "200 with error": Case(Step(body=error_body(502)), "provider_error", 2),
    "200 with error 400": Case(Step(body=error_body(400)), "invalid_request", 1, error=ProviderRefused),
    "200 with billed error": Case(Step(body={**error_body(502), "usage": usage()}), "provider_error", 2, 2 * COST),
    "null choices": Case(Step(body=NO_CHOICES), "empty_choices", 2, 2 * COST),
    "empty choices": Case(Step(body={**chat_reply(), "choices": []}), "empty_choices", 2, 2 * COST),
    "no content": Case(Step(body=chat_reply(None)), "empty_reply", 2, 2 * COST),
    "finish_reason error": Case(Step(body=chat_reply("half", finish="error")), "provider_error", 2, 2 * COST),
    "page of a proxy": Case(Step(raw=b"<html>hello</html>"), "garbage", 2),
    "garbage": Case(Step(raw=b"hello"), "garbage", 2, 2 * 5_000),
    "empty body": Case(Step(raw=b""), "empty_body", 2),
    "not an object": Case(Step(raw=b"[1]"), "garbage", 2, 2 * 5_000),
    "truncated body": Case(Step(cut_at=40), "truncated", 2, 2 * 5_000),
    "reset": Case(Step(is_reset=True), "connection_reset", 2),
    "stall": Case(Step(delay_s=5), "timeout", 1),
    "slow headers": Case(Step(slow_headers_s=0.1), "timeout", 1),
    "slowloris": Case(Step(drip_s=0.05), "timeout", 1, 5_000),
    "huge body": Case(Step(raw=b" " * 17_000_000), "reply_too_large", 1, 5_000),
    "gzip bomb": Case(gzip_bomb(), "reply_too_large", 1, 5_000),
    "broken gzip": Case(Step(raw=b"nogzip", headers={"content-encoding": "gzip"}), "garbage", 2, 2 * 5_000),
}


@pytest.mark.parametrize("name", CASES)
async def test_a_fault_ends_in_its_kind_with_its_tries_and_its_cost(
    name: str, fake: FakeOpenRouter, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = CASES[name]
    monkeypatch.setattr("sgd_resources.llm.call.steps.upper_bound_usd_micros", lambda *_, **__: 5_000)
    fake.always = case.step
    started = time.monotonic()
    async with bench(redis_url, fake.url, rules=ONE) as made:
        with pytest.raises(case.error) as raised:
            await made.gateway.complete("planner", ASK, caller=Caller("acme"))
        took_s = time.monotonic() - started
        assert raised.value.details["kind"] == case.kind
        assert len(fake.calls) == case.tries
        assert await made.books() == (0, case.spent)
        assert sum(row.cost_usd_micros for row in made.ledger.rows) == case.spent
        assert [row.attempt for row in made.ledger.rows] == list(range(1, case.tries + 1))
        assert {row.error_kind for row in made.ledger.rows} == {case.kind}
    assert took_s < 3.0


async def test_after_a_fault_the_next_model_answers_and_both_are_written_down(
    fake: FakeOpenRouter, redis_url: str
) -> None:
    fake.by_model["acme/good-1"] = [Step(503, error_body(503))] * 2
    async with bench(redis_url, fake.url) as made:
        answer = await made.gateway.complete("planner", ASK, caller=Caller("acme"))
        assert (answer.requested_model, answer.attempts, answer.cost_usd_micros) == ("acme/good-2", 3, COST)
        assert [row.requested_model for row in made.ledger.rows] == ["acme/good-1", "acme/good-1", "acme/good-2"]
        assert await made.books() == (0, COST)


async def test_retry_after_is_kept_in_seconds_and_as_a_date(fake: FakeOpenRouter, redis_url: str) -> None:
    fake.script = [Step(429, error_body(429), headers={"retry-after": "0.3"})]
    async with bench(redis_url, fake.url) as made:
        await made.gateway.complete("planner", ASK, caller=Caller("acme"))
        assert fake.calls[1].at - fake.calls[0].at >= 0.3
        date = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
        fake.seen.clear()
        fake.script = [Step(503, error_body(503), headers={"retry-after": date})]
        await made.gateway.complete("planner", ASK, caller=Caller("acme"))
        assert fake.calls[1].at - fake.calls[0].at >= 0.9


async def test_a_retry_after_beyond_the_deadline_is_told_instead_of_waited_for(
    fake: FakeOpenRouter, redis_url: str
) -> None:
    fake.always = Step(429, error_body(429), headers={"retry-after": "40"})
    async with bench(redis_url, fake.url, rules=ONE) as made:
        with pytest.raises(ProviderFailed) as raised:
            await made.gateway.complete("planner", ASK, caller=Caller("acme"))
        assert raised.value.retry_after_s == 40
        assert len(fake.calls) == 1


@pytest.mark.parametrize("cost", [None, -1, "free", float("1e9")])
async def test_a_reply_without_a_sane_cost_is_charged_its_reservation(
    cost: Any, fake: FakeOpenRouter, redis_url: str
) -> None:
    fake.always = Step(body=chat_reply(cost=cost))
    async with bench(redis_url, fake.url) as made:
        await made.gateway.complete("planner", ASK, caller=Caller("acme"))
        assert await made.books() == (0, CAP)
        assert made.ledger.rows[0].cost_source == "estimate"


async def test_a_lost_reply_is_booked_at_what_the_generation_cost(fake: FakeOpenRouter, redis_url: str) -> None:
    fake.generations["gen-9"] = 0.003
    fake.script = [Step(cut_at=30, headers={"x-generation-id": "gen-9"}, billed_usd=0.003)]
    async with bench(redis_url, fake.url) as made:
        answer = await made.gateway.complete("planner", ASK, caller=Caller("acme"))
        assert (answer.attempts, answer.cost_usd_micros) == (2, COST)
        await asyncio.sleep(0.1)
        assert await made.books() == (0, 3_000 + COST)
        assert sorted(row.cost_source for row in made.ledger.rows) == ["generation", "provider"]


async def test_a_cancelled_call_is_booked_at_its_estimate(fake: FakeOpenRouter, redis_url: str) -> None:
    fake.always = Step(delay_s=2)
    async with bench(redis_url, fake.url) as made:
        task = asyncio.ensure_future(made.gateway.complete("planner", ASK, caller=Caller("acme")))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await made.books() == (0, CAP)
        assert [(row.outcome, row.error_kind) for row in made.ledger.rows] == [("unknown", "cancelled")]


async def test_a_refused_connection_costs_nothing(redis_url: str) -> None:
    async with bench(redis_url, "http://127.0.0.1:9") as made:
        with pytest.raises(ProviderFailed) as raised:
            await made.gateway.complete("planner", ASK, caller=Caller("acme"))
        assert raised.value.details["kind"] == "connect_failed"
        assert await made.books() == (0, 0)


async def test_nothing_is_cached_from_a_failure_or_half_an_answer(fake: FakeOpenRouter, redis_url: str) -> None:
    async with bench(redis_url, fake.url) as made:
        for step in (
            Step(body=chat_reply("half", finish="error")),
            Step(raw=b"x"),
            Step(body=chat_reply("cut", finish="length")),
        ):
            fake.script = [step]
            await made.gateway.complete("draft", [{"role": "user", "content": "same"}], caller=Caller("acme"))
        before = len(fake.calls)
        answer = await made.gateway.complete("draft", [{"role": "user", "content": "same"}], caller=Caller("acme"))
        assert answer.text == '{"ok":true}'
        assert len(fake.calls) >= before


GOOD_STREAM = (PROCESSING, delta("Hel"), PROCESSING, delta("lo", finish="stop"), delta("", usage=usage()), DONE)


async def _collect(made: Any, text: str = "hi") -> tuple[str, Any]:
    said, last = "", None
    async for event in made.gateway.stream("planner", [{"role": "user", "content": text}], caller=Caller("acme")):
        said += event.text
        last = event.completion or last
    return said, last


async def test_a_stream_gives_texts_and_then_the_completion(fake: FakeOpenRouter, redis_url: str) -> None:
    fake.script = [Step(events=GOOD_STREAM)]
    async with bench(redis_url, fake.url) as made:
        said, last = await _collect(made)
        assert (said, last.text, last.cost_usd_micros) == ("Hello", "Hello", COST)
        assert await made.books() == (0, COST)


async def test_a_stream_that_named_its_end_and_its_usage_is_whole_without_done(
    fake: FakeOpenRouter, redis_url: str
) -> None:
    fake.script = [Step(events=(delta("Hel"), delta("lo", finish="stop"), delta("", usage=usage())))]
    async with bench(redis_url, fake.url) as made:
        said, last = await _collect(made)
        assert (said, last.finish_reason, last.cost_usd_micros) == ("Hello", "stop", COST)
        assert await made.books() == (0, COST)


STALL: list[str | float] = [PROCESSING, 0.05] * 100
STREAM_FAULTS: dict[str, tuple[tuple[str | float, ...], str, int]] = {
    "no [DONE], no finish reason": ((delta("Hel"), delta("lo", usage=usage())), "truncated", COST),
    "no [DONE], no usage": ((delta("Hel"), delta("lo", finish="stop")), "truncated", CAP),
    "breaks off": ((delta("Hel"),), "truncated", CAP),
    "error inside": (
        (delta("Hel"), 'data: {"error":{"code":502,"message":"x"},"choices":[]}\n\n'),
        "provider_error",
        CAP,
    ),
    "garbage inside": ((delta("Hel"), "data: {nope\n\n"), "garbage", CAP),
    "stalls for ever": ((delta("Hel"), *STALL), "timeout", CAP),
}


@pytest.mark.parametrize("name", STREAM_FAULTS)
async def test_a_broken_stream_is_never_a_success(name: str, fake: FakeOpenRouter, redis_url: str) -> None:
    events, kind, spent = STREAM_FAULTS[name]
    fake.always = Step(events=events)
    async with bench(redis_url, fake.url) as made:
        with pytest.raises(ProviderFailed) as raised:
            await _collect(made)
        assert raised.value.details["kind"] == kind
        assert await made.books() == (0, spent)
        assert len(fake.calls) == 1  # text was out already: another try would say it twice


async def test_a_stream_falls_back_before_its_first_text(fake: FakeOpenRouter, redis_url: str) -> None:
    fake.script = [Step(503, error_body(503)), Step(events=GOOD_STREAM)]
    async with bench(redis_url, fake.url) as made:
        assert (await _collect(made))[0] == "Hello"
