"""Many prompts at once: bounded, in order, equal ones asked once."""

import asyncio
import json
from typing import Any

import pytest

from sgd_assets.prompts import batch
from sgd_assets.prompts.analyze import Ready, get_ready
from sgd_assets.prompts.batch import AT_ONCE, analyze_all
from sgd_assets.prompts.model import Analysis, Ask
from sgd_resources.errors import BudgetExceeded, RateLimited
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.wire.replies import Completion

WHO = Caller("acme", request_id="r")


def completion(text: str, data: Any, validation: Any = "passed") -> Completion:
    return Completion(
        text=text, data=data, validation=validation, errors=(), pictures=(), task="analyze",
        requested_model="acme/good", served_model="acme/good", provider="Acme", cost_usd_micros=3, tokens_in=1,
        tokens_out=1, latency_ms=1, attempts=1, cache_state="miss", trace_id="t",
    )  # fmt: skip


class Models:
    """Answers every prompt with its own words, slowly; prompts with 'busy' in them are refused."""

    def __init__(self) -> None:
        self.in_flight = self.most = self.calls = 0

    async def complete(self, task: str, messages: Any, *, caller: Caller, judge: Any = None, **_: Any) -> Completion:
        self.calls += 1
        self.in_flight += 1
        self.most = max(self.most, self.in_flight)
        for _turn in range(5):
            await asyncio.sleep(0)
        self.in_flight -= 1
        words = messages[-1]["content"].splitlines()[1]
        if "busy" in words:
            raise RateLimited("too many calls")
        entities: dict[str, Any] = {"key_details": [], "source": None, "target": None, "metadata": {}}
        text = json.dumps({"intent": "x", "subject": words, "entities": entities})
        verdict = judge(text)
        return completion(text, verdict.data, verdict.status)

    def stream(self, *_: Any, **__: Any) -> Any:
        raise NotImplementedError


def ready(*prompts: str) -> list[Ready]:
    return [get_ready(Ask(prompt)) for prompt in prompts]


async def test_so_many_are_in_flight_and_no_more() -> None:
    models = Models()
    ends = await analyze_all(models, ready(*(f"prompt {n}" for n in range(100))), WHO)
    assert models.most == AT_ONCE
    assert [end.found.subject for end in ends if isinstance(end.found, Analysis)] == [f"prompt {n}" for n in range(100)]


async def test_equal_prompts_share_one_call_and_what_fails_fails_alone() -> None:
    models = Models()
    first, busy, again, busy_again = await analyze_all(models, ready("a", "busy", "a", "busy"), WHO)
    assert models.calls == 2
    assert (first.duplicate_of, busy.duplicate_of, again.duplicate_of, busy_again.duplicate_of) == (None, None, 0, 1)
    assert again.found == first.found
    assert isinstance(busy_again.found, RateLimited)


class Pot(Models):
    """Holds ten for each call and books one, as a request's budget does."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit, self.held, self.spent, self.refused = limit, 0, 0, 0

    async def complete(self, *args: Any, **options: Any) -> Completion:
        if self.spent + self.held + 10 > self.limit:
            self.refused += 1
            told = {"limit_usd_micros": self.limit, "spent_usd_micros": self.spent, "asked_usd_micros": 10}
            raise BudgetExceeded("no room", details=told)
        self.held += 10
        try:
            return await super().complete(*args, **options)
        finally:
            self.held -= 10
            self.spent += 1


async def test_a_batch_waits_for_what_its_own_calls_hold() -> None:
    pot = Pot(limit=110)
    ends = await analyze_all(pot, ready(*(f"prompt {n}" for n in range(100))), WHO)
    assert [type(end.found) for end in ends] == [Analysis] * 100
    assert pot.most <= 11
    assert pot.calls == 100
    assert pot.refused <= 300  # each is asked again when one ends, not all of them each time


async def test_a_batch_whose_money_is_spent_says_so_of_what_is_left() -> None:
    pot = Pot(limit=50)
    ends = await asyncio.wait_for(analyze_all(pot, ready(*(f"prompt {n}" for n in range(60))), WHO), 10)
    assert [isinstance(end.found, Analysis) for end in ends].count(True) == 41
    assert all(isinstance(end.found, Analysis | BudgetExceeded) for end in ends)


async def test_what_others_hold_is_waited_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "HELD_PATIENCE_S", 0.3)
    monkeypatch.setattr(batch, "HELD_PAUSE_S", 0.1)
    pot = Pot(limit=50)
    pot.held = 50
    [end] = await asyncio.wait_for(analyze_all(pot, ready("a"), WHO), 10)
    assert isinstance(end.found, BudgetExceeded)


async def test_a_fault_of_ours_is_not_taken_for_an_answer() -> None:
    class Broken(Models):
        async def complete(self, *_: Any, **__: Any) -> Completion:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await analyze_all(Broken(), ready("a", "b"), WHO)
