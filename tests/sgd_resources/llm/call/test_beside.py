"""What fails beside a paid answer: the answer is given out, and its money is booked."""

from collections.abc import Callable
from typing import Any

import pytest

from sgd_resources.errors import BrokenContract, ProviderRefused
from sgd_resources.llm.answers.cache import ResponseCache
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.money import scripts
from sgd_resources.llm.money.budget import RedisBudget
from sgd_resources.llm.policy.policy_file import BudgetLimits
from sgd_resources.llm.tracing import Generation
from tests.fakes.llm import Bench, bench
from tests.fakes.openrouter import Step, error_body
from tests.fakes.transport import FakeTransport

ASK = [{"role": "user", "content": "Plan a poster"}]
COST = 1_100


class _FaultyTracer:
    def record(self, generation: Generation) -> None:
        raise RuntimeError("the trace server's client is broken")

    def close(self) -> None:
        raise RuntimeError("still broken")


def _raise(*args: Any, **facts: Any) -> Any:
    raise RuntimeError("broken")


def _break_tracer(made: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made.gateway.parts, "tracer", _FaultyTracer())


def _break_call_log(made: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made.ledger, "record", _raise)


def _break_statistics(made: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("seconds", "calls", "cost", "cache_hits"):
        monkeypatch.setattr(getattr(made.attempts.metrics, name), "labels", _raise)
    monkeypatch.setattr(made.attempts.seen, "succeeded", _raise)


def _break_cache(made: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ResponseCache, "put", _raise)
    monkeypatch.setattr("sgd_resources.llm.call.steps.pack", _raise)


def _break_alerts(made: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made.attempts.books, "alert", _raise)
    monkeypatch.setattr("sgd_resources.llm.call.books.tell", _raise)


BROKEN = [_break_tracer, _break_call_log, _break_statistics, _break_cache, _break_alerts]


@pytest.mark.embedded
@pytest.mark.parametrize("break_it", BROKEN)
async def test_a_paid_answer_survives_whatever_is_done_beside_it(
    redis_url: str, monkeypatch: pytest.MonkeyPatch, break_it: Callable[[Bench, pytest.MonkeyPatch], None]
) -> None:
    wire = FakeTransport()
    async with bench(redis_url, transport=wire) as made:
        break_it(made, monkeypatch)
        answer = await made.gateway.complete("draft", ASK, caller=Caller("acme"))
        assert (answer.text, answer.cost_usd_micros) == ('{"ok":true}', COST)
        assert await made.books() == (0, COST)
        again = await made.gateway.complete("draft", ASK, caller=Caller("acme"))
        assert again.text == answer.text
    assert len(wire.bodies) in (1, 2)


@pytest.mark.embedded
async def test_a_booking_that_fails_unforeseen_gives_the_answer_out_and_leaves_the_reservation_to_the_sweep(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*args: Any) -> Any:
        raise BrokenContract("the script is another one")

    async with bench(redis_url, transport=FakeTransport()) as made:
        with monkeypatch.context() as broken:
            broken.setattr(made.budget, "settle", refuse)
            assert (await made.gateway.complete("planner", ASK, caller=Caller("acme"))).cost_usd_micros == COST
        reserved, spent = await made.books()
        assert (reserved > 0, spent) == (True, 0)
        await made.attempts.keeper.close()
        await made.state.command("DEL", scripts.ALIVE + made.budget.process_id)
        other = RedisBudget(made.state, BudgetLimits())
        await other.epochs.ready()
        for left in await other.adopt(youngest_epoch_s=0):
            await other.settle(left.reservation, left.reservation.amount_usd_micros)
        assert (await made.books())[0] == 0


@pytest.mark.embedded
async def test_a_tracer_that_raises_does_not_hide_why_a_call_failed(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = FakeTransport(lambda body: Step(401, error_body(401)))
    async with bench(redis_url, transport=wire) as made:
        _break_tracer(made, monkeypatch)
        _break_call_log(made, monkeypatch)
        with pytest.raises(ProviderRefused):
            await made.gateway.complete("planner", ASK, caller=Caller("acme"))
        assert made.attempts.metrics.registry.get_sample_value("sgd_llm_failed_beside_total", {"what": "trace"}) == 1
